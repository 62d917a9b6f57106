"""What writes meetings, ballots and exclusions, within an open act. It must not know who may, nor whether it is lawful: that was asked before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.meetings.drafts import MeetingDraft, MotionDraft, counted
from yumiao.meetings.models import (
    Attendance,
    Ballot,
    Exclusion,
    Meeting,
    MeetingRecord,
    Motion,
    NamedVote,
    WrittenOpinion,
)

__all__ = ["MeetingDraft", "MotionDraft", "end_exclusion", "record_exclusion", "record_meeting", "take_back_meeting"]

MEETING: Final = ("id", "uid", "unit_id", "kind")
RECORD: Final = ("meeting_id", "held_on", "place", "chair", "recorder", "agenda", "resolution", "document")
ATTENDANCE: Final = ("meeting_id", "person_id", "is_due", "is_present", "why")
MOTION: Final = ("id", "uid", "meeting_id", "kind", "person_id", "title", "position")
BALLOT: Final = (
    "motion_id", "is_secret", "due", "present", "yes", "no", "abstain", "spoilt", "written_yes", "written_no", "written_abstain", "decision",
    "months", "tellers", "resolution",
)  # fmt: skip
NAMED: Final = ("motion_id", "person_id", "choice")
OPINION: Final = ("motion_id", "person_id", "received_on", "counts")
EXCLUSION: Final = (
    "since", "until", "uid", "person_id", "unit_id", "ground", "resolved_on", "approved_on", "document", "reason",
)  # fmt: skip


def record_meeting(act: Act, draft: MeetingDraft) -> uuid.UUID:
    """Write a meeting with its attendance, motions and ballots. Returns its uid; a written opinion counts if it came by the day of the meeting."""
    meeting, uid = new_ids(Meeting, 1)[0], uuid.uuid4()
    act.insert(Meeting, MEETING, [(meeting, uid, draft.unit, draft.kind)])
    act.insert(
        MeetingRecord, RECORD,
        [(meeting, draft.held_on, draft.place, draft.chair, draft.recorder, draft.agenda, draft.resolution, draft.document)],
    )  # fmt: skip
    act.insert(Attendance, ATTENDANCE, [(meeting, *row) for row in draft.attendance])
    if draft.motions:
        _write_motions(act, meeting, draft.motions, draft.held_on)
    return uid


def _write_motions(act: Act, meeting: int, drafts: Sequence[MotionDraft], held_on: date) -> None:
    motions = list(zip(new_ids(Motion, len(drafts)), drafts, strict=True))
    act.insert(
        Motion, MOTION,
        [
            (motion, uuid.uuid4(), meeting, one.kind, one.person, one.title, position)
            for position, (motion, one) in enumerate(motions, start=1)
        ],
    )  # fmt: skip
    act.insert(Ballot, BALLOT, [_ballot(motion, one) for motion, one in motions])
    named = [(motion, person, choice) for motion, one in motions for person, choice in one.named]
    act.insert(NamedVote, NAMED, named)
    opinions = [(motion, person, on, counted(on, held_on)) for motion, one in motions for person, on in one.opinions]
    act.insert(WrittenOpinion, OPINION, opinions)


def _ballot(motion: int, one: MotionDraft) -> tuple[Any, ...]:
    count = one.count
    return (
        motion, one.is_secret, count.due, count.present, count.yes, count.no, count.abstain, count.spoilt, count.written_yes,
        count.written_no, count.written_abstain, one.decision, one.months, one.tellers, one.resolution,
    )  # fmt: skip


def take_back_meeting(act: Act, meeting: int) -> None:
    """Strike everything said of a meeting; that it was there stays readable."""
    act.strike(MeetingRecord, _ids(MeetingRecord.objects.alive().filter(meeting=meeting).values_list("pk", flat=True)))
    act.strike(Attendance, _ids(Attendance.objects.alive().filter(meeting=meeting).values_list("pk", flat=True)))
    for model in (Ballot, NamedVote, WrittenOpinion):
        rows = model._default_manager.filter(motion__meeting=meeting, struck=ALIVE)
        act.strike(model, _ids(rows.values_list("pk", flat=True)))


def _ids(found: Iterable[int]) -> list[int]:
    return list(found)


def record_exclusion(
    act: Act, *, person: int, unit: int, ground: str, since: date, resolved_on: date, approved_on: date, document: str, reason: str = "",
    until: date = FOREVER,
) -> uuid.UUID:  # fmt: skip
    """From a day on somebody is left out of those due (MTG-10). Returns its uid."""
    uid = uuid.uuid4()
    act.insert(
        Exclusion, EXCLUSION, [(since, until, uid, person, unit, ground, resolved_on, approved_on, document, reason)]
    )
    return uid


def end_exclusion(act: Act, row: Exclusion, on: date) -> None:
    """It ends on a day, the first without; one that never held is struck alone."""
    act.strike(Exclusion, [row.pk])
    if row.since < on:
        act.insert(
            Exclusion, EXCLUSION,
            [
                (
                    row.since, on, row.uid, row.person_id, row.unit_id, row.ground, row.resolved_on, row.approved_on, row.document, row.reason,
                )
            ],
        )  # fmt: skip
