"""The use cases of one case: begin it, record a step, confirm or refuse a late entry, return, rest, resume, exempt. Each is one act.

Rules are asked again under the chain's lock: two clerks at two screens cannot both record a step. Must not know: requests, forms.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_file import Read, case_of, read_case
from yumiao.admission.case_rules import blocking, objections, warnings
from yumiao.admission.history import CaseFile, fallen
from yumiao.admission.models import Case, CaseEnd, CaseRest, Exemption, LateEntry, StepRecord
from yumiao.admission.order_rules import DEV_22, EXEMPTIBLE, STP_27, STP_28, STP_29, STP_30
from yumiao.admission.paper_queries import filed_of
from yumiao.admission.paper_rules import ARCHIVE, archive_objections
from yumiao.admission.path import Level, Step
from yumiao.admission.step_services import (
    asked_again,
    grant_exemption,
    open_case,
    propose_late,
    record_step,
    rest_case,
    resume_case,
    return_case,
    take_late,
)
from yumiao.desk.dossier.beside import beside
from yumiao.desk.dossier.editions_in_use import edition_on
from yumiao.desk.dossier.grounds import ground_of, helpers_of, vote_of
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Severity, Stale
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.meetings.queries import votes_about
from yumiao.people.models import Membership, Person
from yumiao.people.rules import DEV_21
from yumiao.people.status import Life
from yumiao.people.status_rules import readmission_objections
from yumiao.units.queries import UnitOnDay

NEEDS: Final = {
    Level.BRANCH: Permission.CASE_RECORD,
    Level.COMMITTEE: Permission.CASE_DECIDE,
    Level.COUNTY: Permission.CASE_FILE,
}
"""Which right recording a step of a level takes."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who acts: the actor, and the person of his account where it is one of the county's own."""

    actor: Actor
    person: uuid.UUID | None


def deciding_at(reader: Reader, permission: Permission, unit: UnitOnDay | None) -> Deciding:
    """The reader as he acts at a unit, in his own name or for whoever lent him the right there."""
    assert reader.account is not None
    return Deciding(reader.acting(permission, unit), reader.account.person_uid)


def need_of(step: Step) -> Permission:
    """The right that recording a step takes."""
    return NEEDS[step.level]


def read_by(uid: uuid.UUID) -> Read:
    """The case of that uid. Raises `OutOfScope` where there is none."""
    found = case_of(uid)
    if found is None:
        raise OutOfScope(str(uid))
    case, person, person_uid = found
    return read_case(case, uid, person, person_uid)


def own(read: Read, who: Deciding) -> list[Objection]:
    """Nobody acts on himself, nor on whom he is contact or introducer of (STP-28)."""
    if not STP_28.holds(deciding=who.person, person=read.around.person_uid):
        return [STP_28.objection("这是您本人的事项，请由其他经办人办理")]
    return []


def step_objections(read: Read, asked: Asked, ground: Ground, who: Deciding) -> list[Objection]:
    """Everything against a step as it is filled in."""
    return (
        own(read, who)
        + objections(read.file, asked, ground)
        + archive_against(read, asked)
        + beside(read, asked, ground)
    )


def archive_against(read: Read, asked: Asked) -> list[Objection]:
    """What the papers of a case say against archiving it; nothing at any other step."""
    return archive_objections(read.file, filed_of(read.around.case)) if asked.step == ARCHIVE else []


@contextmanager
def _case_act(
    verb: Verb, uid: uuid.UUID, who: Deciding, reason: str, once: uuid.UUID | None
) -> Iterator[tuple[Act, Read]]:
    """An open act about a case, read under the lock."""
    with act(verb, actor=who.actor, reason=reason, once=once) as current:
        read = read_by(uid)
        if found := own(read, who):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data["case"] = uid.hex
        yield current, read


