"""The use cases of referrals: who answers for a breach of principle is decided by people of another body, never here. Each is one act.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.rectification import lists
from yumiao.desk.rectification.reach import place_of
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import on_paper
from yumiao.oversight.models import Finding, FindingRecord, Referral
from yumiao.oversight.services import ReferralDraft, close_referral, refer

P = Permission


def finding_by(uid: uuid.UUID) -> FindingRecord:
    """The finding of that uid. Raises `OutOfScope` where none stands."""
    found = FindingRecord.objects.alive().filter(finding__uid=uid).select_related("finding").first()
    if found is None:
        raise OutOfScope(str(uid))
    return found


def unreferred(reader: Reader) -> list[FindingRecord]:
    """Breaches of principle within reach that nobody handed over."""
    done = Referral.objects.alive().values("finding")
    return list(
        lists.findings_in(reader, None)
        .filter(grade=FindingRecord.Grade.PRINCIPLE)
        .exclude(finding__in=done)
        .order_by("found_on", "pk")
    )


def hand_over(finding: Finding, draft: ReferralDraft, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Hand it over. Raises `Refused`, `AlreadyDone`."""
    unit = place_of(reader, finding.unit_id)
    with act(
        Verb.REFERRED, actor=reader.acting(P.REFERRAL_RECORD, unit), reason=draft.reason[:200], once=once
    ) as current:
        record = finding_by(finding.uid)
        found = []
        if record.grade != FindingRecord.Grade.PRINCIPLE:
            found.append(_objection("不规范的问题限期整改，不移交责任追究", "在“限期整改”发出整改通知。"))
        if Referral.objects.alive().filter(finding=finding.pk).exists():
            found.append(_objection("已经移交", "查看移交记录。"))
        if not record.found_on <= draft.referred_on <= reader.today:
            found.append(_objection(f"移交日期应在{on_paper(record.found_on)}至{on_paper(reader.today)}之间", ""))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "unit", unit.uid if unit else None
        current.data |= {"finding": finding.uid.hex, "on": draft.referred_on.isoformat()}
        refer(current, finding.pk, draft)


def close(uid: uuid.UUID, outcome: str, on: date, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Write down what the other body decided. Raises `Refused`, `AlreadyDone`."""
    one = Referral.objects.alive().filter(uid=uid).select_related("finding").first()
    if one is None:
        raise OutOfScope(str(uid))
    unit = place_of(reader, one.finding.unit_id)
    with act(Verb.REFERRAL_CLOSED, actor=reader.acting(P.REFERRAL_RECORD, unit), once=once) as current:
        if one.closed_on is not None or not one.referred_on <= on <= reader.today:
            raise Refused([_objection("已登记结果，或者日期不在移交日期和今天之间", "")])
        current.subject_kind, current.subject = "unit", unit.uid if unit else None
        current.data |= {"on": on.isoformat()}
        close_referral(current, one, outcome, on)


def _objection(text: str, next_step: str) -> Objection:
    return Objection("REV-03", text, "责任追究由有权机关决定", next_step=next_step)
