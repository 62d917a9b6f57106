"""One calendar year as a page shows it: every day of every month, how many are worked, and the days that are not as their weekday.

Must not know: requests, who reads it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.bylaws.models import DayOff
from yumiao.bylaws.queries import national_names
from yumiao.kernel.workdays import Calendar

SATURDAY: Final = 5
DAYS: Final = range(1, 32)
Cell = tuple[str, str, None]  # tone of the matrix, word, no link


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """A run of days that are not what their weekday says, and who says so; `first` and `last` are both of it."""

    first: date
    last: date
    is_working: bool
    name: str
    source: str
    is_own: bool

    def goes_on_with(self, other: SpecialDays) -> bool:
        """Whether `other` is the same thing on the days that follow."""
        said, so_too = ((run.is_working, run.name, run.source, run.is_own) for run in (self, other))
        return said == so_too and other.first - self.last == timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """The months as rows of a matrix (the last cell counts working days), the days that differ, working days in all."""

    rows: tuple[tuple[str, None, list[Cell]], ...]
    special: tuple[SpecialDays, ...]
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


def _special(year: int, calendar: Calendar, own: Mapping[date, DayOff]) -> list[SpecialDays]:
    council, names = _("国务院办公厅当年通知"), national_names()
    national = {
        day: SpecialDays(day, day, day in calendar.workdays, names[day], council, is_own=False)
        for day in calendar.days_off | calendar.workdays
        if day.year == year and day in names and day not in own
    }
    local = {day: SpecialDays(day, day, row.is_working, row.name, row.source, is_own=True) for day, row in own.items()}
    runs: list[SpecialDays] = []
    for _day, run in sorted({**national, **local}.items()):
        if runs and runs[-1].goes_on_with(run):
            runs[-1] = replace(runs[-1], last=run.last)
        else:
            runs.append(run)
    return runs
