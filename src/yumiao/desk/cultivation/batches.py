"""One event of many people: a branch's half-yearly inspection, a training class. One act; who may not is left out and named.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.admission.case_rules import objections
from yumiao.admission.cultivation_rules import CUL_04, batch_objections
from yumiao.admission.history import CaseFile
from yumiao.admission.order_rules import DEV_22
from yumiao.admission.step_services import record_step
from yumiao.desk.dossier.recording import Deciding, own
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.units.queries import UnitOnDay

INSPECTION, TRAINING = 6, 11
_VERBS: Final = {INSPECTION: Verb.INSPECTIONS_RECORDED, TRAINING: Verb.TRAINING_RECORDED}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody of a batch of whom nothing was written, and why."""

    read: Read
    objections: tuple[Objection, ...]

    @property
    def name(self) -> str:
        return self.read.around.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch came to."""

    recorded: tuple[Read, ...]
    left_out: tuple[LeftOut, ...]


def record_batch(
    asked: Asked, cases: Sequence[int], notes: Mapping[int, str], *, unit: UnitOnDay, who: Deciding,
    ground_for: Callable[[CaseFile], Ground], once: uuid.UUID | None = None,
) -> Outcome:  # fmt: skip
    """Record one event of these cases, each judged by itself under the lock; `notes` by case.

    Raises `Refused` with what stands against everybody, or where nobody is left; `AlreadyDone` for a form sent twice.
    """
    with act(_VERBS[asked.step], actor=who.actor, reason=asked.reason, once=once) as current:
        good: list[tuple[Read, Asked, Ground]] = []
        left_out: list[LeftOut] = []
        for read in read_cases(cases).values():
            ground, one = ground_for(read.file), replace(asked, note=notes.get(read.around.case, asked.note))
            found = against(read, one, ground, who)
            if found:
                left_out.append(LeftOut(read, tuple(found)))
            else:
                good.append((read, one, ground))
        if not good:
            raise Refused(_every(left_out))
        for read, one, ground in good:
            record_step(current, read, one, terms=ground.terms, leap=ground.leap)
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"step": asked.step, "on": asked.on.isoformat(), "count": len(good)}
        current.data["cases"] = [read.around.uid.hex for read, _one, _ground in good]
    return Outcome(tuple(read for read, _one, _ground in good), tuple(left_out))


def against(read: Read, asked: Asked, ground: Ground, who: Deciding) -> list[Objection]:
    """What stands against it of one person: a warning too, unless the batch gives a reason."""
    found = own(read, who) + list(batch_objections(asked.on, ground))
    found += [
        one for one in objections(read.file, asked, ground) if one.rule != DEV_22.id or one.severity is Severity.BLOCK
    ]
    return found if not asked.reason.strip() else [one for one in found if one.severity is Severity.BLOCK]


def _every(left_out: Sequence[LeftOut]) -> list[Objection]:
    """Every reason, by whom it concerns; without anybody, that."""
    if not left_out:
        return [CUL_04.objection("没有选择人员", "勾选参加的人员。")]
    return [
        replace(one, text=f"{each.name}：{one.text}", severity=Severity.BLOCK)
        for each in left_out
        for one in each.objections
    ]
