"""The reviewers' queue: which cases stand at which point, for whom, since when; from memory while nothing changes. Must not know: requests, pages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.case_files import read_cases
from yumiao.admission.models import Case, Review
from yumiao.admission.review_queries import APPROVED, OPEN, RETURNED, Standing, standing
from yumiao.admission.review_rules import LEVELS, POINTS
from yumiao.desk.reviews.changes import changes_since, saw
from yumiao.desk.reviews.reviewing import NEEDS
from yumiao.journal.memory import remembered
from yumiao.people.models import PersonRecord
from yumiao.units.queries import UnitOnDay

SIZE = 50


class State(StrEnum):
    """How a case stands at a point, as the address names it."""

    OPEN = "open"
    AGAIN = "again"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return {"open": _("待审查"), "again": _("需复审"), "returned": _("退回整改中"), "approved": _("已通过")}[
            self.value
        ]

    @property
    def tone(self) -> str:
        return {"open": "guide", "again": "floor", "returned": "warn", "approved": "ok"}[self.value]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case at one point with its state."""

    case: int
    point: str
    unit: int
    since: date
    state: State
    reviewed_on: date | None

    @property
    def label(self) -> str:
        return str(Review.Point(self.point).label)


def whole(reader: Reader) -> tuple[Waiting, ...]:
    """Every case of the county at every point, the oldest first; worked out once an entry."""
    return remembered("review_queue", reader.head, make=_whole)


def _whole() -> tuple[Waiting, ...]:
    rows = standing()
    again = _changed([one for one in rows if one.state == APPROVED and not one.is_past])
    return tuple(Waiting(one.case, one.point, one.unit, one.since, _state(one, again), one.reviewed_on) for one in rows)


def _state(one: Standing, again: frozenset[tuple[int, str]]) -> State:
    if (one.case, one.point) in again:
        return State.AGAIN
    return {OPEN: State.OPEN, RETURNED: State.RETURNED, APPROVED: State.APPROVED}[one.state]


def _changed(rows: Sequence[Standing]) -> frozenset[tuple[int, str]]:
    """Those whose file is not as the approval saw it."""
    found = set()
    reads = read_cases({one.case for one in rows})
    reviews = {
        (one.case_id, one.point): one for one in Review.objects.alive().filter(case__in=list(reads), outcome=APPROVED)
    }
    for row in rows:
        read, review = reads.get(row.case), reviews.get((row.case, row.point))
        if read is None or review is None:
            continue
        if changes_since(review, saw(read, row.point)):
            found.add((row.case, row.point))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the queue asks for; what it does not know it leaves out."""

    state: State = State.OPEN
    point: str = ""
    unit: str = ""

    @classmethod
    def parsed(cls, get: QueryDict) -> Asked:
        state, point = get.get("state", ""), get.get("point", "")
        return cls(
            State(state) if state in list(State) else State.OPEN,
            point if point in POINTS else "",
            get.get("unit", "").strip(),
        )

    @property
    def query(self) -> str:
        said = {"state": self.state.value, "point": self.point, "unit": self.unit}
        return "&".join(f"{key}={value}" for key, value in said.items() if value)


def levels_of(reader: Reader) -> list[str]:
    """The levels the reader reviews at somewhere."""
    return [level for level, need in NEEDS.items() if reader.may(need)]


def may_review(reader: Reader, point: str, unit: UnitOnDay | None) -> bool:
    return unit is not None and reader.may_at(NEEDS[LEVELS[point]], unit)


def queue_of(reader: Reader, asked: Asked) -> dict[State, list[Waiting]]:
    """What waits within the reader's reach and level, by state."""
    place = reader.tree.by_code.get(asked.unit)
    found: dict[State, list[Waiting]] = {state: [] for state in State}
    levels = set(levels_of(reader))
    known: dict[tuple[int, str], bool] = {}
    for one in whole(reader):
        level = LEVELS[one.point]
        if level not in levels or (asked.point and one.point != asked.point):
            continue
        key = (one.unit, level)
        if key not in known:
            unit = reader.tree.by_id.get(one.unit)
            is_there = place is None or (unit is not None and place.subtree.covers(unit.path))
            known[key] = is_there and unit is not None and reader.may_at(NEEDS[level], unit)
        if known[key]:
            found[one.state].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue as a page shows it."""

    one: Waiting
    uid: uuid.UUID
    name: str
    unit: UnitOnDay | None


def rows_of(some: Sequence[Waiting], reader: Reader) -> list[Row]:
    """With uid and name, in two statements."""
    found = Case.objects.filter(pk__in=[one.case for one in some]).values_list("pk", "uid", "person_id")
    cases = {pk: (uid, person) for pk, uid, person in found}
    people = [person for _uid, person in cases.values()]
    names = dict(PersonRecord.objects.open().filter(person__in=people).values_list("person_id", "name"))
    return [
        Row(one, cases[one.case][0], names.get(cases[one.case][1], ""), reader.tree.by_id.get(one.unit))
        for one in some
        if one.case in cases
    ]


def neighbours(reader: Reader, asked: Asked, case: int, point: str) -> tuple[Waiting | None, Waiting | None]:
    """What stands before and behind a case in the queue it was opened from."""
    some = queue_of(reader, asked)[asked.state]
    place = next((at for at, one in enumerate(some) if one.case == case and one.point == point), None)
    if place is None:
        return None, next((one for one in some if one.case != case), None)
    return (some[place - 1] if place else None), (some[place + 1] if place + 1 < len(some) else None)
