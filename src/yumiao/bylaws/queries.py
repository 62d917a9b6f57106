"""County papers, settings of any day and the calendar, as known now.

Must not know: who may see or change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from yumiao.bylaws.models import CalendarYear, CountyPaper, DayOff, Setting
from yumiao.bylaws.rules import Paper, Settings
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.workdays import Calendar

__all__ = ["LeapBirthdays", "SettingPeriod", "Settings", "calendar", "history", "own_days", "papers", "settings_on"]

PAPER = ("uid", "number", "issuing_body", "title", "in_force_from", "in_force_until", "text", "scan")


@dataclass(frozen=True, slots=True)
class SettingPeriod:
    """The value, as written, that a county paper gave a key from `since` up to, but without, `until`."""

    since: date
    until: date
    value: str
    paper: Paper
    reason: str


def settings_on(day: date, *, known: int | None = None) -> Settings:
    """The settings in force on `day`, as known now or when entry `known` had been written, in one query.

    A key that was not set then stands at its default.
    """
    rows = Setting.objects.alive() if known is None else Setting.objects.known_at(known)
    return Settings.of(dict(rows.filter(since__lte=day, until__gt=day).values_list("key", "value")))


class LeapBirthdays:
    """The leap-day policy of a day; it matters on the last of February alone, so it is read for such days only."""

    def __init__(self) -> None:
        self._asked: dict[date, LeapBirthday] = {}

    def on(self, day: date) -> LeapBirthday:
        if (day.month, day.day) != (2, 28):
            return LeapBirthday.MAR_1
        if day not in self._asked:
            self._asked[day] = settings_on(day).leap_birthday_policy
        return self._asked[day]


def history(key: str) -> list[SettingPeriod]:
    """The periods of `key` in order of time; before the first one its default rules."""
    by_uid = {paper.uid: paper for paper in papers()}
    return [
        SettingPeriod(row.since, row.until, row.value, by_uid[row.paper_uid], row.reason)
        for row in Setting.objects.alive().filter(key=key).order_by("since")
    ]


def papers() -> list[Paper]:
    """Every county paper, the latest in force first."""
    rows = CountyPaper.objects.alive().order_by("-in_force_from", "issuing_body", "number")
    return [Paper(*row) for row in rows.values_list(*PAPER)]


def own_days() -> list[DayOff]:
    """The county's own days off and make-up days, in order of time."""
    return list(DayOff.objects.alive().order_by("day"))


def calendar() -> Calendar:
    """The State Council's tables under the county's own days; it refuses a year without a table (CAL-01)."""
    days = list(DayOff.objects.alive().values_list("day", "is_working"))
    return _national().overlaid(
        off=[day for day, is_working in days if not is_working],
        working=[day for day, is_working in days if is_working],
        years=CalendarYear.objects.alive().values_list("year", flat=True),
    )


@cache
def _national() -> Calendar:
    import chinese_calendar  # only who counts working days pays for its tables

    return Calendar(
        years=frozenset(day.year for day in chinese_calendar.holidays),
        days_off=frozenset(chinese_calendar.holidays),
        workdays=frozenset(chinese_calendar.workdays),
    )
