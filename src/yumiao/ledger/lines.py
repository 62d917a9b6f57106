"""Runs the statements of `lines.sql` for a day: cut-offs in, integers per unit out. It knows no verdict and no list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from django.db import connection

from yumiao.bylaws.rules import Settings
from yumiao.journal.facts import ALIVE
from yumiao.kernel.ages import birth_cut, day_number
from yumiao.kernel.periods import add_months
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.people.codes import JUNIOR_OR_BELOW

OLD = 60  # 61st birthday reached: aged more than 60


class Counts(NamedTuple):
    """What the statements count of one unit, one village or a whole subtree; sums of counts are counts again."""

    members: int = 0
    full_members: int = 0
    women: int = 0
    young: int = 0
    old: int = 0
    known_births: int = 0
    age_sum: int = 0
    low_education: int = 0
    this_year: int = 0
    last_year: int = 0
    year_before: int = 0
    in_window: int = 0
    young_this_year: int = 0
    unknown_age_this_year: int = 0
    pending: int = 0
    applicants: int = 0
    activists: int = 0
    targets: int = 0
    talents: int = 0

    @classmethod
    def total(cls, rows: Collection[Counts]) -> Counts:
        return cls(*map(sum, zip(*rows, strict=True))) if rows else cls()

    @property
    def unknown_births(self) -> int:
        return self.members - self.known_births


# Which places of `Counts` each statement adds to, in the order of its columns. Who waits for approval is a case until the
# approval is recorded; from then on the membership says of the days before that he waited.
STATEMENTS: dict[str, tuple[int, ...]] = {
    "stock": tuple(range(8)),
    "admissions": tuple(range(8, 15)),
    "cultivation": (15, 16, 17, 14),
    "pool": (18,),
}


@cache
def _statements() -> dict[str, str]:
    text = resources.files(__package__).joinpath("lines.sql").read_text(encoding="utf-8")
    return dict(part.split("\n", 1) for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:])


def rendered(name: str, *, known: int | None, by_person: bool = False) -> str:
    """A statement as known now, or as known when entry `known` had been written; by unit, or by person."""

    def alive(found: re.Match[str]) -> str:
        row = found[1]
        # "now" is an equality with a literal: partial indexes and the planner's statistics know it. As of "then" SQLite would go
        # through nearly all rows by the index of `entered` for each row outside; the plus takes that index from it.
        return (
            f"{row}.struck = {ALIVE}" if known is None else f"+{row}.entered <= %(known)s AND +{row}.struck > %(known)s"
        )

    statement = re.sub(r"\{by\(([\w.]+)\)\}", r"\1" if by_person else "p.path", _statements()[name])
    return re.sub(r"\{alive\((\w+)\)\}", alive, statement)


@dataclass(frozen=True, slots=True)
class CutOffs:
    """The days between which admissions are counted: calendar years back from the day, and the rolling window."""

    day: date

    @property
    def this_year(self) -> date:
        return date(self.day.year, 1, 1)

    @property
    def last_year(self) -> date:
        return date(self.day.year - 1, 1, 1)

    @property
    def year_before(self) -> date:
        return date(self.day.year - 2, 1, 1)

    @property
    def window(self) -> date:
        """WRN-09: 24 months back, the corresponding day itself still inside."""
        return add_months(self.day, -24)


def parameters(day: date, settings: Settings, within: Range) -> dict[str, Any]:
    """Everything the statements compare with; ages are judged under the leap-day policy of the day."""
    cuts, leap = CutOffs(day), settings.leap_birthday_policy
    primary, junior = JUNIOR_OR_BELOW
    return {
        "lo": within.lo,
        "hi": within.hi,
        "day": day,
        "this_year": cuts.this_year,
        "last_year": cuts.last_year,
        "year_before": cuts.year_before,
        "window": cuts.window,
        "earliest": min(cuts.year_before, cuts.window),
        "young_cut": birth_cut(settings.young_max_age, day, leap),
        "old_cut": birth_cut(OLD, day, leap),
        "day_number": day_number(day, leap),
        "young_age": settings.young_max_age + settings.young_tolerance,
        "primary": primary,
        "junior": junior,
    }


def counts_by_path(
    day: date, settings: Settings, *, within: Range = EVERYTHING, known: int | None = None
) -> dict[str, Counts]:
    """What each unit of the subtree counts on `day`, by its path; units that count nothing are absent."""
    values = parameters(day, settings, within) | ({} if known is None else {"known": known})
    return _counts({name: rendered(name, known=known) for name in STATEMENTS}, values)


def counts_by_person(day: date, settings: Settings, path: str) -> dict[int, Counts]:
    """What each person adds to the counts of the one unit at `path`, by the person's id; their sum is what the unit counts."""
    values = parameters(day, settings, Range(path, f"{path}000000"))
    return _counts({name: rendered(name, known=None, by_person=True) for name in STATEMENTS}, values)


def _counts(statements: Mapping[str, str], values: dict[str, Any]) -> dict[Any, Counts]:
    """Run the statements; their rows of the same unit, or person, side by side."""
    found: dict[Any, list[int]] = defaultdict(lambda: [0] * len(Counts._fields))
    for name, statement in statements.items():
        for one, *numbers in _rows(statement, values):
            have = found[one]
            for place, number in zip(STATEMENTS[name], numbers, strict=True):
                have[place] += int(number)  # PostgreSQL sums whole numbers to decimals
    return {one: Counts(*numbers) for one, numbers in found.items()}


def _rows(statement: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()
