"""The use cases of letters of the political review: send one, write down what became of it, say what an answer found. Each is one act.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from datetime import date

from yumiao.admission.inquiry_queries import Standing, serial_of, with_events
from yumiao.admission.inquiry_rules import INQ_04, follow_objections, sending_objections
from yumiao.admission.inquiry_services import Draft, find, follow, send
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.desk.dossier.recording import Deciding, own, read_by
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope, Refused


def send_letter(
    case: uuid.UUID, draft: Draft, *, who: Deciding, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:  # fmt: skip
    """Send a letter about somebody. Returns its uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.INQUIRY_SENT, actor=who.actor, once=once) as current:
        read = read_by(case)
        is_open = read.file.is_open_on(today)
        if found := own(read, who) + list(
            sending_objections(draft.sent_on, draft.due_on, today=today, is_open=is_open)
        ):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        uid = send(current, read.around.case, draft)
        current.data |= {"case": case.hex, "inquiry": uid.hex, "on": draft.sent_on.isoformat()}
        return uid


def follow_letter(
    uid: uuid.UUID, what: str, on: date, *, finding: str, note: str, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Write down a reminder, an answer, its return or its withdrawal. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.INQUIRY_FOLLOWED, actor=who.actor, once=once) as current:
        one = standing(uid)
        read = read_by(one.inquiry.case.uid)
        if found := own(read, who) + list(follow_objections(one.letter(serial_of(one.inquiry)), on, today)):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"inquiry": uid.hex, "what": what, "on": on.isoformat()}
        is_answer = what == InquiryEvent.What.ANSWERED
        follow(current, one.inquiry.pk, what, on, finding=finding if is_answer else "", note=note)


def say_finding(uid: uuid.UUID, finding: str, note: str, *, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Say what an answer found. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.INQUIRY_FOLLOWED, actor=who.actor, once=once) as current:
        one = standing(uid)
        read = read_by(one.inquiry.case.uid)
        if found := own(read, who):
            raise Refused(found)
        if one.answer is None:
            raise Refused([INQ_04.objection("还没有回函", "先登记回函。")])
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"inquiry": uid.hex, "what": "finding"}
        find(current, one.answer, finding, note)


def standing(uid: uuid.UUID) -> Standing:
    """The letter of that uid. Raises `OutOfScope` where there is none."""
    found = with_events(Inquiry.objects.filter(uid=uid).select_related("case__person"))
    if not found:
        raise OutOfScope(str(uid))
    return found[0]
