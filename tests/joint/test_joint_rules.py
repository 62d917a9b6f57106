"""Joint review as rules see it: who goes into the next batch, and that a round is gone through anew before it runs out."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.admission.gates import ACTIVIST, TARGET, Round
from yumiao.admission.history import CaseFile, Held
from yumiao.admission.joint_rules import Wanted, calendar_objections, concluding_objections, wanted
from yumiao.kernel.workdays import Calendar

TODAY = date(2026, 11, 20)
CLEAR = "no_adverse_record"


def round_(
    name: str, closed: date | None, *, sent: date = date(2025, 9, 1), effect: str = "", answer: str = CLEAR
) -> Round:
    answers = ((answer, closed),) if closed else ()
    return Round(name, sent, date(2025, 9, 15), 1, answers, effect, closed if effect else None)


def said(*steps: int, rounds: tuple[Round, ...] = (), ended_on: date | None = None) -> Wanted | None:
    held = tuple(Held(step=one, on=date(2025, 1, 1)) for one in steps)
    return wanted(CaseFile(held=held, rounds=rounds, ended_on=ended_on), months=12, today=TODAY)


@pytest.mark.parametrize(
    "steps, rounds, expected",
    [
        ((1, 2, 3), (), None),
        ((1, 2, 3, 4), (), Wanted(ACTIVIST)),
        ((1, 2, 3, 4, 7), (), None),
        ((4, 7, 12), (), Wanted(TARGET)),
        ((4, 7, 12, 13), (), Wanted(TARGET)),
        ((4, 7, 12, 13, 15), (), None),
        ((4,), (round_(ACTIVIST, None),), None),
        ((4,), (round_(ACTIVIST, date(2026, 1, 5)),), None),
        ((4,), (round_(ACTIVIST, date(2025, 12, 21)),), None),
        ((4,), (round_(ACTIVIST, date(2025, 12, 20)),), Wanted(ACTIVIST, date(2026, 12, 20))),
        ((4,), (round_(ACTIVIST, date(2025, 10, 1)),), Wanted(ACTIVIST, date(2026, 10, 1))),
        ((4,), (round_(ACTIVIST, date(2025, 10, 1), effect="stop", answer="adverse_record"),), None),
        ((4,), (round_(ACTIVIST, date(2025, 10, 1)), round_(ACTIVIST, None, sent=date(2026, 11, 2))), None),
    ],
)
def test_who_goes_into_the_next_batch(
    steps: tuple[int, ...], rounds: tuple[Round, ...], expected: Wanted | None
) -> None:
    assert said(*steps, rounds=rounds) == expected


def test_whose_case_has_ended_is_sent_nowhere() -> None:
    assert said(4, ended_on=TODAY) is None


def test_without_the_calendar_of_a_year_no_day_is_guessed() -> None:
    calendar = Calendar(frozenset({2026}), frozenset(), frozenset())
    assert calendar_objections(TODAY, 10, calendar) == []
    assert [one.rule for one in calendar_objections(date(2026, 12, 25), 10, calendar)] == ["JNT-02"]


@pytest.mark.parametrize(
    "effect, on, told_on, untold, rules",
    [
        ("continue", TODAY, TODAY, "", []),
        ("suspend", TODAY, None, "依照法律", []),
        ("stop", TODAY, date(2026, 11, 12), "", []),
        ("stop", date(2026, 11, 12), TODAY, "", ["JNT-06"]),
        ("continue", TODAY, None, "", ["JNT-06"]),
        ("continue", TODAY, TODAY, "依照法律", ["JNT-06"]),
        ("continue", date(2026, 11, 21), TODAY, "", ["DEV-21"]),
        ("continue", date(2026, 11, 9), date(2026, 11, 9), "", ["JNT-08"]),
    ],
)
def test_a_conclusion_says_how_the_person_was_told(
    effect: str, on: date, told_on: date | None, untold: str, rules: list[str]
) -> None:
    found = concluding_objections(
        effect=effect, concluded_on=on, told_on=told_on, untold=untold, last_answer=date(2026, 11, 10), today=TODAY
    )
    assert [one.rule for one in found] == rules
