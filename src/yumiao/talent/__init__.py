"""引苗: the talent pool and its contacts."""
