"""Terms of committees and posts of people: who holds what, since when, elected or sent, and when it ends."""
