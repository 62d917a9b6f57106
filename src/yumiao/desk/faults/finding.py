"""The faults of every case within reach, read in bulk and kept while the record stays as it is. Must not know: pages, how a file is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.admission.faults import Fault, Gravity, PaperDay, faults
from yumiao.admission.models import PaperCheck
from yumiao.desk.dossier.lists import cases_in
from yumiao.desk.dossier.standing import Grounds
from yumiao.journal.memory import remembered
from yumiao.journal.models import Entry
from yumiao.kernel.periods import today_in_china
from yumiao.kernel.scope import Scope
from yumiao.people.models import Membership
from yumiao.units.queries import UnitOnDay

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One case with what is wrong with it."""

    case: int
    uid: UUID
    unit: int
    faults: tuple[Fault, ...]

    def by(self, rule: str) -> list[Fault]:
        return [one for one in self.faults if not rule or one.rule == rule]

    def is_grave(self, rule: str = "") -> bool:
        return any(one.gravity is Gravity.PRINCIPLE for one in self.by(rule))


@dataclass(frozen=True, slots=True)
class Tally:
    """So many cases of a rule or a unit; `grave` of them with a breach of principle."""

    key: str
    title: str
    cases: int
    grave: int


def found_in(reader: Reader, unit: UnitOnDay | None) -> tuple[Found, ...]:
    """Every case with a fault within the reader's reach, or at a unit of it. The whole reach is worked out once for each head."""
    scope = reader.scope(Permission.PERSON_READ)
    every = remembered("case_faults", reader.head, scope.roots, scope.day, make=lambda: tuple(_found(reader, scope)))
    if unit is None:
        return every
    subtree, tree = unit.subtree, reader.tree.by_id
    return tuple(one for one in every if one.unit in tree and subtree.covers(tree[one.unit].path))


def _found(reader: Reader, scope: Scope) -> Iterator[Found]:
    ids = list(cases_in(scope).values_list("pk", flat=True))
    for case, (read, wrong) in faults_of(ids, reader).items():
        if wrong:
            yield Found(case, read.around.uid, read.around.unit, tuple(wrong))


def faults_of(cases: Collection[int], reader: Reader) -> dict[int, tuple[Read, list[Fault]]]:
    """These cases with what is wrong with each, in some six statements for every five hundred."""
    reads = read_cases(cases)
    papers, joined, grounds = _papers(reads), _joined(read.around.person for read in reads.values()), Grounds(reader)
    return {
        case: (
            read,
            faults(
                read.file,
                grounds.of(read.file.path),
                papers=papers.get(case, ()),
                joined_on=joined.get(read.around.person),
            ),
        )
        for case, read in reads.items()
    }


def _papers(cases: Iterable[int]) -> dict[int, list[PaperDay]]:
    found: dict[int, list[PaperDay]] = defaultdict(list)
    rows: list[tuple[int, str, int, date | None, int]] = []
    for some in _in_parts(cases):
        checks = PaperCheck.objects.alive().filter(paper__case__in=some)
        rows += checks.values_list("paper__case_id", "paper__slot", "paper__step", "dated_on", "paper__entered")
    if not rows:
        return found
    days: dict[int, date] = {}
    for some in _in_parts({row[4] for row in rows}):
        entries = Entry.objects.filter(seq__in=some).values_list("seq", "at")
        days |= {seq: today_in_china(at) for seq, at in entries}
    for case, slot, step, dated_on, entered in rows:
        found[case].append(PaperDay(slot, step, dated_on, days[entered]))
    return found


def _joined(people: Iterable[int]) -> dict[int, date]:
    """Since when each is or was a member, by the latest membership."""
    found: dict[int, date] = {}
    for some in _in_parts(people):
        rows = Membership.objects.alive().filter(person__in=some).order_by("cycle")
        found |= dict(rows.values_list("person_id", "membership_on"))
    return found


def _in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(set(ids))
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
