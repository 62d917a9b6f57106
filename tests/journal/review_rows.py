"""One row in every table of publicity, supervision, joint review and the review of cases. All people are invented; the rows need not be lawful."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from tests.ledger.rows import put
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

CELL = {"cell": b"sealed", "key_version": 1}


def _uid(place: int) -> uuid.UUID:
    return uuid.UUID(int=place, version=4)


def _identity(current: Act, model: Any, row: dict[str, Any]) -> int:
    pk = int(new_ids(model, 1)[0])
    put(current, model, {"id": pk, **row})
    return pk


def put_reviews(current: Act, *, person: int, unit: int, account: int, day: date) -> None:
    """For the case of `person` and the scan that `put_dossier` wrote."""
    from yumiao.admission.models import Case
    from yumiao.files.models import Scan

    case, scan = Case.objects.get(person=person).pk, Scan.objects.order_by("pk")[0].pk
    notice, objection = _put_publicity(current, person=person, unit=unit, account=account, scan=scan, day=day)
    finding, sample = _put_oversight(current, person=person, unit=unit, scan=scan, day=day)
    _put_ties(current, case, account=account, notice=notice, objection=objection, finding=finding, day=day)
    _put_joint(current, case, account=account, day=day)
    _put_reviewed(current, case, account=account, sample=sample, day=day)
    _put_files(current, case, person=person, day=day)


def _put_publicity(current: Act, *, person: int, unit: int, account: int, scan: int, day: date) -> tuple[int, int]:
    from yumiao.publicity import models

    notice = _identity(current, models.Notice, {"uid": _uid(40), "unit_id": unit, "kind": "admission"})
    window = {"posted_on": day, "days": 5, "in_working_days": True, "closes_on": date(day.year + 1, 1, 5)}
    where = {"place": "村务公开栏", "phone": "0000-12380", "receiver": "县委组织部", "is_online": True}
    put(current, models.NoticeRecord, {"notice_id": notice, **window, **where})
    _identity(current, models.NoticePerson, {"notice_id": notice, "person_id": person, "said": "{}"})
    _identity(current, models.NoticePhoto, {"notice_id": notice, "scan_id": scan})
    about = {"uid": _uid(41), "unit_id": unit, "person_id": person, "notice_id": notice}
    objection = _identity(current, models.Objection, {**about, **CELL})
    put(current, models.ObjectionRecord, {"objection_id": objection, "channel": "letter", "received_on": day})
    put(current, models.Investigator, {"objection_id": objection, "account_id": account, "due_on": day, "since": day})
    said = {"outcome": "unfounded", "effect": "continue", "text": "经核查不属实", "told_on": day}
    put(current, models.ObjectionConclusion, {"objection_id": objection, "concluded_on": day, **said})
    return notice, objection


def _put_oversight(current: Act, *, person: int, unit: int, scan: int, day: date) -> tuple[int, int]:
    from yumiao.oversight import models

    found = {"uid": _uid(42), "unit_id": unit, "person_id": person, "source": "review"}
    finding = _identity(current, models.Finding, found)
    said = {"found_on": day, "step": 7, "slot": "A09", "rule": "DEV-06", "grade": "irregular", "text": "缺群众意见"}
    put(current, models.FindingRecord, {"finding_id": finding, **said})
    number = {"uid": _uid(43), "unit_id": unit, "issuer_id": unit, "year": 2026, "serial": 1}
    order = _identity(current, models.Order, number)
    put(current, models.OrderRecord, {"order_id": order, "issued_on": day, "due_on": day})
    put(current, models.OrderFinding, {"order_id": order, "finding_id": finding})
    put(current, models.OrderEvent, {"order_id": order, "what": "submitted", "happened_on": day, "note": "已补正"})
    _identity(current, models.OrderPaper, {"order_id": order, "scan_id": scan, "title": "整改报告"})
    referred = {"uid": _uid(44), "referred_on": day, "body": "县纪委", "people": "时任支部书记", "reason": "违反程序"}
    put(current, models.Referral, {"finding_id": finding, **referred})
    drawn = {"kind": "county_review", "period": "2026", "seed": "20261031", "part": 1, "whole": 10, "population": 10}
    sample = _identity(
        current,
        models.Sample,
        {"uid": _uid(45), "unit_id": unit, **drawn, "population_digest": "0" * 64, "drawn_on": day},
    )
    return finding, sample


def _put_ties(current: Act, case: int, *, account: int, notice: int, objection: int, finding: int, day: date) -> None:
    from yumiao.access.models import Grant
    from yumiao.admission import models

    grant = {"uid": _uid(46), "section": "family", "purpose": "政治审查", "granted_by_id": account, "since": day}
    put(current, Grant, {"account_id": account, **grant})
    granted = Grant.objects.get(uid=_uid(46)).pk
    _identity(current, models.CaseGrant, {"grant_id": granted, "case_id": case})
    _identity(current, models.CaseNotice, {"notice_id": notice, "case_id": case})
    _identity(current, models.CaseObjection, {"objection_id": objection, "case_id": case})
    _identity(current, models.CaseFinding, {"finding_id": finding, "case_id": case, "point": "village_12"})
    relative = {"uid": _uid(47), "relation": "parent", "conclusion": "clear", **CELL}
    put(current, models.Relative, {"case_id": case, **relative})


def _put_joint(current: Act, case: int, *, account: int, day: date) -> None:
    from yumiao.admission import models

    batch = {"uid": _uid(48), "round": "target", "year": 2026, "serial": 1}
    review = _identity(current, models.JointReview, batch)
    put(current, models.JointReviewRecord, {"review_id": review, "sent_on": day, "due_on": day})
    sent = {"uid": _uid(49), "review_id": review, "body": "court", "is_offline": True}
    body = _identity(current, models.JointReviewBody, sent)
    row = {"uid": _uid(50), "review_id": review, "case_id": case, "position": 1}
    asked = _identity(current, models.JointReviewCase, row)
    said = {"uid": _uid(51), "answer": "adverse_record", "answered_on": day, "came": "paper", **CELL}
    put(current, models.JointReviewAnswer, {"body_id": body, "review_case_id": asked, **said})
    put(current, models.JointReviewEvent, {"body_id": body, "what": "reminded", "happened_on": day})
    concluded = {"effect": "continue", "concluded_on": day, "told_on": day, **CELL}
    put(current, models.JointConclusion, {"review_case_id": asked, **concluded})
    put(current, models.BodySeat, {"account_id": account, "body": "court", "since": day})


def _put_reviewed(current: Act, case: int, *, account: int, sample: int, day: date) -> None:
    from yumiao.admission import models

    saw = {"digest": "0" * 64, "seen": "{}", "answers": "{}"}
    point = {"uid": _uid(52), "point": "village_12", "outcome": "approved", "reviewed_on": day}
    put(current, models.Review, {"case_id": case, **point, **saw})
    drawn = _identity(current, models.SampledCase, {"sample_id": sample, "case_id": case, "account_id": account})
    put(current, models.PeerOpinion, {"sampled_id": drawn, "given_on": day, "is_sound": True, "text": "材料齐全"})


def _put_files(current: Act, case: int, *, person: int, day: date) -> None:
    from yumiao.admission import models

    audit = _identity(current, models.FileAudit, {"uid": _uid(53), "person_id": person})
    put(current, models.FileAuditRecord, {"audit_id": audit, "audited_on": day, "result": "lacking", "missing": "A02"})
    decided = {"decision": "recognised", "decided_on": day, "body": "县委组织部", "document": "青组认〔2026〕1号"}
    recognised = {"uid": _uid(54), "person_id": person, "cycle": 1, "reason": "有志愿书"}
    put(current, models.Recognition, {**recognised, **decided})
    made = {"uid": _uid(55), "case_id": case, "made_on": day, "digest": "0" * 64, "pages": 60, "size": 1000}
    package = _identity(current, models.Package, made)
    handed = {"uid": _uid(56), "handed_on": day, "holder": "县委组织部", "giver": "韦支书", "receiver": "盘干事"}
    put(current, models.Handover, {"case_id": case, "package_id": package, "copies": 1, **handed})
