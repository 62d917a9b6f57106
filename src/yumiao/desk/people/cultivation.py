"""The cases of a person on the line of time: every step by its title, late ones marked, returns, rests, the end. Must not know: pages, who looks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yumiao.admission.history import AGAIN, APPROVAL, CONFIRMATION, REPEATING
from yumiao.admission.models import CaseEnd, CaseReturn
from yumiao.admission.path import Outcome
from yumiao.admission.path_2014 import EDITION_2014
from yumiao.admission.rules import ACTIVIST, APPLICATION, MEETING, TARGET
from yumiao.desk.people.events import Event
from yumiao.desk.people.facts import Case, Facts, StepHeld
from yumiao.desk.people.movements import is_decided
from yumiao.kernel.periods import on_paper


def step_label(step: int) -> str:
    """A step as the timeline names it, beside others."""
    named = {
        APPLICATION: _("递交入党申请书"),
        ACTIVIST: _("确定为入党积极分子"),
        TARGET: _("列为发展对象"),
        MEETING: _("支部大会讨论接收预备党员"),
        23: _("支部大会讨论转正"),
        CONFIRMATION: _("上级党委审批转正"),
    }
    return named.get(step) or str(EDITION_2014.by_number[step].title)


def approvals(facts: Facts) -> set[int]:
    """The entries of steps that wrote a membership anew: what they changed happened and was no mistake."""
    steps = (one for case in facts.cases.values() for one in case.held)
    return {one.known.entry for one in steps if one.step in (APPROVAL, CONFIRMATION)}


def cultivation(facts: Facts) -> Iterator[Event]:
    """Every case, step by step."""
    for case in facts.cases.values():
        yield from (Event(one.on, step_title(one), _note(one), "key", one.known, _order(one.step)) for one in case.held)
        yield from _between(facts, case)
        if case.end is not None and case.end[1] != CaseEnd.How.ADMITTED and not is_decided(facts, case.end[0]):
            ended_on, how, known = case.end
            yield Event(ended_on, _("培养结束：%(how)s") % {"how": CaseEnd.How(how).label}, "", "", known, 38)


def _order(step: int) -> int:
    """What a step brings about stands after it on the same day: a membership has 31, being full 32."""
    return 1 + step


def step_title(one: StepHeld) -> str:
    """A record by the title of its step, with the count of what repeats and an outcome that is not the usual one."""
    title = step_label(one.step)
    if one.step in REPEATING or (one.step in AGAIN and one.occurrence > 1):
        title = _("%(title)s（第 %(count)s 次）") % {"title": title, "count": one.occurrence}
    if one.outcome is Outcome.EXTENDED:
        return _("%(title)s：延长预备期 %(months)s 个月") % {"title": title, "months": one.months}
    if one.outcome in (Outcome.FAILED, Outcome.CANCELLED):
        return _("%(title)s：%(outcome)s") % {"title": title, "outcome": one.outcome.label}
    return title


def _note(one: StepHeld) -> str:
    return _("逾期补录，已由第二人确认") if one.is_late else ""


def _between(facts: Facts, case: Case) -> Iterator[Event]:
    """What is no step: late entries that wait, returns, rests."""
    for step, on, known in case.waits:
        yield Event(
            on, _("%(title)s：补录待确认") % {"title": step_label(step)}, _("确认前不计入"), "", known, _order(step)
        )
    for step, on, why, reason, known in case.returns:
        note = "；".join((str(CaseReturn.Why(why).label), reason))
        yield Event(on, _("退回到“%(title)s”") % {"title": step_label(step)}, note, "fix", known, 37)
    for one in case.rests:
        yield Event(one.since, _("暂停办理"), one.word, "", one.known, 36)
        if one.until is not None and one.until <= facts.day:
            yield Event(
                one.until, _("恢复办理"), _("自%(day)s起暂停") % {"day": on_paper(one.since)}, "", one.known, 37
            )
