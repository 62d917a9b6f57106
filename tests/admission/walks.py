"""A case walked through in memory: what a record would make of the file, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from yumiao.admission.asked import Asked, Ground, Vote
from yumiao.admission.case_rules import blocking, objections
from yumiao.admission.editions import EDITION_2014
from yumiao.admission.history import CaseFile, Held, Helper
from yumiao.admission.path import Outcome
from yumiao.kernel.workdays import Calendar

PERSON = 1


@cache
def _calendar() -> Calendar:
    import chinese_calendar

    return Calendar(
        years=frozenset(day.year for day in chinese_calendar.holidays),
        days_off=frozenset(chinese_calendar.holidays),
        workdays=frozenset(chinese_calendar.workdays),
    )


def helper(person: int, *, full: date | None = date(2010, 7, 1), on: date = date(2024, 1, 1)) -> Helper:
    return Helper(person=person, name=f"党员{person}", since=on, full_since=full)


def ground(today: date, **more: object) -> Ground:
    return Ground(today, replace(EDITION_2014.terms), _calendar(), **more)  # type: ignore[arg-type]


def vote(on: date, *, result: str = "passed", outcome: Outcome = Outcome.PASSED, months: int = 0) -> Vote:
    return Vote(motion=1, person=PERSON, on=on, result=result, outcome=outcome, months=months, said="票数")


def asked(step: int, on: date, **more: object) -> Asked:
    """A step filled in as it should be, but for what is said otherwise."""
    usual: dict[str, object] = {"reason": "情况属实"}
    if step in (4, 8, 10, 12, 13, 17):
        usual["outcome"] = Outcome.PASSED
    if step == 5:
        usual["contacts"] = (helper(2), helper(3))
    if step == 9:
        usual["introducers"] = (helper(2), helper(3))
    if step == 11:
        usual |= {"days": 3, "hours": Decimal(24)}
    if step in (15, 17, 23, 24):
        usual["vote"] = vote(on)
    if step in (23, 24):
        usual["outcome"] = Outcome.CONFIRMED
    return Asked(step=step, on=on, **(usual | more))  # type: ignore[arg-type]


def after(file: CaseFile, one: Asked) -> CaseFile:
    """The file once that was recorded."""
    held = Held(
        step=one.step, on=one.on, occurrence=file.occurrence_next(one.step), outcome=one.outcome, days=one.days, hours=one.hours,
        months=one.months,
    )  # fmt: skip
    helpers = {"contacts": one.contacts or file.contacts, "introducers": one.introducers or file.introducers}
    return replace(file, held=(*file.held, held), **helpers)


def walked(file: CaseFile, days: dict[int, list[date]], today: date) -> CaseFile:
    """The file after these steps, every one of which must be lawful."""
    for step, some in days.items():
        for on in some:
            one = asked(step, on)
            assert blocking(objections(file, one, ground(today))) == []
            file = after(file, one)
    return file


def blocked_by(file: CaseFile, one: Asked, today: date, **more: object) -> list[str]:
    """Ids of the rules that block it."""
    return [found.rule for found in blocking(objections(file, one, ground(today, **more)))]


def newcomer() -> CaseFile:
    return CaseFile(person=PERSON, edition="2014", born_on=date(1995, 3, 5))


USUAL: dict[int, list[date]] = {
    1: [date(2025, 1, 20)], 2: [date(2025, 2, 10)], 3: [date(2025, 3, 10)], 4: [date(2025, 3, 20)], 5: [date(2025, 3, 12)],
    6: [date(2025, 9, 10), date(2026, 3, 9)], 7: [date(2026, 3, 10)], 8: [date(2026, 3, 16)], 9: [date(2026, 3, 20)],
    10: [date(2026, 4, 10)], 11: [date(2026, 4, 12)], 12: [date(2026, 4, 20)], 13: [date(2026, 4, 28)], 14: [date(2026, 5, 6)],
    15: [date(2026, 5, 15)], 16: [date(2026, 6, 10)], 17: [date(2026, 7, 1)], 18: [date(2026, 7, 10)], 19: [date(2026, 7, 8)],
    20: [date(2026, 7, 20)], 21: [date(2026, 8, 15)], 22: [date(2027, 5, 10)], 23: [date(2027, 5, 15)], 24: [date(2027, 6, 20)],
    25: [date(2027, 7, 1)],
}  # fmt: skip
"""The chain of domain 12: applied 2025-01-20, admitted 2026-05-15."""
LATER = date(2027, 12, 31)


def until(step: int) -> CaseFile:
    """The usual case up to and with a step."""
    return walked(newcomer(), {one: days for one, days in USUAL.items() if one <= step}, LATER)
