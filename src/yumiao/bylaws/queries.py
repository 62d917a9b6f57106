"""County papers, settings of any day and the calendar, as known now.

Must not know: who may see or change them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Max, QuerySet

from yumiao.bylaws.keys import KEYS, Choice, Several
from yumiao.bylaws.models import CalendarYear, CountyPaper, DayOff, HeaderName, Setting
from yumiao.bylaws.rules import Paper, Settings
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.workdays import Calendar

__all__ = [
    "LeapBirthdays", "SettingPeriod", "Settings", "calendar", "header_names", "history", "last_change", "live_header_names",
    "national_names", "national_sources", "own_days", "own_days_between", "paper_by_uid", "paper_of_entry", "papers", "periods_by_key",
    "settings_on", "value_in_words",
]  # fmt: skip

PAPER = ("uid", "number", "issuing_body", "title", "in_force_from", "in_force_until", "text", "scan")


@dataclass(frozen=True, slots=True)
class SettingPeriod:
    """The value, as written, that a county paper gave a key from `since` up to, but without, `until`; `entered`: the entry that wrote it."""

    since: date
    until: date
    value: str
    paper: Paper
    reason: str
    key: str
    entered: int


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
    return _periods(Setting.objects.alive().filter(key=key))


def periods_by_key() -> dict[str, list[SettingPeriod]]:
    """The history of every key that was ever set."""
    found: dict[str, list[SettingPeriod]] = defaultdict(list)
    for period in _periods(Setting.objects.alive()):
        found[period.key].append(period)
    return dict(found)


def _periods(rows: QuerySet[Setting]) -> list[SettingPeriod]:
    by_uid = {paper.uid: paper for paper in papers()}
    return [
        SettingPeriod(row.since, row.until, row.value, by_uid[row.paper_uid], row.reason, row.key, row.entered)
        for row in rows.order_by("since", "key")
    ]


def last_change(key: str) -> int:
    """The number of the last entry that changed `key`, now or for a day to come; 0 while its default rules."""
    return Setting.objects.filter(key=key).aggregate(last=Max("entered"))["last"] or 0


def value_in_words(key: str, text: str) -> str:
    """A value as a clerk reads it: the Chinese reading of a choice or of several, any other as it is written."""
    kind = KEYS[key].kind if key in KEYS else None
    if isinstance(kind, Several) and set(text.split(",")) <= set(kind.options):
        return kind.reading(text)
    return kind.reading(text) if isinstance(kind, Choice) and text in kind.options else text


def papers() -> list[Paper]:
    """Every county paper, the latest in force first."""
    rows = CountyPaper.objects.alive().order_by("-in_force_from", "issuing_body", "number")
    return [Paper(*row) for row in rows.values_list(*PAPER)]


def paper_by_uid(uid: uuid.UUID) -> Paper | None:
    """The county paper of that uid; None where there is none."""
    row = CountyPaper.objects.alive().filter(uid=uid).values_list(*PAPER).first()
    return Paper(*row) if row else None


def paper_of_entry(seq: int) -> uuid.UUID:
    """The uid of the paper that entry `seq` registered."""
    return CountyPaper.objects.get(entered=seq).uid


def header_names(line: Sequence[int]) -> dict[tuple[str, str], HeaderName]:
    """By form and squeezed header: the own name that holds at the last of the units `line` (ids, from the top down), in one query."""
    rows = HeaderName.objects.alive().filter(unit__in=line)
    return {(row.form, row.header): row for row in sorted(rows, key=lambda row: line.index(row.unit_id))}


def live_header_names() -> list[HeaderName]:
    """Every own name of a column, by unit, form and header."""
    return list(HeaderName.objects.alive().order_by("unit", "form", "header"))


def own_days() -> list[DayOff]:
    """The county's own days off and make-up days, in order of time."""
    return list(DayOff.objects.alive().order_by("day"))


def own_days_between(first: date, last: date) -> list[DayOff]:
    """The days entered here from `first` to `last`, both among them."""
    return list(DayOff.objects.alive().filter(day__gte=first, day__lte=last).order_by("day"))


def national_sources() -> dict[int, str]:
    """By year the source of a State Council table that was entered here in full."""
    return dict(CalendarYear.objects.alive().values_list("year", "source"))


def calendar() -> Calendar:
    """The State Council's tables under the county's own days; it refuses a year without a table (CAL-01)."""
    days = list(DayOff.objects.alive().values_list("day", "is_working"))
    return _national().overlaid(
        off=[day for day, is_working in days if not is_working],
        working=[day for day, is_working in days if is_working],
        years=CalendarYear.objects.alive().values_list("year", flat=True),
    )


@cache
def national_names() -> Mapping[date, str]:
    """The holiday to which each day off and each make-up day of the State Council's tables belongs, in Chinese."""
    import chinese_calendar

    named = {**chinese_calendar.holidays, **chinese_calendar.workdays}
    return {day: chinese_calendar.Holiday(name).chinese for day, name in named.items()}


@cache
def _national() -> Calendar:
    import chinese_calendar  # only who counts working days pays for its tables

    return Calendar(
        years=frozenset(day.year for day in chinese_calendar.holidays),
        days_off=frozenset(chinese_calendar.holidays),
        workdays=frozenset(chinese_calendar.workdays),
    )
