"""公示: notices over a window of days, what is said against somebody, who looks into it and what he concluded."""
