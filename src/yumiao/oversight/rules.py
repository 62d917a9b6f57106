"""Orders to put something right: until when, how far they are, who may accept, what is a repetition (REV-03, REV-04). Pure.

Must not know: tables, who reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import add_months, on_paper
from yumiao.kernel.workdays import Calendar
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

_OWN: Final = date(2026, 1, 1)
LONGER: Final = 10
"""The most working days by which a term is extended."""
SUBMITTED, RETURNED, ACCEPTED = "submitted", "returned", "accepted"
REPEATED_MONTHS: Final = 12
_WORDS: Final = {
    "extensions": "已经延长的次数", "is_later": "晚于原期限", "days": "延长的工作日", "what": "登记的事项", "last": "上一次登记",
    "by": "验收人", "submitted_by": "报送人", "on": "登记日期", "before": "上一次登记的日期",
}  # fmt: skip


class State(StrEnum):
    """How far an order is."""

    ISSUED = "issued"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Term:
    """The term of an order. `until` is its last day: what is handed in on it is in time."""

    issued_on: date
    due_on: date
    extended_to: date | None = None

    @property
    def until(self) -> date:
        return self.extended_to or self.due_on


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of an order on a day; `by`: whatever names who wrote it down."""

    what: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a repetition is looked for. `rule` and `slot` may be empty."""

    unit: int
    on: date
    rule: str = ""
    slot: str = ""


def standing(term: Term, events: Sequence[Happened], today: date) -> State:
    """How far an order is on a day; `events` in their order. What waits for acceptance is not overdue: it is the issuer's turn."""
    last = events[-1].what if events else ""
    if last == ACCEPTED:
        return State.ACCEPTED
    if last == SUBMITTED:
        return State.SUBMITTED
    if today > term.until:
        return State.OVERDUE
    return State.RETURNED if last == RETURNED else State.ISSUED


def is_repeated(found: Found, earlier: Sequence[Found]) -> bool:
    """Whether the same rule or the same slot was found at the same unit within the twelve months before."""
    return any(_same(found, one) and one.on <= found.on <= add_months(one.on, REPEATED_MONTHS) for one in earlier)


def _same(one: Found, other: Found) -> bool:
    is_same = (one.rule and one.rule == other.rule) or (one.slot and one.slot == other.slot)
    return one.unit == other.unit and bool(is_same)


RCT_01 = Rule(
    id="RCT-01", title="整改期限只延长一次", text="限期整改的期限只延长一次，写明理由。", source=HANDBOOK, article="REV-03", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, extensions: extensions == 0,
    passing=({"extensions": 0}, {"extensions": False}), failing=({"extensions": 1}, {"extensions": 2}),
)  # fmt: skip
RCT_02 = Rule(
    id="RCT-02", title="延长不超过十个工作日", text="整改期限延长的，晚于原期限，不超过原期限之后十个工作日。", source=HANDBOOK, article="REV-03",
    since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, is_later, days: is_later and days <= LONGER,
    passing=({"is_later": True, "days": 1}, {"is_later": True, "days": 10}),
    failing=({"is_later": True, "days": 11}, {"is_later": False, "days": 0}),
)  # fmt: skip
_AFTER: Final = {SUBMITTED: ("", RETURNED), RETURNED: (SUBMITTED,), ACCEPTED: (SUBMITTED,)}
RCT_03 = Rule(
    id="RCT-03", title="先报送，后验收", text="整改情况报送以后才验收或者退回；退回的再次报送；验收通过的不再登记。", source=HANDBOOK,
    article="REV-03", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, what, last: last in _AFTER[what],
    passing=({"what": SUBMITTED, "last": ""}, {"what": ACCEPTED, "last": SUBMITTED}),
    failing=({"what": ACCEPTED, "last": ""}, {"what": SUBMITTED, "last": ACCEPTED}),
)  # fmt: skip
RCT_04 = Rule(
    id="RCT-04", title="报送的人不验收", text="整改由报送人以外的人验收或者退回。", source=HANDBOOK, article="REV-03", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, by, submitted_by: by != submitted_by,
    passing=({"by": "甲", "submitted_by": "乙"}, {"by": "乙", "submitted_by": "甲"}),
    failing=({"by": "甲", "submitted_by": "甲"}, {"by": "乙", "submitted_by": "乙"}),
)  # fmt: skip
RCT_05 = Rule(
    id="RCT-05", title="整改的日期前后相接", text="报送、退回、验收的日期不早于发出日期和上一次登记的日期。", source=HANDBOOK, article="REV-03",
    since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, before, on: on >= before,
    passing=({"before": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"before": date(2026, 3, 2), "on": date(2026, 4, 1)}),
    failing=({"before": date(2026, 3, 2), "on": date(2026, 3, 1)}, {"before": date(2026, 3, 2), "on": date(2025, 3, 2)}),
)  # fmt: skip
RULES: Final = (RCT_01, RCT_02, RCT_03, RCT_04, RCT_05)


def extension_objections(term: Term, extended_to: date, calendar: Calendar) -> Iterator[Objection]:
    """Everything against a longer term. Raises `MissingYear` where the calendar does not reach so far."""
    if not RCT_01.holds(extensions=term.extended_to is not None):
        yield RCT_01.objection("期限已经延长过一次", "按延长后的期限报送整改情况。")
    days = _working_days(term.due_on, extended_to, calendar)
    if not RCT_02.holds(is_later=extended_to > term.due_on, days=days):
        text = f"延长到 {on_paper(extended_to)}，原期限 {on_paper(term.due_on)}"
        yield RCT_02.objection(text, f"在原期限之后 {LONGER} 个工作日以内。")


def _working_days(after: date, until: date, calendar: Calendar) -> int:
    """Counted up to the first that is one too many, so that the calendar is asked no further than it must."""
    days = 0
    while after < until and days <= LONGER:
        after += timedelta(days=1)
        days += calendar.is_working(after)
    return days


def follow_objections(term: Term, events: Sequence[Happened], next_one: Happened) -> Iterator[Objection]:
    """Everything against a further event of an order."""
    last = events[-1] if events else None
    if not RCT_03.holds(what=next_one.what, last=last.what if last else ""):
        yield RCT_03.objection("整改的顺序不对", "刷新页面，按现在的状态办理。")
    if next_one.what != SUBMITTED and last and not RCT_04.holds(by=next_one.by, submitted_by=last.by):
        yield RCT_04.objection("这次整改由您报送", "请由其他人员验收。")
    before = last.on if last else term.issued_on
    if not RCT_05.holds(before=before, on=next_one.on):
        yield RCT_05.objection(f"日期早于 {on_paper(before)}", "核对日期。")
