"""Official: tables in the layout an office prints, signs and files.

Must not know what the table counts; text, figures and dates come ready.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yumiao.kernel.official import SIGNED_BY, OfficialTable
from yumiao.kernel.periods import on_paper
from yumiao.sheets.marks import Mark
from yumiao.sheets.saving import new_book, put, sheet_title

_NUMBER_HEADER = "序号"
_NUMBER_WIDTH = 6
_LINE_HEIGHT = 15  # points
_WIDE = 2.1  # a Chinese character in the unit of a column's width, which is a figure's
_TOTALS_LABEL = "合计"
_SIGNATURES = "　　　　　　".join(f"{one}：" for one in SIGNED_BY)
_SEAL = "（盖章）　　　　年　　月　　日"
_SIGNED_HEIGHT = 30  # points
_A3, _A4 = 8, 9
_A4_COLUMNS = 14
_HEADING_ROW, _UNIT_ROW, _HEADER_ROW = 0, 1, 2
_FOOTER_CODE_LENGTH, _FOOTER_MARK_LENGTH = 60, 120


def _body_row(table: OfficialTable) -> int:
    """The row, from 0, where the figures begin."""
    return _HEADER_ROW + (2 if table.is_grouped else 1)


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Format
    left: Format
    right: Format
    signed: Format
    sealed: Format
    header: Format
    text: Format
    number: Format
    day: Format
    total: Format
    group_text: Format
    group_number: Format

    @classmethod
    def of(cls, book: Book) -> "_Styles":
        letters = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        cell = {**letters, "border": 1}
        return cls(
            heading=book.add_format({**letters, "font_name": "黑体", "font_size": 18, "align": "center"}),
            left=book.add_format(letters),
            right=book.add_format({**letters, "align": "right"}),
            signed=book.add_format({**letters, "text_wrap": True}),
            sealed=book.add_format({**letters, "text_wrap": True, "align": "right"}),
            header=book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True}),
            text=book.add_format({**cell, "num_format": "@", "text_wrap": True}),
            number=book.add_format({**cell, "align": "center"}),
            day=book.add_format({**cell, "align": "center", "num_format": "yyyy-mm-dd"}),
            total=book.add_format({**cell, "bold": True, "align": "center"}),
            group_text=book.add_format({**cell, "bold": True, "num_format": "@", "text_wrap": True}),
            group_number=book.add_format({**cell, "bold": True, "align": "center"}),
        )


def write_ledger(
    target: Path, tables: Sequence[OfficialTable], *, created_on: date | None = None, mark: Mark | None = None
) -> None:
    """All tables in one workbook, one sheet each, ready to print on A4 or, above 14 columns, on A3.

    Place for signatures and seal stands below each table, and `mark` below that, in the footer and in the properties of the document.
    """
    with new_book(target, created_on=created_on) as book:
        if mark is not None:
            mark.put_into(book)
        styles = _Styles.of(book)
        taken: list[str] = []
        for table in tables:
            taken.append(sheet_title(table.title, taken))
            _add_table(book.add_worksheet(taken[-1]), table, styles, mark.words if mark else "")


def _add_table(sheet: Worksheet, table: OfficialTable, styles: _Styles, mark: str) -> None:
    last = len(table.columns)
    sheet.set_column(0, 0, _NUMBER_WIDTH)
    for place, column in enumerate(table.columns, start=1):
        sheet.set_column(place, place, column.width)
    sheet.set_row(_HEADING_ROW, 36)
    sheet.merge_range(_HEADING_ROW, 0, _HEADING_ROW, last, table.heading, styles.heading)
    sheet.write_string(_UNIT_ROW, 0, f"填报单位：{table.unit}", styles.left)
    sheet.write_string(_UNIT_ROW, last, f"日期：{on_paper(table.on)}", styles.right)
    _add_headers(sheet, table, styles.header)
    end = _add_signatures(sheet, _add_body(sheet, table, styles), table, styles)
    if mark:
        sheet.write_string(end, 0, mark, styles.left)
        end += 1
    _set_page(sheet, table, mark, last_row=end - 1, last_column=last)


def _add_headers(sheet: Worksheet, table: OfficialTable, style: Format) -> None:
    bottom = _body_row(table) - 1
    _span(sheet, _HEADER_ROW, 0, bottom, 0, _NUMBER_HEADER, style)
    place = 1
    for group, members in groupby(table.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            _span(sheet, _HEADER_ROW, place, _HEADER_ROW, place + len(columns) - 1, group, style)
        for column in columns:
            _span(sheet, bottom if group else _HEADER_ROW, place, bottom, place, column.header, style)
            place += 1
    lowest = [_lines(one.header, one.width) for one in table.columns if one.group or not table.is_grouped]
    _make_high(sheet, bottom, max(lowest, default=1))


def _span(sheet: Worksheet, top: int, left: int, bottom: int, right: int, words: str, style: Format) -> None:
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, words, style)
    else:
        sheet.merge_range(top, left, bottom, right, words, style)


def _add_body(sheet: Worksheet, table: OfficialTable, styles: _Styles) -> int:
    """Write figures and totals; the answer is the first row, from 0, that is free below them."""
    row = _body_row(table)
    widths = [(column.width, column.width / _WIDE) for column in table.columns]
    for number, cells in enumerate(table.rows, start=1):
        opens = number - 1 in table.groups
        text, figure = (styles.group_text, styles.group_number) if opens else (styles.text, styles.number)
        sheet.write_number(row, 0, number, figure)
        lines = 1
        for place, (cell, (width, room)) in enumerate(zip(cells, widths, strict=True), start=1):
            if not isinstance(cell, str):
                put(sheet, row, place, cell, figure, styles.day)
                continue
            sheet.write_string(row, place, cell, text)
            if len(cell) > (width if cell.isascii() else room) or "\n" in cell:
                lines = max(lines, _lines(cell, width))
        _make_high(sheet, row, lines)
        row += 1
    if table.totals is not None:
        sheet.write_string(row, 0, _TOTALS_LABEL, styles.total)
        for place, cell in enumerate(table.totals, start=1):
            put(sheet, row, place, cell, styles.total, styles.day)
        row += 1
    return row


def _add_signatures(sheet: Worksheet, row: int, table: OfficialTable, styles: _Styles) -> int:
    """Place to sign and to seal from `row` on, as wide as the table is; the answer is the first row below."""
    width = _NUMBER_WIDTH + sum(column.width for column in table.columns)
    for words, style in ((_SIGNATURES, styles.signed), (_SEAL, styles.sealed)):
        _span(sheet, row, 0, row, len(table.columns), words, style)
        sheet.set_row(row, max(_SIGNED_HEIGHT, _lines(words, width) * _LINE_HEIGHT))
        row += 1
    return row


def _make_high(sheet: Worksheet, row: int, lines: int) -> None:
    """LibreOffice does not make a row higher for wrapped text, as Excel does, but cuts the text off."""
    if lines > 1:
        sheet.set_row(row, lines * _LINE_HEIGHT)


@lru_cache(maxsize=4096)  # names of units stand in hundreds of rows
def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    wide = (sum(1 if letter.isascii() else _WIDE for letter in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(one / width)) for one in wide)


def _set_page(sheet: Worksheet, table: OfficialTable, mark: str, *, last_row: int, last_column: int) -> None:
    code = "　".join(part for part in (table.code[:_FOOTER_CODE_LENGTH], mark[:_FOOTER_MARK_LENGTH]) if part)
    sheet.set_landscape()
    sheet.set_paper(_A3 if last_column + 1 > _A4_COLUMNS else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(_HEADER_ROW, _body_row(table) - 1)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_footer(f"&L{code.replace('&', '&&')}&R第 &P 页，共 &N 页")
    sheet.freeze_panes(_body_row(table), 0)
