"""Pages of the desk: 导入导出."""
