"""Who can be admitted by the end of a year: by township and village, by month, and what holds the others."""
