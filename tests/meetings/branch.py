"""A branch large enough to vote, and somebody who waits for its decision: for the tests of this folder."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.cast import VILLAGE, Cast, cast_county
from tests.desk.county_cells import member

if TYPE_CHECKING:
    from yumiao.meetings.drafts import MeetingDraft, MotionDraft
    from yumiao.people.models import Person

FULL = range(41, 56)  # with 1 and 8: seventeen
PROBATIONARY = (56, 57)  # with 7: three


def fill(cast: Cast, unit: str = VILLAGE) -> None:
    """Fifteen more full members and two more probationers come into a branch."""
    from yumiao.desk.workbook.importing import import_workbook

    county = cast_county()
    probation: dict[str, Any] = {"人员类别": "预备党员", "入党日期": date(2026, 3, 2), "转正日期": None}
    county.add("党员", *(member(place, unit) for place in FULL))
    county.add("党员", *(member(place, unit, **probation) for place in PROBATIONARY))
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults


def person_at(place: int) -> Person:
    from yumiao.people.models import Person

    return Person.objects.get(records__name=member(place)["姓名"])


def walk_to(cast: Cast, place: int, step: int, on: date | None = None) -> uuid.UUID:
    """Somebody's case has every step up to one. Returns its uid."""
    from yumiao.admission.models import Case, StepRecord
    from yumiao.admission.services import STEP
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    case = Case.objects.get(person=cast.person(place))
    held = set(StepRecord.objects.alive().filter(case=case).values_list("step", flat=True))
    day = on or cast.today - timedelta(days=20)
    with act(Verb.PREPARED, actor=cast.operator) as current:
        current.insert(StepRecord, STEP, [(case.pk, one, 1, day) for one in range(1, step + 1) if one not in held])
    return case.uid


def bar(cast: Cast, person: int, since: date) -> None:
    """He is on 留党察看 from a day on."""
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.kernel.periods import FOREVER
    from yumiao.people.models import MembershipState

    with act(Verb.PREPARED, actor=cast.operator) as current:
        row = (since, FOREVER, person, 1, MembershipState.State.INNER_PROBATION)
        current.insert(MembershipState, ("since", "until", "person_id", "cycle", "state"), [row])


def meeting_of(cast: Cast, motions: Iterable[MotionDraft], **changed: Any) -> MeetingDraft:
    """A members' meeting of the village today, everybody due present."""
    from yumiao.desk.meetings.places import roll
    from yumiao.meetings.drafts import MeetingDraft

    unit = cast.unit(VILLAGE)
    rows = roll(unit, "members", changed.get("held_on", cast.today))
    given: dict[str, Any] = {
        "unit": unit.id, "kind": "members", "held_on": cast.today, "place": "村部会议室", "chair": "李青山", "recorder": "韦春晓",
        "agenda": "讨论接收预备党员", "attendance": [(one.person, one.votes, one.votes, "") for one in rows], "motions": list(motions),
    }  # fmt: skip
    return MeetingDraft(**{**given, **changed})
