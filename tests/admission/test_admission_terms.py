"""The development chain of the handbook (section 12), day by day."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.admission.rules import (
    DEV_06,
    DEV_09,
    DEV_15,
    DEV_17,
    DEV_18,
    DEV_19,
    approval_due,
    approval_stop,
    talk_due,
)
from yumiao.people.rules import probation_end

MEETING = date(2026, 5, 15)


def test_the_talk_is_due_a_month_after_the_application() -> None:
    assert talk_due(date(2025, 1, 20)) == date(2025, 2, 20)


@pytest.mark.parametrize(("target_on", "holds"), [(date(2026, 3, 9), False), (date(2026, 3, 10), True)])
def test_an_activist_is_a_target_after_a_year_at_the_earliest(target_on: date, holds: bool) -> None:
    assert DEV_06.holds(activist_on=date(2025, 3, 10), target_on=target_on) is holds


def test_approval_is_due_after_three_months_and_stops_after_six() -> None:
    assert (approval_due(MEETING), approval_stop(MEETING)) == (date(2026, 8, 15), date(2026, 11, 15))
    assert DEV_15.holds(met_on=MEETING, approved_on=date(2026, 11, 15)) is True
    assert DEV_15.holds(met_on=MEETING, approved_on=date(2026, 11, 16)) is False


def test_probation_runs_from_the_meeting_and_not_from_the_approval() -> None:
    assert DEV_17.holds(met_on=MEETING, begins_on=date(2026, 7, 1)) is False
    assert probation_end(MEETING) == date(2027, 5, 15)


@pytest.mark.parametrize(("discussed_on", "holds"), [(date(2027, 5, 14), False), (date(2027, 5, 15), True)])
def test_confirmation_waits_for_the_day_of_expiry(discussed_on: date, holds: bool) -> None:
    assert DEV_18.holds(begins_on=MEETING, discussed_on=discussed_on) is holds


def test_an_extension_of_six_months_moves_the_expiry() -> None:
    assert probation_end(MEETING, extended_months=6) == date(2027, 11, 15)


@pytest.mark.parametrize(
    ("months", "before", "holds"), [(5, 0, False), (6, 0, True), (12, 0, True), (13, 0, False), (6, 1, False)]
)
def test_probation_is_extended_once_by_six_to_twelve_months(months: int, before: int, holds: bool) -> None:
    assert DEV_19.holds(months=months, before=before) is holds


@pytest.mark.parametrize(("days", "hours", "holds"), [(3, 20, True), (2, 24, True), (2, 23, False)])
def test_training_takes_three_days_or_twenty_four_hours(days: int, hours: int, holds: bool) -> None:
    assert DEV_09.holds(days=days, hours=hours) is holds
