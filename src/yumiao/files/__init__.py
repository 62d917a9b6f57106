"""Evidence: scans and their pages, sealed in the data folder."""
