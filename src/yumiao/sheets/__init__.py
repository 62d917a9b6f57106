"""Sheets: how Excel workbooks are read, checked, given back and written; no word of the domain stands here."""
