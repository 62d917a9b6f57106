"""Open ends of valid time, terms in months and years, and how a day is written.

Must not know: the clock, working days, which rule a term belongs to.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

BEGIN = date(1, 1, 1)
FOREVER = date(9999, 12, 31)

# China has kept UTC+8 all year round since 1992; a fixed offset needs no time zone database on the machine.
_CHINA = timezone(timedelta(hours=8))


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later (earlier when negative), else the last day of that month (CAL-03).

    The start day is not counted: 2026-01-31 plus one month is 2026-02-28. `ValueError` outside the years 1 to 9999.
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month_index + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def add_years(day: date, years: int) -> date:
    """The corresponding day `years` later (earlier when negative); 29 February falls on the 28th in a common year."""
    return add_months(day, 12 * years)


def on_screen(day: date) -> str:
    """`2024-03-05`; empty for an open end, which never reaches a reader."""
    return "" if day in (BEGIN, FOREVER) else day.isoformat()


def on_paper(day: date) -> str:
    """`2024年3月5日`; empty for an open end, which never reaches a reader."""
    return "" if day in (BEGIN, FOREVER) else f"{day.year}年{day.month}月{day.day}日"


def today_in_china(now: datetime) -> date:
    """The business date in Asia/Shanghai (CAL-05) at the aware moment `now`; a naive moment is a `ValueError`."""
    if now.utcoffset() is None:
        raise ValueError("today_in_china needs an aware datetime")
    return now.astimezone(_CHINA).date()