def begin(
    person: Person, applied_on: date, *, who: Deciding, ground_for: Callable[[CaseFile], Ground], today: date, once: uuid.UUID | None = None,
    note: str = "", reason: str = "",
) -> uuid.UUID:  # fmt: skip
    """Open a case with its first step, the application. Returns the case's uid.

    Raises `Refused` with everything that blocks, `journal.acts.AlreadyDone` for a form sent twice. A late application waits as a late entry,
    in a case that has no step yet.
    """
    with act(Verb.CASE_OPENED, actor=who.actor, reason=reason, once=once) as current:
        current.subject_kind, current.subject = "person", person.uid
        if found := beginning_objections(person, applied_on, who):
            raise Refused(found)
        asked = Asked(step=1, on=applied_on, note=note, reason=reason)
        return first_step(current, person.pk, person.uid, asked, ground_for=ground_for, today=today)


def first_step(
    current: Act, person: int, person_uid: uuid.UUID, asked: Asked, *, ground_for: Callable[[CaseFile], Ground], today: date
) -> uuid.UUID:  # fmt: skip
    """Open a case with the application, within an open act. Returns its uid. Raises `Refused`."""
    case, uid = open_case(current, person, edition_on(today))
    read = read_case(case, uid, person, person_uid)
    ground = ground_for(read.file)
    against = objections(read.file, asked, ground)
    if blocked := blocking(against) or _unreasoned(against, asked.reason):
        raise Refused(blocked)
    current.data |= {"case": uid.hex, "step": 1, "on": asked.on.isoformat()}
    if is_late(asked, ground):
        propose_late(current, read, asked)
    else:
        record_step(current, read, asked, terms=ground.terms, leap=ground.leap)
    return uid


def beginning_objections(person: Person, applied_on: date, who: Deciding) -> list[Objection]:
    """Why somebody cannot apply: he is a member, has a case that is open, was removed less than five years ago, or acts himself."""
    found = []
    if not STP_28.holds(deciding=who.person, person=person.uid):
        found.append(STP_28.objection("这是您本人的申请，请由其他经办人登记"))
    member = Membership.objects.alive().filter(person=person.pk).order_by("-cycle").first()
    if member is not None and member.ended_on == FOREVER:
        found.append(STP_27.objection("此人已是党员"))
    elif member is not None:
        found += readmission_objections(
            Life(member.membership_on, ended_on=member.ended_on, ended_how=member.ended_how), applied_on
        )
    if open_case_of(person.pk) is not None:
        found.append(STP_27.objection("此人已有正在办理的发展培养", "在其档案页继续办理。"))
    return found


def open_case_of(person: int) -> uuid.UUID | None:
    """The case of somebody that is neither ended nor archived; None without one."""
    ended = CaseEnd.objects.alive().values("case")
    archived = StepRecord.objects.alive().filter(step=25).values("case")
    cases = Case.objects.filter(person=person).exclude(pk__in=ended).exclude(pk__in=archived)
    # a case without a step and without a late entry was taken back with the act that opened it
    begun = Q(pk__in=StepRecord.objects.alive().values("case")) | Q(pk__in=LateEntry.objects.alive().values("case"))
    return cases.filter(begun).values_list("uid", flat=True).first()


def is_late(asked: Asked, ground: Ground) -> bool:
    """Whether it is written down so long after the event that a second person has to confirm it (DEV-22)."""
    return ground.today - asked.on > timedelta(days=ground.terms.late_days)


def _unreasoned(against: list[Objection], reason: str) -> list[Objection]:
    """The warnings that nobody has given a reason for: they stop the act until somebody does."""
    return [] if reason.strip() else [replace(one, severity=Severity.BLOCK) for one in warnings(against)]


def record(
    uid: uuid.UUID,
    asked: Asked,
    *,
    who: Deciding,
    ground_for: Callable[[CaseFile], Ground],
    once: uuid.UUID | None = None,
    stood: str | None = None,
) -> bool:
    """Record a step, or, of one long past, write it down for a second person. Returns whether it waits.

    `stood`: the `mark_of` the case that the form was filled in by. Raises `Refused` with everything that blocks and every warning without
    a reason, `Stale` where somebody changed the case since.
    """
    with _case_act(Verb.STEP_RECORDED, uid, who, asked.reason, once) as (current, read):
        if stood is not None and stood != mark_of(read):
            raise Stale([])
        ground = ground_for(read.file)
        against = objections(read.file, asked, ground) + archive_against(read, asked) + beside(read, asked, ground)
        if blocked := blocking(against) or _unreasoned(against, asked.reason):
            raise Refused(blocked)
        current.data |= {"step": asked.step, "on": asked.on.isoformat()}
        waits = is_late(asked, ground)
        if waits:
            current.verb = Verb.STEP_PROPOSED
            propose_late(current, read, asked)
        else:
            record_step(current, read, asked, terms=ground.terms, leap=ground.leap)
    return waits


