"""Supervision: findings, orders to put something right within a term, referrals, samples drawn from a published seed."""
