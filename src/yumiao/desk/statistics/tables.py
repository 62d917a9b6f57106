"""A table of the statistics: a row for each unit directly below, a total row; and where it does not add up, that is said.

Must not know: the reader, addresses, HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.desk.statistics.reading import Counts, Subject
from yumiao.kernel.scope import Range
from yumiao.people.statistics import ETHNICITY, HAN, UNKNOWN, UNLISTED, Grouping, adds_up
from yumiao.units.queries import Tree, UnitOnDay

LEVEL: Final = 6  # digits of a path for each level of the tree


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers; neighbours of the same `band` stand under one header. `is_sum`: it is no part beside others, but their sum."""

    key: str
    label: str
    band: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `numbers` as wide as the columns. `is_own`: what stands at the unit itself; without a unit its numbers open nobody."""

    label: str
    unit: UnitOnDay | None
    numbers: tuple[int, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`total` is counted over the whole subtree by itself, not summed from `lines`. `faults`: every place where it does not add up."""

    title: str
    subject: Subject
    unit: UnitOnDay
    day: date
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line
    faults: tuple[str, ...] = ()


def table(title: str, subject: Subject, unit: UnitOnDay, day: date, units: Tree, counts: Counts, by: Grouping) -> Table:
    """What the counts say of `unit` and of each unit directly below it."""
    by_path = counts.groups
    shown = _shown(by, _added(by, [by_path[path] for path in by_path if unit.subtree.covers(path)]))
    columns = (
        Column("", _("合计"), is_sum=True),
        *(Column(by.groups[place].key, by.groups[place].label) for place in shown),
        *(Column(one.key, one.label, _("其中"), is_sum=True) for one in by.roll_ups),
    )

    def line(label: str, one: UnitOnDay, within: Range | None) -> Line:
        """Of a subtree, or without one of the unit alone."""
        paths = [path for path in counts.totals if (within.covers(path) if within else path == one.path)]
        added = _added(by, [by_path[path] for path in paths if path in by_path])
        rolled = [
            sum(added[place] for place, group in enumerate(by.groups) if group.key in up.of) for up in by.roll_ups
        ]
        numbers = (sum(counts.totals[path] for path in paths), *(added[place] for place in shown), *rolled)
        return Line(label, one, numbers, is_own=within is None)

    own = line(_("本级"), unit, None)
    below = [line(child.name, child, child.subtree) for child in units.below(unit)]
    lines = (*([own] if any(own.numbers) or not below else []), *below)
    total = line(_("合计"), unit, unit.subtree)
    return checked(Table(title, subject, unit, day, columns, lines, total))


def checked(made: Table) -> Table:
    """The table with what does not add up: across, the parts against the sum before them; down, the rows against the total."""
    faults = []
    parts = [place for place, column in enumerate(made.columns) if not column.is_sum]
    for line in (*made.lines, made.total):
        if not adds_up(parts=[line.numbers[place] for place in parts], total=line.numbers[0]):
            faults.append(_("“%(line)s”一行各栏之和不等于合计") % {"line": line.label})
    return replace(made, faults=(*faults, *column_faults(made)))


def column_faults(made: Table) -> list[str]:
    """Columns whose rows do not make up the total."""
    return [
        _("“%(column)s”一栏各单位之和不等于合计") % {"column": column.label}
        for place, column in enumerate(made.columns)
        if not adds_up(parts=[line.numbers[place] for line in made.lines], total=made.total.numbers[place])
    ]


def _added(by: Grouping, numbers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*numbers, strict=True))) if numbers else (0,) * len(by.groups)


def _shown(by: Grouping, whole: Sequence[int]) -> list[int]:
    """The places of the groups that are shown: all; of the peoples those that occur."""
    always = (HAN, UNLISTED, UNKNOWN)
    return [
        place for place, group in enumerate(by.groups) if by is not ETHNICITY or whole[place] or group.key in always
    ]
