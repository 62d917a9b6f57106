"""人员: persons, their numbers, where they stand, membership, ties."""
