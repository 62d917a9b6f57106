"""The tree as of any day, read in three queries and joined here: a county has some hundred units."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from yumiao.journal.facts import FactQuerySet, Lasting
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Range
from yumiao.units.models import Placement, Unit, UnitRecord, ZonePlace
from yumiao.units.rules import KINDS, Kind

M = TypeVar("M", bound=Lasting)


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


def standing() -> Tree:
    """The tree as it stands without an end: what may be written into."""
    return tree(FOREVER - timedelta(days=1))


def tree(day: date, *, known: int | None = None) -> Tree:
    """The tree on `day`, as known now or as known when entry `known` had been written."""

    def facts(model: type[M]) -> FactQuerySet[M]:
        rows: FactQuerySet[M] = model._default_manager.all()  # type: ignore[assignment]
        return (rows.alive() if known is None else rows.known_at(known)).filter(since__lte=day, until__gt=day)

    names = {row[0]: row[1:] for row in facts(UnitRecord).values_list("unit_id", "name", "kind")}
    zones = dict(facts(ZonePlace).filter(programme=ZonePlace.Programme.COUNTY).values_list("unit_id", "zone"))
    units = {row[0]: row[1:] for row in Unit.objects.values_list("id", "uid", "code", "record_since")}
    found: dict[int, UnitOnDay] = {}
    rows = facts(Placement).order_by("depth", "position", "unit_id")
    for unit, parent, path, village, township, position in rows.values_list(
        "unit_id", "parent_id", "path", "village_id", "township_id", "position"
    ):
        uid, code, record_since = units[unit]
        name, kind = names[unit]
        own = zones.get(unit, "")
        zone = own or zones.get(township, "")
        found[unit] = UnitOnDay(
            unit, uid, code, name, KINDS[kind], parent, path, village, township, position, own, zone, record_since
        )
    return Tree(found, {unit.code: unit for unit in found.values()})
