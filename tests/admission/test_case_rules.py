"""The oracles of domain 4 and 12 against the one function that judges a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.admission.walks import LATER, USUAL, after, asked, blocked_by, ground, helper, newcomer, until, vote
from yumiao.admission.case_rules import objections
from yumiao.admission.course import State, course
from yumiao.admission.history import Exempted, Rest
from yumiao.admission.path import Outcome
from yumiao.admission.step_judges import expiry


def test_the_whole_way_is_lawful_on_the_days_of_the_handbook() -> None:
    file = until(25)
    assert [one.step for one in file.events() if one.step not in (6, 21)] == [
        1, 2, 3, 5, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 18, 20, 22, 23, 24, 25,
    ]  # fmt: skip
    assert course(file, ground(LATER)).is_complete


def test_application_before_eighteen_by_one_day() -> None:
    file = replace(newcomer(), born_on=date(2008, 6, 30))
    assert blocked_by(file, asked(1, date(2026, 6, 29)), date(2026, 7, 1)) == ["DEV-01"]
    assert blocked_by(file, asked(1, date(2026, 6, 30)), date(2026, 7, 1)) == []


def test_target_a_day_before_the_year_is_over() -> None:
    file = until(6)
    assert blocked_by(file, asked(7, date(2026, 3, 9)), LATER) == ["DEV-06"]
    assert blocked_by(file, asked(7, date(2026, 3, 10)), LATER) == []
    said = next(one for one in objections(file, asked(7, date(2026, 3, 9)), ground(LATER)) if one.rule == "DEV-06")
    assert said.next_step == "最早为2026年3月10日。"


def test_target_needs_two_inspections() -> None:
    file = until(5)
    once = after(file, asked(6, date(2025, 9, 10)))
    assert blocked_by(once, asked(7, date(2026, 3, 10)), LATER) == ["STP-26"]


@pytest.mark.parametrize(("days", "hours", "expected"), [(3, 20, []), (2, 24, []), (2, 23, ["DEV-09"])])
def test_training(days: int, hours: int, expected: list[str]) -> None:
    one = asked(11, date(2026, 4, 12), days=days, hours=Decimal(hours))
    assert blocked_by(until(10), one, LATER) == expected


def test_training_is_lifted_by_an_exemption_alone() -> None:
    one = asked(11, date(2026, 4, 12), days=2, hours=Decimal(23))
    file = replace(until(10), exemptions=(Exempted("DEV-09", 11, "青石镇党委", date(2026, 4, 1)),))
    assert blocked_by(file, one, LATER) == []


@pytest.mark.parametrize(
    ("approved", "rules"),
    [(date(2026, 8, 15), []), (date(2026, 8, 16), []), (date(2026, 11, 15), []), (date(2026, 11, 16), ["DEV-15"])],
)
def test_approval_within_six_months(approved: date, rules: list[str]) -> None:
    assert blocked_by(until(16), asked(17, approved), LATER) == rules


def test_approval_after_three_months_warns() -> None:
    found = objections(until(16), asked(17, date(2026, 8, 16)), ground(date(2026, 8, 16)))
    assert [(one.rule, one.severity.value) for one in found] == [("DEV-15", "warn")]
    assert objections(until(16), asked(17, date(2026, 8, 15)), ground(date(2026, 8, 16))) == []


def test_probation_begins_on_the_meeting_day() -> None:
    file = until(16)
    assert blocked_by(file, asked(17, date(2026, 7, 1), begins_on=date(2026, 7, 1)), LATER) == ["DEV-17"]
    assert expiry(file, ground(LATER).terms) == date(2027, 5, 15)


@pytest.mark.parametrize(
    ("met", "rules"), [(date(2027, 5, 14), ["DEV-18"]), (date(2027, 5, 15), []), (date(2027, 6, 2), [])]
)
def test_confirmation_not_before_the_expiry(met: date, rules: list[str]) -> None:
    assert blocked_by(until(22), asked(23, met), LATER) == rules


@pytest.mark.parametrize(("months", "rules"), [(5, ["DEV-19"]), (6, []), (12, []), (13, ["DEV-19"])])
def test_extension_of_six_to_twelve_months(months: int, rules: list[str]) -> None:
    assert blocked_by(until(22), asked(23, date(2027, 5, 15), outcome=Outcome.EXTENDED, months=months), LATER) == rules


def test_an_extension_moves_the_expiry_and_comes_once() -> None:
    met = asked(23, date(2027, 5, 15), outcome=Outcome.EXTENDED, months=6)
    file = after(until(22), met)
    file = after(file, asked(24, date(2027, 6, 1), outcome=Outcome.EXTENDED, months=6))
    assert (file.round, expiry(file, ground(LATER).terms)) == (2, date(2027, 11, 15))
    file = after(file, asked(22, date(2027, 11, 1)))
    again = asked(23, date(2027, 11, 15), outcome=Outcome.EXTENDED, months=6)
    assert blocked_by(file, again, LATER) == ["DEV-19"]
    assert blocked_by(file, asked(23, date(2027, 11, 14)), LATER) == ["DEV-18"]
    assert blocked_by(file, asked(23, date(2027, 11, 15)), LATER) == []


@pytest.mark.parametrize(("result", "rules"), [("passed", []), ("failed", ["STP-15"]), ("no_quorum", ["STP-15"])])
def test_admission_needs_a_vote_that_passed(result: str, rules: list[str]) -> None:
    on = date(2026, 5, 15)
    assert blocked_by(until(14), asked(15, on, vote=vote(on, result=result)), LATER) == rules
    assert blocked_by(until(14), asked(15, on, vote=None), LATER) == ["STP-15"]


@pytest.mark.parametrize(
    "helpers", [(helper(2),), (helper(2), helper(2)), (helper(2), helper(1)), (helper(2), helper(3, full=None))]
)
def test_two_different_full_members_introduce(helpers: tuple[object, ...]) -> None:
    assert blocked_by(until(8), asked(9, date(2026, 3, 20), introducers=helpers), LATER) == ["STP-09"]


def test_an_introducer_under_inner_probation() -> None:
    barred = replace(helper(3), barred=((date(2026, 1, 1), None),))
    assert blocked_by(until(8), asked(9, date(2026, 3, 20), introducers=(helper(2), barred)), LATER) == ["STP-09"]
    over = replace(helper(3), barred=((date(2024, 1, 1), date(2026, 3, 20)),))
    assert blocked_by(until(8), asked(9, date(2026, 3, 20), introducers=(helper(2), over)), LATER) == []


def test_nine_to_eleven_in_any_order() -> None:
    file = until(8)
    for step in (11, 9, 10):
        one = asked(step, date(2026, 3, 20))
        assert blocked_by(file, one, LATER) == []
        file = after(file, one)
    assert blocked_by(file, asked(12, date(2026, 3, 19)), LATER) == ["DEV-10"]


def test_what_did_not_pass_stops_the_way() -> None:
    file = after(until(12), asked(13, date(2026, 4, 28), outcome=Outcome.FAILED))
    assert blocked_by(file, asked(14, date(2026, 5, 6)), LATER) == ["STP-26"]
    assert course(file, ground(LATER)).of(13).state is State.FAILED


def test_time_of_rest_that_does_not_count_moves_the_target() -> None:
    file = replace(until(6), rests=(Rest(date(2025, 6, 1), date(2025, 7, 1), counts=False),))
    assert blocked_by(file, asked(7, date(2026, 4, 8)), LATER) == ["DEV-06"]
    assert blocked_by(file, asked(7, date(2026, 4, 9)), LATER) == []
    counted = replace(file, rests=(Rest(date(2025, 6, 1), date(2025, 7, 1), counts=True),))
    assert blocked_by(counted, asked(7, date(2026, 3, 10)), LATER) == []


def test_nothing_while_it_rests_or_after_its_end() -> None:
    resting = replace(until(3), rests=(Rest(date(2025, 6, 1), None, counts=True),))
    assert blocked_by(resting, asked(4, date(2025, 3, 20)), LATER) == ["STP-27"]
    ended = replace(until(3), ended_on=date(2025, 6, 1))
    assert blocked_by(ended, asked(4, date(2025, 3, 20)), LATER) == ["STP-27"]


def test_terms_in_working_days_warn_and_a_year_without_a_calendar_is_refused() -> None:
    file = until(3)
    assert objections(file, asked(4, date(2025, 3, 31)), ground(date(2025, 3, 31))) == []
    late = objections(file, asked(4, date(2025, 4, 1)), ground(date(2025, 4, 1)))
    assert [one.rule for one in late] == ["STP-04"]
    missing = replace(
        file, held=tuple(replace(one, on=date(2031, 3, 10)) if one.step == 3 else one for one in file.held)
    )
    assert blocked_by(missing, asked(4, date(2031, 4, 10)), date(2031, 4, 10)) == ["CAL-01"]


def test_late_entries_are_marked() -> None:
    one = asked(2, date(2025, 2, 10))
    assert [found.rule for found in objections(until(1), one, ground(date(2025, 3, 12)))] == []
    assert [found.rule for found in objections(until(1), one, ground(date(2025, 3, 13)))] == ["DEV-22"]


def test_the_earliest_days_of_an_activist() -> None:
    ahead = course(until(5), ground(date(2025, 4, 1)))
    assert {one.step.number: one.earliest for one in ahead.steps if one.state is not State.DONE} == {
        6: date(2025, 3, 12), **{step: date(2026, 3, 10) for step in range(7, 22)}, 22: date(2027, 2, 10), 23: date(2027, 3, 10),
        24: date(2027, 3, 10), 25: date(2027, 3, 10),
    }  # fmt: skip
    assert not ahead.can_be_admitted_in(2025)
    assert ahead.can_be_admitted_in(2026)


def test_every_day_of_the_usual_way_is_not_before_the_earliest() -> None:
    for step in range(2, 26):
        before = until(step - 1)
        earliest = course(before, ground(date(2025, 1, 1))).of(step).earliest
        assert earliest is not None
        assert earliest <= USUAL[step][-1]
