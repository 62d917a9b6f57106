"""组织变更: reforms of the tree are prepared, asked for, previewed, carried out as one act, and taken back."""
