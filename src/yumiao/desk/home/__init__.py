"""Pages of the desk: 今日和查找."""
