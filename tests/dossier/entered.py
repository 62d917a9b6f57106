"""Cases as they stand after they were entered step by step, written at once; lawful or not. Must not know what anybody makes of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.ledger.rows import put, writing
from yumiao.admission.models import Case, CaseEdition, StepDetail, StepRecord
from yumiao.journal.bulk import new_ids
from yumiao.kernel.periods import add_months
from yumiao.people.models import Attribution, Belonging, Membership


def enter(
    cast: Cast,
    place: int,
    steps: Mapping[int, date],
    *,
    outcomes: Mapping[int, str] | None = None,
    late: Collection[int] = (),
) -> Case:
    """An open case of somebody with these steps; `outcomes` of those that decide, `late`: confirmed by a second person."""
    case, uid = new_ids(Case, 1)[0], uuid.uuid4()
    with writing() as current:
        put(current, Case, {"id": case, "uid": uid, "person_id": cast.person(place).pk, "origin": Case.Origin.ENTERED})
        put(current, CaseEdition, {"case_id": case, "edition": "2014"})
    add(case, steps, outcomes=outcomes, late=late)
    return Case.objects.get(pk=case)


def add(
    case: int,
    steps: Mapping[int, date],
    *,
    outcomes: Mapping[int, str] | None = None,
    late: Collection[int] = (),
    **said: Any,
) -> int:
    """Further steps, in one act. Returns its entry."""
    with writing() as current:
        put(current, StepRecord, *({"case_id": case, "step": step, "held_on": on} for step, on in steps.items()))
        details = (
            {"case_id": case, "step": one, "outcome": (outcomes or {}).get(one, ""), "is_late": one in late, **said}
            for one in steps
        )
        put(current, StepDetail, *details)
    return current.seq


def approve(cast: Cast, place: int, case: int, *, met_on: date, approved_on: date) -> None:
    """Step 17, and the membership that follows from it."""
    person = cast.person(place).pk
    unit = Belonging.objects.open().get(person=person).unit_id
    add(case, {17: approved_on}, outcomes={17: "passed"})
    with writing() as current:
        said = {"person_id": person, "membership_on": met_on, "approval": "recorded", "approved_on": approved_on}
        ends = add_months(met_on, 12)
        put(current, Membership, {**said, "probation_start_on": met_on, "probation_end_on": ends, "age_years": 30})
        put(
            current,
            Attribution,
            {"person_id": person, "unit_id": unit, "since": met_on, "reason": Attribution.Reason.ADMITTED},
        )
