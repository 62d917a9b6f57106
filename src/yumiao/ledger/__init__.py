"""选苗: quotas, the lines, one ledger and two lists."""
