"""A table as its page shows it: header cells, rows of linked numbers with shares beside them, tabs, the chart.

Must not know: HTML but for the charts', the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _
from markupsafe import Markup

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.desk.statistics import balance
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.reading import FORM, GROUPINGS, Subject, counts
from yumiao.desk.statistics.tables import Column, Line, Table, table
from yumiao.kernel.shares import Share
from yumiao.people.statistics import ETHNICITY, HAN, UNKNOWN, UNLISTED, Grouping
from yumiao.ui import charts
from yumiao.ui.shapes import Tone
from yumiao.units.queries import UnitOnDay

_TONES: Final[tuple[Tone, ...]] = ("a", "b", "c", "d", "man", "woman", "young", "done")
_APART: Final[dict[str, Tone]] = {UNLISTED: "miss", UNKNOWN: "na"}
Tab = tuple[str, str, bool, int | None]


class Cell(NamedTuple):
    """`url` opens who was counted; empty where nobody may be opened."""

    text: str
    url: str = ""
    is_nought: bool = False


class Row(NamedTuple):
    """A row of the page; `url` is the table of its unit."""

    label: str
    url: str
    cells: tuple[Cell, ...]


class Header(NamedTuple):
    """Headers of neighbouring columns, perhaps under a common one."""

    band: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of a table shows."""

    table: Table
    headers: tuple[Header, ...]
    rows: tuple[Row, ...]
    total: Row
    shares: tuple[str, ...]
    charts: tuple[tuple[str, Markup], ...]

    @property
    def is_banded(self) -> bool:
        return any(header.band for header in self.headers)


def heading(subject: Subject, asked: Asked, by: Grouping | None) -> str:
    """What stands above a table."""
    assert asked.day is not None
    divided = _("（按%(by)s）") % {"by": by.title} if by else ""
    return {
        Subject.MEMBERS: _("党员统计表") + divided,
        Subject.ADMISSIONS: _("%(year)s年发展党员统计表") % {"year": asked.day.year} + divided,
        Subject.ORGANISATIONS: _("党组织统计表"),
        Subject.BALANCE: _("%(year)s年党员增减平衡表") % {"year": asked.day.year},
    }[subject]


def made(reader: Reader, asked: Asked, unit: UnitOnDay) -> Table:
    """The table that is asked for."""
    assert asked.day is not None
    if asked.subject is Subject.BALANCE:
        return balance.balance(unit, asked.start, asked.day, reader.head)
    by, units = asked.grouping, tree_of(asked.day, reader.head)
    found = counts(asked.subject, by, asked.day, reader.head)
    title = heading(asked.subject, asked, None if by is FORM else by)
    return table(title, asked.subject, unit, asked.day, units, found, by)


def page(reader: Reader, asked: Asked, unit: UnitOnDay) -> Page:
    """The page of a table for a reader: numbers lead on where he may open what they count."""
    found, links = made(reader, asked, unit), _Links(reader, asked, unit)
    headers = tuple(
        Header(band, tuple(label for column in columns for label in _labels(column)))
        for band, columns in groupby(found.columns, key=lambda column: column.band)
    )
    rows = tuple(links.row(found, line) for line in found.lines)
    return Page(found, headers, rows, links.row(found, found.total), _shares(found), _charts(found, links))


def _labels(column: Column) -> list[str]:
    return [column.label, _("占比")] if is_share(column) else [column.label]


def is_share(column: Column) -> bool:
    """Whether a column is a part of the total taken together, whose share stands beside it."""
    return column.is_sum and column.band == _("其中")


def _paired(found: Table, line: Line) -> Iterator[tuple[Column, int]]:
    return zip(found.columns, line.numbers, strict=True)


def _shares(found: Table) -> tuple[str, ...]:
    """What each column is of the total; none of a balance."""
    if found.subject is Subject.BALANCE:
        return ()
    whole = found.total.numbers[0]
    return tuple(
        text
        for column, number in _paired(found, found.total)
        for text in (Share(number, whole).percent(), *([""] if is_share(column) else []))
    )


class _Links:
    """Addresses of figures, for one reader and one table."""

    def __init__(self, reader: Reader, asked: Asked, unit: UnitOnDay) -> None:
        is_people = asked.subject is not Subject.ORGANISATIONS
        self.asked = asked.table
        self.unit = unit
        self.route = "statistics_people" if is_people else "statistics_units"
        self.may_open = reader.may(Permission.PERSON_READ if is_people else Permission.LEDGER_READ)

    def figures(self, line: Line) -> str:
        """The address of every figure of a line, up to the column; empty where none may be opened."""
        if line.unit is None or not self.may_open:
            return ""
        is_below = self.asked.subject is Subject.BALANCE and line.unit.id != self.unit.id
        above = self.unit.code if is_below else ""
        address = self.asked.but(unit=line.unit.code, is_own=line.is_own, above=above).url(self.route)
        return f"{address}&column="

    def row(self, found: Table, line: Line) -> Row:
        begun = self.figures(line)
        cells: list[Cell] = []
        for column, number in _paired(found, line):
            url = f"{begun}{quote(column.key)}" if begun and number else ""
            cells.append(Cell(str(number).replace("-", "−"), url, not number))
            if is_share(column):
                cells.append(Cell(Share(number, line.numbers[0]).percent(), "", not line.numbers[0]))
        is_elsewhere = line.unit is not None and line.unit.id != self.unit.id
        label_url = self.asked.but(unit=line.unit.code).url() if is_elsewhere and line.unit else ""
        return Row(line.label, label_url, tuple(cells))

    def parts(self, found: Table, keys: Sequence[str]) -> list[charts.Part]:
        """The parts of a chart; those of nobody leave no mark."""
        numbers = {column.key: (column.label, number) for column, number in _paired(found, found.total)}
        begun = self.figures(found.total)
        tones = [_APART.get(key, _TONES[place % len(_TONES)]) for place, key in enumerate(keys)]
        return [
            charts.Part(*numbers[key], f"{begun}{quote(key)}" if begun else self.asked.url(), tone)
            for key, tone in zip(keys, tones, strict=True)
            if numbers[key][1]
        ]


def _charts(found: Table, links: _Links) -> tuple[tuple[str, Markup], ...]:
    """(title, chart) of every chart that has something to show."""
    if found.subject is Subject.BALANCE:
        wanted: list[tuple[str, Sequence[str]]] = [(_("增加"), balance.GAINS), (_("减少"), balance.LOSSES)]
    elif any(column.key == HAN for column in found.columns):
        wanted = [("", [HAN, *(one.key for one in ETHNICITY.roll_ups), UNLISTED, UNKNOWN])]
    else:
        wanted = [("", [column.key for column in found.columns if not column.is_sum])]
    made = [(title, links.parts(found, keys)) for title, keys in wanted]
    return tuple((title, charts.stacked(parts, said=title or found.title)) for title, parts in made if parts)


def subject_tabs(asked: Asked) -> list[Tab]:
    """What may be counted."""
    words = {
        Subject.MEMBERS: _("党员"),
        Subject.ADMISSIONS: _("发展党员"),
        Subject.ORGANISATIONS: _("党组织"),
        Subject.BALANCE: _("年度增减"),
    }
    return [(word, asked.table.but(subject=one).url(), one is asked.subject, None) for one, word in words.items()]


def grouping_tabs(asked: Asked) -> list[Tab]:
    """How it may be divided, where there is a choice."""
    found = GROUPINGS[asked.subject]
    if len(found) < 2:
        return []
    return [(one.title, asked.table.but(by=one.key).url(), one.key == asked.by, None) for one in found]
