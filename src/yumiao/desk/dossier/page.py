"""What a case's page shows, put together: the way with its 25 steps, where it stands, what is to be done by whom until when.

Must not know: requests, templates, how a day is worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext

from yumiao.admission.course import Ahead, State
from yumiao.admission.history import MEETING, CaseFile, Held, Helper
from yumiao.admission.order_rules import STP_26
from yumiao.admission.path import Ask, Outcome, Stage, Step
from yumiao.desk.dossier.recording import need_of
from yumiao.desk.dossier.seeing import Seen
from yumiao.desk.dossier.standing import is_overdue, passed_over, to_do
from yumiao.kernel.periods import on_paper
from yumiao.ui.addresses import reverse

_ = cache(gettext)  # a few words stand in twenty-five steps: each is translated once, as in the templates

Pairs = list[tuple[str, str]]
_TONES = {State.DONE: "done", State.FAILED: "stop", State.WAITING: "late", State.NOW: "now"}
_KINDS = {
    State.DONE: "ok", State.FAILED: "floor", State.WAITING: "guide", State.NOW: "warn", State.SOON: "clear", State.LATER: "na",
    State.OVER: "na",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A step on the page; `held` are its records in words, `url` opens its form for whoever may record it."""

    ahead: Ahead
    held: list[tuple[Held, Pairs]]
    url: str | None
    is_overdue: bool
    is_passed_over: bool

    @property
    def step(self) -> Step:
        return self.ahead.step

    @property
    def kind(self) -> str:
        """The kind of state that is drawn beside it."""
        return "floor" if self.is_overdue else "warn" if self.is_passed_over else _KINDS[self.ahead.state]

    @property
    def tone(self) -> str:
        """How its node is drawn on the line of stages."""
        return "late" if self.is_overdue else _TONES.get(self.ahead.state, "")

    @property
    def word(self) -> str:
        if self.is_passed_over:
            return _("没有登记")
        return _("已超期限") if self.is_overdue else self.ahead.state.label

    @property
    def missing(self) -> str:
        return "、".join(str(one) for one in self.ahead.missing)


@dataclass(frozen=True, slots=True)
class StageLines:
    """A stage with its steps."""

    stage: Stage
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(one.ahead.state is State.DONE for one in self.lines)

    @property
    def state(self) -> str:
        if self.done == len(self.lines):
            return "done"
        return "now" if self.done or any(one.ahead.is_open for one in self.lines) else "later"

    @property
    def is_shown(self) -> bool:
        """Whether it is unfolded: something of it is to be done."""
        return any(one.ahead.is_open or one.is_overdue or one.ahead.state is State.FAILED for one in self.lines)

    @property
    def note(self) -> str:
        return _("%(done)s / %(whole)s 步") % {"done": self.done, "whole": len(self.lines)}


def stages_of(seen: Seen) -> list[StageLines]:
    """The whole way."""
    passed = passed_over(seen.read.file, seen.course)
    lines = [_line(seen, ahead, is_passed_over=ahead.step.number in passed) for ahead in seen.course.steps]
    return [
        StageLines(stage, [one for one in lines if one.step.stage == stage.number])
        for stage in seen.read.file.path.stages
    ]


def nodes_of(stages: Sequence[StageLines]) -> list[tuple[str, str, str, list[tuple[int, str, str, str, str]]]]:
    """The same for the one line of stages; a node leads to its step below."""
    return [
        (
            one.stage.title, one.note, one.state,
            [(line.step.number, line.step.short, line.tone, line.word, f"#s{line.step.number}") for line in one.lines],
        )
        for one in stages
    ]  # fmt: skip


def _line(seen: Seen, ahead: Ahead, *, is_passed_over: bool) -> Line:
    may = ahead.is_open or (ahead.step.repeats and ahead.state is State.DONE)
    if ahead.state is State.WAITING or not seen.is_open or not seen.may(need_of(ahead.step)):
        may = False
    url = reverse("case_step", args=[seen.uid, ahead.step.number]) if may and _goes_on(seen.read.file, ahead) else None
    held = [(one, said_of(one, ahead.step, is_own=seen.is_own)) for one in ahead.held]
    late = seen.is_open and not is_passed_over and is_overdue(ahead, seen.course.today)
    return Line(ahead, held, url, late, is_passed_over and ahead.state is not State.WAITING)


