"""The rules on the papers of a case: what may be done with one, what is wanting of one, what keeps a case from being archived. Pure.

Must not know: scans, the database, who looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.history import AGAIN, CaseFile
from yumiao.admission.path import Need, Slot
from yumiao.admission.path_2014 import RULES_2014
from yumiao.kernel.objections import Objection, Severity
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

ARCHIVE: Final = 25
SEALED: Final = frozenset({"A12"})
"""Slots that only the approving committee and whoever put a paper in may open: the political review."""

_SINCE: Final = date(2014, 5, 28)
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "core": "核心材料",
    "there": "已有的材料",
    "wanting": "没有核对通过的项目",
    "is_recorded": "步骤已经登记",
    "dated_on": "材料的真实日期",
    "explained": "有情况说明",
    "today": "今天",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """How a paper was found, with what it is: title, the day written on it, the explanation of a supplement."""

    title: str
    dated_on: date | None = None
    is_signed: bool = False
    is_stamped: bool = False
    is_dated: bool = False
    is_legible: bool = False
    is_of_person: bool = False
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper that stands in a slot, as the rules look at it."""

    slot: str
    checked: Checked

    @property
    def counts(self) -> bool:
        """Whether it can be read and is this person's: without that it stands for nothing."""
        return self.checked.is_legible and self.checked.is_of_person


ARC_01 = Rule(
    id="ARC-01", title="核心材料齐全方可归档",
    text="入党申请书、入党志愿书、政治审查材料、转正申请书、培养教育考察材料缺少任何一项，不得登记归档。", source=RULES_2014,
    article="第三十七条", since=_SINCE, confidence=Confidence.VERIFIED, words=_WORDS,
    holds=lambda *, core, there: set(core) <= set(there),
    passing=({"core": ["A01", "A16"], "there": ["A01", "A02", "A16"]}, {"core": [], "there": []}),
    failing=({"core": ["A01", "A16"], "there": ["A01"]}, {"core": ["A22"], "there": []}),
)  # fmt: skip
ARC_02 = Rule(
    id="ARC-02", title="材料逐份核对",
    text="每份材料核对签名、印章、日期，确认字迹清楚、是本人的材料；应有而没有的，归档时写明原因。", source=HANDBOOK, article="5",
    since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, wanting: not wanting,
    passing=({"wanting": []}, {"wanting": ()}), failing=({"wanting": ["签名"]}, {"wanting": ["印章", "日期"]}),
)  # fmt: skip
ARC_03 = Rule(
    id="ARC-03", title="步骤登记后的材料只能补充",
    text="步骤登记以后，材料不得收回和替换，只能补充；补充的材料写明真实日期，并附情况说明，不得倒签日期。", source=HANDBOOK, article="5",
    since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, is_recorded, dated_on, explained: not is_recorded or (dated_on is not None and explained),
    passing=(
        {"is_recorded": False, "dated_on": None, "explained": False},
        {"is_recorded": True, "dated_on": date(2026, 3, 2), "explained": True},
    ),
    failing=(
        {"is_recorded": True, "dated_on": None, "explained": True},
        {"is_recorded": True, "dated_on": date(2026, 3, 2), "explained": False},
    ),
)  # fmt: skip
ARC_04 = Rule(
    id="ARC-04", title="材料日期不晚于今天", text="材料上写的日期不得晚于登记当天。", source=HANDBOOK, article="5", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, dated_on, today: dated_on is None or dated_on <= today,
    passing=({"dated_on": date(2026, 3, 2), "today": date(2026, 3, 2)}, {"dated_on": None, "today": date(2026, 3, 2)}),
    failing=(
        {"dated_on": date(2026, 3, 3), "today": date(2026, 3, 2)},
        {"dated_on": date(2027, 3, 2), "today": date(2026, 3, 2)},
    ),
)  # fmt: skip
RULES: Final = (ARC_01, ARC_02, ARC_03, ARC_04)


