"""On which days a demo case went its way, from the days that stand already: application, activist, target, or the day of admission. Pure.

Without chance: a case's `turn` decides how far it went and what is odd about it, so that every demo county is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from yumiao.desk.demo.days import DEMO_DAY
from yumiao.kernel.periods import add_months

MOTIONS: Final = {15: "admission", 17: "approval", 23: "confirmation", 24: "confirmation_approval"}
EXTRA_SITTING: Final = date(2026, 10, 30)
PEOPLE: Final = ("支部书记、组织委员", "支部副书记", "组织委员")
PLACES: Final = ("镇党校", "县委党校", "村党群服务中心")


@dataclass(frozen=True, slots=True)
class Done:
    """One step as it was held; `said` are columns of its detail."""

    step: int
    on: date
    occurrence: int = 1
    said: dict[str, Any] = field(default_factory=dict)


def _days(start: date, count: int) -> date:
    return start + timedelta(days=count)


def before_target(applied: date, activist: date, target: date | None, turn: int) -> Iterator[Done]:
    """Steps 2 and 4 to 7 of somebody who is an activist since `activist`; the last inspection of every ninth is overdue."""
    yield Done(2, min(_days(applied, 12 + turn % 16), activist), said={"people": PEOPLE[turn % 3]})
    yield Done(
        4,
        _days(activist, 6 + turn % 8),
        said={"outcome": "passed", "document": f"备〔{activist.year}〕{turn % 40 + 1}号"},
    )
    yield Done(5, _days(activist, 3 + turn % 9))
    ends = target or DEMO_DAY
    decided = max(add_months(activist, 12), _days(ends, -9)) if target else ends
    months = [6, 12, 18, 24][: 1 if turn % 9 == 8 and not target else 4]
    held = [on for one in months if (on := add_months(activist, one)) <= decided]
    for place, on in enumerate(held, 1):
        yield Done(6, on, place, {"note": "思想上积极靠拢组织，能够完成交办的工作。"})
    if target and len(held) >= 2:
        yield Done(7, decided, said={"people": "党小组、培养联系人，党员代表和群众代表"})


def after_target(target: date, turn: int, last: int) -> Iterator[Done]:
    """Steps 9 to 14, as far as `last` and the day allow; 9 to 11 in an order that differs."""
    shift = turn % 3
    ways = (
        Done(9, _days(target, 2 + shift)),
        Done(10, _days(target, 5 + 2 * shift), said={"outcome": "passed", "people": "政治审查小组"}),
        Done(11, _days(target, 8 - 2 * shift), said={"days": 3, "hours": Decimal(24), "place": PLACES[turn % 3]}),
        Done(12, _days(target, 12), said={"outcome": "passed", "people": "支部委员会"}),
        Done(13, _days(target, 16), said={"outcome": "passed", "document": f"预审〔{target.year}〕{turn % 30 + 1}号"}),
        Done(14, _days(target, 19)),
    )
    for one in ways:
        if one.step <= last and one.on <= DEMO_DAY:
            yield one


def until_meeting(met: date, turn: int, *, is_young: bool = False) -> Iterator[Done]:
    """The whole way of somebody admitted on `met`: applied thirty months, an activist two years before; of a young one fifteen and fourteen."""
    activist, target = add_months(met, -14 if is_young else -24), _days(met, -40)
    applied = add_months(met, -15 if is_young else -30)
    yield Done(1, applied)
    yield Done(3, activist, said={"people": "党员推荐，支部委员会研究"})
    yield from before_target(applied, activist, target, 0)
    yield Done(8, target, said={"outcome": "passed", "document": f"同意〔{target.year}〕{turn % 30 + 1}号"})
    yield from after_target(target, turn, 14)


def after_meeting(met: date, approved: date, turn: int, last: int) -> Iterator[Done]:
    """From the branch meeting to the archive, as far as `last` and the day allow."""
    ends = add_months(met, 12)
    confirmed = next_sitting(_days(ends, 12))
    ways = (
        Done(15, met, said={"outcome": "passed"}),
        Done(16, min(_days(met, 9), approved), said={"people": "镇党委组织委员"}),
        Done(17, approved, said={"outcome": "passed", "document": f"批复〔{approved.year}〕{turn % 60 + 1}号"}),
        Done(19, _days(approved, 5), said={"note": "编入第一党小组"}),
        Done(18, _days(approved, 8), said={"document": f"备案〔{approved.year}〕{turn % 60 + 1}号"}),
        Done(20, _days(approved, 25), said={"place": "镇党员活动中心", "people": "镇党委书记"}),
        Done(21, _days(approved, 80), said={"note": "能够履行党员义务，工作积极。"}),
        Done(21, _days(approved, 220), 2, {"note": "按时参加组织生活。"}),
        Done(22, _days(ends, -12)),
        Done(23, _days(ends, 4), said={"outcome": "confirmed"}),
        Done(24, confirmed, said={"outcome": "confirmed", "document": f"转正〔{confirmed.year}〕{turn % 60 + 1}号"}),
        Done(25, _days(confirmed, 11), said={"note": "归入本人档案"}),
    )
    for one in ways:
        if one.step <= last and one.on <= DEMO_DAY:
            yield one


def gone_wrong(steps: list[Done], which: int) -> list[Done]:
    """The same way with one thing wrong about it, as reviews find them; from the fifth on nothing is."""
    if which == 0:  # trained for too short a time, and nobody lifted it
        return [
            replace(one, said=one.said | {"days": 2, "hours": Decimal(16)}) if one.step == 11 else one for one in steps
        ]
    if which in (1, 2):  # no political review; no pre-review
        return [one for one in steps if one.step != (10, 13)[which - 1]]
    if which == 3:  # trained after the branch committee had looked at it
        late = next(one.on for one in steps if one.step == 12) + timedelta(days=3)
        return [replace(one, on=late) if one.step == 11 else one for one in steps]
    if which == 4:  # a target before the year was over
        begun = next(one.on for one in steps if one.step == 3)
        early = add_months(begun, 11)
        moved = [replace(one, on=early) if one.step == 7 else one for one in steps]
        return [one for one in moved if one.step != 6 or one.on <= early]
    return steps


def sat_by_now(day: date) -> date:
    """The sitting that approved an admission of this year: the next usual one, or the extra one at the end of October."""
    return min(next_sitting(day), EXTRA_SITTING)


def next_sitting(day: date) -> date:
    """The day of the committee's sitting from a day on: it meets on the twentieth."""
    return day.replace(day=20) if day.day <= 20 else add_months(day.replace(day=1), 1).replace(day=20)
