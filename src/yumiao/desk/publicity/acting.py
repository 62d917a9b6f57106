"""The use cases of notices and objections. Each is one act; rules are asked again under the chain's lock. Must not know: requests, forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from yumiao.access.models import Account, Grant
from yumiao.access.sections import Section
from yumiao.admission.asked import Ground
from yumiao.admission.case_file import Read
from yumiao.admission.gate_bounds import closes_on
from yumiao.admission.grant_services import end_grant, write_grant
from yumiao.admission.history import CaseFile
from yumiao.admission.models import Case, CaseNotice, CaseObjection
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import Deciding, open_case_of, own, read_by
from yumiao.desk.publicity.candidates import is_due, published
from yumiao.files import store
from yumiao.files.intake import take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import Act, act
from yumiao.journal.bulk import new_ids
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Severity
from yumiao.kernel.periods import on_paper
from yumiao.kernel.workdays import MissingYear
from yumiao.people.models import Person
from yumiao.publicity.models import Investigator
from yumiao.publicity.queries import Posted, Standing, notice_by, objection_by
from yumiao.publicity.rules import PUB_06, PUB_07, PUB_08, PUB_10, Window, conclusion_objections, posting_objections
from yumiao.publicity.services import (
    Told,
    add_photo,
    conclude,
    name_investigator,
    post_notice,
    receive,
    restart_notice,
    take_back_notice,
    take_back_objection,
)
from yumiao.units.queries import UnitOnDay

HANDLING_DAYS: Final = 10
"""Working days an investigator has; more by naming another day."""
READS_ON: Final = timedelta(days=30)


def window_of(
    ground: Ground, posted_on: date, *, place: str, phone: str, receiver: str, is_online: bool
) -> Window | None:
    """The window of a notice by the county's settings; None where the calendar does not reach so far (CAL-01)."""
    ends = closes_on(posted_on, ground)
    if ends is None:
        return None
    return Window(posted_on, ground.publicity_days, ground.in_working_days, ends, place, phone, receiver, is_online)


def no_calendar(posted_on: date) -> Objection:
    """That the last day cannot be counted."""
    return Objection(
        "CAL-01", str(MissingYear(posted_on.year)), "工作日历", Severity.BLOCK, "先录入节假日安排，再发布公示。"
    )


def post(
    cases: Sequence[uuid.UUID], kind: str, window: Window, *, unit: UnitOnDay, name_of: Callable[[int], str], who: Deciding,
    ground_for: Callable[[CaseFile], Ground], once: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Post one notice about these people. Returns its uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.NOTICE_POSTED, actor=who.actor, once=once) as current:
        reads = [read_by(one) for one in cases]
        found: list[Objection] = []
        said = []
        today = window.posted_on
        for read in reads:
            ground = ground_for(read.file)
            today = ground.today
            found += own(read, who)
            if not is_due(read.file, kind, ground, window.posted_on):
                found.append(
                    PUB_06.objection(
                        f"{read.around.name}现在不需要这项公示",
                        "已经公示，或者前后的步骤不符。",
                        severity=Severity.BLOCK,
                    )
                )
            said.append((read.around.person, published(read, kind, name_of(read.around.unit), ground)))
        found += posting_objections(window, tuple(one for _person, one in said), today)
        if found:
            raise Refused(found)
        pk, uid = post_notice(current, unit.id, kind, window, said)
        ids = new_ids(CaseNotice, len(reads))
        rows = [(one, pk, read.around.case) for one, read in zip(ids, reads, strict=True)]
        current.insert(CaseNotice, ("id", "notice_id", "case_id"), rows)
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {
            "notice": uid.hex, "notice_kind": kind, "count": len(reads), "on": window.posted_on.isoformat(),
            "until": window.closes_on.isoformat(),
        }  # fmt: skip
        return uid


