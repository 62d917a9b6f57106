"""Old files looked through, and what was decided about memberships they do not prove."""
