"""Findings, orders to put them right, acceptance, referrals, figures."""
