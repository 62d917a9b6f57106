"""What writes audits of old files and decisions on memberships. Within an open act; whether it is lawful `audit_rules` answered before.

Must not know: who asks, what a decision moves of a membership.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Final

from yumiao.admission.audit_rules import Audited, Decided
from yumiao.admission.models import CaseFinding, FileAudit, FileAuditRecord, Recognition
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

AUDIT: Final = ("id", "uid", "person_id")
RECORD: Final = ("audit_id", "audited_on", "result", "missing", "wrong", "text")
RECOGNITION: Final = (
    "uid", "person_id", "cycle", "decision", "decided_on", "body", "document", "reason", "told_on",
)  # fmt: skip
CASE_FINDING: Final = ("id", "finding_id", "case_id", "point")


def record_audits(act: Act, rows: Iterable[tuple[int, Audited]]) -> list[uuid.UUID]:
    """Write down how the files of some people were found: (person id, what was found). Returns the audits' uids."""
    given = list(rows)
    ids, uids = list(new_ids(FileAudit, len(given))), [uuid.uuid4() for _one in given]
    act.insert(FileAudit, AUDIT, [(pk, uid, person) for pk, uid, (person, _said) in zip(ids, uids, given, strict=True)])
    said = [
        (pk, one.on, one.result, " ".join(one.missing), " ".join(one.wrong), one.text)
        for pk, (_person, one) in zip(ids, given, strict=True)
    ]
    act.insert(FileAuditRecord, RECORD, said)
    return uids


def take_back_audit(act: Act, audit: int) -> None:
    """Let an audit count for nothing."""
    rows = FileAuditRecord.objects.alive().filter(audit=audit)
    act.strike(FileAuditRecord, list(rows.values_list("pk", flat=True)))


def record_recognitions(act: Act, people: Iterable[tuple[int, int]], decided: Decided) -> None:
    """Write a decision down for each: (person id, cycle of the membership). One that stood before is taken back."""
    given = list(people)
    for person, cycle in given:
        before = Recognition.objects.alive().filter(person=person, cycle=cycle).values_list("pk", flat=True)
        act.strike(Recognition, list(before))
    said: tuple[str, date, str, str, str, date | None] = (
        decided.decision, decided.on, decided.body, decided.document, decided.reason, decided.told_on,
    )  # fmt: skip
    act.insert(Recognition, RECOGNITION, [(uuid.uuid4(), person, cycle, *said) for person, cycle in given])


def tie_finding(act: Act, finding: int, case: int) -> None:
    """Let a finding of an audit be one of the person's case."""
    (pk,) = new_ids(CaseFinding, 1)
    act.insert(CaseFinding, CASE_FINDING, [(pk, finding, case, "")])
