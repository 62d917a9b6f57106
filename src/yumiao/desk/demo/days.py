"""The demo county's own calendar: its fixed day and the few date sums its people need.

It must not know the clock; "today" in the demo county is always `DEMO_DAY`.
"""

from datetime import date, timedelta
from random import Random
from typing import Final

DEMO_DAY: Final = date(2026, 10, 31)
THIS_YEAR: Final = DEMO_DAY.year
# Branch meetings gather before 1 July and before the year's end.
MEETINGS_BY_MONTH: Final = (3, 2, 5, 6, 9, 24, 6, 6, 10, 9, 10, 14)


def years_after(day: date, years: int) -> date:
    """The corresponding day `years` later (earlier if negative); 28 February where 29 February is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def age_on(born_on: date, day: date) -> int:
    """Completed years of age on `day`; who was born on 29 February turns a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birth_at_age(age: int, on: date, rng: Random) -> date:
    """A birth date of somebody who is exactly `age` years old on that day."""
    return years_after(on, -age) - timedelta(days=rng.randrange(365))


def day_at_age(born_on: date, age: int, rng: Random) -> date:
    """A day on which somebody born then is exactly `age` years old."""
    return years_after(born_on, age) + timedelta(days=rng.randrange(1, 365))


def meeting_day(year: int, rng: Random) -> date:
    """A day of a branch meeting in `year`, in the demo's running year not after `DEMO_DAY`."""
    months = DEMO_DAY.month if year == THIS_YEAR else 12
    month = rng.choices(range(1, months + 1), MEETINGS_BY_MONTH[:months])[0]
    return date(year, month, rng.randint(1, 28))


def day_between(first_on: date, last_on: date, rng: Random) -> date:
    """A day from `first_on` to `last_on`, both included."""
    return first_on + timedelta(days=rng.randint(0, (last_on - first_on).days))
