"""One calendar year as a page shows it: every day of every month, how many are worked, and the days that are not as their weekday.

Must not know: requests, who reads it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.bylaws.models import DayOff
from yumiao.bylaws.queries import national_names
from yumiao.kernel.workdays import Calendar

SATURDAY: Final = 5
DAYS: Final = range(1, 32)
Cell = tuple[str, str, None]  # tone of the matrix, word, no link


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says, and who says so."""

    day: date
    is_working: bool
    name: str
    source: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Year:
    """The months as rows of a matrix (the last cell counts working days), the days that differ, working days in all."""

    rows: tuple[tuple[str, None, list[Cell]], ...]
    special: tuple[SpecialDay, ...]
    working: int


def year_of(year: int, calendar: Calendar, own: Collection[DayOff]) -> Year:
    """The year by `calendar`; raises `MissingYear` where it has no table. `own`: the county's days, of any year."""
    by_day = {row.day: row for row in own if row.day.year == year}
    months = [_month(year, month, calendar, by_day) for month in range(1, 13)]
    rows = tuple(
        (_("%(month)s月") % {"month": month}, None, [*cells, ("none", str(working), None)])
        for month, (cells, working) in enumerate(months, start=1)
    )
    return Year(rows, tuple(_special(year, calendar, by_day)), sum(working for _cells, working in months))


def _month(year: int, month: int, calendar: Calendar, own: Mapping[date, DayOff]) -> tuple[list[Cell], int]:
    length = monthrange(year, month)[1]
    days = [date(year, month, number) for number in DAYS if number <= length]
    cells = [_cell(day, calendar, day in own) for day in days] + [("none", "", None)] * (len(DAYS) - length)
    return cells, sum(calendar.is_working(day) for day in days)


def _cell(day: date, calendar: Calendar, is_own: bool) -> Cell:
    working, weekend = calendar.is_working(day), day.weekday() >= SATURDAY
    if is_own:
        return ("open", _("县班") if working else _("县休"), None)
    if working:
        return ("part", _("班"), None) if weekend else ("none", str(day.day), None)
    if weekend and day not in calendar.days_off:
        return ("none", "–", None)
    return ("ok", _("休"), None)


def _special(year: int, calendar: Calendar, own: Mapping[date, DayOff]) -> list[SpecialDay]:
    council, names = _("国务院办公厅当年通知"), national_names()
    national = {
        day: SpecialDay(day, day in calendar.workdays, names[day], council, is_own=False)
        for day in calendar.days_off | calendar.workdays
        if day.year == year and day in names and day not in own
    }
    local = {day: SpecialDay(day, row.is_working, row.name, row.source, is_own=True) for day, row in own.items()}
    return [special for _day, special in sorted({**national, **local}.items())]
