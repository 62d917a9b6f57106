"""全程纪实: acts that write facts, the append-only hash-chained record of every act, and the sensitive reads beside it.

It must not know accounts, units or persons: it keeps their identifiers and copies of their labels.
"""
