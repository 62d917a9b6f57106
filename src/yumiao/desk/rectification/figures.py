"""How many of a year's admissions were reviewed by the county and how many files came back, by township, with their lists; and how rectification stands.

Must not know: requests, pages.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.models import CaseEnd, Review, StepDetail, StepRecord
from yumiao.desk.rectification import lists
from yumiao.journal.memory import remembered
from yumiao.kernel.shares import Share
from yumiao.oversight.rules import State
from yumiao.people.models import Attribution
from yumiao.units.queries import UnitOnDay

MEETING, APPROVAL, POINT = 15, 17, "county_17"


class What(StrEnum):
    """One list of the figures, as the address names it."""

    ADMITTED = "admitted"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    OPEN = "open"

    @property
    def label(self) -> str:
        return {
            "admitted": _("新发展农村党员"),
            "reviewed": _("已审核"),
            "returned": _("曾退回整改"),
            "open": _("退回后尚未通过"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Audited:
    """One case admitted in a village in the year, and what the county's review said of it."""

    case: int
    unit: int
    what: frozenset[What]


@dataclass(slots=True)
class Row:
    """The figures of a unit."""

    unit: UnitOnDay | None
    counts: Counter[What] = field(default_factory=Counter)

    @property
    def returned_share(self) -> str:
        """Of those reviewed, the share that came back."""
        reviewed = self.counts[What.REVIEWED]
        return Share(self.counts[What.RETURNED], reviewed).percent() if reviewed else ""


def audited(reader: Reader, year: int) -> tuple[Audited, ...]:
    """Every case of the county whose branch meeting was held in a village in the year and that was approved. Five statements, then memory."""
    return remembered("audited", reader.head, reader.today, year, make=lambda: _audited(reader, year))


def _audited(reader: Reader, year: int) -> tuple[Audited, ...]:
    met = set(StepRecord.objects.alive().filter(step=MEETING, held_on__year=year).values_list("case_id", flat=True))
    approved = StepRecord.objects.alive().filter(step=APPROVAL).values("case")
    refused = set(
        StepDetail.objects.alive()
        .filter(step__in=(MEETING, APPROVAL), outcome="failed")
        .values_list("case_id", flat=True)
    )
    gone = set(CaseEnd.objects.alive().values_list("case_id", flat=True))
    # where an admission counts stays, wherever its person went since
    rows = Attribution.objects.open().filter(person__cases__in=approved).order_by("cycle")
    units = {
        case: unit
        for case, unit in rows.values_list("person__cases__pk", "unit_id")
        if case in met and case not in refused | gone
    }
    said: dict[int, set[What]] = {}
    # one that came back and was reviewed again later did come back: struck rows count too
    for case, outcome in Review.objects.filter(point=POINT).values_list("case_id", "outcome"):
        found = said.setdefault(case, set())
        found.add(What.REVIEWED)
        if outcome == Review.Outcome.RETURNED:
            found.add(What.RETURNED)
    for case in (
        Review.objects.alive().filter(point=POINT, outcome=Review.Outcome.RETURNED).values_list("case_id", flat=True)
    ):
        said[case].add(What.OPEN)
    found_cases = []
    for case, unit in units.items():
        place = reader.tree.by_id.get(unit)
        if place is not None and place.village:
            found_cases.append(Audited(case, unit, frozenset({What.ADMITTED} | said.get(case, set()))))
    return tuple(found_cases)


def rows_of(reader: Reader, unit: UnitOnDay, year: int) -> tuple[Row, list[Row]]:
    """The sum of a unit, and a row for each township below it, or each village of a township."""
    total, rows = Row(unit), {one.id: Row(one) for one in reader.tree if one.parent == unit.id}
    for one in audited(reader, year):
        place = reader.tree.by_id.get(one.unit)
        if place is None or not unit.subtree.covers(place.path):
            continue
        total.counts.update(one.what)
        below = next((rows[up.id] for up in reader.tree.line(place) if up.id in rows), None)
        if below is not None:
            below.counts.update(one.what)
    return total, [row for row in rows.values() if row.counts]


def cases_of(reader: Reader, unit: UnitOnDay, year: int, what: What) -> list[int]:
    """The cases behind a number."""
    tree = reader.tree
    return [
        one.case
        for one in audited(reader, year)
        if what in one.what and (place := tree.by_id.get(one.unit)) is not None and unit.subtree.covers(place.path)
    ]


@dataclass(frozen=True, slots=True)
class Rectified:
    """How the findings and orders within reach stand."""

    findings: int
    done: int
    open: int
    overdue: int
    principle: int

    @property
    def closure(self) -> str:
        return Share(self.done, self.findings).percent() if self.findings else ""


def rectified(reader: Reader) -> Rectified:
    """Counted over what the reader reaches."""
    found = lists.findings_in(reader, None)
    orders = lists.order_rows(lists.orders_in(reader), reader)
    return Rectified(
        found.count(), lists.findings_in(reader, lists.Which.DONE).count(), lists.findings_in(reader, lists.Which.OPEN).count(),
        sum(one.one.state(reader.today) is State.OVERDUE for one in orders), found.filter(grade="principle").count(),
    )  # fmt: skip
