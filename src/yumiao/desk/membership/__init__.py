"""Changes of status: what is lawful now, its preview, the act, the register of changes, taking one back."""
