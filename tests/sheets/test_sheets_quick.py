"""Ordinary cells are spelled as the library spells them, and a mark stands where a stray file is looked at."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.sheets.columns import Cell
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.sheets.quick import QuickBook

AT = datetime(2026, 10, 31, 6, 7, tzinfo=UTC)
CELLS: tuple[Cell, ...] = (
    "韦禾", "", "=1+1", "+1", "-1", "@甲", " 前后 ", "<&\">'", "第一行\n第二行", "_x0041_", "\x02", "https://example.invalid/", "x" * 40_000,
    0, -1, 7, 2.5, 1 / 3, 10**10, True, False, None, date(1900, 1, 1), date(2026, 3, 5), date(2028, 2, 29),
)  # fmt: skip


def sheet_xml(book: Workbook, target: Path, *, with_format: bool) -> str:
    sheet = book.add_worksheet("表")
    style = book.add_format({"border": 1}) if with_format else None
    sheet.set_column(2, 2, 10, book.add_format({"bold": True}))
    for row, cell in enumerate(CELLS):
        for column in (0, 2, 30):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, style)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, style)
            else:
                sheet.write(row, column, cell, style)
    sheet.merge_range(40, 0, 40, 3, "合并", style)
    book.close()
    with zipfile.ZipFile(target) as archive:
        return re.sub(r' spans="[0-9:]+"', "", archive.read("xl/worksheets/sheet1.xml").decode())


@pytest.mark.parametrize("with_format", [True, False])
def test_every_cell_is_spelled_as_by_the_library(tmp_path: Path, with_format: bool) -> None:
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    assert sheet_xml(QuickBook(str(ours)), ours, with_format=with_format) == sheet_xml(
        Workbook(str(theirs)), theirs, with_format=with_format
    )


def test_a_mark_stands_below_the_table_in_the_footer_and_in_the_properties(tmp_path: Path) -> None:
    columns = tuple(OfficialColumn(label, width=8) for label in ("姓名", "年龄"))
    table = OfficialTable("名册", "党员名册", "青禾县", date(2026, 10, 31), columns, [["韦禾", 30]], code="A&P")
    mark = Mark("韦禾（青禾县委）", AT, 12)
    write_ledger(tmp_path / "l.xlsx", [table], mark=mark)
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    sheet = book.worksheets[0]
    assert mark.words == "导出人：韦禾（青禾县委）　导出时间：2026年10月31日 06:07　查阅记录第 12 号"
    assert [row[0].value for row in sheet.iter_rows(min_row=4)][::3] == [1, mark.words]
    assert (book.properties.creator, book.properties.description) == ("韦禾（青禾县委）", mark.words)
    assert sheet.oddFooter.left.text == f"A&&P　{mark.words}"
    assert re.fullmatch(r"'?名册'?!\$A\$1:\$C\$7", sheet.print_area)


def test_a_mark_without_a_reading_says_who_and_when() -> None:
    assert Mark("韦禾", AT).words == "导出人：韦禾　导出时间：2026年10月31日 06:07"
