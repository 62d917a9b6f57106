"""Two settings modules, `local` and `production`; what both share is in `base`."""
