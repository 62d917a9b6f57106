"""What is asked of each step alone: its term, its helpers, its numbers, its dates. Pure; `case_rules` asks them together with the order.

Where a day too early is what is wrong, the first lawful one is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.history import APPROVAL, CONFIRMATION, DISCUSSION, MEETING, CaseFile, Held, Helper
from yumiao.admission.path import Outcome, Terms
from yumiao.admission.rules import DEV_02, DEV_06, DEV_09, DEV_15, DEV_17, DEV_18, DEV_19, STP_05
from yumiao.kernel.ages import completed_years
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import add_months, add_years, on_paper
from yumiao.kernel.workdays import MissingYear
from yumiao.people.rules import ADULT, DEV_01
from yumiao.rulebook import Rule

WHO_MAY_LIFT: Final = "确有特殊情况的，由{who}批准例外并写明理由。"


def _application(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    if file.born_on is None or DEV_01.holds(born_on=file.born_on, on=asked.on):
        return
    if completed_years(file.born_on, asked.on, ground.leap) < ADULT:
        first = add_years(file.born_on, ADULT)
        yield DEV_01.objection(
            f"递交申请书时未满十八周岁（出生于{on_paper(file.born_on)}）",
            f"{on_paper(first)}起可以申请，满十八周岁后重新递交。",
        )


def _talk(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    applied = file.on(1)
    if applied is not None and asked.on > (due := add_months(applied, ground.terms.talk_months)):
        yield DEV_02.objection(
            f"谈话日期 {on_paper(asked.on)}超过期限 {on_paper(due)}（申请于{on_paper(applied)}）",
            "写明原因。",
            severity=Severity.WARN,
        )


def _activist(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    applied, least = file.on(1), ground.terms.months_to_activist
    if applied is not None and least and not rules.STP_03.holds(before=applied, on=asked.on, least=least):
        first = add_months(applied, least)
        yield rules.STP_03.objection(
            f"申请后未满 {least} 个月（申请于{on_paper(applied)}）", f"最早为{on_paper(first)}。"
        )


def _in_working_days(rule: Rule, start: date | None, days: int, on: date, ground: Ground) -> Iterator[Objection]:
    """A term in working days; a year without a calendar is refused, never guessed (CAL-01)."""
    if start is None or ground.calendar is None or (on - start).days <= days:
        return
    try:
        due = ground.calendar.add_working_days(start, days)
    except MissingYear as missing:
        yield Objection("CAL-01", str(missing), "工作日历", Severity.BLOCK, "先录入该年节假日安排。")
        return
    if not rule.holds(due_on=due, on=on):
        yield rule.objection(
            f"日期 {on_paper(on)}超过期限 {on_paper(due)}（自{on_paper(start)}起 {days} 个工作日）", "写明原因。"
        )


def _filed(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from _in_working_days(rules.STP_04, file.on(3), ground.terms.filing_days, asked.on, ground)


def _contacts(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from contact_objections(file, asked.contacts, asked.on, ground.terms)
    yield from _in_working_days(rules.STP_05B, file.on(3), ground.terms.contacts_days, asked.on, ground)


def contact_objections(file: CaseFile, contacts: Sequence[Helper], on: date, terms: Terms) -> Iterator[Objection]:
    """One or two full members, not the person himself, not the same twice (STP-05)."""
    if not terms.fewest_contacts <= len(contacts) <= terms.most_contacts:
        yield STP_05.objection(
            f"培养联系人应为 {terms.fewest_contacts} 至 {terms.most_contacts} 人", severity=Severity.BLOCK
        )
    for text in _unfit(file, contacts, on):
        yield STP_05.objection(text, "另行指定正式党员。", severity=Severity.BLOCK)


def introducer_objections(file: CaseFile, introducers: Sequence[Helper], on: date, terms: Terms) -> Iterator[Objection]:
    """Exactly two full members, none under 留党察看 (STP-09)."""
    if len(introducers) != terms.introducers:
        yield rules.STP_09.objection(f"入党介绍人应为 {terms.introducers} 人")
    for text in _unfit(file, introducers, on):
        yield rules.STP_09.objection(text, "另行确定正式党员。")
    for one in introducers:
        if one.is_full_on(on) and one.is_barred_on(on):
            yield rules.STP_09.objection(f"{one.name}受留党察看处分，尚未恢复党员权利", "另行确定正式党员。")


def _unfit(file: CaseFile, helpers: Sequence[Helper], on: date) -> Iterator[str]:
    seen: set[int] = set()
    for one in helpers:
        if one.person == file.person:
            yield "不能是本人"
        elif one.person is not None and one.person in seen:
            yield f"{one.name}重复"
        elif not one.is_full_on(on):
            yield f"{one.name}在{on_paper(on)}不是正式党员"
        seen.add(one.person or 0)


def _inspection(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    last = max((one.on for one in file.all(6)), default=file.on(3))
    if last is None:
        return
    if asked.on < last:
        yield rules.DEV_26.objection(f"考察日期早于上一次 {on_paper(last)}", f"最早为{on_paper(last)}。")
    due = add_months(last, ground.terms.inspection_months + ground.terms.inspection_grace)
    if asked.on > due:
        yield rules.DEV_05.objection(
            f"距上一次（{on_paper(last)}）超过 {ground.terms.inspection_months} 个月，宽限至{on_paper(due)}",
            "写明原因。",
        )


def earliest_target(file: CaseFile, terms: Terms) -> date | None:
    """The first day on which an activist may be a target (DEV-06); time of a rest that does not count is added.

    It is added where the time begins, not where it ends: else a month's end could bring the day nearer when the beginning moves later.
    """
    begun = file.on(3)
    if begun is None:
        return None
    first = add_months(begun, terms.activist_months)
    while (later := add_months(begun + timedelta(days=file.idle_days(begun, first)), terms.activist_months)) != first:
        first = later
    return first


def _target(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    first = earliest_target(file, ground.terms)
    if first is not None and asked.on < first:
        begun = file.on(3)
        assert begun is not None
        yield DEV_06.objection(
            f"培养教育考察未满 {ground.terms.activist_months} 个月（{on_paper(begun)}确定为积极分子）",
            f"最早为{on_paper(first)}。",
            severity=Severity.BLOCK,
        )


def _introducers(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from introducer_objections(file, asked.introducers, asked.on, ground.terms)


def is_trained(file: CaseFile, held: Asked | Held, ground: Ground) -> bool:
    """Whether a training is long enough in days or in hours, or was exempted (DEV-09)."""
    days, hours = held.days or 0, held.hours or Decimal(0)
    return days >= ground.terms.training_days or hours >= ground.terms.training_hours or file.is_exempt("DEV-09", 11)


def _training(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    days, hours = asked.days or 0, asked.hours or Decimal(0)
    if is_trained(file, asked, ground):
        return
    text = f"培训 {days} 天、{hours.normalize():f} 学时，不足 {ground.terms.training_days} 天或者 {ground.terms.training_hours} 学时"
    yield DEV_09.objection(text, WHO_MAY_LIFT.format(who=rules.EXEMPTIBLE["DEV-09"]))


def _reviewed(file: CaseFile, on: date, ground: Ground) -> Iterator[Objection]:
    reviewed = file.on(10)
    if reviewed is not None and on > (due := add_months(reviewed, ground.terms.review_months)):
        yield rules.STP_10.objection(
            f"政治审查结论（{on_paper(reviewed)}）有效至{on_paper(due)}", "重新进行政治审查，或者写明原因。"
        )


def _prereview(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from _reviewed(file, asked.on, ground)
    if file.leaving:
        yield rules.STP_13B.objection("本人的材料或者组织关系正在转出", "写明仍需办理的原因。")


def _meeting(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from _reviewed(file, asked.on, ground)
    seen = file.on(13)
    if seen is not None and asked.on > (due := add_months(seen, ground.terms.meeting_months)):
        yield rules.STP_13.objection(f"预审于{on_paper(seen)}，期限 {on_paper(due)}", "写明原因。")
    if file.born_on is not None and completed_years(file.born_on, asked.on, ground.leap) < ADULT:
        yield DEV_01.objection("支部大会之日未满十八周岁", f"最早为{on_paper(add_years(file.born_on, ADULT))}。")


def _approval(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    met = file.on(MEETING)
    if met is None:
        return
    stop, due = add_months(met, ground.terms.approval_most_months), add_months(met, ground.terms.approval_months)
    if asked.on > stop:
        yield DEV_15.objection(
            f"距支部大会（{on_paper(met)}）超过 {ground.terms.approval_most_months} 个月，期限为{on_paper(stop)}",
            "退回到支部大会讨论，重新办理；预备期自新的支部大会起算。",
        )
    elif asked.on > due:
        yield DEV_15.objection(
            f"距支部大会（{on_paper(met)}）超过 {ground.terms.approval_months} 个月（{on_paper(due)}）",
            "写明原因。",
            severity=Severity.WARN,
        )
    if asked.begins_on is not None and not DEV_17.holds(met_on=met, begins_on=asked.begins_on):
        yield DEV_17.objection(
            f"预备期应自支部大会之日 {on_paper(met)}起算，不是{on_paper(asked.begins_on)}", f"应为{on_paper(met)}。"
        )


def _cod(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from _in_working_days(rules.STP_18, file.on(APPROVAL), ground.terms.filing_days, asked.on, ground)


def _assigned(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    yield from _in_working_days(rules.STP_19, file.on(APPROVAL), ground.terms.assignment_days, asked.on, ground)


def _oath(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    approved = file.on(APPROVAL)
    if approved is not None and asked.on > (due := add_months(approved, ground.terms.oath_months)):
        yield rules.STP_20.objection(f"审批于{on_paper(approved)}，期限 {on_paper(due)}", "写明原因。")


def expiry(file: CaseFile, terms: Terms) -> date | None:
    """The day the probation expires, an extension counted (MEM-03); None before the branch meeting."""
    met = file.on(MEETING)
    if met is None:
        return None
    return add_months(met, terms.probation_months + file.extended_months)


def extended_on(file: CaseFile) -> date | None:
    """The day on which the probation was extended: what is done once more is done from then on; None where it was not."""
    return max((one.on for one in file.all(CONFIRMATION) if one.outcome is Outcome.EXTENDED), default=None)


def _request(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    extended = extended_on(file)
    if extended is not None and asked.on < extended:
        text = f"日期 {on_paper(asked.on)}早于批准延长预备期的日期 {on_paper(extended)}"
        yield rules.DEV_28.objection(text, f"最早为{on_paper(extended)}。")
    ends = expiry(file, ground.terms)
    if ends is not None and not rules.STP_22.holds(due_on=ends, on=asked.on):
        yield rules.STP_22.objection(f"预备期满于{on_paper(ends)}，转正申请一般在满前、满后一个月内提出", "写明原因。")


def _discussion(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    ends, met = expiry(file, ground.terms), file.on(MEETING)
    if ends is None or met is None:
        return
    if asked.on < ends:
        yield DEV_18.objection(f"预备期未满，届满之日为{on_paper(ends)}", f"最早为{on_paper(ends)}。")
    elif file.transferred_on is not None:
        if asked.on > (due := add_months(ends, ground.terms.transferred_months)):
            yield rules.MEM_06.objection(f"转入的预备党员最迟{on_paper(due)}讨论", "写明原因。")
    elif asked.on > (due := ends + timedelta(days=ground.terms.discussion_days)):
        yield rules.STP_23.objection(
            f"预备期满于{on_paper(ends)}，应在{on_paper(due)}前讨论", "写明原因；不影响党龄起算。"
        )
    yield from _extension(file, asked, ground)


def _extension(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    if asked.outcome is not Outcome.EXTENDED:
        return
    before = file.round - 1
    least, most = ground.terms.shortest_extension, ground.terms.longest_extension
    if before:
        yield DEV_19.objection("预备期已经延长过一次")
    elif not least <= asked.months <= most:
        yield DEV_19.objection(f"延长的时间为 {least} 至 {most} 个月，不能是 {asked.months} 个月")


def _confirmation(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    held = file.last(DISCUSSION)
    if held is None:
        return
    if asked.on > (due := add_months(held.on, ground.terms.approval_months)):
        yield rules.DEV_20.objection(f"支部大会讨论于{on_paper(held.on)}，审批期限 {on_paper(due)}", "写明原因。")
    agreed = {held.outcome, Outcome.FAILED}
    if held.outcome is not None and asked.outcome not in agreed:
        yield rules.STP_15.objection(
            f"支部大会的决议是“{held.outcome.label}”，审批结果应与决议一致，或者登记为不批准", severity=Severity.BLOCK
        )
    yield from _extension(file, asked, ground)


def _archive(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    approved = file.on(CONFIRMATION)
    if approved is not None and asked.on > (due := add_months(approved, ground.terms.archive_months)):
        yield rules.STP_25.objection(f"审批于{on_paper(approved)}，期限 {on_paper(due)}", "写明原因。")
    if not file.is_confirmed:
        yield rules.STP_26.objection("没有批准转正，不能按转正归档")


JUDGES: Final[Mapping[int, Callable[[CaseFile, Asked, Ground], Iterable[Objection]]]] = {
    1: _application, 2: _talk, 3: _activist, 4: _filed, 5: _contacts, 6: _inspection, 7: _target, 9: _introducers, 11: _training,
    13: _prereview, 15: _meeting, 17: _approval, 18: _cod, 19: _assigned, 20: _oath, 22: _request, 23: _discussion,
    24: _confirmation, 25: _archive,
}  # fmt: skip
