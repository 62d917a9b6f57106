"""A unit that stands no longer: what it was, since when it is no more, and who carries on. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.journal.memory import remembered
from yumiao.units.models import Placement, Succession, UnitRecord
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Ended:
    """`ended_on` is the first day without it; `heirs` are the units of today that carry on, the main one first."""

    id: int
    code: str
    name: str
    kind: str
    ended_on: date
    heirs: tuple[UnitOnDay, ...]


def ended(code: str, reader: Reader) -> Ended | None:
    """The unit that had this code, if the reader reads what carries it on, or what it stood below."""
    if "\0" in code:  # PostgreSQL takes no such text, and no code has it
        return None
    record = UnitRecord.objects.alive().filter(unit__code=code, until__lte=reader.today).order_by("-until").first()
    if record is None:
        return None
    heirs = _heirs(record.unit_id, reader)
    scope = reader.scope(Permission.UNIT_READ)
    near = [*heirs, *_above(record.unit_id, reader)]
    if not any(scope.covers(unit.path) for unit in near):
        return None
    seen = tuple(unit for unit in heirs if scope.covers(unit.path))
    return Ended(record.unit_id, code, record.name, record.kind, record.until, seen)


def _heirs(unit: int, reader: Reader) -> list[UnitOnDay]:
    """Through units that ended later, down to those that stand today."""
    after: dict[int, list[int]] = defaultdict(list)
    for before, heir in (
        Succession.objects.alive().order_by("-is_main", "pk").values_list("predecessor_id", "successor_id")
    ):
        after[before].append(heir)
    found: dict[int, UnitOnDay] = {}
    waiting, seen = [unit], {unit}
    while waiting:
        for heir in after[waiting.pop(0)]:
            if heir in reader.tree.by_id:
                found.setdefault(heir, reader.tree.by_id[heir])
            elif heir not in seen:
                waiting.append(heir)
            seen.add(heir)
    return list(found.values())


def heir_of(reader: Reader, unit: int) -> UnitOnDay | None:
    """The main one of those that carry on a unit that stands no longer."""
    found = remembered("heir", reader.head, unit, make=lambda: [one.id for one in _heirs(unit, reader)])
    return reader.tree.by_id.get(found[0]) if found else None


def _above(unit: int, reader: Reader) -> list[UnitOnDay]:
    """Under which unit of today it stood last."""
    place = Placement.objects.alive().filter(unit=unit).order_by("-until").first()
    above = reader.tree.by_id.get(place.parent_id or 0) if place else None
    return [above] if above else []
