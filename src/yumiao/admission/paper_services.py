"""What writes the papers of a case: putting one in, checking it again, taking it back. All of it within an open act.

It must not know who may, nor whether it is lawful: `paper_rules` answered that before.
"""

from __future__ import annotations

import uuid
from typing import Final

from yumiao.admission.models import PaperCheck, StepPaper
from yumiao.admission.paper_rules import Checked
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

PAPER: Final = ("id", "uid", "case_id", "step", "occurrence", "slot", "scan_id", "supplements_id")
CHECK: Final = (
    "paper_id", "title", "dated_on", "is_signed", "is_stamped", "is_dated", "is_legible", "is_of_person", "explanation",
)  # fmt: skip


def put_in(
    act: Act, *, case: int, step: int, occurrence: int, slot: str, scan: int, checked: Checked, supplements: int | None
) -> uuid.UUID:
    """A scan into a slot, with how it was found. Returns the paper's uid."""
    paper, uid = new_ids(StepPaper, 1)[0], uuid.uuid4()
    act.insert(StepPaper, PAPER, [(paper, uid, case, step, occurrence, slot, scan, supplements)])
    _write_check(act, paper, checked)
    return uid


def check_again(act: Act, paper: int, check: int, checked: Checked) -> None:
    """Let a paper be found otherwise than it was."""
    act.strike(PaperCheck, [check])
    _write_check(act, paper, checked)


def take_back(act: Act, check: int) -> None:
    """Take a paper back: it stays where it lies and counts for nothing."""
    act.strike(PaperCheck, [check])


def _write_check(act: Act, paper: int, checked: Checked) -> None:
    row = (
        paper, checked.title, checked.dated_on, checked.is_signed, checked.is_stamped, checked.is_dated, checked.is_legible,
        checked.is_of_person, checked.explanation,
    )  # fmt: skip
    act.insert(PaperCheck, CHECK, [row])
