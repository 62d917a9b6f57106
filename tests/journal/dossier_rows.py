"""One row in every table of cases, meetings and papers, written through an act. All people are invented; the rows need not be lawful."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from hashlib import sha256

from tests.ledger.rows import put, write_case
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

SCAN, PICTURE = uuid.UUID(int=26, version=4), b"\x89PNG" + bytes(range(256))


def put_dossier(current: Act, *, person: int, unit: int, day: date) -> None:
    """A case of `person` with everything around it: a meeting of `unit`, a scan, a letter, a form."""
    case = write_case(current, person, {1: day, 15: day})
    _put_steps(current, case, day)
    _put_meeting(current, case, person=person, unit=unit, day=day)
    _put_papers(current, case, unit=unit, day=day)


def _put_steps(current: Act, case: int, day: date) -> None:
    from yumiao.admission import models

    step = {"case_id": case, "step": 15}
    put(
        current,
        models.StepDetail,
        {**step, "outcome": "passed", "document": "青党〔2026〕7号", "hours": Decimal("24.5")},
    )
    put(current, models.CaseEdition, {"case_id": case, "edition": "2014"})
    put(
        current,
        models.EditionUse,
        {"edition": "2014", "paper_uid": uuid.UUID(int=21, version=4), "reason": "按文件", "since": day},
    )
    late = {
        "case_id": case,
        "step": 2,
        "held_on": day,
        "said": "{}",
        "reason": "材料后到",
        "uid": uuid.UUID(int=22, version=4),
    }
    put(current, models.LateEntry, late)
    put(
        current,
        models.CaseReturn,
        {"case_id": case, "step": 2, "returned_on": day, "why": "papers", "reason": "缺记录"},
    )
    put(current, models.CaseRest, {"case_id": case, "since": day, "counts": True, "reason": "外出务工"})
    exemption = {"rule": "DEV-09", "granted_on": day, "granted_by": "青石镇党委", "reason": "个别特殊情况"}
    put(current, models.Exemption, {**step, **exemption})
    put(current, models.CaseEnd, {"case_id": case, "ended_on": day, "how": "application_withdrawn"})


def _put_meeting(current: Act, case: int, *, person: int, unit: int, day: date) -> None:
    from yumiao.admission.models import StepMotion
    from yumiao.meetings import models

    meeting, motion = new_ids(models.Meeting, 1)[0], new_ids(models.Motion, 1)[0]
    put(
        current,
        models.Meeting,
        {"id": meeting, "uid": uuid.UUID(int=23, version=4), "unit_id": unit, "kind": "members"},
    )
    record = {"held_on": day, "place": "村部", "chair": "韦支书", "recorder": "韦苗", "agenda": "讨论接收预备党员"}
    put(current, models.MeetingRecord, {"meeting_id": meeting, **record})
    put(current, models.Attendance, {"meeting_id": meeting, "person_id": person, "is_due": True, "is_present": True})
    moved = {
        "id": motion,
        "uid": uuid.UUID(int=24, version=4),
        "meeting_id": meeting,
        "kind": "admission",
        "person_id": person,
    }
    put(current, models.Motion, {**moved, "title": "接收预备党员", "position": 1})
    count = {"is_secret": True, "due": 3, "present": 3, "yes": 2, "no": 1, "abstain": 0}
    put(current, models.Ballot, {"motion_id": motion, **count})
    put(current, models.NamedVote, {"motion_id": motion, "person_id": person, "choice": "yes"})
    put(current, models.WrittenOpinion, {"motion_id": motion, "person_id": person, "received_on": day, "counts": True})
    excluded = {"ground": "ill", "resolved_on": day, "approved_on": day, "document": "青党〔2026〕8号", "since": day}
    uid = uuid.UUID(int=25, version=4)
    put(current, models.Exclusion, {"uid": uid, "person_id": person, "unit_id": unit, **excluded})
    put(current, StepMotion, {"case_id": case, "step": 15, "motion_id": motion})


def _put_papers(current: Act, case: int, *, unit: int, day: date) -> None:
    from yumiao.admission import models
    from yumiao.files import store
    from yumiao.files.models import Scan, ScanPage

    scan, page, paper, letter = (new_ids(one, 1)[0] for one in (Scan, ScanPage, models.StepPaper, models.Inquiry))
    taken = {
        "media": "image/png",
        "digest": sha256(PICTURE).digest(),
        "size": len(PICTURE),
        "pages": 1,
        "taken_on": day,
    }
    store.drop(SCAN)
    store.put(SCAN, PICTURE)
    put(current, Scan, {"id": scan, "uid": SCAN, "unit_id": unit, **taken})
    look = {"digest": bytes(range(32)), "look": -7, "width": 100, "height": 140}
    put(current, ScanPage, {"id": page, "scan_id": scan, "number": 1, **look})
    lies = {"uid": uuid.UUID(int=27, version=4), "case_id": case, "step": 1, "slot": "A01", "scan_id": scan}
    put(current, models.StepPaper, {"id": paper, **lies})
    looked = {"is_signed": True, "is_stamped": False, "is_dated": True, "is_legible": True, "is_of_person": True}
    put(current, models.PaperCheck, {"paper_id": paper, "title": "入党申请书", "dated_on": day, **looked})
    sent = {"kind": "letter", "about": "self", "addressee": "外地某村党支部", "sent_on": day, "due_on": day}
    number = {"issuer_id": unit, "year": 2026, "serial": 1}
    put(current, models.Inquiry, {"id": letter, "uid": uuid.UUID(int=28, version=4), "case_id": case, **sent, **number})
    put(
        current, models.InquiryEvent, {"inquiry_id": letter, "what": "answered", "happened_on": day, "finding": "clear"}
    )
    handed = {
        "uid": uuid.UUID(int=29, version=4),
        "unit_id": unit,
        "prefix": "青",
        "first": 1,
        "last": 9,
        "handed_on": day,
    }
    put(current, models.FormRange, handed)
    put(current, models.FormUse, {"case_id": case, "prefix": "青", "number": 1, "given_on": day})
    spoilt = {"prefix": "青", "number": 2, "voided_on": day, "why": "spoilt", "reason": "写错"}
    put(current, models.FormVoid, {"case_id": case, **spoilt})
