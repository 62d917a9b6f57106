"""三审: the reviewers' queue, one review with its checklist, draws and cross-township review."""
