"""Everything against recording one step of one case, at once: order, terms, who helps, votes, training, membership dates. Pure.

The same function answers pages, services, API, late entries, random walks and the preview of an edition. Each answer names the days it compared and, where a
day too early is what is wrong, the first lawful one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.gate_rules import gate_objections
from yumiao.admission.history import AGAIN, CaseFile
from yumiao.admission.path import Ask, Outcome, Step, Terms
from yumiao.admission.rules import DEV_03, DEV_07
from yumiao.admission.step_judges import JUDGES
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import DEV_21
from yumiao.rulebook import Rule

ORDER: Final = {
    4: rules.DEV_04, 5: rules.DEV_04, 6: rules.DEV_26, 9: rules.DEV_08, 10: rules.DEV_08, 11: rules.DEV_08, 12: rules.DEV_10,
    13: rules.DEV_11, 14: rules.DEV_12, 15: rules.DEV_23, 16: rules.DEV_14, 17: rules.DEV_14, 18: rules.DEV_16,
    19: rules.DEV_16, 20: rules.DEV_16, 24: rules.DEV_24, 25: rules.DEV_25, 8: DEV_07, 3: DEV_03,
}  # fmt: skip
"""Which rule says that a step is not dated before what it stands on; DEV-28 where no other does."""


def objections(file: CaseFile, asked: Asked, ground: Ground) -> list[Objection]:
    """Everything against it; empty means it can be recorded. What only warns needs a reason."""
    step = file.path.by_number[asked.step]
    found = list(_standing(file, step, asked, ground))
    found += _order(file, step, asked)
    found += _own(file, step, asked, ground)
    found += gate_objections(file, asked, ground)
    if ground.today - asked.on > timedelta(days=ground.terms.late_days):
        late = (ground.today - asked.on).days
        found.append(
            rules.DEV_22.objection(
                f"事后 {late} 天登记，属于补录，由第二人确认后生效", "写明原因，提交后请另一名有权的人员确认。"
            )
        )
    return found


def past_objections(file: CaseFile, asked: Asked, ground: Ground) -> list[Objection]:
    """Against a step that stands on record already: its day among the days before it and what is asked of it alone; not whether it could be
    recorded today, nor on which ballot it rests.
    """
    found = list(_order(file, file.path.by_number[asked.step], asked))
    judge = JUDGES.get(asked.step)
    return [*found, *judge(file, asked, ground)] if judge is not None else found


def blocking(found: Sequence[Objection]) -> list[Objection]:
    return [one for one in found if one.severity is Severity.BLOCK]


def warnings(found: Sequence[Objection]) -> list[Objection]:
    return [one for one in found if one.severity is Severity.WARN]


def _standing(file: CaseFile, step: Step, asked: Asked, ground: Ground) -> Iterator[Objection]:
    """Whether the case stands where this step can be recorded at all."""
    if not DEV_21.holds(day=asked.on, today=ground.today):
        yield DEV_21.objection(f"日期 {on_paper(asked.on)}晚于今天 {on_paper(ground.today)}")
    if file.ended_on is not None and not rules.STP_27.holds(on=ground.today, ends_on=file.ended_on):
        yield rules.STP_27.objection(f"本案已于{on_paper(file.ended_on)}结束")
    elif (rest := file.resting_on(ground.today)) is not None:
        yield rules.STP_27.objection(f"自{on_paper(rest.since)}起暂停办理", "先在本人档案页恢复办理。")
    done = file.done(ground.terms)
    if not rules.STP_26.holds(after=step.after, done=done):
        missing = [file.path.by_number[one] for one in step.after if one not in done]
        yield rules.STP_26.objection(
            f"前置步骤没有完成：{'、'.join(one.label for one in missing)}", f"先办理{missing[0].label}。"
        )
    if _is_held(file, step, ground.terms):
        yield rules.STP_26.objection(f"{step.label}已经登记", "登记有误的，退回到这一步后重新登记。")
    waiting = [one for one in file.waiting if one.step == step.number or one.step in file.path.ground_of(step.number)]
    if waiting:
        yield rules.DEV_22.objection(
            f"{file.path.by_number[waiting[0].step].label}的补录等待第二人确认",
            "请另一名有权的人员确认或者退回后再登记。",
            severity=Severity.BLOCK,
        )


def _is_held(file: CaseFile, step: Step, terms: Terms) -> bool:
    """Whether it is on record already and does not repeat; one that did not pass counts too, until it is returned."""
    if step.repeats:
        return (step.number == 6 and file.on(7) is not None) or (step.number == 21 and file.is_confirmed)
    found = file.all(step.number)
    if step.number in AGAIN:
        found = [one for one in found if one.occurrence >= file.round]
    return bool(found)


def _order(file: CaseFile, step: Step, asked: Asked) -> Iterator[Objection]:
    """Not dated before any step it stands on; what stands on it is not there yet."""
    rule: Rule = ORDER.get(step.number, rules.DEV_28)
    days = [(day, one) for one in step.after if (day := _day_before(file, one, step)) is not None]
    if not days:
        return
    before, last = max(days)
    if asked.on < before:
        label = file.path.by_number[last].label
        text = f"日期 {on_paper(asked.on)}早于{label}的日期 {on_paper(before)}"
        yield rule.objection(text, f"最早为{on_paper(before)}。", severity=Severity.BLOCK)


def _day_before(file: CaseFile, before: int, step: Step) -> date | None:
    if before == 6 and step.number == 7:
        return max((one.on for one in file.all(6)), default=None)
    if before == 21 and step.number == 22:
        return file.on(21)
    return file.on(before)


def _own(file: CaseFile, step: Step, asked: Asked, ground: Ground) -> Iterator[Objection]:
    """What is asked of this step alone."""
    judge = JUDGES.get(step.number)
    if judge is not None:
        yield from judge(file, asked, ground)
    if step.asks_for(Ask.OUTCOME) and asked.outcome is None:
        yield rules.STP_15.objection("没有写明结果", "选择通过或者不通过。", severity=Severity.BLOCK)
    if step.asks_for(Ask.MOTION):
        yield from _voted(file, step, asked)


def _voted(file: CaseFile, step: Step, asked: Asked) -> Iterator[Objection]:
    vote = asked.vote
    if vote is None:
        yield rules.STP_15.objection("没有对本人表决的会议记录", "先在“会议”中登记会议和对本人的表决，再登记本步骤。")
    elif vote.person != file.person:
        yield rules.STP_15.objection("所选的表决不是对本人的表决")
    elif vote.on != asked.on:
        yield rules.STP_15.objection(
            f"日期 {on_paper(asked.on)}与会议日期 {on_paper(vote.on)}不一致", f"应为{on_paper(vote.on)}。"
        )
    elif vote.result == "no_quorum":
        yield rules.STP_15.objection(f"会议无效：{vote.said}", "重新召开会议。")
    elif vote.result != "passed" and asked.outcome is not Outcome.FAILED:
        yield rules.STP_15.objection(f"表决没有通过：{vote.said}", "登记为不通过，或者重新讨论。")
