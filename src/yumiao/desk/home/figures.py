"""What a home page shows beside the ledger: structure of the members, five years of admissions, people in cultivation and on probation.

Each is one statement of `figures.sql` for one subtree on one day. Must not know: pages, verdicts, who reads.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from django.db import connection

from yumiao.bylaws.rules import Settings
from yumiao.journal.facts import ALIVE
from yumiao.kernel.ages import day_number
from yumiao.kernel.periods import add_months, add_years
from yumiao.kernel.scope import Range
from yumiao.kernel.shares import Share
from yumiao.people.codes import EDUCATIONS
from yumiao.people.rules import PROBATION_MONTHS, probation_end

YEARS = 5
SOON = 31  # days: a probation that ends within them is worth preparing the meeting for

# Ages of the pyramid, both ends included, the oldest on top.
BANDS: Final = ((76, None), (66, 75), (56, 65), (46, 55), (36, 45), (26, 35), (None, 25))


@dataclass(frozen=True, slots=True)
class Structure:
    """Members of a subtree, counted by (sex, age in completed years or None, schooling as written)."""

    counts: Mapping[tuple[str, int | None, str], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of(self, sex: str, least: int | None, most: int | None) -> int:
        """How many of a sex are of an age from `least` to `most`; None is an open end."""
        return sum(
            count
            for (own, age, _), count in self.counts.items()
            if own == sex and age is not None and (least is None or age >= least) and (most is None or age <= most)
        )

    @property
    def of_unknown_age(self) -> int:
        return sum(count for (_, age, _), count in self.counts.items() if age is None)

    @property
    def by_schooling(self) -> Mapping[str, int]:
        """By label of `people.codes`; `other` for what stands in no list, the empty text for nothing said."""
        found: Counter[str] = Counter()
        for (_, _, written), count in self.counts.items():
            found[written if not written or written in _LABELS else OTHER] += count
        return found


OTHER = "other"
_LABELS = frozenset(EDUCATIONS.values())


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Admissions of a year that count for the villages of a subtree, and how many of them were young on the day of admission."""

    year: int
    admitted: int
    young: int

    @property
    def share(self) -> Share:
        return Share(self.young, self.admitted)


@dataclass(frozen=True, slots=True)
class Cultivated:
    """Somebody with an open case; a day is None for a step not held."""

    uid: uuid.UUID
    name: str
    applied_on: date | None
    activist_on: date | None
    target_on: date | None

    @property
    def full_year_on(self) -> date | None:
        """From when an activist may become a target (DEV-06)."""
        return add_years(self.activist_on, 1) if self.activist_on else None


@dataclass(frozen=True, slots=True)
class Probationer:
    """A probationer of the unit `unit`, and the day on which the probation expires."""

    uid: uuid.UUID
    name: str
    unit: int
    ends_on: date


def structure(day: date, within: Range, settings: Settings) -> Structure:
    """Members in stock on `day`, those the ledger counts."""
    values = {"day_number": day_number(day, settings.leap_birthday_policy)}
    return Structure({(sex, age, said): count for sex, age, said, count in _rows("structure", day, within, values)})


def trend(day: date, within: Range, settings: Settings) -> tuple[YearFigures, ...]:
    """Five years up to the running one, which counts until `day`. Attribution, approval and tree are those of `day`."""
    first = day.year - YEARS + 1
    values: dict[str, Any] = {f"year_{place}": date(first + place, 1, 1) for place in range(YEARS)}
    values["young_age"] = settings.young_max_age + settings.young_tolerance
    counts = next(iter(_rows("trend", day, within, values)))
    return tuple(YearFigures(first + place, counts[2 * place], counts[2 * place + 1]) for place in range(YEARS))


def cultivated(day: date, within: Range) -> tuple[Cultivated, ...]:
    """People standing in the subtree with an open case before the branch meeting; targets first, then activists, each the longest first."""
    return tuple(
        Cultivated(_uuid(uid), name, *(_day(on) if on else None for on in days))
        for uid, name, *days in _rows("cultivated", day, within, {})
    )


def probations_ending(day: date, within: Range) -> tuple[Probationer, ...]:
    """Probationers whose probation is over or ends within a month, the earliest first; an extended probation is not among them."""
    last = day + timedelta(days=SOON)
    begun_by = add_months(last, -PROBATION_MONTHS) + timedelta(days=SOON)  # wide: months differ, the rule below decides
    found = [
        Probationer(_uuid(uid), name, unit, _day(ends) if ends else probation_end(_day(begins)))
        for uid, name, unit, begins, ends in _rows("probationers", day, within, {"begun_by": begun_by})
    ]
    return tuple(sorted((one for one in found if one.ends_on <= last), key=lambda one: (one.ends_on, one.name)))


@cache
def _statements() -> dict[str, str]:
    text = resources.files(__package__).joinpath("figures.sql").read_text(encoding="utf-8")
    text = re.sub(r"\{alive\((\w+)\)\}", rf"\1.struck = {ALIVE}", text)
    return dict(part.split("\n", 1) for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:])


def _rows(name: str, day: date, within: Range, values: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_statements()[name], {"day": day, "lo": within.lo, "hi": within.hi, **values})
        return list(cursor.fetchall())


def _uuid(found: uuid.UUID | str) -> uuid.UUID:
    """SQLite keeps a uid as text."""
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)


def _day(found: date | str) -> date:
    """SQLite keeps a date as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found
