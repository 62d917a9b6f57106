"""Quotas: how many a unit plans to develop in a year. Everything else of the ledger is computed."""

from __future__ import annotations

from django.db import models

from yumiao.journal.facts import LIVE, Fact
from yumiao.units.models import Unit


class Quota(Fact):
    """A year's plan of one unit. A township's own row counts, else the sum of its villages', else it has none (未下达)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quotas", db_index=False)
    year = models.SmallIntegerField()
    planned = models.IntegerField()
    young = models.IntegerField(null=True)
    women = models.IntegerField(null=True)
    college = models.IntegerField(null=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "year"], condition=LIVE, name="one_live_quota_a_year"),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="quota_not_negative"),
        ]
