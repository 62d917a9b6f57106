"""Pages of the desk: 届期一览、任职名册、各组织的班子."""