def incomplete(slot: Slot, checked: Checked) -> list[str]:
    """What is wanting of a paper by the list of its slot, in the words of the checklist; nothing where it is in order."""
    wanted = (
        (bool(slot.signers) and not checked.is_signed, f"没有{slot.signers}签名"),
        (slot.is_stamped and not checked.is_stamped, "没有盖章"),
        (not checked.is_dated, "没有写明日期"),
        (not checked.is_legible, "字迹不清"),
        (not checked.is_of_person, "不是本人的材料"),
    )
    return [text for is_wanting, text in wanted if is_wanting]


def archive_objections(file: CaseFile, papers: Iterable[Filed]) -> list[Objection]:
    """Against archiving: what is missing of the core blocks; other papers that are missing or not in order ask for a reason."""
    slots, found = file.path.slots, list(papers)
    there = {one.slot for one in found if one.counts}
    core = [code for code, slot in slots.items() if slot.need is Need.CORE]
    against = []
    if not ARC_01.holds(core=core, there=there):
        missing = "、".join(f"{code} {slots[code].title}" for code in core if code not in there)
        against.append(
            ARC_01.objection(f"缺少核心材料：{missing}", "先放入这些材料；补充的材料写明真实日期和情况说明。")
        )
    required = [code for code, slot in slots.items() if slot.need is Need.REQUIRED and code not in there]
    flawed = [code for code in slots if code in there and _is_flawed(slots[code], found)]
    if not ARC_02.holds(wanting=[*required, *flawed]):
        said = [f"没有{code} {slots[code].title}" for code in required]
        said += [f"{code} {slots[code].title}有项目没有核对通过" for code in flawed]
        against.append(ARC_02.objection("；".join(said), "补齐，或者写明原因。"))
    return against


def _is_flawed(slot: Slot, papers: Sequence[Filed]) -> bool:
    """Whether no paper in a slot is in order."""
    return all(incomplete(slot, one.checked) for one in papers if one.slot == slot.code)


def adding_objections(checked: Checked, *, is_recorded: bool, is_open: bool, today: date) -> list[Objection]:
    """Against putting a paper in: the case is over, the day has not come, a supplement without its true day or its explanation."""
    against = []
    if not is_open:
        against.append(ARC_03.objection("本案已经结束，不能再放入材料"))
    if not ARC_03.holds(
        is_recorded=is_recorded, dated_on=checked.dated_on, explained=bool(checked.explanation.strip())
    ):
        against.append(
            ARC_03.objection("所属步骤已经登记，这是补充的材料", "写明材料的真实日期和情况说明，不得倒签日期。")
        )
    if not ARC_04.holds(dated_on=checked.dated_on, today=today):
        against.append(ARC_04.objection("材料上的日期晚于今天", "按材料上写的真实日期填写。"))
    return against


def withdrawing_objections(*, is_recorded: bool, is_there: bool) -> list[Objection]:
    """Against taking a paper back."""
    if not is_there:
        return [ARC_03.objection("这份材料已经收回")]
    if is_recorded:
        return [ARC_03.objection("所属步骤已经登记，材料不能收回", "可以补充一份，写明情况；登记有误的先退回该步骤。")]
    return []


def is_recorded(file: CaseFile, step: int, occurrence: int) -> bool:
    """Whether the step that a paper is of stands on record."""
    return any(one.step == step and one.occurrence == occurrence for one in file.held)


def steps_of(file: CaseFile, slot: str) -> list[int]:
    """The steps that a slot's papers can be of, in order."""
    return [one.number for one in file.path.steps if slot in one.slots]


def occurrence_of(file: CaseFile, step: int) -> int:
    """Of which time of a step a paper is that is put in now: the last on record, else the first to come; of a confirmation the one under way."""
    if step in AGAIN:
        return file.round
    last = file.last(step)
    return last.occurrence if last is not None else file.occurrence_next(step)


def usual_step(file: CaseFile, slot: str) -> int:
    """The step a paper is most likely of: the first of the slot's that is not on record, else the last."""
    steps: Collection[int] = steps_of(file, slot)
    return next((one for one in steps if file.last(one) is None), max(steps))
