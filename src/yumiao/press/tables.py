"""Official tables as a PDF: each on pages of its own, its head repeated, place for signatures and seal after its last row.

Must not know: what a table counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from yumiao.kernel.official import SIGNED_BY, Cell, OfficialTable
from yumiao.kernel.periods import on_paper
from yumiao.press.typesetting import typeset

_SHARE = re.compile(r".+%|\d+:[\d.]+")
A4_COLUMNS = 14
"""A table with more columns, its serial number among them, is printed on A3."""


def print_tables(tables: Sequence[OfficialTable], *, title: str = "") -> bytes:
    """One PDF of all tables. Raises `press.glyphs.Unprintable`."""
    named = title or (tables[0].heading if tables else "")
    return typeset("tables", {"title": named, "signed_by": SIGNED_BY, "tables": [_table(one) for one in tables]})


def _table(table: OfficialTable) -> dict[str, Any]:
    rows = [[str(number), *map(_said, row)] for number, row in enumerate(table.rows, start=1)]
    if table.totals is not None:
        rows.append(["合计", *map(_said, table.totals)])
    return {
        "heading": table.heading,
        "unit": table.unit,
        "on": on_paper(table.on),
        "code": table.code,
        "paper": "a3" if len(table.columns) + 1 > A4_COLUMNS else "a4",
        "widths": [column.width for column in table.columns],
        "head": _head(table),
        "head_rows": 2 if table.is_grouped else 1,
        "rows": rows,
        "marked": sorted([*table.groups, *([len(rows) - 1] if table.totals is not None else [])]),
        "centred": [_is_figures([row[place] for row in table.rows]) for place in range(len(table.columns))],
    }


def _head(table: OfficialTable) -> list[dict[str, Any]]:
    """Its cells: words, place, how many columns and rows they take."""
    deep = 2 if table.is_grouped else 1
    cells = [{"words": "序号", "x": 0, "y": 0, "wide": 1, "deep": deep}]
    place = 1
    for group, members in groupby(table.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            cells.append({"words": group, "x": place, "y": 0, "wide": len(columns), "deep": 1})
        for column in columns:
            top = 1 if group else 0
            cells.append({"words": column.header, "x": place, "y": top, "wide": 1, "deep": deep - top})
            place += 1
    return cells


def _is_figures(cells: Sequence[Cell]) -> bool:
    """Figures and shares stand in the middle of their column, words at its left."""
    return any(
        isinstance(cell, int | float | date) or (isinstance(cell, str) and _SHARE.fullmatch(cell)) for cell in cells
    )


def _said(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case float():
            return format(cell, ".15g")
        case _:
            return str(cell)