def restart(
    uid: uuid.UUID,
    window: Window,
    why: str,
    *,
    unit: UnitOnDay,
    who: Deciding,
    today: date,
    once: uuid.UUID | None = None,
) -> None:
    """Post a notice anew that was torn down or broken off (EDGE-29)."""
    with act(Verb.NOTICE_RESTARTED, actor=who.actor, reason=why, once=once) as current:
        found = standing_notice(uid)
        against = [*posting_objections(window, tuple(one for _person, one in found.people), today)]
        if not PUB_07.holds(why=why):
            against.append(PUB_07.objection("没有写明重新公示的原因"))
        if window.posted_on < found.record.posted_on:
            against.append(
                PUB_06.objection(f"重新张贴不早于{on_paper(found.record.posted_on)}", severity=Severity.BLOCK)
            )
        if against:
            raise Refused(against)
        restart_notice(current, found.record, window, why)
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"notice": uid.hex, "on": window.posted_on.isoformat(), "until": window.closes_on.isoformat()}


def take_back(uid: uuid.UUID, reason: str, *, unit: UnitOnDay, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Take back a notice that was entered by mistake; one that somebody objected to stays."""
    with act(Verb.NOTICE_TAKEN_BACK, actor=who.actor, reason=reason, once=once) as current:
        found = standing_notice(uid)
        if found.count:
            raise Refused(
                [PUB_06.objection("公示期间已有异议，不能收回", "异议办结后重新公示。", severity=Severity.BLOCK)]
            )
        take_back_notice(current, found.record)
        current.subject_kind, current.subject = "unit", unit.uid
        current.data["notice"] = uid.hex


def photograph(
    uid: uuid.UUID,
    parts: Sequence[bytes],
    *,
    unit: UnitOnDay,
    who: Deciding,
    today: date,
    once: uuid.UUID | None = None,
) -> None:
    """Keep photographs of a notice where it hangs. Raises `files.intake.Unusable`, `OSError`, `AlreadyDone`; nothing is left behind then."""
    found = standing_notice(uid)
    taken, scan = take_in(parts), uuid.uuid4()
    store.put(scan, taken.content)
    try:
        with act(Verb.NOTICE_PHOTOGRAPHED, actor=who.actor, once=once) as current:
            add_photo(current, found.notice.pk, write_scan(current, scan, unit.id, taken, today))
            current.subject_kind, current.subject = "unit", unit.uid
            current.data["notice"] = uid.hex
    except BaseException:
        store.drop(scan)
        raise


def standing_notice(uid: uuid.UUID) -> Posted:
    """The notice of that uid. Raises `OutOfScope` where none stands."""
    found = notice_by(uid)
    if found is None:
        raise OutOfScope(str(uid))
    return found


def standing_objection(uid: uuid.UUID) -> Standing:
    """The objection of that uid. Raises `OutOfScope` where none stands."""
    found = objection_by(uid)
    if found is None:
        raise OutOfScope(str(uid))
    return found


def case_of(one: Standing) -> uuid.UUID | None:
    """The case an objection is tied to; None of one against somebody without a case."""
    rows = CaseObjection.objects.filter(objection=one.objection.pk)
    return rows.order_by("-pk").values_list("case__uid", flat=True).first()


def take_objection(
    read: Read | None, *, person: int, person_uid: uuid.UUID, notice: uuid.UUID | None, channel: str, on: date, told: Told, unit: UnitOnDay,
    who: Deciding, today: date, once: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Write an objection down, sealed. Returns its uid. It came in time when it came on the last day of its notice."""
    with act(Verb.OBJECTION_RECEIVED, actor=who.actor, once=once) as current:
        found: list[Objection] = list(own(read, who)) if read is not None else []
        if not PUB_10.holds(on=on, today=today):
            found.append(PUB_10.objection(f"受理日期 {on_paper(on)}晚于今天", severity=Severity.BLOCK))
        of = standing_notice(notice) if notice is not None else None
        if of is not None and person not in {one for one, _said in of.people}:
            found.append(PUB_08.objection("所选的公示没有公示此人", severity=Severity.BLOCK))
        if found:
            raise Refused(found)
        pk, uid = receive(
            current, unit=unit.id, person=person, notice=of.notice.pk if of else None, channel=channel, on=on, told=told
        )
        case = open_case_of(person) if read is None else read.around.uid
        if case is not None:
            (tie,) = new_ids(CaseObjection, 1)
            of_case = Case.objects.filter(uid=case).values_list("pk", flat=True)[0]
            current.insert(CaseObjection, ("id", "objection_id", "case_id"), [(tie, pk, of_case)])
        current.subject_kind, current.subject = "person", person_uid
        current.data |= {"objection": uid.hex, "channel": channel, "on": on.isoformat()}
        return uid


def appoint(
    uid: uuid.UUID, account: Account, due_on: date, *, by: Account, reason: str, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Name who looks into an objection, in place of whoever did: he alone may read it from now on."""
    with act(Verb.INVESTIGATOR_NAMED, actor=who.actor, reason=reason, once=once) as current:
        found = standing_objection(uid)
        case = case_of(found)
        against = [] if case is None else near_objections(account.person_uid, read_by(case))
        if found.investigator is not None and not reason.strip():
            against.append(PUB_08.objection("没有写明更换调查人的原因", severity=Severity.BLOCK))
        if due_on < today:
            against.append(PUB_10.objection("期限早于今天", severity=Severity.BLOCK))
        if against:
            raise Refused(against)
        former = found.investigator.account_id if found.investigator else None
        name_investigator(current, found.objection.pk, account.pk, since=today, due_on=due_on, reason=reason)
        if case is not None:
            pk = Case.objects.filter(uid=case).values_list("pk", flat=True)[0]
            for grant in _grants(former, pk, found.objection.pk, today):
                end_grant(current, grant, today)
            write_grant(
                current,
                [pk],
                account=account.pk,
                section=Section.OBJECTORS,
                purpose="调查异议",
                since=today,
                until=due_on + READS_ON,
                by=by.pk,
            )
        _about(current, found)
        current.data |= {"objection": uid.hex, "until": due_on.isoformat()}


def _grants(account: int | None, case: int, objection: int, today: date) -> list[Grant]:
    """By what the former one could read what was said; nothing while he looks into another one of the same case."""
    if account is None:
        return []
    others = (
        Investigator.objects.open().filter(account=account, objection__cases__case=case).exclude(objection=objection)
    )
    if others.exists():
        return []
    rows = Grant.objects.on(today).filter(account=account, section=Section.OBJECTORS, cases__case=case)
    return list(rows.order_by("pk"))


def _about(current: Act, found: Standing) -> None:
    """The person an entry about an objection is about."""
    uid = Person.objects.filter(pk=found.objection.person_id).values_list("uid", flat=True)[0]
    current.subject_kind, current.subject = "person", uid


def concluded(
    uid: uuid.UUID, *, account: Account, on: date, outcome: str, effect: str, text: str, told_on: date | None, untold: str, who: Deciding,
    today: date, once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Write down what came of it. Only who looks into it may; what it means for the person is his decision, never the program's."""
    with act(Verb.OBJECTION_CONCLUDED, actor=who.actor, once=once) as current:
        found = standing_objection(uid)
        if found.investigator is None or found.investigator.account_id != account.pk:
            raise Refused([PUB_08.objection("您不是这件异议的调查人", severity=Severity.BLOCK)])
        case = case_of(found)
        against = [] if case is None else near_objections(who.person, read_by(case))
        against += conclusion_objections(
            received_on=found.record.received_on, on=on, today=today, text=text, told_on=told_on, untold=untold
        )
        if against:
            raise Refused(against)
        conclude(
            current,
            found.objection.pk,
            on=on,
            outcome=outcome,
            effect=effect,
            text=text,
            told_on=told_on,
            untold=untold,
        )
        _about(current, found)
        current.data |= {
            "objection": uid.hex, "objection_outcome": outcome, "objection_effect": effect, "on": on.isoformat()
        }  # fmt: skip


def withdraw_objection(uid: uuid.UUID, reason: str, *, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Take back an objection that was entered by mistake, before anybody concluded it."""
    with act(Verb.OBJECTION_TAKEN_BACK, actor=who.actor, reason=reason, once=once) as current:
        found = standing_objection(uid)
        if found.conclusion is not None:
            raise Refused([PUB_08.objection("已有调查结论，不能收回", severity=Severity.BLOCK)])
        take_back_objection(current, found.objection.pk)
        _about(current, found)
        current.data["objection"] = uid.hex
