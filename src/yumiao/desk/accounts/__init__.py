"""A member's own account, opened from the member's page: where persons and accounts meet."""
