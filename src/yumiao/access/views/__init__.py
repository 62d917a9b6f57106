"""Pages of access: the doors, one's own account."""
