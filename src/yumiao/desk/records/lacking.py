"""What records lack within a unit of the reader's, in numbers, and the units below it by how much they lack. Reads only.

Must not know: requests, templates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yumiao.access.readers import Reader
from yumiao.admission.models import CaseEnd, StepRecord
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.gaps import Gap
from yumiao.desk.people.listing import gaps_by_place
from yumiao.desk.people.lists import asked_of, unit_of
from yumiao.journal.memory import remembered, touched
from yumiao.people.models import Belonging, Membership, MembershipState, PersonRecord, PersonSecret, Statement
from yumiao.talent.models import Talent
from yumiao.units.models import Placement
from yumiao.units.queries import UnitOnDay

READ: Final = (
    *(PersonRecord, PersonSecret, Statement, Membership, MembershipState, Belonging, Placement),
    *(CaseEnd, StepRecord, Talent),
)
"""The tables of which gaps are counted, and no other."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many people each gap concerns, gaps of nobody left out; `unit` is None where the reader asked for none of his.

    `below` are the units directly below with how much is to be mended there, those without anything left out.
    """

    unit: UnitOnDay | None
    counts: Mapping[Gap, int]
    below: Sequence[tuple[UnitOnDay, int]]

    @property
    def whole(self) -> int:
        """How many things there are to mend; somebody with two counts twice."""
        return sum(self.counts.values())

    def url(self, gap: Gap) -> str:
        """The people behind a number."""
        return Filter(unit=self.unit.code if self.unit else "", gap=gap).url


def lacking(reader: Reader, code: str) -> Lacking:
    """Raises `OutOfScope` for a unit that is not the reader's."""
    asked = Filter(unit=code)
    unit, wanted = unit_of(reader, asked.unit), asked_of(reader, asked)
    place = touched(reader.head, *READ)
    found = remembered("people_gaps", place, wanted.scope, asked, make=lambda: gaps_by_place(wanted))
    counts = {gap: count for gap in Gap if (count := sum(row[gap] for row in found.values()))}
    top = unit or reader.home
    children = reader.tree.below(top) if top else []
    lacks = {path: many for path, row in found.items() if (many := sum(row.values()))}
    return Lacking(unit, counts, [(child, many) for child in children if (many := _within(child, lacks))])


def _within(unit: UnitOnDay, lacks: Mapping[str, int]) -> int:
    subtree = unit.subtree
    return sum(many for path, many in lacks.items() if subtree.covers(path))
