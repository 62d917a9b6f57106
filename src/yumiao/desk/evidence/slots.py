"""The slots of a case with what lies in them: what is there, what is missing, what is not in order. Must not know: requests, pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext

from yumiao.admission.history import CaseFile
from yumiao.admission.paper_queries import Paper, papers_of
from yumiao.admission.paper_rules import SEALED, incomplete
from yumiao.admission.path import Need, Slot

_ = cache(gettext)  # a few words stand in twenty-five steps: each is translated once, as in the templates


@dataclass(frozen=True, slots=True)
class SlotState:
    """One slot. `missing`: a step of it is on record and nothing that can be read lies here; `is_due`: one of its steps is on record.

    `incomplete_why`: what the checklist found wanting of what lies here, where no paper is in order.
    """

    slot: Slot
    need: Need
    stage: int
    steps: tuple[int, ...]
    papers: tuple[Paper, ...]
    is_due: bool
    missing: bool
    incomplete_why: tuple[str, ...]

    @property
    def is_sealed(self) -> bool:
        """Whether only few may open what lies here."""
        return self.slot.code in SEALED

    @property
    def kind(self) -> str:
        """The kind of state (`ui/components.html`)."""
        if self.missing:
            return "floor" if self.need is Need.CORE else "warn"
        if not self.papers:
            return "na"
        return "warn" if self.incomplete_why else "ok"

    @property
    def said(self) -> str:
        """The state in words."""
        if self.missing:
            return _("缺") if not self.papers else _("看不清或者不是本人的")
        if not self.papers:
            return _("未到") if self.need is not Need.LOCAL else _("没有放入")
        if self.incomplete_why:
            return "、".join(self.incomplete_why)
        return _("已放入 %(count)s 份") % {"count": len(self.papers)}


def slots_of(case: int, file: CaseFile) -> list[SlotState]:
    """Every slot of the case's edition, in the order of the archive list; two queries."""
    return slot_states(file, papers_of(case))


def slot_states(file: CaseFile, papers: list[Paper]) -> list[SlotState]:
    """As `slots_of`, for papers that were read."""
    held = {one.step for one in file.held}
    found = []
    for code, slot in file.path.slots.items():
        steps = [one for one in file.path.steps if code in one.slots]
        there = tuple(one for one in papers if one.slot == code)
        is_due = any(one.number in held for one in steps)
        lacks = slot.need is not Need.LOCAL and not any(one.filed.counts for one in there)
        wanting = [incomplete(slot, one.checked) for one in there]
        why = () if not wanting or not all(wanting) else tuple(wanting[-1])
        stage = steps[0].stage if steps else 0
        numbers = tuple(one.number for one in steps)
        found.append(SlotState(slot, slot.need, stage, numbers, there, is_due, is_due and lacks, why))
    return found
