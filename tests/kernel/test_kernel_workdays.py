from datetime import date, timedelta

import chinese_calendar
import pytest

from yumiao.kernel.workdays import Calendar, MissingYear


def national(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in days if day.year == year]
    return Calendar(
        years=frozenset({year}),
        days_off=frozenset(day for day in days if day.weekday() < 5 and chinese_calendar.is_holiday(day)),
        workdays=frozenset(day for day in days if day.weekday() >= 5 and chinese_calendar.is_workday(day)),
    )


CHINA_2026 = national(2026)
PLAIN_2026 = Calendar(frozenset({2026}), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("posted_on", "last_on", "earliest_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)),
        (date(2026, 4, 29), date(2026, 5, 9), date(2026, 5, 10)),
        (date(2026, 6, 15), date(2026, 6, 23), date(2026, 6, 24)),
        (date(2026, 2, 11), date(2026, 2, 25), date(2026, 2, 26)),
        (date(2026, 9, 28), date(2026, 10, 10), date(2026, 10, 11)),
        (date(2026, 9, 30), date(2026, 10, 13), date(2026, 10, 14)),
    ],
)
def test_five_working_days_of_publicity(posted_on, last_on, earliest_on):
    assert CHINA_2026.publicity_ends(posted_on, 5) == last_on
    assert CHINA_2026.earliest_after(posted_on, 5) == earliest_on


def test_a_weekday_holiday_is_off_and_a_make_up_saturday_is_worked():
    assert CHINA_2026.is_working(date(2026, 10, 1)) is False
    assert CHINA_2026.is_working(date(2026, 10, 10)) is True


def test_the_start_day_is_not_counted():
    assert PLAIN_2026.add_working_days(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert PLAIN_2026.add_working_days(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert PLAIN_2026.add_working_days(date(2026, 3, 6), 1) == date(2026, 3, 9)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        PLAIN_2026.add_working_days(date(2026, 3, 2), -1)


def test_a_year_without_a_table_is_never_guessed():
    with pytest.raises(MissingYear) as caught:
        CHINA_2026.publicity_ends(date(2026, 12, 30), 5)
    assert caught.value.year == 2027
    assert str(caught.value) == (
        "缺少2027年的节假日安排，无法计算工作日。请先录入国务院办公厅公布的2027年节假日安排，再重新办理。"
    )


def test_a_local_holiday_beats_a_national_make_up_day():
    county = CHINA_2026.overlaid(off=[date(2026, 10, 10)], working=[], years=[])
    assert county.is_working(date(2026, 10, 10)) is False
    assert county.publicity_ends(date(2026, 9, 28), 5) == date(2026, 10, 12)


def test_a_local_working_day_beats_a_national_holiday():
    county = CHINA_2026.overlaid(off=[], working=[date(2026, 10, 7)])
    assert county.is_working(date(2026, 10, 7)) is True


def test_a_local_table_leaves_the_national_one_as_it_was():
    CHINA_2026.overlaid(off=[date(2026, 10, 10)], working=[])
    assert CHINA_2026.is_working(date(2026, 10, 10)) is True


def test_a_local_holiday_alone_does_not_make_its_year_known():
    county = CHINA_2026.overlaid(off=[date(2027, 11, 22)], working=[])
    with pytest.raises(MissingYear):
        county.is_working(date(2027, 11, 22))


def test_a_county_may_enter_a_whole_year_itself():
    county = CHINA_2026.overlaid(off=[date(2027, 1, 1)], working=[], years=[2027])
    assert county.is_working(date(2027, 1, 1)) is False
    assert county.is_working(date(2027, 1, 4)) is True


def test_a_day_cannot_be_both_off_and_worked():
    with pytest.raises(ValueError, match="2026-10-10"):
        CHINA_2026.overlaid(off=[date(2026, 10, 10)], working=[date(2026, 10, 10)])
