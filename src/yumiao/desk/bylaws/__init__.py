"""Pages of the desk: 规则、县级文件和参数."""
