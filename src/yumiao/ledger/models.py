"""Quotas: how many a unit plans to develop in a year; issues: a ledger with its lists, numbered and frozen. Everything else is computed."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, Fact, Log
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


class Issue(Log):
    """The ledger and the two lists of a unit and a day as they were issued; it is shown, printed and compared from `payload` alone.

    `year` is that of `issued_on`, the business day; the moment and who issued stand in entry `entered`. `known_seq` is the last entry
    the figures knew. `payload` is canonical JSON, deflated; `digest` is the SHA-256 of the JSON and stands in the entry too.
    """

    id = models.BigAutoField(primary_key=True)
    entered = models.BigIntegerField(db_index=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="issues", db_index=False)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    for_day = models.DateField()
    known_seq = models.BigIntegerField()
    issued_on = models.DateField()
    settings_digest = models.CharField(max_length=64)
    payload = models.BinaryField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="issue_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="issue_number_from_one"),
        ]
