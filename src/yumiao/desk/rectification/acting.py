"""The use cases of orders: issue one, extend it, submit, return, accept, take it back. Each is one act.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.bylaws.memory import settings_of
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.file_audits.near import near_objections, too_near
from yumiao.desk.rectification.reach import Seen, issuer_for, place_of, seen
from yumiao.files import store
from yumiao.files.intake import take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import Act, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, Objection, Refused
from yumiao.kernel.periods import on_paper
from yumiao.kernel.workdays import MissingYear
from yumiao.oversight.models import FindingRecord
from yumiao.oversight.queries import live_findings, unordered
from yumiao.oversight.rules import ACCEPTED, SUBMITTED, Happened, extension_objections, follow_objections
from yumiao.oversight.services import OrderDraft, add_paper, extend_order, follow_order, issue_order, take_back_order
from yumiao.people.rules import DEV_21
from yumiao.units.queries import UnitOnDay

P = Permission


def open_findings(reader: Reader, unit: UnitOnDay) -> list[FindingRecord]:
    """Findings that no order is over, of units that stand today at or below one."""
    units = set(live_findings().values_list("finding__unit", flat=True))
    there = [one for one in units if (place := place_of(reader, one)) and unit.subtree.covers(place.path)]
    return list(unordered(there))


def issue(
    unit: UnitOnDay, findings: Collection[uuid.UUID], text: str, *, reader: Reader, once: uuid.UUID | None = None
) -> uuid.UUID:
    """Issue an order over some open findings of a unit, as of today. Returns its uid. Raises `Refused`, `NotAllowed`, `AlreadyDone`."""
    issuer = issuer_for(reader, unit)
    if issuer is None:
        raise NotAllowed("您不能向这个组织发出整改通知。")
    today = reader.today
    with act(Verb.ORDER_ISSUED, actor=reader.acting(P.ORDER_ISSUE, issuer), once=once) as current:
        chosen = [one.finding_id for one in open_findings(reader, unit) if one.finding.uid in set(findings)]
        if not chosen or len(chosen) != len(set(findings)):
            raise Refused(
                [Objection("REV-03", "没有选择问题，或者所选问题已有整改通知", next_step="刷新页面，重新选择。")]
            )
        days = settings_of(today, reader.head).value("rectification.working_days")
        assert isinstance(days, int)
        try:
            due_on = calendar_of(reader.head).add_working_days(today, days)
        except MissingYear as error:
            raise Refused([_no_calendar(error)]) from None
        draft = OrderDraft(
            unit=unit.id, issuer=issuer.id, issued_on=today, due_on=due_on, findings=chosen, text=text
        )  # fmt: skip
        current.subject_kind, current.subject = "unit", unit.uid
        uid = issue_order(current, draft)
        current.data |= {"order": uid.hex, "on": today.isoformat(), "until": due_on.isoformat()}
        return uid


def extend(
    uid: uuid.UUID, extended_to: date, reason: str, *, reader: Reader, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Let an order run longer, once. Raises `Refused`, `AlreadyDone`."""
    order = seen(reader, uid, P.ORDER_ISSUE)
    actor = reader.acting(P.ORDER_ISSUE, order.issuer)
    with act(Verb.ORDER_EXTENDED, actor=actor, reason=reason, once=once) as current:
        order = seen(reader, uid, P.ORDER_ISSUE)
        try:
            found = list(extension_objections(order.one.term, extended_to, calendar_of(reader.head)))
        except MissingYear as error:
            found = [_no_calendar(error)]
        if found:
            raise Refused(found)
        _about(current, order)
        current.data |= {"until": extended_to.isoformat()}
        extend_order(current, order.one.record, extended_to, reason)


def follow(
    uid: uuid.UUID, what: str, on: date, note: str, *, reader: Reader, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Submit, return or accept. Raises `Refused`, `NotAllowed` where it is the other end's, `AlreadyDone`."""
    permission = P.ORDER_SUBMIT if what == SUBMITTED else P.ORDER_ACCEPT
    order = seen(reader, uid, permission)
    who = deciding_at(reader, permission, order.end(permission))
    with act(Verb.ORDER_FOLLOWED, actor=who.actor, once=once) as current:
        order = seen(reader, uid, permission)
        asked = Happened(what, on, str(who.actor.uid))
        found = list(follow_objections(order.one.term, order.one.happened, asked))
        if not DEV_21.holds(day=on, today=reader.today):
            found.append(DEV_21.objection(f"日期 {on_paper(on)}晚于今天"))
        if what != SUBMITTED:
            found += _near(order, who.person)
        if found:
            raise Refused(found)
        _about(current, order)
        current.data |= {"order_what": what, "on": on.isoformat()}
        follow_order(current, order.one.order.pk, what, on, note)


def hand_in(
    uid: uuid.UUID, parts: Sequence[bytes], title: str, *, reader: Reader, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Keep a paper of what was put right, until the order is accepted. Raises `Refused`, `files.intake.Unusable`, `OSError`, `AlreadyDone`."""
    order = seen(reader, uid, P.ORDER_SUBMIT)
    who = deciding_at(reader, P.ORDER_SUBMIT, order.end(P.ORDER_SUBMIT))
    taken, scan = take_in(parts), uuid.uuid4()
    store.put(scan, taken.content)
    try:
        with act(Verb.ORDER_PAPER_ADDED, actor=who.actor, once=once) as current:
            order = seen(reader, uid, P.ORDER_SUBMIT)
            if ACCEPTED in [one.what for one in order.one.events]:
                raise Refused([Objection("REV-03", "已经验收，不再放入材料", next_step="有新情况的，另行登记问题。")])
            _about(current, order)
            add_paper(current, order.one.order.pk, write_scan(current, scan, order.unit.id, taken, reader.today), title)
    except BaseException:
        store.drop(scan)
        raise


def take_back(uid: uuid.UUID, reason: str, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Take an order back to which nothing was handed in. Raises `Refused`, `AlreadyDone`."""
    order = seen(reader, uid, P.ORDER_ISSUE)
    actor = reader.acting(P.ORDER_ISSUE, order.issuer)
    with act(Verb.ORDER_TAKEN_BACK, actor=actor, reason=reason, once=once) as current:
        order = seen(reader, uid, P.ORDER_ISSUE)
        if order.one.events:
            raise Refused([Objection("REV-03", "已经报送整改情况，不能收回", next_step="验收，或者退回再整改。")])
        _about(current, order)
        take_back_order(current, order.one.order.pk)


def _near(order: Seen, person: uuid.UUID | None) -> list[Objection]:
    people = [one.finding.person_id for one in order.one.findings if one.finding.person_id]
    near = too_near(person, people)
    return [said for one in people for said in near_objections(near, one)]


def _about(current: Act, order: Seen) -> None:
    current.subject_kind, current.subject = "unit", order.unit.uid
    current.data |= {"order": order.uid.hex}


def _no_calendar(error: MissingYear) -> Objection:
    return Objection("CAL-01", f"缺少{error.year}年的节假日安排", next_step="在“县级文件和参数”的工作日历里录入。")
