"""五关: how a case stands at each of the five gates, from its steps, notices and votes (domain 4.4). Pure; nothing is stored.

Must not know: pages, who may act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from yumiao.admission.asked import Ground
from yumiao.admission.gates import KIND_BEFORE, STOP, SUSPEND, notice_for
from yumiao.admission.history import CaseFile, Held
from yumiao.admission.step_judges import is_trained
from yumiao.kernel.periods import add_months, on_paper


class State(StrEnum):
    """How a case stands at a gate: in this order a page draws it."""

    PASSED = "passed"
    UNDER_WAY = "under_way"
    HELD_UP = "held_up"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        return {
            "passed": "已过关",
            "under_way": "进行中",
            "held_up": "未过关",
            "not_yet": "未开始",
            "not_asked": "本县不要求",
        }[self.value]


TITLES: Final = {
    "nomination": "推荐关",
    "training": "培训关",
    "publicity": "公示关",
    "observation": "考察关",
    "ballot": "票决关",
}
KEYS: Final = tuple(TITLES)
STEPS: Final = {
    "nomination": (3, 4), "training": (6, 11), "publicity": (13, 15, 23), "observation": (6, 10, 12, 21), "ballot": (15, 17, 23, 24),
}  # fmt: skip
"""By gate: the steps it is read from."""


@dataclass(frozen=True, slots=True)
class FiveGate:
    """One gate of one case. `said`: what is missing or wrong, in words; empty of one that was passed."""

    key: str
    state: State
    said: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def steps(self) -> tuple[int, ...]:
        return STEPS[self.key]


def gates_of(file: CaseFile, ground: Ground) -> tuple[FiveGate, ...]:
    """All five, in their order."""
    return (
        _gate("nomination", *_nomination(file)),
        _gate("training", *_training(file, ground)),
        _gate("publicity", *_publicity(file, ground)),
        _gate("observation", *_observation(file, ground)),
        _gate("ballot", *_ballot(file)),
    )


def _gate(key: str, state: State, said: str) -> FiveGate:
    return FiveGate(key, state, said)


_Found = tuple[State, str]


def _label(file: CaseFile, step: int) -> str:
    return file.path.by_number[step].label


def _nomination(file: CaseFile) -> _Found:
    """A recommendation decided by the branch committee, and filed."""
    chosen, filed = file.last(3), file.last(4)
    if chosen is None:
        return State.NOT_YET, "还没有推荐和确定为入党积极分子"
    if filed is None:
        return State.UNDER_WAY, f"{_label(file, 4)}没有登记"
    if not filed.is_passed:
        return State.HELD_UP, "上级党委不同意备案"
    return State.PASSED, ""


def _training(file: CaseFile, ground: Ground) -> _Found:
    """Two inspections of the cultivation, and the training in days or hours (DEV-09), or an exemption."""
    last, looked = file.last(11), len(file.all(6))
    if last is None and not looked:
        return State.NOT_YET, "还没有培养教育考察和集中培训"
    if last is not None and not is_trained(file, last, ground):
        return State.HELD_UP, "集中培训的天数、学时不足，没有批准例外"
    if looked < ground.terms.fewest_inspections:
        return State.UNDER_WAY, f"培养教育考察 {looked} 次，至少 {ground.terms.fewest_inspections} 次"
    if last is None:
        return State.UNDER_WAY, f"{_label(file, 11)}没有登记"
    return State.PASSED, ""


def _publicity(file: CaseFile, ground: Ground) -> _Found:
    """Every notice that is due is over, and every objection concluded."""
    asked = [step for step in (15, 23) if KIND_BEFORE[step][0] in ground.asks]
    if not asked:
        return State.NOT_ASKED, ""
    if any(one.is_open for one in file.objected):
        return State.HELD_UP, f"有 {sum(one.is_open for one in file.objected)} 件异议、举报没有办结"
    if any(one.effect in (STOP, SUSPEND) for one in file.objected):
        return State.HELD_UP, "经调查决定暂缓或者停止办理"
    found = [one for step in asked if (one := _notice(file, step, ground)) is not None]
    if not found:
        return State.NOT_YET, "还没有预审合格"
    worst = next((one for one in found if one[0] is State.HELD_UP), None)
    return worst or next((one for one in found if one[0] is State.UNDER_WAY), (State.PASSED, ""))


def _notice(file: CaseFile, step: int, ground: Ground) -> _Found | None:
    """One notice: before step 15 or 23; None where its time has not come."""
    before = {15: 13, 23: 17}[step]
    since, held = file.last(before), file.last(step)
    if since is None or not since.is_passed:
        return None
    posted = notice_for(file.notices, KIND_BEFORE[step][1], since.on)
    if posted is None:
        if held is not None:
            return State.HELD_UP, f"{_label(file, step)}以前没有公示记录"
        ends = file.probation_end_on
        if step == 23 and (ends is None or ground.today < add_months(ends, -1)):
            return None
        return State.UNDER_WAY, "待公示"
    if held is not None and held.on <= posted.closes_on:
        return State.HELD_UP, f"{_label(file, step)}早于公示届满"
    if ground.today <= posted.closes_on:
        return State.UNDER_WAY, f"公示至{on_paper(posted.closes_on)}"
    return State.PASSED, ""


def _observation(file: CaseFile, ground: Ground) -> _Found:
    """Inspections on time, a political review and a review by the branch committee that passed; on probation an entry."""
    for step in (10, 12):
        last = file.last(step)
        if last is not None and not last.is_passed:
            return State.HELD_UP, f"{_label(file, step)}没有通过"
    if (late := _gap(file, ground)) is not None:
        return State.HELD_UP, late
    if file.last(3) is None:
        return State.NOT_YET, "还没有确定为入党积极分子"
    if file.last(10) is None or file.last(12) is None:
        missing = [_label(file, step) for step in (10, 12) if file.last(step) is None]
        return State.UNDER_WAY, f"{'、'.join(missing)}没有登记"
    if file.last(17) is not None and file.last(23) is None and not file.all(21):
        return State.UNDER_WAY, f"{_label(file, 21)}没有登记"
    if file.last(23) is not None and not file.all(21):
        return State.HELD_UP, f"{_label(file, 21)}没有登记"
    return State.PASSED, ""


def _gap(file: CaseFile, ground: Ground) -> str | None:
    """That an inspection came too late, or is overdue (DEV-05)."""
    begun, ends = file.on(3), file.on(7)
    if begun is None:
        return None
    months = ground.terms.inspection_months + ground.terms.inspection_grace
    days = [begun, *sorted(one.on for one in file.all(6))]
    late = [on for before, on in pairwise(days) if on > add_months(before, months)]
    if late and not all(one.reason for one in file.all(6) if one.on in late):
        return f"两次考察间隔超过 {months} 个月"
    if ends is None and file.is_open_on(ground.today) and ground.today > add_months(days[-1], months):
        return f"距上次考察超过 {months} 个月"
    return None


def _ballot(file: CaseFile) -> _Found:
    """The branch meeting's vote and the committee's; after the probation both once more."""
    votes: Sequence[tuple[int, Held | None]] = [(step, file.last(step)) for step in (15, 17, 23, 24)]
    for step, held in votes:
        if held is not None and not held.is_passed:
            return State.HELD_UP, f"{_label(file, step)}没有通过"
    met, approved, discussed, confirmed = (held for _step, held in votes)
    if met is None:
        return State.NOT_YET, "还没有支部大会表决"
    if approved is None:
        return State.UNDER_WAY, f"{_label(file, 17)}没有登记"
    if discussed is not None and confirmed is None:
        return State.UNDER_WAY, f"{_label(file, 24)}没有登记"
    return State.PASSED, ""
