"""Reviews as they stand, and which cases wait for one. Reads only; must not know who looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.history import LAST
from yumiao.admission.models import CaseEnd, CaseFinding, Review, StepDetail, StepRecord
from yumiao.admission.path import Outcome
from yumiao.admission.review_rules import GUARDED, LEVELS, NEEDED, POINTS, is_open_at
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.oversight.models import FindingRecord, OrderEvent, OrderFinding
from yumiao.people.models import Belonging

OPEN, RETURNED, APPROVED = "open", "returned", "approved"
_STEPS: Final = sorted({*GUARDED.values(), *(step for steps in NEEDED.values() for step in steps), LAST})


@dataclass(frozen=True, slots=True)
class Standing:
    """A case at a point: `since`, the day it came there; `state`: open (nobody reviewed it), returned, approved.

    `is_past`: the step that waits for it is on record.
    """

    case: int
    point: str
    unit: int
    since: date
    state: str
    reviewed_on: date | None = None
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A review that stands or stood, and by whom it was made; `is_live`: no later one stands in its place."""

    review: Review
    by: str
    is_live: bool


def standing() -> list[Standing]:
    """Every point that a case which goes on, or was approved, stands at; the oldest first. Five statements, however many cases there are."""
    steps: dict[int, dict[int, date]] = defaultdict(dict)
    for case, step, held_on in (
        StepRecord.objects.alive().filter(step__in=_STEPS).values_list("case_id", "step", "held_on")
    ):
        steps[case][step] = max(held_on, steps[case].get(step, held_on))
    failed: dict[int, set[int]] = defaultdict(set)
    for case, step in StepDetail.objects.alive().filter(outcome=Outcome.FAILED).values_list("case_id", "step"):
        failed[case].add(step)
    ended = set(CaseEnd.objects.alive().values_list("case_id", flat=True))
    reviews: dict[int, dict[str, tuple[str, date]]] = defaultdict(dict)
    for case, point, outcome, reviewed_on in Review.objects.alive().values_list(
        "case_id", "point", "outcome", "reviewed_on"
    ):
        reviews[case][point] = (outcome, reviewed_on)
    units = _units(steps)
    found = []
    for case, held in steps.items():
        if case in ended or case not in units:
            continue
        made = reviews.get(case, {})
        approved = {point for point, (outcome, _on) in made.items() if outcome == APPROVED}
        done = held.keys() - failed.get(case, set())
        for point in POINTS:
            outcome = made[point][0] if point in made else ""
            if outcome or (is_open_at(point, done, held, approved) and not _is_past(point, held)):
                since = max((held[one] for one in NEEDED[point] if one in held), default=date.min)
                on = made[point][1] if point in made else None
                found.append(Standing(case, point, units[case], since, outcome or OPEN, on, GUARDED[point] in held))
    return sorted(found, key=lambda one: (one.since, one.case, one.point))


def _is_past(point: str, held: Mapping[int, date]) -> bool:
    """Whether the step that waits for a county's review is on record: what was done before there were reviews is not asked for again."""
    return LEVELS[point] == "county" and GUARDED[point] in held


def _units(cases: Collection[int]) -> dict[int, int]:
    """By case where its person stands; one statement."""
    rows = Belonging.objects.open().filter(person__cases__isnull=False).values_list("person__cases__pk", "unit_id")
    return {case: unit for case, unit in rows if case in cases}


def reviews_of(case: int) -> list[Said]:
    """Every review of a case, those that another took the place of too, in the order they were made; two queries."""
    rows = list(Review.objects.filter(case=case).order_by("pk"))
    by = (
        dict(Entry.objects.filter(seq__in=[one.entered for one in rows]).values_list("seq", "actor_label"))
        if rows
        else {}
    )
    return [Said(one, by.get(one.entered, ""), one.struck == ALIVE) for one in rows]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in a case with what became of it: `is_settled` when the order it stands under was accepted."""

    finding: int
    uid: str
    point: str
    record: FindingRecord
    is_settled: bool


def findings_of(case: int) -> list[Found]:
    """The findings of a case that stand, in the order they were written; two or three queries."""
    ties = {one.finding_id: one for one in CaseFinding.objects.filter(case=case).select_related("finding")}
    records = list(FindingRecord.objects.alive().filter(finding__in=list(ties)).order_by("finding_id"))
    if not records:
        return []
    accepted = OrderEvent.objects.alive().filter(what=OrderEvent.What.ACCEPTED).values("order")
    settled = set(
        OrderFinding.objects.alive()
        .filter(finding__in=list(ties), order__in=accepted)
        .values_list("finding_id", flat=True)
    )
    return [
        Found(
            one.finding_id,
            str(ties[one.finding_id].finding.uid),
            ties[one.finding_id].point,
            one,
            one.finding_id in settled,
        )
        for one in records
    ]
