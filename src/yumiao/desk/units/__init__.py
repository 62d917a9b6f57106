"""Pages of the desk: 组织."""
