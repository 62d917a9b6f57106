"""What is wrong with cases as they stand on record: by unit and by rule, and of one case."""
