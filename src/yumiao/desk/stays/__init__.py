"""Floating members: who is away and with whom in touch, who of elsewhere is here, what is due."""
