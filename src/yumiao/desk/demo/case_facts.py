"""Many demo cases written at once: steps, what is said of them, meetings with ballots, helpers, forms. Within an open act.

Must not know: which cases these are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yumiao.admission.models import FormUse, StepDetail, StepMotion, StepRecord
from yumiao.admission.services import STEP
from yumiao.admission.step_services import DETAIL, FORM, MOTION
from yumiao.desk.demo.case_days import MOTIONS, Done
from yumiao.journal.acts import Act
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.meetings.models import Meeting, Motion
from yumiao.meetings.rules import Count
from yumiao.meetings.services import MeetingDraft, MotionDraft, record_meeting
from yumiao.people.models import Belonging, Membership, PersonRecord, Tie
from yumiao.people.services import TIE

_USUAL: Final = {
    "outcome": "",
    "document": "",
    "place": "",
    "people": "",
    "note": "",
    "days": None,
    "hours": None,
    "months": 0,
}
_TITLES: Final = {
    "admission": "接收预备党员",
    "confirmation": "预备党员转正",
    "approval": "审批预备党员",
    "confirmation_approval": "审批转正",
}
_BRANCH: Final = ("admission", "confirmation")
FORM_PREFIX: Final = "青岚"


@dataclass(frozen=True, slots=True)
class Way:
    """One case with the steps to write; `unit` its branch, `township` whose committee approves."""

    case: int
    person: int
    unit: int
    township: int
    steps: Sequence[Done]
    is_opposed: bool = False  # the meeting voted it down


@dataclass(frozen=True, slots=True)
class Voters:
    """Full members by unit: (person, since when full); names of all."""

    full: Mapping[int, Sequence[tuple[int, date]]]
    names: Mapping[int, str]

    def due(self, unit: int, on: date, but: int) -> list[int]:
        return [person for person, since in self.full.get(unit, ()) if since <= on and person != but]


def voters(units: Iterable[int]) -> Voters:
    """Everybody with a vote in these units."""
    places = dict(Belonging.objects.open().filter(unit__in=list(units)).values_list("person", "unit"))
    rows = Membership.objects.alive().filter(person__in=list(places), full_member_on__lt=FOREVER, ended_on=FOREVER)
    full: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for person, since in rows.order_by("person").values_list("person_id", "full_member_on"):
        full[places[person]].append((person, since))
    names = dict(PersonRecord.objects.open().filter(person__in=list(places)).values_list("person_id", "name"))
    return Voters(full, names)


def write_ways(act: Act, ways: Sequence[Way], known: Voters, offices: Mapping[int, int], forms: dict[int, int]) -> None:
    """Write them all. `offices`: by township the branch its committee's members stand in; `forms`: the number its next 志愿书 has."""
    act.insert(StepRecord, STEP, [(way.case, one.step, one.occurrence, one.on) for way in ways for one in way.steps])
    act.insert(StepDetail, DETAIL, [detail_of(way.case, one) for way in ways for one in way.steps if one.said])
    _write_meetings(act, ways, known, offices)
    _write_introducers(act, ways, known)
    given = []
    for way in ways:
        for one in way.steps:
            if one.step == 14:
                given.append((way.case, FORM_PREFIX, forms[way.township], one.on))
                forms[way.township] += 1
    act.insert(FormUse, FORM, given)


def detail_of(case: int, one: Done) -> tuple[Any, ...]:
    """What is said of a step, as a row of its table."""
    said = _USUAL | {key: value for key, value in one.said.items() if key in _USUAL}
    return (case, one.step, one.occurrence, *said.values(), one.said.get("reason", ""), False, False)


