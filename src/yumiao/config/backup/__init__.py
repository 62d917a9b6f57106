"""Backup and restore: one sealed file that holds the whole record, and the way back into an empty place."""
