"""The tree as of any day, read in one query: a county has some hundred units."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from django.db.models import FilteredRelation, Q

from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Range
from yumiao.units.models import Placement, Succession, ZonePlace
from yumiao.units.rules import KINDS, Kind


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it stood on a day; `township` and `village` are unit ids (see `Placement`), `zone` its own or its township's."""

    id: int
    uid: uuid.UUID
    code: str
    name: str
    kind: Kind
    parent: int | None
    path: str
    village: int | None
    township: int | None
    position: int
    own_zone: str
    zone: str
    record_since: date

    @property
    def subtree(self) -> Range:
        return Range.below(self.path)


@dataclass(frozen=True)
class Tree:
    """All units that stood on one day."""

    by_id: dict[int, UnitOnDay]
    by_code: dict[str, UnitOnDay]

    @cached_property
    def by_path(self) -> dict[str, UnitOnDay]:
        return {unit.path: unit for unit in self}

    @cached_property
    def _below(self) -> dict[int | None, list[UnitOnDay]]:
        below: dict[int | None, list[UnitOnDay]] = defaultdict(list)
        for unit in self:
            below[unit.parent].append(unit)
        return dict(below)

    def below(self, unit: UnitOnDay) -> Sequence[UnitOnDay]:
        """The units directly below, in official order."""
        return self._below.get(unit.id, ())

    def line(self, unit: UnitOnDay | None) -> list[UnitOnDay]:
        """The units from the top down to `unit`, itself included; empty without one."""
        found: list[UnitOnDay] = []
        while unit is not None:
            found.insert(0, unit)
            unit = self.by_id.get(unit.parent or 0)
        return found

    def __iter__(self) -> Iterator[UnitOnDay]:
        return iter(self.by_id.values())

    @property
    def root(self) -> UnitOnDay | None:
        return next((unit for unit in self if unit.parent is None), None)

    def label(self, unit: UnitOnDay) -> str:
        """Name with the township before it, for texts that leave the tree."""
        above = self.by_id.get(unit.township or 0)
        return unit.name if above is None or above.id == unit.id else f"{above.name} {unit.name}"


def merged_into() -> dict[int, list[int]]:
    """Of every unit that others were merged into, the ids of these and of those merged into them before."""
    rows = Succession.objects.alive().filter(is_split=False).order_by("effective_on", "pk")
    found: dict[int, list[int]] = defaultdict(list)
    for before, after in rows.values_list("predecessor_id", "successor_id"):
        found[after] += [before, *found.get(before, ())]
    return dict(found)


_COLUMNS: Final = (
    "unit_id", "unit__uid", "unit__code", "named__name", "named__kind", "parent_id", "path", "village_id",
    "township_id", "position", "unit__record_since", "zoned__zone",
)  # fmt: skip


def standing() -> Tree:
    """The tree as it stands without an end: what may be written into."""
    return tree(FOREVER - timedelta(days=1))


def tree(day: date, *, known: int | None = None) -> Tree:
    """The tree on `day`, as known now or as known when entry `known` had been written."""

    known_then = {"struck": ALIVE} if known is None else {"entered__lte": known, "struck__gt": known}

    def holds(facts: str, **more: object) -> FilteredRelation:
        terms = {**known_then, "since__lte": day, "until__gt": day, **more}
        return FilteredRelation(facts, condition=Q(**{f"{facts}__{term}": value for term, value in terms.items()}))

    rows = Placement.objects.filter(**known_then, since__lte=day, until__gt=day).annotate(
        named=holds("unit__records"), zoned=holds("unit__zones", programme=ZonePlace.Programme.COUNTY)
    )
    read = list(rows.order_by("depth", "position", "unit_id").values_list(*_COLUMNS))
    zones = {row[0]: row[-1] or "" for row in read}
    found = {}
    for unit, uid, code, name, kind, parent, path, village, township, position, record_since, _zone in read:
        own = zones[unit]
        zone = own or zones.get(township, "")
        found[unit] = UnitOnDay(
            unit, uid, code, name, KINDS[kind], parent, path, village, township, position, own, zone, record_since
        )
    return Tree(found, {unit.code: unit for unit in found.values()})
