"""The dated tree: what exists, what it is called, where it stands, in which zone; reforms of it, and who carries on after whom."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Identity, Lasting, Timeline
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


class Reform(Fact):
    """Changes of the tree carried out as one act on one paper: `effective_on` is the first day of the new tree."""

    uid = models.UUIDField(default=uuid.uuid4)
    title = models.CharField(max_length=100)
    document = models.CharField(max_length=60)
    approved_on = models.DateField()
    effective_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_reform_a_uid"),
        ]


class Succession(Fact):
    """`successor` carries on what `predecessor` was, from a day on. Of several the main one takes over the plan and who is no longer there.

    A unit that gives a part away and goes on itself is its own main successor, and has no row for that; it may give to the same again.
    """

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    effective_on = models.DateField()
    is_split = models.BooleanField()
    is_main = models.BooleanField()
    document = models.CharField(max_length=60)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["predecessor", "successor", "entered"], condition=LIVE, name="one_live_succession_a_reform"
            ),
        ]


class ReformDraft(models.Model):
    """A reform in preparation: it changes in place until it is carried out, and each change of hands has an entry of the record.

    `steps` and `assigned` are JSON (`units.drafts`); `version` grows with every change, so that a stale page cannot overwrite it.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", "拟制中"
        REQUESTED = "requested", "已上报"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已作废"
        DONE = "done", "已实施"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    steps = models.TextField(default="[]")
    assigned = models.TextField(default="{}")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTING)
    version = models.IntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_by_label = models.CharField(max_length=60)
    made_on = models.DateField()
    changed_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "changed_on"], name="reformdraft_state")]
