"""账号: accounts."""
