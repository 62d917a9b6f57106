from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.kernel.periods import BEGIN, FOREVER, add_months, add_years, on_paper, on_screen, today_in_china


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 5, 15), 3, date(2026, 8, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_a_term_in_months_ends_on_the_corresponding_day_or_the_last_of_the_month(start, months, end):
    assert add_months(start, months) == end


def test_a_month_from_31_january_clamps_but_two_months_do_not():
    assert add_months(date(2026, 1, 31), 2) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
        (date(2026, 5, 15), 1, date(2027, 5, 15)),
    ],
)
def test_a_term_in_years_ends_on_the_corresponding_day(start, years, end):
    assert add_years(start, years) == end


def test_a_term_past_the_last_year_is_an_error():
    with pytest.raises(ValueError, match="year 10000 is out of range"):
        add_months(FOREVER, 1)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 240), st.integers(0, 240))
def test_a_longer_term_never_ends_earlier(start, months, more):
    assert add_months(start, months) <= add_months(start, months + more)


def test_a_day_is_written_for_screen_and_paper():
    assert on_screen(date(2024, 3, 5)) == "2024-03-05"
    assert on_paper(date(2024, 3, 5)) == "2024年3月5日"


@pytest.mark.parametrize("open_end", [BEGIN, FOREVER])
def test_an_open_end_is_never_shown(open_end):
    assert on_screen(open_end) == ""
    assert on_paper(open_end) == ""


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 16, 0, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_china(moment, day):
    assert today_in_china(moment) == day


def test_a_naive_moment_has_no_day():
    with pytest.raises(ValueError, match="aware"):
        today_in_china(datetime(2026, 6, 30))  # noqa: DTZ001