def _goes_on(file: CaseFile, ahead: Ahead) -> bool:
    """Of what repeats, whether it may be held once more."""
    if ahead.state is not State.DONE:
        return True
    return (ahead.step.number == 6 and file.on(7) is None) or (ahead.step.number == 21 and not file.is_confirmed)


def to_do_of(stages: Sequence[StageLines], seen: Seen) -> list[Line]:
    """What is to be done, the most urgent first."""
    lines = {one.step.number: one for stage in stages for one in stage.lines}
    passed = passed_over(seen.read.file, seen.course)
    return [lines[ahead.step.number] for ahead in to_do(seen.course, passed)] if seen.is_open else []


def said_of(held: Held, step: Step, *, is_own: bool = False) -> Pairs:
    """What is on record of a step, in words; to whom it is about no opinion of others is shown."""
    found = [(_("日期"), on_paper(held.on))]
    if held.outcome is not None:
        found.append((_("结果"), outcome_label(held.outcome, step)))
    if held.months:
        found.append((_("延长"), _("%(count)s 个月") % {"count": held.months}))
    if held.document:
        found.append((_("文号"), held.document))
    if held.days is not None:
        found.append((_("培训天数"), _("%(count)s 天") % {"count": held.days}))
    if held.hours is not None:
        found.append((_("培训学时"), _("%(count)s 学时") % {"count": f"{held.hours.normalize():f}"}))
    if held.place:
        found.append((_("地点"), held.place))
    if is_own:
        return found
    found += [(label, text) for label, text in ((people_label(step), held.people), (_("情况"), held.note)) if text]
    if held.reason:
        found.append((_("理由"), held.reason))
    if held.is_late:
        found.append((_("登记方式"), _("补录，已由第二人确认")))
    if held.is_imported:
        found.append((_("登记方式"), _("导入")))
    if held.entered_on is not None:
        found.append((_("记入"), on_paper(held.entered_on)))
    return found


def outcome_label(outcome: Outcome, step: Step) -> str:
    """What came out of a step, in the words of that step."""
    if step.number in (4, 8) and outcome in (Outcome.PASSED, Outcome.FAILED):
        return _("同意备案") if outcome is Outcome.PASSED else _("不同意备案")
    if step.number == 10 and outcome in (Outcome.PASSED, Outcome.FAILED):
        return _("合格") if outcome is Outcome.PASSED else _("不合格")
    if step.number in (17, 24) and outcome in (Outcome.PASSED, Outcome.FAILED):
        return _("批准") if outcome is Outcome.PASSED else _("不批准")
    return outcome.label


def people_label(step: Step) -> str:
    """What the text about people means at a step."""
    return {
        2: _("谈话人"), 3: _("推荐方式和参加人"), 7: _("听取意见和参加人"), 10: _("审查人"), 12: _("参加人"), 16: _("谈话人"), 20: _("领誓人和参加人"),
    }.get(step.number, _("参加人"))  # fmt: skip


def asks_vote(step: Step) -> bool:
    """Whether a step rests on a ballot."""
    return step.asks_for(Ask.MOTION)


def helpers_said(helpers: Sequence[Helper], day: date) -> list[tuple[str, str]]:
    """(name, since when) of who stands as one today."""
    return [(one.name, _("自%(day)s起") % {"day": on_paper(one.since)}) for one in helpers if one.stands_on(day)]


def this_year(seen: Seen) -> str:
    """Whether he can be admitted before the year is over, and if not, why not."""
    year, found = seen.course.today.year, seen.course
    held = seen.read.file.last(MEETING)
    if held is not None and held.is_passed:
        return _("支部大会已于%(day)s通过接收，计入 %(year)s 年。") % {"day": on_paper(held.on), "year": held.on.year}
    meeting = found.meeting_on
    if not seen.is_open or meeting is None:
        return ""
    values = {"day": on_paper(meeting), "year": year}
    if found.can_be_admitted_in(year):
        return _("%(year)s年12月31日前可以接收：其余步骤按时办理，支部大会最早可以在%(day)s召开。") % values
    own = (one for one in found.steps if one.held_by and one.step.number <= MEETING and one.rule is not STP_26)
    why = next((one.held_by for one in own), "")
    said = _("%(year)s年12月31日前不能接收：支部大会最早在%(day)s。") % values
    return said + (_("原因：%(why)s。") % {"why": why} if why else "")
