"""What writes findings. Within an open act; who may was answered before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.oversight.models import Finding, FindingRecord

FINDING: Final = ("id", "uid", "unit_id", "person_id", "source")
RECORD: Final = ("finding_id", "found_on", "step", "slot", "rule", "grade", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """A finding as somebody writes it down. `grade`: irregular or principle; `rule`: an id of the rulebook, empty where none says it."""

    grade: str
    text: str
    step: int | None = None
    slot: str = ""
    rule: str = ""


def record_finding(
    act: Act, draft: FindingDraft, *, unit: int, person: int | None, source: str, found_on: date
) -> tuple[int, uuid.UUID]:
    """Write a finding down. Returns its id and its uid."""
    (pk,), uid = new_ids(Finding, 1), uuid.uuid4()
    act.insert(Finding, FINDING, [(pk, uid, unit, person, source)])
    act.insert(FindingRecord, RECORD, [(pk, found_on, draft.step, draft.slot, draft.rule, draft.grade, draft.text)])
    return pk, uid


def take_back_finding(act: Act, finding: int) -> None:
    """Let a finding count for nothing."""
    act.strike(FindingRecord, FindingRecord.objects.alive().filter(finding=finding).values_list("pk", flat=True))
