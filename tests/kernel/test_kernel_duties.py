from datetime import date

import pytest

from yumiao.kernel.duties import Deadlines, Duty, by_deadline

WEDNESDAY = date(2026, 7, 1)


def duty(due_on, rule="DEV-03"):
    return Duty(rule, "与申请人谈话", "柳溪村党支部", due_on, "递交申请满一个月", "/cases/1/")


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        (date(2026, 6, 30), "overdue"),
        (date(2026, 7, 1), "this_week"),
        (date(2026, 7, 5), "this_week"),
        (date(2026, 7, 6), "later"),
    ],
)
def test_a_week_ends_on_sunday_and_a_duty_is_in_time_on_its_last_day(due_on, group):
    one = duty(due_on)
    expected = {"overdue": (), "this_week": (), "later": ()} | {group: (one,)}
    assert by_deadline([one], WEDNESDAY) == Deadlines(**expected)


def test_on_a_sunday_the_week_is_today_only():
    today, tomorrow = duty(date(2026, 7, 5)), duty(date(2026, 7, 6))
    assert by_deadline([today, tomorrow], date(2026, 7, 5)) == Deadlines((), (today,), (tomorrow,))


def test_each_group_begins_with_the_earliest_deadline():
    first, second, third = duty(date(2026, 6, 1)), duty(date(2026, 6, 2), "DEV-03"), duty(date(2026, 6, 2), "DEV-04")
    assert by_deadline([third, second, first], WEDNESDAY).overdue == (first, second, third)
