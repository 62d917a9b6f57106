"""The yearly statistics: tables of any unit and day that add up, the balance of a year, and the people behind each figure."""
