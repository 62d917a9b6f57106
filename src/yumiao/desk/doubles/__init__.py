"""People entered twice: the queue of who may be, two records side by side, their merging, and taking back what was decided."""
