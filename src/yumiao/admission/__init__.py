"""留苗: admission cases and their recorded steps."""
