from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yumiao.kernel.ages import LeapBirthday, birth_cut, birth_number, completed_years, day_number

MAR_1, FEB_28 = LeapBirthday.MAR_1, LeapBirthday.FEB_28

births = st.dates(date(1900, 1, 1), date(2030, 12, 31)) | st.sampled_from(
    [date(y, 2, 29) for y in range(1904, 2031, 4)]
)
days = st.dates(date(1950, 1, 1), date(2060, 12, 31)) | st.builds(
    date, st.integers(1950, 2060), st.just(2), st.integers(27, 28)
)
policies = st.sampled_from(LeapBirthday)


def counted_birthday_by_birthday(born_on, on, leap):
    """The slow way: the birthdays that have come, one year after another."""

    def birthday(year):
        try:
            return born_on.replace(year=year)
        except ValueError:
            return date(year, 3, 1) if leap is MAR_1 else date(year, 2, 28)

    return sum(birthday(year) <= on for year in range(born_on.year + 1, on.year + 1))


@pytest.mark.parametrize(
    ("born_on", "on", "leap", "age"),
    [
        (date(2008, 6, 30), date(2026, 6, 29), MAR_1, 17),
        (date(2008, 6, 30), date(2026, 6, 30), MAR_1, 18),
        (date(2004, 2, 29), date(2022, 2, 28), MAR_1, 17),
        (date(2004, 2, 29), date(2022, 2, 28), FEB_28, 18),
        (date(2004, 2, 29), date(2022, 2, 27), FEB_28, 17),
        (date(2004, 2, 29), date(2022, 3, 1), MAR_1, 18),
        (date(2004, 2, 29), date(2022, 3, 1), FEB_28, 18),
        (date(2004, 2, 29), date(2024, 2, 28), FEB_28, 19),
        (date(2004, 2, 29), date(2024, 2, 29), FEB_28, 20),
        (date(1990, 1, 1), date(2025, 12, 31), MAR_1, 35),
        (date(1990, 1, 1), date(2026, 1, 1), MAR_1, 36),
        (date(1990, 3, 1), date(2026, 2, 28), FEB_28, 35),
    ],
)
def test_a_year_of_age_is_completed_on_the_birthday(born_on, on, leap, age):
    assert completed_years(born_on, on, leap) == age


def test_a_leap_day_birthday_falls_on_the_first_of_march_unless_told_otherwise():
    assert completed_years(date(2004, 2, 29), date(2022, 2, 28)) == 17


def test_a_day_before_the_birth_gives_a_negative_age():
    assert completed_years(date(2020, 5, 1), date(2020, 4, 30)) == -1


def test_dates_become_plain_integers():
    assert birth_number(date(1990, 1, 1)) == 19900101
    assert day_number(date(2022, 2, 28)) == 20220228
    assert day_number(date(2022, 2, 28), FEB_28) == 20220229
    assert day_number(date(2024, 2, 28), FEB_28) == 20240228
    assert birth_cut(35, date(2026, 6, 30)) == 19900630


@given(births, days, policies)
@example(date(2004, 2, 29), date(2022, 2, 28), FEB_28)
def test_the_age_is_the_number_of_birthdays_that_have_come(born_on, on, leap):
    if born_on <= on:
        assert completed_years(born_on, on, leap) == counted_birthday_by_birthday(born_on, on, leap)


@given(births, days, policies)
def test_the_difference_of_the_integers_is_the_age(born_on, on, leap):
    assert (day_number(on, leap) - birth_number(born_on)) // 10_000 == completed_years(born_on, on, leap)


@given(births, days, policies, st.integers(0, 110))
@example(date(1988, 2, 29), date(2026, 2, 28), FEB_28, 37)
def test_births_above_the_cut_are_exactly_those_within_the_age(born_on, on, leap, max_age):
    is_above = birth_number(born_on) > birth_cut(max_age, on, leap)
    assert is_above == (completed_years(born_on, on, leap) <= max_age)
