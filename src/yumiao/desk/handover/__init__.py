"""Handing over: what is due for an appointment, and what ends for its holder."""
