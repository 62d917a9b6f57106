"""组织: the tree of Party organisations, dated."""