def _write_meetings(act: Act, ways: Sequence[Way], known: Voters, offices: Mapping[int, int]) -> None:
    """One meeting for all candidates of one body on one day, one ballot each."""
    sittings: dict[tuple[int, bool, date], list[tuple[Way, Done]]] = defaultdict(list)
    for way in ways:
        for one in way.steps:
            if one.step in MOTIONS:
                is_branch = MOTIONS[one.step] in _BRANCH
                sittings[way.unit if is_branch else way.township, is_branch, one.on].append((way, one))
    of_case: dict[tuple[int, str, date], tuple[int, Done]] = {}
    for (unit, is_branch, on), some in sorted(sittings.items(), key=lambda one: (one[0][2], one[0][0], one[0][1])):
        record_meeting(act, _meeting(unit, on, some, known, is_branch=is_branch, office=offices.get(unit, unit)))
        for way, one in some:
            of_case[way.person, MOTIONS[one.step], on] = (way.case, one)
    motions = Motion.objects.filter(person__in=[way.person for way in ways]).values_list(
        "pk", "person_id", "kind", "meeting__records__held_on"
    )
    rows = []
    for motion, person, kind, on in motions:
        if (found := of_case.get((person, kind, on))) is not None:
            rows.append((found[0], found[1].step, found[1].occurrence, motion))
    act.insert(StepMotion, MOTION, rows)


def _meeting(
    unit: int, on: date, some: Sequence[tuple[Way, Done]], known: Voters, *, is_branch: bool, office: int
) -> MeetingDraft:
    due = known.due(unit, on, 0) if is_branch else known.due(office, on, 0)[:7]
    away = {due[place] for place in range(3, len(due), 6)}
    names = [known.names.get(one, "") for one in due] or ["支部书记", "组织委员"]
    motions = [_motion(way, one, due, away, known, names) for way, one in some]
    return MeetingDraft(
        unit=unit,
        kind=Meeting.Kind.MEMBERS if is_branch else Meeting.Kind.COMMITTEE,
        held_on=on,
        place="村党群服务中心会议室" if is_branch else "镇党委会议室",
        chair=names[0],
        recorder=names[-1],
        agenda="\n".join(one.title for one in motions),
        document="" if is_branch else f"会议纪要〔{on.year}〕{on.month}号",
        attendance=[(person, True, person not in away, "外出务工" if person in away else "") for person in due],
        motions=motions,
    )


def _motion(
    way: Way, one: Done, due: Sequence[int], away: set[int], known: Voters, names: Sequence[str]
) -> MotionDraft:
    kind, present = MOTIONS[one.step], len(due) - len(away)
    against = present // 2 + 1 if way.is_opposed else min(1, present // 9)
    is_secret = kind in _BRANCH
    here = [person for person in due if person not in away]
    named = [(person, "no" if place < against else "yes") for place, person in enumerate(here)]
    return MotionDraft(
        kind=kind,
        title=f"{_TITLES[kind]}：{known.names.get(way.person, '')}",
        count=Count(due=len(due), present=present, yes=present - against, no=against),
        person=way.person,
        is_secret=is_secret,
        decision=one.said.get("outcome", "") if one.step in (23, 24) else "",
        months=one.said.get("months", 0),
        tellers="、".join(names[1:3]) if is_secret else "",
        resolution="未获通过，继续培养考察。" if way.is_opposed else "表决通过。",
        named=() if is_secret else named,
    )


def _write_introducers(act: Act, ways: Sequence[Way], known: Voters) -> None:
    """Two full members of the branch for everybody who has introducers; contacts where the import named none."""
    people = [way.person for way in ways]
    have = set(Tie.objects.alive().filter(person__in=people, kind=Tie.Kind.CONTACT).values_list("person", flat=True))
    rows = []
    for way in ways:
        for step, kind in ((5, Tie.Kind.CONTACT), (9, Tie.Kind.INTRODUCER)):
            on = next((one.on for one in way.steps if one.step == step), None)
            if on is None or (step == 5 and way.person in have):
                continue
            due = known.due(way.unit, on, way.person)
            chosen = [due[way.person % len(due)], due[(way.person + 1) % len(due)]] if len(due) > 1 else due
            rows += [(on, FOREVER, way.person, other, "", kind, place, True) for place, other in enumerate(chosen, 1)]
    act.insert(Tie, TIE, rows)


def days_of(cases: Sequence[int]) -> dict[int, dict[int, date]]:
    """By case the days on record."""
    found: dict[int, dict[int, date]] = {one: {} for one in cases}
    rows = StepRecord.objects.filter(case__in=list(cases), struck=ALIVE, occurrence=1)
    for case, step, on in rows.values_list("case_id", "step", "held_on"):
        found[case][step] = on
    return found
