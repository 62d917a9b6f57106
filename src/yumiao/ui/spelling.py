"""How days, moments and shares are spelled on a page; `None` and open ends are a dash, never an empty place or a nought.

Must not know: templates, Django, which day is meant.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeGuard
from zoneinfo import ZoneInfo

from yumiao.kernel.periods import BEGIN, FOREVER, on_paper, on_screen
from yumiao.kernel.shares import Share

NOTHING = "—"
CHINA = ZoneInfo("Asia/Shanghai")


def day(value: date | None) -> str:
    """`2024年3月5日`, for sentences and headings."""
    return (value and on_paper(_in_china(value))) or NOTHING


def short_day(value: date | None) -> str:
    """`3月5日`, within a year that the reader knows."""
    return f"{value.month}月{value.day}日" if _is_known(value) else NOTHING


def month(value: date | None) -> str:
    """`1974年3月`."""
    return f"{value.year}年{value.month}月" if _is_known(value) else NOTHING


def iso(value: date | None) -> str:
    """`2024-03-05`, for table cells; of a moment, as with `day`, the day it was in China."""
    return (value and on_screen(_in_china(value))) or NOTHING


def moment(value: datetime | None) -> str:
    """`2024-03-05 14:07` in China's time; a moment without a zone is a `ValueError`."""
    if value is None:
        return NOTHING
    if value.tzinfo is None:
        raise ValueError("a moment carries its zone")
    return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"


def share(value: Share | None) -> str:
    """`75.0%`, half rounded up; a dash where there is nothing to take a share of."""
    return NOTHING if value is None or value.is_none else value.percent()


def _in_china(value: date) -> date:
    return value.astimezone(CHINA).date() if isinstance(value, datetime) else value


def _is_known(value: date | None) -> TypeGuard[date]:
    return value is not None and value not in (BEGIN, FOREVER)
