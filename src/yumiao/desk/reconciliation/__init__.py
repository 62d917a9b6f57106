"""Pages of reconciliation with the national register: upload, differences, ticking off, the report."""
