"""How many open cases stand where at each of the five gates, by unit; worked out once an entry. Must not know: requests, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from yumiao.access.readers import Reader
from yumiao.admission.case_changes import changed_since
from yumiao.admission.case_files import read_rows
from yumiao.admission.five_gates import KEYS, FiveGate, State, gates_of
from yumiao.admission.models import Case
from yumiao.desk.dossier.lists import begun, is_over
from yumiao.desk.dossier.standing import Grounds
from yumiao.journal.chain import Head
from yumiao.journal.memory import carried
from yumiao.units.queries import Tree, UnitOnDay

SHOWN = (State.PASSED, State.UNDER_WAY, State.HELD_UP)


@dataclass(frozen=True, slots=True)
class AtGates:
    """One open case with its five gates."""

    case: int
    unit: int
    gates: tuple[FiveGate, ...]

    def at(self, key: str) -> FiveGate:
        return self.gates[KEYS.index(key)]


def whole(reader: Reader) -> tuple[AtGates, ...]:
    """Every open case of the county, by id; no statement while nothing changes, and after an act only what it changed is read again."""
    found = carried(
        "five_gates", reader.head, reader.today, make=lambda: _read(reader, _open(reader)), renew=lambda before, cases: _renewed(reader, before, cases)
    )  # fmt: skip
    return tuple(found[case] for case in sorted(found))


def _open(reader: Reader) -> QuerySet[Case]:
    return Case.objects.filter(begun()).exclude(is_over(reader.today))


def _renewed(reader: Reader, before: Head, cases: dict[int, AtGates]) -> dict[int, AtGates] | None:
    changed = changed_since(before.seq)
    if changed is None:
        return None
    anew = _read(reader, _open(reader).filter(pk__in=changed)) if changed else {}
    return {case: one for case, one in cases.items() if case not in changed} | anew


def _read(reader: Reader, rows: QuerySet[Case]) -> dict[int, AtGates]:
    grounds = Grounds(reader)
    return {
        one.around.case: AtGates(one.around.case, one.around.unit, gates_of(one.file, grounds.of(one.file.path)))
        for one in read_rows(rows)
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the matrix: by gate and state how many of its cases stand so."""

    unit: UnitOnDay
    cases: int
    counts: Counter[tuple[str, State]]

    def count(self, key: str, state: State) -> int:
        return self.counts[key, state]


def rows_below(reader: Reader, unit: UnitOnDay, units: Iterable[UnitOnDay]) -> tuple[Row, list[Row]]:
    """The sum of a unit, and a row for each of `units` below it that has cases; a case counts for the nearest of them above it."""
    some = list(units)
    found = {one.id: Row(one, 0, Counter()) for one in some}
    total = Row(unit, 0, Counter())
    cases: Counter[int] = Counter()
    nearest = _nearest(reader.tree, some)
    for one in whole(reader):
        place = reader.tree.by_id.get(one.unit)
        if place is None or not unit.subtree.covers(place.path):
            continue
        above = nearest.get(place.id)
        for gate in one.gates:
            total.counts[gate.key, gate.state] += 1
            if above is not None:
                found[above].counts[gate.key, gate.state] += 1
        cases[0] += 1
        if above is not None:
            cases[above] += 1
    rows = [Row(one.unit, cases[one.unit.id], one.counts) for one in found.values() if cases[one.unit.id]]
    return Row(unit, cases[0], total.counts), rows


def _nearest(tree: Tree, units: list[UnitOnDay]) -> dict[int, int]:
    """By unit the one of `units` it stands in."""
    known = {one.id for one in units}
    found = {}
    for one in tree:
        above = next((up.id for up in reversed(tree.line(one)) if up.id in known), None)
        if above is not None:
            found[one.id] = above
    return found


def cases_at(reader: Reader, unit: UnitOnDay, key: str, state: State) -> list[AtGates]:
    """The cases of a unit that stand so at a gate."""
    found = []
    for one in whole(reader):
        place = reader.tree.by_id.get(one.unit)
        if place is not None and unit.subtree.covers(place.path) and one.at(key).state is state:
            found.append(one)
    return found
