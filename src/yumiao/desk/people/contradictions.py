"""What the facts of one person say against each other, judged by the rules an import judges rows by. Pure.

Nothing here blocks: history stands as it was recorded, and whoever knows better is told what to do. Must not know: pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.history import APPROVAL
from yumiao.admission.rules import ACTIVIST, APPLICATION, LONGEST_EXTENSION, STP_05, TARGET, case_objections
from yumiao.desk.people.facts import Facts, Membership, Tie, lasting
from yumiao.desk.workbook.rules import BOOK
from yumiao.kernel import identity
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people import models
from yumiao.people.models import PersonSecret
from yumiao.people.rules import (
    IDN_03,
    MEM_03,
    Declared,
    future_objections,
    membership_objections,
    number_objections,
    probation_end,
)
from yumiao.rulebook import Rule
from yumiao.talent.rules import TAL_02
from yumiao.units.rules import ORG_BRANCH, Kind

MENDED_IN: Final[Mapping[str, str]] = {
    "IDN-03": "number", "IDN-04": "explanation", "DEV-01": "born_on", "MEM-10": "confirmed_on",
}  # fmt: skip
"""By rule, the field of the form of correction in which it is mended."""
Numbers = Mapping[str, str]  # whole numbers by kind of `PersonSecret`


def contradictions(facts: Facts, numbers: Numbers, kind: Kind | None) -> list[Objection]:
    """Every one, in the order: numbers, membership, cultivation, pool, ties; `kind` is that of the unit where the person stands."""
    found = [*_numbers(facts, numbers), *_branch(kind), *_membership(facts), *_cultivation(facts), *_ties(facts)]
    return [replace(one, next_step=one.next_step or _next_step(one.rule)) for one in found]


def _next_step(rule: str) -> str:
    """What to do about an objection of this rule."""
    steps = {
        "IDN-03": _("核对户口簿和旧身份证：公民身份号码有误的更正，原身份证号码有误的填入党员表后重新导入。"),
        "IDN-04": _("核对档案和身份证；以认定的为准，认定依据写入“与证件不一致说明”。"),
        "DEV-01": _("核对出生日期和入党（申请）日期，日期有误的请办理更正。"),
        "DEV-21": _("核对日期，有误的请办理更正。"),
        "MEM-03": _("核对入党志愿书中的支部大会和审批日期，有误的请办理更正。"),
        "MEM-04": _("核对入党志愿书，把正确的转正日期填入党员表后重新导入。"),
        "MEM-10": _("核对入党志愿书，补填转正日期或更正人员类别。"),
        "STP-05": _("由党支部另行指定一至两名正式党员作为培养联系人，填入发展培养表后重新导入。"),
        "TAL-02": _("由乡镇党委另行指定老党员和联村导师，填入人才库表后重新导入。"),
        "WBK-09": _("已入党的，请在党员表中登记，系统随即结束培养并移出人才库。"),
        "WBK-12": _("确认主要类别；不再需要的一类请移出人才库。"),
    }
    return steps.get(rule, _("请核对原始材料，有误的请办理更正。"))


def _numbers(facts: Facts, numbers: Numbers) -> Iterator[Objection]:
    record, whole = facts.record, numbers.get(PersonSecret.Kind.IDENTITY, "")
    try:
        parsed = identity.parse(whole)
    except identity.InvalidIdentity:
        return
    reasons = {field: reason for field, _value, reason in facts.statements}
    for field, born_on, sex in (("sex", None, record.sex), ("born_on", record.born_on, None)):
        declared = Declared(parsed, sex, born_on, reasons.get(field, ""))
        for _field, objection in number_objections(declared):
            reason = reasons.get(field, "")
            text = objection.text + (_("：“%(reason)s”") % {"reason": reason} if reason else "")
            yield replace(objection, text=text)
    yield from _former(numbers, parsed.number)


def _former(numbers: Numbers, number: str) -> Iterator[Objection]:
    former = numbers.get(PersonSecret.Kind.FORMER, "")
    if not former:
        return
    try:
        agrees = identity.from_fifteen(former) == number
    except identity.InvalidIdentity:
        agrees = False
    if not agrees:
        yield IDN_03.objection(_("原身份证号码与公民身份号码对不上"), severity=Severity.WARN)


def _branch(kind: Kind | None) -> Iterator[Objection]:
    if kind is not None and not ORG_BRANCH.holds(kind=kind.label):
        yield ORG_BRANCH.objection(_("登记在%(kind)s，而不是具体党支部") % {"kind": kind.label})


def _membership(facts: Facts) -> Iterator[Objection]:
    member = facts.membership
    if member is None:
        return
    days = {"membership_on": member.membership_on, "confirmed_on": member.confirmation_stated_on}
    yield from (objection for _field, objection in future_objections(facts.day, **days))
    is_full = member.full_member_on is not None and member.full_member_on <= facts.day
    for _field, objection in membership_objections(
        born_on=facts.record.born_on,
        is_full=is_full if member.ended_on is None else None,
        membership_on=member.membership_on,
        confirmed_on=member.confirmation_stated_on,
    ):
        yield objection
    if member.ended_on is None and not is_full and (over := _probation_over(facts, member)) < facts.day:
        yield MEM_03.objection(
            _("预备期已于%(day)s届满，没有登记转正、延长或取消预备党员资格") % {"day": on_paper(over)},
            _("请党支部及时讨论转正，登记第 22 至 24 步。")
            if facts.case is not None and facts.case.held_on(APPROVAL)
            else _("请党支部及时讨论转正，并把结果填入党员表后重新导入；已办理的请补登记。"),
        )
    if member.ended_on is None and facts.case is not None and facts.case.held_on(APPROVAL) is None:
        yield _also_member(_("已是党员，发展培养中仍有没有结束的记录"))
    if member.ended_on is None and facts.open_talents():
        yield _also_member(_("已是党员，仍在人才库中"))


def _probation_over(facts: Facts, member: Membership) -> date:
    """The day the probation expires; of one extended without a day on record, the longest there may be."""
    is_extended = any(one.word == models.MembershipState.State.PROBATION_EXTENDED for one in facts.open_states())
    months = LONGEST_EXTENSION if is_extended else 0
    return member.probation_end_on or probation_end(member.probation_start_on, extended_months=months)


def _also_member(text: str) -> Objection:
    return BOOK.by_id("WBK-09").objection(text, severity=Severity.WARN)


def _cultivation(facts: Facts) -> Iterator[Objection]:
    if (case := facts.case) is not None:
        days = {
            "applied_on": case.held_on(APPLICATION),
            "activist_on": case.held_on(ACTIVIST),
            "target_on": case.held_on(TARGET),
        }
        yield from (objection for _field, objection in future_objections(facts.day, **days))
        yield from (objection for _field, objection in case_objections(born_on=facts.record.born_on, **days))
    categories = {one.word for one in facts.open_talents()}
    if len(categories) > 1:
        text = _("同时登记在人才库的 %(count)s 个类别") % {"count": len(categories)}
        yield BOOK.by_id("WBK-12").objection(text, severity=Severity.INFO)


def _ties(facts: Facts) -> Iterator[Objection]:
    named: dict[str, set[int]] = {}
    for tie in lasting(facts.ties, facts.day):
        rule = STP_05 if tie.kind == models.Tie.Kind.CONTACT else TAL_02
        group = named.setdefault(rule.id, {facts.person})
        if why := _why_not(tie, rule, group):
            yield rule.objection(why, severity=Severity.WARN)
        if tie.other is not None:
            group.add(tie.other)


def _why_not(tie: Tie, rule: Rule, named: set[int]) -> str:
    """Why the person named should not be it; who may be a mentor is not defined."""
    title = str(models.Tie.Kind(tie.kind).label)
    if tie.other is None:
        return _("%(title)s不是系统中登记的人") % {"title": title}
    if tie.other in named:
        return _("%(title)s%(name)s是本人，或与另一位联系人是同一人") % {"title": title, "name": tie.name}
    if tie.kind == models.Tie.Kind.CONTACT and not rule.holds(full_since=tie.full_since, on=tie.since, is_other=True):
        return _("%(title)s%(name)s在%(day)s还不是正式党员") % {
            "title": title, "name": tie.name, "day": on_paper(tie.since),
        }  # fmt: skip
    if tie.kind == models.Tie.Kind.VETERAN and not rule.holds(full_since=tie.full_since, on=tie.since):
        return _("%(title)s%(name)s在%(day)s党龄不满十年") % {
            "title": title, "name": tie.name, "day": on_paper(tie.since),
        }  # fmt: skip
    return ""
