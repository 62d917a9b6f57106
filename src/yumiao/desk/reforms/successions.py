"""Who carries on whose record, of every reform that stands, as far as a scope reaches what carries on today. Reads only.

Must not know: requests, how a file or an answer is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yumiao.kernel.scope import Scope
from yumiao.units.models import Succession, Unit, UnitRecord
from yumiao.units.queries import Tree


@dataclass(frozen=True, slots=True)
class Link:
    """One unit carries another one on from a day; `seq` is the entry of the reform, `id` orders the links as they were written."""

    id: int
    seq: int
    predecessor: str
    predecessor_name: str
    successor: str
    successor_name: str
    effective_on: date
    is_split: bool
    is_main: bool
    document: str


def links_of(tree: Tree, scope: Scope, seq: int | None = None) -> list[Link]:
    """The links of a reform, or of all, whose successor stands in the scope or is carried on there; in the order they were written. Three queries."""
    rows = list(Succession.objects.alive().order_by("pk"))
    after: dict[int, list[int]] = {}
    for row in rows:
        after.setdefault(row.predecessor_id, []).append(row.successor_id)
    seen = [
        row
        for row in rows
        if seq in (None, row.entered) and any(scope.covers(path) for path in _today(row.successor_id, after, tree))
    ]
    units = {unit for row in seen for unit in (row.predecessor_id, row.successor_id)}
    codes = dict(Unit.objects.filter(id__in=units).values_list("id", "code"))
    names = _names(units)
    return [_link(row, codes, names) for row in seen]


def _link(row: Succession, codes: Mapping[int, str], names: Mapping[int, str]) -> Link:
    old, new = row.predecessor_id, row.successor_id
    said = (codes[old], names.get(old, codes[old]), codes[new], names.get(new, codes[new]))
    return Link(row.pk, row.entered, *said, row.effective_on, row.is_split, row.is_main, row.document)


def _today(unit: int, after: Mapping[int, list[int]], tree: Tree) -> set[str]:
    """Paths of the units of today that are this one or carry it on."""
    found, seen, waiting = set[str](), set[int](), [unit]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in tree.by_id:
            found.add(tree.by_id[one].path)
        else:
            waiting += after.get(one, [])
    return found


def _names(units: Iterable[int]) -> dict[int, str]:
    """The latest name of each."""
    rows = UnitRecord.objects.alive().filter(unit__in=list(units)).order_by("since", "pk")
    return dict(rows.values_list("unit_id", "name"))
