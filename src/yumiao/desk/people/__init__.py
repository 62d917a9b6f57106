"""Pages of the desk: 人员."""