def mark_of(read: Read) -> str:
    """A short mark of what is on record of a case: another one after every act that touches it."""
    file, around = read.file, read.around
    stood = (
        sorted(one.record for one in file.held), sorted(one.uid.hex for one in around.late), file.ended_on, file.edition, file.rests,
        file.exemptions,
    )  # fmt: skip
    return hashlib.sha256(repr(stood).encode()).hexdigest()[:16]


def late_entry_of(uid: uuid.UUID) -> LateEntry:
    """The late entry that waits under that uid. Raises `OutOfScope` where none does."""
    found = LateEntry.objects.alive().filter(uid=uid).select_related("case").first()
    if found is None:
        raise OutOfScope(str(uid))
    return found


def asked_of(entry: LateEntry) -> Asked:
    """What a late entry asks for, with its helpers and its vote looked up as they stand."""
    asked, said = asked_again(entry)
    vote = next((one for one in votes_about([entry.case.person_id]) if one.motion == said["motion"]), None)
    return replace(
        asked,
        contacts=helpers_of(said["contacts"], asked.on),
        introducers=helpers_of(said["introducers"], asked.on),
        vote=vote_of(vote, asked.step) if vote else None,
    )


def confirming_objections(entry: LateEntry, who: Deciding) -> list[Objection]:
    """The second person is another one than who wrote it down (DEV-22, PRV-14)."""
    by = Entry.objects.filter(seq=entry.entered).values_list("actor", flat=True).first()
    if by is not None and by == who.actor.uid:
        return [DEV_22.objection("补录由登记人以外的人员确认", "请另一名有权的人员确认。", severity=Severity.BLOCK)]
    return []


def confirm(
    late: uuid.UUID, *, who: Deciding, ground_for: Callable[[CaseFile], Ground], once: uuid.UUID | None = None
) -> None:
    """Let a late entry count: the rules are asked once more."""
    entry = late_entry_of(late)
    with _case_act(Verb.STEP_CONFIRMED, entry.case.uid, who, "", once) as (current, read):
        entry = late_entry_of(late)
        if found := confirming_objections(entry, who):
            raise Refused(found)
        take_late(current, entry)
        file = replace(read.file, waiting=tuple(one for one in read.file.waiting if one.step != entry.step))
        read, asked = Read(file, read.around), asked_of(entry)
        ground = ground_for(file)
        if blocked := blocking(
            objections(file, asked, ground) + archive_against(read, asked) + beside(read, asked, ground)
        ):
            raise Refused(blocked)
        current.data |= {"step": asked.step, "on": asked.on.isoformat()}
        record_step(current, read, asked, terms=ground.terms, leap=ground.leap, is_late=True)


def refuse(late: uuid.UUID, *, reason: str, who: Deciding, once: uuid.UUID | None = None) -> None:
    """A late entry is sent back: nothing of it counts. Who wrote it may take it back himself."""
    entry = late_entry_of(late)
    with _case_act(Verb.STEP_REFUSED, entry.case.uid, who, reason, once) as (current, _read):
        take_late(current, late_entry_of(late))
        current.data |= {"step": entry.step, "on": entry.held_on.isoformat()}


def returnable(read: Read, ground: Ground) -> list[Step]:
    """The steps a case may go back to: those held, after the last approval that settled membership."""
    held = {one.step for one in read.file.held}
    if not read.file.is_open_on(ground.today):
        return []
    return [one for one in read.file.path.steps if one.number in held and fallen(read.file, one.number)]


