"""A table as an office signs and files it: title, who reports, day, columns under groups, rows, totals. `sheets` writes it as a workbook, `press` prints it.

Must not know what the table counts, nor how it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

Cell = str | int | float | bool | date | None
SIGNED_BY: Final = ("填报人", "审核人", "单位负责人")
"""Who signs below a table; the seal and the day of signing stand below them."""


@dataclass(frozen=True, slots=True)
class OfficialColumn:
    """One column; neighbours of the same `group` stand under one header. `width` in characters."""

    header: str
    group: str = ""
    width: float = 10


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """One table on paper.

    `title` names the sheet, `heading` stands above the table, `unit` is who reports, `on` the day of the figures,
    `code` the short code of the document. Rows and totals are as wide as `columns`; the serial number is added. Rows whose
    place is in `groups` open a group and are set bold.
    """

    title: str
    heading: str
    unit: str
    on: date
    columns: tuple[OfficialColumn, ...]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] | None = None
    code: str = ""
    groups: frozenset[int] = frozenset()

    @property
    def is_grouped(self) -> bool:
        """Whether its head takes two rows."""
        return any(column.group for column in self.columns)
