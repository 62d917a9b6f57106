"""Admission cases and their steps. No status and no current step is stored: both follow from the records."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, Fact, Identity
from yumiao.people.models import Person


class Case(Identity):
    """One person's way from application to archive. Imported cases begin with steps 1, 3 and 8."""

    class Origin(models.TextChoices):
        ENTERED = "entered", "系统内登记"
        IMPORTED = "imported", "导入"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", db_index=False)
    origin = models.CharField(max_length=8, choices=Origin.choices)

    class Meta:
        indexes = [models.Index(fields=["person"], name="case_person")]


class CaseEnd(Fact):
    """A case came to its end; struck when it is opened again."""

    class How(models.TextChoices):
        ADMITTED = "admitted", "已入党"
        WITHDRAWN = "application_withdrawn", "撤回申请"
        STOPPED = "cultivation_stopped", "停止培养"
        DECEASED = "deceased", "去世"
        TRANSFERRED = "transferred_out", "材料转出县外"

    case = models.ForeignKey(Case, models.PROTECT, related_name="ends", db_index=False)
    ended_on = models.DateField()
    how = models.CharField(max_length=30, choices=How.choices)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=LIVE, name="one_live_end_a_case"),
        ]


class StepRecord(Fact):
    """One of the 25 steps as held; `occurrence` counts what repeats (half-yearly inspections)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    held_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "step", "occurrence"], condition=LIVE, name="one_live_record_a_step"
            ),
            models.CheckConstraint(condition=models.Q(step__gte=1, step__lte=25), name="steprecord_of_25"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case", "step", "held_on", "struck"], condition=LIVE, name="steprecord_lines"),
        ]
