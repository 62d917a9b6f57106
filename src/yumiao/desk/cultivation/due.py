"""Whose half-yearly inspection is due, who waits for a training class. Reads in bulk, judged by the same course as a case's own page.

Must not know: pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.admission.cultivation_queries import waiting_for
from yumiao.desk.dossier.standing import Grounds
from yumiao.kernel.scope import Scope
from yumiao.units.queries import UnitOnDay

SOON: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Inspected:
    """An activist: when last inspected, until when the next is due. `last_on` is None before the first."""

    read: Read
    count: int
    last_on: date | None
    due_on: date
    today: date

    @property
    def case(self) -> int:
        return self.read.around.case

    @property
    def name(self) -> str:
        return self.read.around.name

    @property
    def is_overdue(self) -> bool:
        return self.due_on < self.today

    @property
    def is_soon(self) -> bool:
        return self.today <= self.due_on <= self.today + SOON


@dataclass(frozen=True, slots=True)
class Branch:
    """The activists of one branch, the earliest due first."""

    unit: UnitOnDay
    people: tuple[Inspected, ...]

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.people)

    @property
    def soon(self) -> int:
        return sum(one.is_soon for one in self.people)

    @property
    def first_due(self) -> date:
        return self.people[0].due_on


def branches(reader: Reader, scope: Scope | None = None) -> list[Branch]:
    """Every branch with activists whose inspections go on, the earliest due first; a constant number of queries."""
    by_unit: dict[int, list[Inspected]] = defaultdict(list)
    for one in _inspected(reader, scope or reader.scope(Permission.CASE_RECORD)):
        by_unit[one.read.around.unit].append(one)
    units = {pk: reader.tree.by_id[pk] for pk in by_unit if pk in reader.tree.by_id}
    found = [
        Branch(unit, tuple(sorted(by_unit[pk], key=lambda one: (one.due_on, one.name)))) for pk, unit in units.items()
    ]
    return sorted(found, key=lambda one: (one.first_due, one.unit.path))


def of_branch(reader: Reader, unit: UnitOnDay) -> list[Inspected]:
    """The activists of one branch, of none below it."""
    found = branches(reader, Scope((unit.subtree,), reader.today))
    return [one for branch in found if branch.unit.id == unit.id for one in branch.people]


def _inspected(reader: Reader, scope: Scope) -> list[Inspected]:
    grounds = Grounds(reader)
    found = []
    for read in read_cases(waiting_for(scope, having=(3, 5), lacking=(7,))).values():
        ahead = grounds.course(read).of(6)
        if ahead.due is None or read.file.resting_on(reader.today) is not None:
            continue
        last = max((one.on for one in ahead.held), default=None)
        found.append(Inspected(read, len(ahead.held), last, ahead.due.on, reader.today))
    return found


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody who waits for training, with the branch he stands in."""

    read: Read
    unit: UnitOnDay | None

    @property
    def case(self) -> int:
        return self.read.around.case

    @property
    def name(self) -> str:
        return self.read.around.name


def untrained(reader: Reader) -> Sequence[Target]:
    """Targets with the committee's consent who had no training yet, by branch and name."""
    grounds, tree = Grounds(reader), reader.tree
    found = []
    for read in read_cases(waiting_for(reader.scope(Permission.CASE_DECIDE), having=(8,), lacking=(11,))).values():
        terms = grounds.of(read.file.path).terms
        if read.file.is_done(8, terms) and read.file.resting_on(reader.today) is None:
            found.append(Target(read, tree.by_id.get(read.around.unit)))
    return sorted(found, key=lambda one: (one.unit.path if one.unit else "", one.name))
