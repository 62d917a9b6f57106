"""The kinds of tables, as abstract models: identities, facts, logs; and what is derived from them.

Facts carry two clocks: `since`/`until` (when it is true) and `entered`/`struck` (which entries knew it). No row is ever
updated but for `struck`, once; triggers on both databases refuse the rest. Writing goes through `journal.acts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models

from yumiao.kernel.periods import BEGIN, FOREVER

ALIVE = 2**63 - 1

_M = TypeVar("_M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a lasting fact promises about its live rows of one subject: no overlap; if `gapless`, no gap; if `endless`, one open row."""

    by: tuple[str, ...]
    gapless: bool = False
    endless: bool = False


class FactQuerySet(models.QuerySet[_M]):
    """Reading facts by both clocks."""

    def alive(self) -> Self:
        """As known now."""
        return self.filter(struck=ALIVE)

    def known_at(self, seq: int) -> Self:
        """As known when entry `seq` had been written."""
        return self.filter(entered__lte=seq, struck__gt=seq)

    def on(self, day: date) -> Self:
        """As known now, true on `day`."""
        return self.alive().filter(since__lte=day, until__gt=day)

    def open(self) -> Self:
        """As known now, without an end."""
        return self.alive().filter(until=FOREVER)


class Identity(models.Model):
    """A row that says no more than that something exists: inserted once, never touched."""

    id = models.BigAutoField(primary_key=True)
    entered = models.BigIntegerField(db_index=True)

    class Meta:
        abstract = True


class Fact(models.Model):
    """A statement, or an event with its own `…_on`: inserted, perhaps struck later."""

    timeline: ClassVar[Timeline | None] = None

    id = models.BigAutoField(primary_key=True)
    entered = models.BigIntegerField(db_index=True)
    struck = models.BigIntegerField(default=ALIVE)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(struck__gt=models.F("entered")), name="%(class)s_struck_later")
        ]
        indexes = [models.Index(fields=["struck"], condition=models.Q(struck__lt=ALIVE), name="%(class)s_struck")]


class Lasting(Fact):
    """A fact that holds from `since` up to, not including, `until`."""

    since = models.DateField(default=BEGIN)
    until = models.DateField(default=FOREVER)

    class Meta(Fact.Meta):
        abstract = True
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(since__lt=models.F("until")), name="%(class)s_since_before_until"
            ),
        ]


class Log(models.Model):
    """A line of a record: inserted, nothing else."""

    class Meta:
        abstract = True


class Derived(models.Model):
    """A row that follows from the rest: no trigger, no digest; it may be made anew at any time (`yumiao doctor --mend`)."""

    id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


# An index of live rows that is to answer a question alone names `struck` last: SQLite takes an index as covering only if it
# holds every column the question names, those of the index's own condition too.
LIVE_OPEN = models.Q(struck=ALIVE, until=FOREVER)
LIVE = models.Q(struck=ALIVE)


def kinds() -> dict[type[models.Model], str]:
    """Every concrete model of the house and its kind: 'identity', 'fact' or 'log'."""
    from django.apps import apps

    found: dict[type[models.Model], str] = {}
    for model in apps.get_models():
        for base, kind in ((Identity, "identity"), (Fact, "fact"), (Log, "log")):
            if issubclass(model, base):
                found[model] = kind
    return found
