"""Where a case stands and what lies before it: of every step the state, the earliest lawful day, what holds it back, and until when. Pure.

A day it names violates no rule of `case_rules` that compares days, and never comes earlier when something past is dated later.
Must not know: who may act, pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Ground
from yumiao.admission.gate_bounds import gate_bounds, shut_by
from yumiao.admission.history import AGAIN, APPROVAL, CONFIRMATION, DISCUSSION, LAST, MEETING, REPEATING, CaseFile, Held
from yumiao.admission.path import Outcome, Step
from yumiao.admission.rules import DEV_02, DEV_06, DEV_15, DEV_18
from yumiao.admission.step_judges import earliest_target, expiry, extended_on
from yumiao.kernel.periods import add_months, add_years, on_paper
from yumiao.kernel.workdays import MissingYear
from yumiao.people.rules import ADULT, DEV_01
from yumiao.rulebook import Rule


class State(StrEnum):
    """How a step stands on the day: in this order a page draws it."""

    DONE = "done"
    FAILED = "failed"
    WAITING = "waiting"  # a late entry waits for a second person
    NOW = "now"  # everything before is there and the day is lawful
    SOON = "soon"  # everything before is there, the day is not
    LATER = "later"
    OVER = "over"  # the case has ended or rests

    @property
    def label(self) -> str:
        return {
            "done": "已完成", "failed": "未通过", "waiting": "补录待确认", "now": "可以办理", "soon": "未到日期", "later": "待前置步骤", "over": "不再办理",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """Until when something should be done, by which rule."""

    on: date
    rule: Rule
    said: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """One step of the way. `earliest`: the first lawful day, of one not yet held; `held_by`: what holds it there, in words."""

    step: Step
    state: State
    held: tuple[Held, ...] = ()
    earliest: date | None = None
    held_by: str = ""
    rule: Rule | None = None
    due: Due | None = None
    missing: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in (State.NOW, State.SOON, State.WAITING)


@dataclass(frozen=True, slots=True)
class Course:
    """The whole way on one day."""

    steps: tuple[Ahead, ...]
    today: date

    def of(self, number: int) -> Ahead:
        return self.steps[number - 1]

    @property
    def next(self) -> tuple[Ahead, ...]:
        """What can be recorded now or as soon as its day comes."""
        return tuple(one for one in self.steps if one.is_open)

    @property
    def stands_at(self) -> int:
        """The furthest step that is done; 0 before the first."""
        return max((one.step.number for one in self.steps if one.state is State.DONE), default=0)

    @property
    def is_complete(self) -> bool:
        return self.of(LAST).state is State.DONE

    @property
    def meeting_on(self) -> date | None:
        """The day of the branch meeting that admits: held, or the earliest lawful one; None where it was voted down or the case rests."""
        found = self.of(MEETING)
        return found.held[-1].on if found.state is State.DONE else found.earliest

    def can_be_admitted_in(self, year: int) -> bool:
        """Whether the branch meeting can lawfully be held by 31 December (4.6: that day decides the year)."""
        return self.meeting_on is not None and self.meeting_on <= date(year, 12, 31)


def course(file: CaseFile, ground: Ground) -> Course:
    """Every step as it stands on `ground.today`."""
    done = file.done(ground.terms)
    days, held_by = _days(file, ground, done)
    over = (file.ended_on is not None and file.ended_on <= ground.today) or file.resting_on(ground.today) is not None
    waiting = {one.step for one in file.waiting}
    too_late = _is_too_late(file, ground, done, days)
    steps = []
    for step in file.path.steps:
        missing = tuple(one for one in step.after if one not in done)
        state = _state(
            file, step, done, missing, days[step.number], ground.today, is_over=over, is_waiting=step.number in waiting
        )
        is_open = state not in (State.DONE, State.FAILED)
        earliest = days[step.number] if is_open and state is not State.OVER else None
        said, rule = held_by.get(step.number, ("", None)) if is_open else ("", None)
        if is_open and too_late and step.number in (APPROVAL, *file.path.standing_on[APPROVAL]):
            state, earliest, (said, rule) = _unless_over(state), None, _TOO_LATE
        elif state in (State.NOW, State.SOON) and waiting & file.path.ground_of(step.number):
            state, (said, rule) = State.LATER, _WAITS
        elif state in (State.NOW, State.SOON) and (shut := shut_by(file, step.number, ground, earliest)) is not None:
            state, (said, rule) = State.LATER, shut
        due = (
            _due(file, step, ground)
            if state in (State.NOW, State.SOON, State.WAITING) or _goes_on(file, step, ground, state)
            else None
        )
        steps.append(Ahead(step, state, tuple(file.all(step.number)), earliest, said, rule, due, missing))
    return Course(tuple(steps), ground.today)


_TOO_LATE: Final = ("距支部大会超过最长审批期限，退回到支部大会讨论", DEV_15)
_WAITS: Final = ("前面步骤的补录待第二人确认", rules.DEV_22)


def _is_too_late(file: CaseFile, ground: Ground, done: frozenset[int], days: Mapping[int, date]) -> bool:
    """Whether no day is left on which the branch meeting held could be approved (DEV-15)."""
    met = file.on(MEETING)
    if met is None or MEETING not in done or APPROVAL in done:
        return False
    return days[APPROVAL] > add_months(met, ground.terms.approval_most_months)


def _unless_over(state: State) -> State:
    return State.LATER if state in (State.NOW, State.SOON) else state


def _goes_on(file: CaseFile, step: Step, ground: Ground, state: State) -> bool:
    """Inspections go on after there are enough of them, until the person is a target."""
    return step.number == 6 and state is State.DONE and file.on(7) is None and file.is_open_on(ground.today)


def _state(
    file: CaseFile, step: Step, done: frozenset[int], missing: tuple[int, ...], earliest: date, today: date, *, is_over: bool, is_waiting: bool,
) -> State:  # fmt: skip
    if step.number in done:
        return State.DONE
    found = [one for one in file.all(step.number) if step.number not in AGAIN or one.occurrence >= file.round]
    if found and not found[-1].is_passed:
        return State.FAILED
    if is_over or _is_pointless(file, step):
        return State.OVER
    if is_waiting:
        return State.WAITING
    if missing:
        return State.LATER
    return State.NOW if earliest <= today else State.SOON


def _is_pointless(file: CaseFile, step: Step) -> bool:
    """Of a cancelled probation nothing is archived as a confirmation."""
    last = file.last(CONFIRMATION)
    return step.number == LAST and last is not None and last.outcome is Outcome.CANCELLED


Said = tuple[str, Rule | None]


def _days(file: CaseFile, ground: Ground, done: frozenset[int]) -> tuple[dict[int, date], dict[int, Said]]:
    """The day of every step: held, or the earliest lawful; and what holds those that are not held."""
    days: dict[int, date] = {}
    held_by: dict[int, Said] = {}
    for step in file.path.steps:
        if step.number in done:
            held = file.all(step.number)
            days[step.number] = (
                max(one.on for one in held) if step.number == 6 else file.on(step.number) or ground.today
            )
            continue
        first, said = _first(file, step, ground, days, done)
        days[step.number] = first
        if first > ground.today:
            held_by[step.number] = said
    return days, held_by


def _first(
    file: CaseFile, step: Step, ground: Ground, days: Mapping[int, date], done: frozenset[int]
) -> tuple[date, Said]:
    """The earliest lawful day of a step that is not held, floored at today as soon as something before it is still to be done."""
    bounds: list[tuple[date, Said]] = []
    for before in step.after:
        day = days[before]
        if before in REPEATING and before in done and before == 21:
            day = file.on(21) or day
        if before not in done:
            day = max(day, ground.today)
        bounds.append((day, (f"待{file.path.by_number[before].label}", rules.STP_26)))
    bounds += _own_bounds(file, step, ground, days)
    if ground.asks or file.objected:
        bounds += gate_bounds(file, step.number, ground)
    if not bounds:
        return date.min, ("", None)
    return max(bounds, key=lambda one: one[0])


def _own_bounds(file: CaseFile, step: Step, ground: Ground, days: Mapping[int, date]) -> list[tuple[date, Said]]:
    terms, number = ground.terms, step.number
    if number == 1 and file.born_on is not None:
        adult = add_years(file.born_on, ADULT)
        return [(adult, (f"{on_paper(adult)}满十八周岁", DEV_01))]
    if number == 3 and terms.months_to_activist:
        return [
            (add_months(days[1], terms.months_to_activist), (f"申请后满 {terms.months_to_activist} 个月", rules.STP_03))
        ]
    if number == 6 and (last := max((one.on for one in file.all(6)), default=None)) is not None:
        return [(last, ("待下一次考察", rules.STP_06))]
    if number == 7:
        # an activist from today on at the earliest, where nobody has decided it yet
        first = earliest_target(file, terms) or add_months(max(days[3], ground.today), terms.activist_months)
        return [(first, (f"培养教育满 {terms.activist_months} 个月", DEV_06))]
    if number in (22, 23):
        ends = expiry(file, terms) or add_months(max(days[MEETING], ground.today), terms.probation_months)
        day = ends if number == DISCUSSION else add_months(ends, -terms.window_months)
        extended = extended_on(file)
        if number != DISCUSSION and extended is not None and extended > day:
            return [(extended, (f"预备期于{on_paper(extended)}批准延长", rules.DEV_28))]
        return [(day, (f"预备期满于{on_paper(ends)}", DEV_18 if number == DISCUSSION else rules.STP_22))]
    return []


_FROM: Final[Mapping[int, tuple[int, str, Rule]]] = {
    2: (1, "talk_months", DEV_02),
    15: (13, "meeting_months", rules.STP_13),
    16: (15, "approval_months", DEV_15),
    17: (15, "approval_months", DEV_15),
    20: (17, "oath_months", rules.STP_20),
    24: (23, "approval_months", rules.DEV_20),
    25: (24, "archive_months", rules.STP_25),
}
_WORKING: Final[Mapping[int, tuple[int, str, Rule]]] = {
    4: (3, "filing_days", rules.STP_04),
    5: (3, "contacts_days", rules.STP_05B),
    18: (17, "filing_days", rules.STP_18),
    19: (17, "assignment_days", rules.STP_19),
}


def _due(file: CaseFile, step: Step, ground: Ground) -> Due | None:
    """Until when the step should be held; None where no term runs."""
    terms, number = ground.terms, step.number
    if number in _FROM:
        before, name, rule = _FROM[number]
        start = file.on(before)
        return _said(add_months(start, getattr(terms, name)), rule, start) if start else None
    if number in _WORKING:
        return _working(file, number, ground)
    if number == 6:
        last = max((one.on for one in file.all(6)), default=file.on(3))
        return _said(add_months(last, terms.inspection_months), rules.DEV_05, last) if last else None
    ends = expiry(file, terms) if number in (22, 23) and file.on(APPROVAL) else None
    if ends is None:
        return None
    if number == 22:
        return _said(add_months(ends, terms.window_months), rules.STP_22, ends)
    if file.transferred_on is not None:
        return _said(add_months(ends, terms.transferred_months), rules.MEM_06, ends)
    return _said(ends + timedelta(days=terms.discussion_days), rules.STP_23, ends)


def _working(file: CaseFile, number: int, ground: Ground) -> Due | None:
    before, name, rule = _WORKING[number]
    start = file.on(before)
    if start is None or ground.calendar is None:
        return None
    try:
        return _said(ground.calendar.add_working_days(start, getattr(ground.terms, name)), rule, start)
    except MissingYear:
        return None


def _said(on: date, rule: Rule, start: date) -> Due:
    return Due(on, rule, f"自{on_paper(start)}起计算")
