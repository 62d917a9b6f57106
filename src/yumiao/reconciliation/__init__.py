"""Reconciliation: the national register's export beside the county's own record, what differs, and what was done about it."""
