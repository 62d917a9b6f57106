"""What is said of many cases at once is what the course of each says of its branch meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.admission.walks import USUAL, after, asked, ground, newcomer, until
from yumiao.admission.course import course
from yumiao.admission.history import CaseFile, Held, Rest
from yumiao.admission.outlook import Brief, outlook_of, outlook_of_file
from yumiao.admission.path import Outcome

DECIDING = (4, 8, 10, 12, 13, 15)


def somebody(rng: Random) -> CaseFile:
    """A case of any shape: steps left out, days moved, something failed, a rest, a late entry that waits, another edition."""
    kept = rng.randint(0, 16)
    file = replace(newcomer(), edition=rng.choice(["2014", "2014", "example-2026"]))
    held = []
    for step, days in USUAL.items():
        if step > kept or rng.random() < 0.12:
            continue
        for place, on in enumerate(days[: rng.randint(1, len(days))], 1):
            failed = step in DECIDING and rng.random() < 0.06
            moved = on + timedelta(days=rng.randint(-200, 200) if rng.random() < 0.3 else 0)
            held.append(Held(step=step, on=moved, occurrence=place, outcome=Outcome.FAILED if failed else None))
    rests = []
    if rng.random() < 0.2:
        since = date(2025, 4, 1) + timedelta(days=rng.randint(0, 500))
        until_on = None if rng.random() < 0.2 else since + timedelta(days=rng.randint(1, 200))
        rests.append(Rest(since, until_on, rng.random() < 0.5))
    waiting = (Held(step=2, on=date(2025, 2, 10)),) if rng.random() < 0.1 else ()
    return replace(file, held=tuple(held), rests=tuple(rests), waiting=waiting)


def test_a_thousand_cases_come_out_as_their_courses_say() -> None:
    rng = Random(6)
    different = []
    for place in range(1000):
        file = somebody(rng)
        judged = ground(date(2025, 1, 1) + timedelta(days=rng.randint(0, 900)))
        found = outlook_of_file(file, judged)
        if found.meeting_on != course(file, judged).meeting_on:
            different.append((place, found, course(file, judged).meeting_on))
    assert different == []


def test_a_thousand_cases_hold_for_the_terms_of_the_other_edition() -> None:
    rng = Random(7)
    for _place in range(1000):
        file = replace(somebody(rng), rests=())
        judged = ground(date(2026, 5, 1))
        judged = replace(judged, terms=file.path.terms)
        found = outlook_of(Brief.of(file), judged.terms, judged.today)
        assert found.meeting_on == course(file, judged).meeting_on


def test_an_activist_waits_for_the_year_and_says_so() -> None:
    found = outlook_of_file(until(5), ground(date(2025, 11, 3)))
    assert (found.meeting_on, found.step, found.said) == (date(2026, 3, 10), 7, "培养教育满 12 个月")
    assert found.rule is not None
    assert found.rule.id == "DEV-06"
    assert not found.is_in_time(2025)
    assert found.is_in_time(2026)


def test_a_target_waits_for_nothing_but_its_next_step() -> None:
    found = outlook_of_file(until(8), ground(date(2026, 11, 3)))
    assert (found.meeting_on, found.step, found.said) == (date(2026, 11, 3), 9, "")


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 15), False), (date(2026, 11, 16), True)])
def test_a_meeting_held_counts_until_it_can_no_longer_be_approved(day: date, late: bool) -> None:
    found = outlook_of_file(until(15), ground(day))
    assert (found.is_met, found.is_too_late, found.is_in_time(2026)) == (True, late, not late)


def test_who_was_voted_down_or_rests_is_not_in_time() -> None:
    failed = after(until(14), asked(15, date(2026, 5, 15), outcome=Outcome.FAILED))
    resting = replace(until(8), rests=(Rest(date(2026, 4, 1), None, False),))
    for file in (failed, resting):
        found = outlook_of_file(file, ground(date(2026, 6, 1)))
        assert (found.meeting_on, found.is_in_time(2026)) == (None, False)
