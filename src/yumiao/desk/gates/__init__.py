"""The 五关 of cases, of villages and of townships."""