def send_back(
    uid: uuid.UUID, step: int, *, why: str, reason: str, who: Deciding, ground_for: Callable[[CaseFile], Ground],
    once: uuid.UUID | None = None,
) -> list[int]:  # fmt: skip
    """Take a case back to a step. Returns the steps whose records were taken back."""
    with _case_act(Verb.CASE_RETURNED, uid, who, reason, once) as (current, read):
        ground = ground_for(read.file)
        if step not in {one.number for one in returnable(read, ground)}:
            sealed = read.file.sealed()
            raise Refused(
                [
                    STP_29.objection(
                        f"不能退回到第 {step} 步" + (f"：第 {sealed} 步审批已经形成党籍" if step <= sealed else "")
                    )
                ]
            )
        gone = return_case(current, read, step, ground.today, why, reason)
        current.data |= {"step": step, "why": why, "steps": sorted({one.step for one in gone})}
    return sorted({one.step for one in gone})


def rest(
    uid: uuid.UUID, since: date, *, counts: bool, reason: str, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:
    """Let a case lie still from a day on."""
    with _case_act(Verb.CASE_RESTED, uid, who, reason, once) as (current, read):
        found = []
        if not DEV_21.holds(day=since, today=today):
            found.append(DEV_21.objection(f"日期 {on_paper(since)}晚于今天"))
        if not read.file.is_open_on(today) or any(one.until is None for one in read.file.rests):
            found.append(STP_27.objection("本案已经结束或者已在暂停"))
        last = max((one.on for one in read.file.held), default=None)
        if last is not None and since < last:
            found.append(STP_27.objection(f"暂停日期早于已经登记的步骤 {on_paper(last)}", f"最早为{on_paper(last)}。"))
        if found:
            raise Refused(found)
        rest_case(current, read.around.case, since, counts=counts, reason=reason)
        current.data |= {"on": since.isoformat(), "counts": counts}


def resume(uid: uuid.UUID, on: date, *, reason: str, who: Deciding, today: date, once: uuid.UUID | None = None) -> None:
    """Go on with a case from a day on."""
    with _case_act(Verb.CASE_RESUMED, uid, who, reason, once) as (current, read):
        row = CaseRest.objects.open().filter(case=read.around.case).first()
        if row is None:
            raise Refused([STP_27.objection("本案没有暂停")])
        if on > today or on < row.since:
            raise Refused([DEV_21.objection(f"恢复日期应在{on_paper(row.since)}至{on_paper(today)}之间")])
        resume_case(current, read.around.case, on)
        current.data["on"] = on.isoformat()


def exempt(
    uid: uuid.UUID, step: int, rule: str, *, on: date, by: str, document: str, reason: str, who: Deciding, today: date,
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Lift one rule for one step, by who may."""
    with _case_act(Verb.EXEMPTION_GRANTED, uid, who, reason, once) as (current, read):
        found = []
        if not STP_30.holds(rule=rule, by=by):
            found.append(STP_30.objection(f"{rule} 不得例外" if rule not in EXEMPTIBLE else "没有写明批准人"))
        if not DEV_21.holds(day=on, today=today):
            found.append(DEV_21.objection(f"批准日期 {on_paper(on)}晚于今天"))
        if read.file.is_exempt(rule, step) or not read.file.is_open_on(today):
            found.append(STP_30.objection("已有例外批准，或者本案已经结束"))
        if found:
            raise Refused(found)
        grant_exemption(current, read.around.case, step, rule, on=on, by=by, document=document, reason=reason)
        current.data |= {"step": step, "rule": rule, "by": by, "document": document}


def withdraw_exemption(
    uid: uuid.UUID, step: int, rule: str, *, reason: str, who: Deciding, once: uuid.UUID | None = None
) -> None:
    """Take an exemption back while its step is not held."""
    with _case_act(Verb.EXEMPTION_WITHDRAWN, uid, who, reason, once) as (current, read):
        row = Exemption.objects.alive().filter(case=read.around.case, step=step, rule=rule).first()
        if row is None or any(one.step == step for one in read.file.held):
            raise Refused([STP_30.objection("没有这项例外，或者所涉步骤已经登记", "先退回到该步骤。")])
        current.strike(Exemption, [row.pk])
        current.data |= {"step": step, "rule": rule}


def ground_by(today: date, reader: Reader) -> Callable[[CaseFile], Ground]:
    """By what a case is judged for a reader today, once it is known under which edition it stands."""
    return lambda file: ground_of(file.path, today, reader.head)
