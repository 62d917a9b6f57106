"""Pages of the desk: 全程纪实."""
