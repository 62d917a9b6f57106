"""发展党员: a case's page, its steps recorded, returned, exempted, rested; lists of cases and what falls due."""
