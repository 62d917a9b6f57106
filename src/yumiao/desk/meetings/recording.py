"""The use cases of meetings: record one with its ballots, take it back, leave somebody out of those due and end that. Each is one act.

Rules are asked again under the chain's lock. Must not know: requests, forms.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from yumiao.admission.models import LateEntry, StepMotion
from yumiao.admission.order_rules import STP_28
from yumiao.desk.dossier.recording import Deciding
from yumiao.journal.acts import act
from yumiao.journal.facts import ALIVE
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Severity
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.meetings.drafts import MeetingDraft, motion_objections, opinion_objections
from yumiao.meetings.due import OnRoll
from yumiao.meetings.models import Ballot, Exclusion, Meeting, MeetingRecord, Motion
from yumiao.meetings.rules import MTG_10, MTG_13, MTG_14, MTG_15, measure_of
from yumiao.meetings.services import end_exclusion, record_exclusion, record_meeting, take_back_meeting
from yumiao.people.models import Belonging, PersonRecord
from yumiao.people.rules import DEV_21
from yumiao.units.models import Unit


def record(
    make: Callable[[], MeetingDraft], *, shown_due: int, who: Deciding, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:
    """Record a meeting with everything that was voted on. `make` is called under the lock; `shown_due` is n as the preview showed it.

    Returns its uid. Raises `Refused` with everything that blocks, `AlreadyDone` for a form sent twice. That there was no quorum, or no
    majority, is a fact like any other and blocks nothing.
    """
    with act(Verb.MEETING_RECORDED, actor=who.actor, once=once) as current:
        draft = make()
        found = [one for one in meeting_objections(draft, who, today) if one.severity is Severity.BLOCK]
        due = sum(is_due for _person, is_due, _present, _why in draft.attendance)
        if due != shown_due:
            text = f"名册已有变化，应到会由 {shown_due} 人变为 {due} 人"
            found.append(MTG_13.objection(text, "核对到会情况后重新提交。"))
        if found:
            raise Refused(found)
        uid = record_meeting(current, draft)
        _say_unit(current, draft.unit)
        current.data |= {"meeting": uid.hex, "on": draft.held_on.isoformat(), "motions": len(draft.motions)}
    return uid


def _say_unit(current: Any, unit: int) -> None:
    current.subject_kind, current.subject = "unit", Unit.objects.values_list("uid", flat=True).get(pk=unit)


def meeting_objections(draft: MeetingDraft, who: Deciding, today: date) -> list[Objection]:
    """Everything against a meeting as it is filled in; three queries."""
    found = []
    if not DEV_21.holds(day=draft.held_on, today=today):
        found.append(DEV_21.objection(f"会议日期 {on_paper(draft.held_on)}晚于今天", "会后再登记。"))
    if not any(is_due for _person, is_due, _present, _why in draft.attendance):
        found.append(MTG_13.objection("当日没有应到会的人", "核对组织、日期；委员会先登记任职，或者在到会页补列委员。"))
    candidates = [one.person for one in draft.motions if one.person is not None]
    people = _people(candidates)
    voted = _voted(draft, candidates)
    for motion in draft.motions:
        uid, name = people.get(motion.person or 0, (None, ""))
        found += motion_objections(motion, measure_of(motion.kind, draft.kind), name=name)
        found += opinion_objections(motion, draft.held_on)
        if uid is not None and not STP_28.holds(deciding=who.person, person=uid):
            found.append(STP_28.objection("您是本次表决的对象，请由其他经办人登记"))
        if name and name == draft.recorder:
            found.append(STP_28.objection(f"{name}是本次表决的对象，不能担任记录人", "更换记录人。"))
        if already := voted.get((motion.kind, motion.person or 0), 0):
            assert not MTG_14.holds(already=already)
            found.append(MTG_14.objection(f"{name}当日的“{motion.title}”已经登记过表决", "在会议列表中核对。"))
    return found


def _people(ids: Collection[int]) -> dict[int, tuple[uuid.UUID, str]]:
    rows = PersonRecord.objects.open().filter(person__in=ids).values_list("person_id", "person__uid", "name")
    return {person: (uid, name) for person, uid, name in rows}


def _voted(draft: MeetingDraft, candidates: Collection[int]) -> Mapping[tuple[str, int], int]:
    """How often each (kind, person) stands on record for a meeting of that body on that day."""
    rows = Ballot.objects.alive().filter(
        motion__person__in=candidates, motion__meeting__unit=draft.unit, motion__meeting__kind=draft.kind,
        motion__meeting__records__struck=ALIVE, motion__meeting__records__held_on=draft.held_on,
    )  # fmt: skip
    found: dict[tuple[str, int], int] = {}
    for kind, person in rows.values_list("motion__kind", "motion__person_id"):
        found[kind, person] = found.get((kind, person), 0) + 1
    return found


def meeting_by(uid: uuid.UUID) -> MeetingRecord:
    """The meeting as it stands. Raises `OutOfScope` where there is none, or where it was taken back."""
    found = MeetingRecord.objects.alive().filter(meeting__uid=uid).select_related("meeting").first()
    if found is None:
        raise OutOfScope(str(uid))
    return found


def resting(meeting: int) -> list[int]:
    """Ids of the motions of a meeting that a step, or a late entry that waits, rests on."""
    motions = list(Motion.objects.filter(meeting=meeting).values_list("pk", "person_id"))
    ids = {motion for motion, _person in motions}
    steps = StepMotion.objects.alive().filter(motion__in=ids).values_list("motion_id", flat=True)
    people = [person for _motion, person in motions if person is not None]
    late = LateEntry.objects.alive().filter(case__person__in=people).values_list("said", flat=True)
    waiting = {json.loads(one).get("motion") for one in late}
    return sorted({*steps, *(ids & waiting)})


def take_back_objections(meeting: Meeting) -> list[Objection]:
    """Why a meeting cannot be taken back."""
    count = len(resting(meeting.pk))
    if MTG_15.holds(resting=count):
        return []
    return [MTG_15.objection(f"有 {count} 项表决已经作为发展步骤的依据", "先在有关人员的档案页退回该步骤。")]


def take_back(uid: uuid.UUID, *, reason: str, who: Deciding, once: uuid.UUID | None = None) -> None:
    """A meeting was recorded wrongly: nothing of it counts any more. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.MEETING_TAKEN_BACK, actor=who.actor, reason=reason, once=once) as current:
        record = meeting_by(uid)
        if found := take_back_objections(record.meeting):
            raise Refused(found)
        _say_unit(current, record.meeting.unit_id)
        current.data |= {"meeting": uid.hex, "on": record.held_on.isoformat()}
        take_back_meeting(current, record.meeting_id)


