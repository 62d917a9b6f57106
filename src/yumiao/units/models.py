"""The dated tree: what exists, what it is called, where it stands, in which zone."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Identity, Lasting, Timeline
from yumiao.kernel.periods import BEGIN


class Unit(Identity):
    """A Party organisation. Codes are never given twice.

    `record_since`: from when its own record of admissions reaches back; `BEGIN` for what an import brought, the founding day for what is
    founded here without predecessors (WRN-08: only those are ever new villages).
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    code = models.CharField(max_length=60, unique=True)
    record_since = models.DateField(default=BEGIN)


class UnitRecord(Lasting):
    """Name and kind of a unit over a time."""

    timeline = Timeline(by=("unit",), gapless=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="records")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["unit"], condition=LIVE_OPEN, name="one_open_record_a_unit"),
            models.CheckConstraint(condition=~models.Q(name=""), name="unitrecord_named"),
        ]


class Placement(Lasting):
    """Where a unit stands over a time; `path`, `depth`, `village` and `township` are `units.rules.arrange`, kept by one service."""

    timeline = Timeline(by=("unit",), gapless=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    path = models.CharField(max_length=120)
    depth = models.SmallIntegerField()
    village = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    position = models.IntegerField()
    since_known = models.BooleanField()

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["unit"], condition=LIVE_OPEN, name="one_open_placement_a_unit"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["path", "since"], condition=LIVE, name="placement_path"),
        ]


class ZonePlace(Lasting):
    """The zone (片区) a unit belongs to within one programme; villages inherit their township's. Zone sets differ by programme (TRN-07)."""

    timeline = Timeline(by=("unit", "programme"))

    class Programme(models.TextChoices):
        COUNTY = "county", "全县片区"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="zones")
    programme = models.CharField(max_length=30, choices=Programme.choices)
    zone = models.CharField(max_length=50)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "programme"], condition=LIVE_OPEN, name="one_open_zone_a_programme"
            ),
        ]
