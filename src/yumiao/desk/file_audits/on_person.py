"""What the page of a member says of his old file: the last audit and what was decided. Must not know: requests, the page around it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.models import FileAuditRecord, Recognition
from yumiao.journal.facts import ALIVE
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class FileOnPage:
    """In words: how the file was found and when, what was decided by which document; `url` audits it or opens the audit."""

    result: str
    audited_on: date | None
    decision: str
    decided_on: date | None
    document: str
    url: str


def file_on_page(reader: Reader, person: uuid.UUID, unit: UnitOnDay | None) -> FileOnPage | None:
    """For whoever may audit there; None for everybody else. Two queries."""
    if unit is None or not reader.may_at(Permission.FILE_AUDIT, unit):
        return None
    audits = FileAuditRecord.objects.filter(struck=ALIVE, audit__person__uid=person).select_related("audit")
    audited = audits.order_by("-audited_on", "-pk").first()
    decided = Recognition.objects.alive().filter(person__uid=person).order_by("-decided_on", "-pk").first()
    new = f"{reverse('file_audit_new')}?person={person}"
    return FileOnPage(
        str(FileAuditRecord.Result(audited.result).label) if audited else "",
        audited.audited_on if audited else None,
        str(Recognition.Decision(decided.decision).label) if decided else "",
        decided.decided_on if decided else None,
        decided.document if decided else "",
        reverse("file_audit", args=[audited.audit.uid]) if audited else new,
    )