def exclusion_objections(given: Mapping[str, Any], roll: Collection[OnRoll], today: date) -> list[Objection]:
    """Everything against leaving somebody out: `given` has person, ground, since, resolved_on, approved_on, document."""
    found = []
    since = since_of(given)
    for label, day in (("党员大会通过日期", given["resolved_on"]), ("批准日期", given["approved_on"])):
        if not DEV_21.holds(day=day, today=today):
            found.append(DEV_21.objection(f"{label} {on_paper(day)}晚于今天"))
    dated = {name: given[name] for name in ("resolved_on", "approved_on", "document")}
    if not MTG_10.holds(**dated, held_on=since):
        latest = max(given["resolved_on"], given["approved_on"])
        found.append(MTG_10.objection(f"{on_paper(since)}以前还没有通过和批准", f"最早从{on_paper(latest)}起。"))
    if not any(one.votes and one.person == given["person"] for one in roll):
        found.append(MTG_10.objection("此人不在本支部有表决权的党员名册中", "核对名册。"))
    others = Exclusion.objects.alive().filter(person=given["person"], until__gt=since)
    if others.exists():
        found.append(MTG_10.objection("此人已经登记为不计入应到会", "先结束原来的登记。"))
    return found


def since_of(given: Mapping[str, Any]) -> date:
    """The first day on which somebody is left out: as typed, else the later of resolution and approval."""
    since: date = given.get("since") or max(given["resolved_on"], given["approved_on"])
    return since


def exclude(
    given: Mapping[str, Any], unit: int, roll_for: Callable[[], Collection[OnRoll]], *, who: Deciding, today: date,
    once: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Leave somebody out of those due at the meetings of his branch. Returns the exclusion's uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.EXCLUSION_RECORDED, actor=who.actor, once=once) as current:
        found = exclusion_objections(given, roll_for(), today)
        uid = PersonRecord.objects.open().filter(person=given["person"]).values_list("person__uid", flat=True).first()
        if not STP_28.holds(deciding=who.person, person=uid):
            found.append(STP_28.objection("这是您本人的事项，请由其他经办人登记"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", uid
        current.data["ground"] = given["ground"]
        own = Belonging.objects.on(today).filter(person=given["person"]).values_list("unit", flat=True).first()
        return record_exclusion(
            current, person=given["person"], unit=own or unit, ground=given["ground"], since=since_of(given),
            resolved_on=given["resolved_on"], approved_on=given["approved_on"], document=given["document"], reason=given["reason"],
        )  # fmt: skip


def exclusion_by(uid: uuid.UUID) -> Exclusion:
    """The exclusion as it stands. Raises `OutOfScope` where there is none."""
    found = Exclusion.objects.alive().filter(uid=uid).select_related("person").first()
    if found is None:
        raise OutOfScope(str(uid))
    return found


def include(
    uid: uuid.UUID, on: date, *, reason: str, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:
    """Somebody is due again from a day on. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.EXCLUSION_ENDED, actor=who.actor, reason=reason, once=once) as current:
        row = exclusion_by(uid)
        found = []
        if row.until != FOREVER:
            found.append(MTG_10.objection(f"已经从{on_paper(row.until)}起重新计入"))
        if not DEV_21.holds(day=on, today=today):
            found.append(DEV_21.objection(f"日期 {on_paper(on)}晚于今天"))
        if on < row.since:
            found.append(MTG_10.objection(f"日期早于开始不计入的 {on_paper(row.since)}"))
        if not STP_28.holds(deciding=who.person, person=row.person.uid):
            found.append(STP_28.objection("这是您本人的事项，请由其他经办人登记"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", row.person.uid
        end_exclusion(current, row, on)


def blocks(found: Collection[Objection]) -> bool:
    """Whether something of it stops the act."""
    return any(one.severity is Severity.BLOCK for one in found)


def told(found: Collection[Objection]) -> list[Objection]:
    """Each once, as the page shows them."""
    return list(dict.fromkeys(replace(one) for one in found))
