"""One calendar year as a page shows it: a sheet for every month, how many days are worked, and the days that are not as their weekday.

Must not know: requests, who reads it.
"""

from __future__ import annotations

from calendar import Calendar as Sheets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.bylaws.models import DayOff
from yumiao.bylaws.queries import national_names
from yumiao.kernel.workdays import Calendar

SATURDAY: Final = 5
WEEKDAYS: Final = tuple(map(gettext_lazy, "一二三四五六日"))


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """A run of days that are not what their weekday says, and who says so; `first` and `last` are both of it."""

    first: date
    last: date
    is_working: bool
    name: str
    source: str
    is_own: bool

    @property
    def days(self) -> Iterator[date]:
        for place in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=place)

    def goes_on_with(self, other: SpecialDays) -> bool:
        """Whether `other` is the same thing on the days that follow."""
        said, so_too = ((run.is_working, run.name, run.source, run.is_own) for run in (self, other))
        return said == so_too and other.first - self.last == timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day on a month's sheet: `tone` of the style sheet, `word` in the corner, `title` for who asks what it is."""

    number: int
    tone: str
    word: str
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """A sheet: weeks from Monday on, None outside the month, and how many days are worked."""

    label: str
    weeks: tuple[tuple[Day | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve sheets, the days that differ from their weekday, working days in all."""

    months: tuple[Month, ...]
    special: tuple[SpecialDays, ...]
    working: int


def year_of(year: int, calendar: Calendar, own: Collection[DayOff], national_source: str = "") -> Year:
    """The year by `calendar`; raises `MissingYear` where it has no table.

    `own`: days entered here, of any year; those whose source is `national_source` are the State Council's table typed in by hand.
    """
    entered = {row.day: row for row in own if row.day.year == year}
    special = _special(year, calendar, entered, national_source)
    by_day = {day: run for run in special for day in run.days}
    months = tuple(_month(year, month, calendar, by_day) for month in range(1, 13))
    return Year(months, tuple(special), sum(month.working for month in months))


def _month(year: int, month: int, calendar: Calendar, special: Mapping[date, SpecialDays]) -> Month:
    weeks = tuple(
        tuple(_day(day, calendar, special.get(day)) if day.month == month else None for day in week)
        for week in Sheets().monthdatescalendar(year, month)
    )
    working = sum(calendar.is_working(date(year, month, one.number)) for week in weeks for one in week if one)
    return Month(_("%(month)s月") % {"month": month}, weeks, working)


def _day(day: date, calendar: Calendar, run: SpecialDays | None) -> Day:
    weekend = day.weekday() >= SATURDAY
    if run is None:
        return Day(day.day, "weekend", "", _("周末")) if weekend else Day(day.day, "work", "", _("工作日"))
    arrangement = _("上班") if run.is_working else _("放假")
    title = f"{run.name} {arrangement}（{run.source}）"
    if run.is_own:
        return Day(day.day, "own", _("县班") if run.is_working else _("县休"), title)
    return Day(day.day, "makeup", _("班"), title) if run.is_working else Day(day.day, "holiday", _("休"), title)


def _special(year: int, calendar: Calendar, entered: Mapping[date, DayOff], national_source: str) -> list[SpecialDays]:
    council, names = _("国务院办公厅当年通知"), national_names()
    national = {
        day: SpecialDays(day, day, day in calendar.workdays, names[day], council, is_own=False)
        for day in calendar.days_off | calendar.workdays
        if day.year == year and day in names and day not in entered
    }
    local = {
        day: SpecialDays(day, day, row.is_working, row.name, row.source, is_own=row.source != national_source)
        for day, row in entered.items()
    }
    runs: list[SpecialDays] = []
    for _on, run in sorted({**national, **local}.items()):
        if runs and runs[-1].goes_on_with(run):
            runs[-1] = replace(runs[-1], last=run.last)
        else:
            runs.append(run)
    return runs
