"""Runs the statements of `reading.sql`: members or admissions, one row a person, and what each unit of the county counts of them.

Counts are kept in memory per head of the chain and day; rows are not. Must not know: tables, pages, who reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from django.db import connection

from yumiao.access.readers import tree_of
from yumiao.bylaws.queries import settings_on
from yumiao.journal.chain import Head
from yumiao.journal.facts import ALIVE
from yumiao.journal.memory import remembered
from yumiao.kernel.ages import day_number
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.people import statistics
from yumiao.people.statistics import Group, Grouping
from yumiao.units.rules import Form


class Subject(StrEnum):
    """What a table counts."""

    MEMBERS = "members"
    ADMISSIONS = "admissions"
    ORGANISATIONS = "organisations"
    BALANCE = "balance"


class Row(NamedTuple):
    """Somebody who is counted: the unit he counts for, and the group of the grouping asked for."""

    path: str
    person: int
    group: str


FORM: Final = Grouping(
    "form",
    "组织类别",
    (
        Group(Form.COMMITTEE.value, "党委（党工委）"),
        Group(Form.GENERAL_BRANCH.value, "党总支"),
        Group(Form.BRANCH.value, "党支部"),
    ),
)
GROUPINGS: Final[Mapping[Subject, tuple[Grouping, ...]]] = {
    Subject.MEMBERS: statistics.OF_MEMBERS,
    Subject.ADMISSIONS: statistics.OF_ADMISSIONS,
    Subject.ORGANISATIONS: (FORM,),
    Subject.BALANCE: (),
}
# of each grouping: the column its values stand in, and the group of a value
_VALUES: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "sex": ("r.sex", statistics.sex_group),
    "age": ("(%(day_number)s - r.birth_number) / 10000", statistics.band),
    "ethnicity": ("r.ethnicity", statistics.ethnicity_group),
    "education": ("r.education", statistics.schooling_group),
    "occupation": ("r.occupation", statistics.occupation_group),
    "joined": ("m.membership_on", lambda on: statistics.era(_day(on))),
}
_AGE_AT_ADMISSION: Final = "m.age_years"


@dataclass(frozen=True, slots=True)
class Counts:
    """By path of a unit, without those below it: how many in all, and how many in each group of a grouping, in its order."""

    totals: Mapping[str, int]
    groups: Mapping[str, tuple[int, ...]]


def read(subject: Subject, by: Grouping, day: date, head: Head, within: Range) -> list[Row]:
    """Everybody who is counted in a subtree on `day`: members in stock, or those admitted in the year up to it."""
    found = _asked("p.path, m.person_id", subject, by, day, head, within)
    grouped = _VALUES[by.key][1]
    return [Row(path, person, grouped(value)) for path, person, value in found]


def stock(day: date, within: Range = EVERYTHING) -> dict[int, str]:
    """The path of the unit of every member in stock, by person."""
    return dict(rows("members", day, columns="m.person_id, p.path", lo=within.lo, hi=within.hi))


def counts(subject: Subject, by: Grouping, day: date, head: Head) -> Counts:
    """What every unit of the county counts."""

    def make() -> Counts:
        if subject is Subject.ORGANISATIONS:
            return _of_organisations(day, head)
        return counted(by, _asked("p.path", subject, by, day, head, EVERYTHING))

    return remembered("statistics", head, subject, by.key, day, make=make)


def counted(by: Grouping, found: Collection[tuple[str, Any]]) -> Counts:
    """(path, value) of everybody, counted by unit and group."""
    grouped = _VALUES[by.key][1]
    known = {value: grouped(value) for value in {value for _path, value in found}}
    pairs = Counter((path, known[value]) for path, value in found)
    return Counts(Counter(path for path, _value in found), _in_order(by, pairs))


def _asked(columns: str, subject: Subject, by: Grouping, day: date, head: Head, within: Range) -> list[tuple[Any, ...]]:
    """The rows of a subject: `columns`, then the value that decides on the group."""
    value = _AGE_AT_ADMISSION if by is statistics.AGE and subject is Subject.ADMISSIONS else _VALUES[by.key][0]
    values: dict[str, Any] = {"lo": within.lo, "hi": within.hi, "year_first": date(day.year, 1, 1)}
    if by is statistics.AGE:
        settings = remembered("settings", head, day, make=lambda: settings_on(day))
        values["day_number"] = day_number(day, settings.leap_birthday_policy)
    return rows(subject.value, day, columns=f"{columns}, {value}", **values)


def _day(value: date | str) -> date:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _in_order(by: Grouping, pairs: Mapping[tuple[str, str], int]) -> dict[str, tuple[int, ...]]:
    places = {group.key: place for place, group in enumerate(by.groups)}
    found: dict[str, list[int]] = {}
    for (path, key), number in pairs.items():
        found.setdefault(path, [0] * len(places))[places[key]] = number
    return {path: tuple(numbers) for path, numbers in found.items()}


def _of_organisations(day: date, head: Head) -> Counts:
    """Every unit counts itself; a group is no organisation of its own."""
    units = [unit for unit in tree_of(day, head) if unit.kind.form is not Form.GROUP]
    pairs = {(unit.path, unit.kind.form.value): 1 for unit in units}
    return Counts({unit.path: 1 for unit in units}, _in_order(FORM, pairs))


@cache
def _statements() -> dict[str, str]:
    text = resources.files(__package__).joinpath("reading.sql").read_text(encoding="utf-8")
    text = re.sub(r"\{alive\((\w+)\)\}", rf"\1.struck = {ALIVE}", text)
    return dict(part.split("\n", 1) for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:])


def rows(name: str, day: date, *, columns: str = "", **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement of `reading.sql`; `columns` is a text of this room, never one of a reader."""
    parts = _statements()
    texts = {"columns": columns, **{name: parts[name] if "r." in columns else "" for name in ("record", "recorded")}}
    with connection.cursor() as cursor:
        cursor.execute(parts[name].format(**texts), {"day": day, **values})
        return list(cursor.fetchall())
