"""One meeting as its page and its papers show it: numbers, who came, each ballot with its result and rule. Must not know: requests, HTML.

Of a secret ballot there is nothing but totals, here as in the tables.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.models import Case, CaseEnd
from yumiao.desk.meetings.places import STEP_OF
from yumiao.desk.meetings.recording import resting
from yumiao.desk.posts.faces import Face, faces
from yumiao.desk.units.ended import heir_of
from yumiao.journal.models import Entry
from yumiao.meetings.models import Attendance, Ballot, Meeting, MeetingRecord, NamedVote, WrittenOpinion
from yumiao.meetings.queries import COUNTS
from yumiao.meetings.rules import BY_MEASURE, Count, Measure, Result, majority, measure_of, quorum, result_of, said_of
from yumiao.units.models import UnitRecord
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """One ballot as it is shown. `step`, `case`: where the candidate's step is recorded, for whoever reaches him."""

    motion: int
    kind: str
    title: str
    face: Face | None
    is_secret: bool
    count: Count
    measure: Measure
    decision: str
    months: int
    tellers: str
    resolution: str
    named: tuple[tuple[Face, str], ...]
    opinions: int
    late_opinions: int
    step: int | None
    case: uuid.UUID | None
    rests: bool

    @property
    def result(self) -> Result:
        return result_of(self.measure, self.count)

    @property
    def is_passed(self) -> bool:
        return self.result is Result.PASSED

    @property
    def said(self) -> str:
        return said_of(self.measure, self.count)

    @property
    def rule(self) -> str:
        return BY_MEASURE[self.measure].id

    @property
    def citation(self) -> str:
        return BY_MEASURE[self.measure].citation

    @property
    def quorum(self) -> int:
        return quorum(self.measure, self.count.due)

    @property
    def majority(self) -> int:
        return majority(self.count.due)

    @property
    def label(self) -> str:
        if self.face is None or self.face.name in self.title:
            return self.title
        return f"{self.title}：{self.face.name}"

    @property
    def decided(self) -> str:
        """What was proposed of a confirmation, in words."""
        if not self.decision:
            return ""
        label = str(Ballot.Decision(self.decision).label)
        return f"{label} {self.months} 个月" if self.months else label

    @property
    def may_be_recorded(self) -> bool:
        """Whether the candidate's step may be recorded from here."""
        return self.is_passed and not self.rests and self.case is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One line of the attendance."""

    face: Face
    is_due: bool
    is_present: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """`unit` is where it is looked at today, `unit_name` what the unit was called on the day."""

    record: MeetingRecord
    unit: UnitOnDay
    unit_name: str
    came: tuple[Came, ...]
    voted: tuple[Voted, ...]
    by: str

    @property
    def uid(self) -> uuid.UUID:
        return self.record.meeting.uid

    @property
    def kind(self) -> str:
        return str(Meeting.Kind(self.record.meeting.kind).label)

    @property
    def title(self) -> str:
        """Whose meeting it is: the name of the body does not come twice."""
        if self.record.meeting.kind == Meeting.Kind.COMMITTEE:
            return _("%(unit)s会议") % {"unit": self.unit_name}
        kind = self.kind.removeprefix("支部") if self.unit_name.endswith("支部") else self.kind
        return _("%(unit)s%(kind)s") % {"unit": self.unit_name, "kind": kind}

    @property
    def due(self) -> int:
        return sum(one.is_due for one in self.came)

    @property
    def present(self) -> int:
        return sum(one.is_due and one.is_present for one in self.came)

    @property
    def absent(self) -> list[Came]:
        return [one for one in self.came if one.is_due and not one.is_present]

    @property
    def guests(self) -> list[Came]:
        return [one for one in self.came if not one.is_due and one.is_present]

    @property
    def rests(self) -> bool:
        return any(one.rests for one in self.voted)

    @property
    def named(self) -> int:
        """How many people the page names."""
        return len({one.face.id for one in self.came} | {one.face.id for one in self.voted if one.face})


def place_of(record: MeetingRecord, reader: Reader) -> UnitOnDay | None:
    """Where a meeting is looked at today: at its unit, or at whoever carries on after it."""
    return reader.tree.by_id.get(record.meeting.unit_id) or heir_of(reader, record.meeting.unit_id)


def meeting_page(record: MeetingRecord, unit: UnitOnDay, reader: Reader) -> MeetingPage:
    """Everything on record of a meeting; a dozen queries whatever was voted on."""
    meeting = record.meeting_id
    rows = list(Attendance.objects.alive().filter(meeting=meeting))
    ballots = list(
        Ballot.objects.alive().filter(motion__meeting=meeting).select_related("motion").order_by("motion__position")
    )
    named = _by_motion(
        NamedVote.objects.alive().filter(motion__meeting=meeting).values_list("motion_id", "person_id", "choice")
    )
    people = [one.person_id for one in rows] + [
        one.motion.person_id for one in ballots if one.motion.person_id is not None
    ]
    known = faces([*people, *(person for votes in named.values() for person, _choice in votes)], reader)
    came = [
        Came(face=known[one.person_id], is_due=one.is_due, is_present=one.is_present, why=one.why)
        for one in rows if one.person_id in known
    ]  # fmt: skip
    name = (
        UnitRecord.objects.on(record.held_on).filter(unit=record.meeting.unit_id).values_list("name", flat=True).first()
    )
    return MeetingPage(
        record=record, unit=unit, unit_name=name or unit.name,
        came=tuple(sorted(came, key=lambda one: (not one.is_due, not one.is_present, one.face.name, one.face.id))),
        voted=tuple(_voted(record, ballots, named, known)),
        by=Entry.objects.filter(seq=record.entered).values_list("actor_label", flat=True).first() or "",
    )  # fmt: skip


def _by_motion(rows: Iterable[tuple[int, int, str]]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for motion, person, choice in rows:
        found[motion].append((person, choice))
    return found


def _voted(
    record: MeetingRecord, ballots: list[Ballot], named: Mapping[int, list[tuple[int, str]]], known: Mapping[int, Face]
) -> list[Voted]:
    resting_on = set(resting(record.meeting_id))
    opinions = _opinions(record.meeting_id)
    cases = _cases([one.motion.person_id for one in ballots if one.motion.person_id is not None])
    found = []
    for one in ballots:
        motion, person = one.motion, one.motion.person_id or 0
        face = known.get(person)
        votes = [(known[voter], str(NamedVote.Choice(choice).label)) for voter, choice in named.get(motion.pk, ())]
        counts: dict[str, Any] = {name: getattr(one, name) for name in COUNTS}
        in_time, late = opinions.get(motion.pk, (0, 0))
        found.append(
            Voted(
                motion=motion.pk, kind=motion.kind, title=motion.title, face=face, is_secret=one.is_secret, count=Count(**counts),
                measure=measure_of(motion.kind, record.meeting.kind), decision=one.decision, months=one.months, tellers=one.tellers,
                resolution=one.resolution, named=tuple(sorted(votes, key=lambda vote: vote[0].name)), opinions=in_time, late_opinions=late,
                step=STEP_OF.get(motion.kind), case=cases.get(person) if face and face.uid else None, rests=motion.pk in resting_on,
            )
        )  # fmt: skip
    return found


def _opinions(meeting: int) -> dict[int, tuple[int, int]]:
    """(in time, too late) of each motion."""
    found: dict[int, tuple[int, int]] = {}
    rows = WrittenOpinion.objects.alive().filter(motion__meeting=meeting).values_list("motion_id", "counts")
    for motion, counts in rows:
        in_time, late = found.get(motion, (0, 0))
        found[motion] = (in_time + counts, late + (not counts))
    return found


def _cases(people: list[int]) -> dict[int, uuid.UUID]:
    """The latest case of each that is not ended."""
    ends = CaseEnd.objects.alive().filter(case=OuterRef("pk")).values("pk")[:1]
    rows = Case.objects.filter(person__in=people).annotate(end=Subquery(ends)).filter(end=None).order_by("pk")
    return dict(rows.values_list("person_id", "uid"))
