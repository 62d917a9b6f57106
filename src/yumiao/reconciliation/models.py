"""Comparisons with the register and what was ticked off. They change in place and go after thirty days: means, no record.

What the file said of people lies sealed in `cell`; nothing of it stands here in clear.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.units.models import Unit


class Comparison(models.Model):
    """One export of the register beside the record of `unit` and what is below it.

    `sha256` is the file's, `there` are its people, `outside` those of them who do not stand in the unit, `found` the differences there
    were at first. `closed_on` and `report` (JSON, counts alone) are set when it is closed.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    there = models.IntegerField()
    outside = models.IntegerField()
    found = models.IntegerField(default=0)
    made_on = models.DateField()
    made_by_label = models.CharField(max_length=200)
    entry = models.BigIntegerField()
    closed_on = models.DateField(null=True)
    closed_by_label = models.CharField(max_length=200, blank=True)
    report = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_on"], name="comparison_made")]


class Tick(models.Model):
    """What was done about one difference, and by whom; `key` is that of the finding, `version` grows each time it is said anew."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=80)
    deed = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)
    by_label = models.CharField(max_length=200)
    on = models.DateField()
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "key"], name="one_tick_a_difference")]
