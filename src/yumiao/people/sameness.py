"""Tables of what was decided about two records of people: they are one person, or they are not.

`people.models` takes them in; they must not know it, so persons are named by word.
"""

from __future__ import annotations

from django.db import models

from yumiao.journal.facts import LIVE, Fact


class Merged(Fact):
    """The record `person` was merged into `into`: what it said stands there now, or was taken back by the same entry (IDN-06)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="merged_into", db_index=False)
    into = models.ForeignKey("people.Person", models.PROTECT, related_name="merged", db_index=False)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person"], condition=LIVE, name="merged_once"),
            models.CheckConstraint(condition=~models.Q(person=models.F("into")), name="merged_into_another"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["into"], condition=LIVE, name="merged_into_whom")]


class KeptApart(Fact):
    """Two records were looked at and are two people. `compared` is what they were known by; when that changes the pair comes up again."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="kept_apart", db_index=False)
    other = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    compared = models.CharField(max_length=160)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "other"], condition=LIVE, name="kept_apart_once"),
            models.CheckConstraint(condition=models.Q(person__lt=models.F("other")), name="keptapart_in_order"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["other"], condition=LIVE, name="keptapart_other")]
