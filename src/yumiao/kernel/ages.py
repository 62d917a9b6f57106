"""Ages in completed years (CAL-04), also as plain integers, so that any database engine can compare them.

Must not know: which age a rule asks for, and which leap-day policy a county has chosen.
"""

from calendar import isleap
from datetime import date
from enum import StrEnum


class LeapBirthday(StrEnum):
    """When somebody born on 29 February turns a year older in a common year (setting `leap_birthday_policy`)."""

    MAR_1 = "mar_1"
    FEB_28 = "feb_28"


def completed_years(born_on: date, on: date, leap: LeapBirthday = LeapBirthday.MAR_1) -> int:
    """Full years of age, reached on the birthday itself; negative for a day before the birth."""
    return (day_number(on, leap) - birth_number(born_on)) // 10_000


def birth_number(born_on: date) -> int:
    """`YYYYMMDD` as an integer, the form in which a birth date is compared in SQL."""
    return born_on.year * 10_000 + born_on.month * 100 + born_on.day


def day_number(on: date, leap: LeapBirthday = LeapBirthday.MAR_1) -> int:
    """The integer from which a `birth_number` is taken: the difference divided by 10,000, rounded down, is the age.

    Under `feb_28` the 28th of a common February counts as the 29th: a leap-day birthday has come by then.
    """
    early = leap is LeapBirthday.FEB_28 and (on.month, on.day) == (2, 28) and not isleap(on.year)
    return birth_number(on) + early


def birth_cut(max_age: int, on: date, leap: LeapBirthday = LeapBirthday.MAR_1) -> int:
    """The integer that exactly the birth numbers of people aged `max_age` or less on that day exceed."""
    return day_number(on, leap) - (max_age + 1) * 10_000
