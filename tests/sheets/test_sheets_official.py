"""The printed layout: title, unit and day, headers of one or two levels, numbers, totals, page."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.sheets.columns import Cell
from yumiao.sheets.official import write_ledger

COLUMNS = (
    OfficialColumn("单位", width=20),
    OfficialColumn("编码"),
    OfficialColumn("计划", group="人数"),
    OfficialColumn("实际", group="人数"),
    OfficialColumn("日期"),
)
ROWS: list[list[Cell]] = [
    ["=青山镇", "001.001", 8, 7, date(2026, 3, 5)],
    ["白水镇", 999037200302050027, None, 2.5, None],
]
SIGNATURES = "填报人：　　　　　　审核人：　　　　　　单位负责人："


def written(path: Path, table: OfficialTable) -> Worksheet:
    write_ledger(path, [table])
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def table(columns: tuple[OfficialColumn, ...] = COLUMNS, code: str = "A1") -> OfficialTable:
    totals = [None, None, 8, 9.5, None]
    return OfficialTable("台账/一", "落实台账", "青禾县", date(2026, 3, 5), columns, ROWS, totals, code)


def test_the_sheet_reads_from_title_to_totals(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx", table())
    assert sheet.title == "台账 一"
    assert list(sheet.iter_rows(values_only=True)) == [
        ("落实台账", None, None, None, None, None),
        ("填报单位：青禾县", None, None, None, None, "日期：2026年3月5日"),
        ("序号", "单位", "编码", "人数", None, "日期"),
        (None, None, None, "计划", "实际", None),
        (1, "=青山镇", "001.001", 8, 7, sheet["F5"].value),
        (2, "白水镇", "999037200302050027", None, 2.5, None),
        ("合计", None, None, 8, 9.5, None),
        (SIGNATURES, None, None, None, None, None),
        ("（盖章）　　　　年　　月　　日", None, None, None, None, None),
    ]
    assert sheet["F5"].value.date() == date(2026, 3, 5)


def test_no_cell_is_a_formula_and_every_body_cell_has_borders(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx", table())
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}
    assert {cell.border.left.style for row in sheet["A8:F9"] for cell in row} == {None}
    assert {cell.border.left.style for row in sheet["A5:F7"] for cell in row} == {"thin"}


def test_only_title_groups_single_headers_and_place_for_signatures_are_merged(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx", table())
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "A1:F1", "A3:A4", "A8:F8", "A9:F9", "B3:B4", "C3:C4", "D3:E3", "F3:F4",
    ]  # fmt: skip


def test_headers_of_one_level_take_one_row(tmp_path: Path) -> None:
    flat = tuple(OfficialColumn(column.header) for column in COLUMNS)
    sheet = written(tmp_path / "l.xlsx", table(flat))
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:F1", "A7:F7", "A8:F8"]
    assert (sheet.print_title_rows, sheet["A4"].value) == ("$3:$3", 1)


def test_the_page_is_landscape_fits_its_width_and_repeats_the_header(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx", table())
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$4", "A5")
    assert sheet.print_area == "'台账 一'!$A$1:$F$9"
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("A1", "第 &P 页，共 &N 页")


def test_place_for_signatures_is_as_high_as_its_lines_in_a_narrow_table(tmp_path: Path) -> None:
    heights = []
    for width, count in ((10, 5), (8, 1)):
        columns = tuple(OfficialColumn(f"列{place}", width=width) for place in range(count))
        narrow = OfficialTable("台账", "台账", "青禾县", date(2026, 3, 5), columns, [])
        heights.append([written(tmp_path / "l.xlsx", narrow).row_dimensions[row].height for row in (4, 5)])
    assert heights == [[30, 30], [60, 45]]


def test_an_ampersand_in_the_code_is_no_command_to_the_printer(tmp_path: Path) -> None:
    written(tmp_path / "l.xlsx", table(code="A&P"))
    with zipfile.ZipFile(tmp_path / "l.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<oddFooter>&amp;LA&amp;&amp;P&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter>") == 1


def test_fourteen_columns_print_on_a4_and_fifteen_on_a3(tmp_path: Path) -> None:
    sizes = []
    for count in (13, 14):
        columns = tuple(OfficialColumn(f"列{number}") for number in range(count))
        wide = OfficialTable("台账", "台账", "青禾县", date(2026, 3, 5), columns, [])
        sizes.append(written(tmp_path / "l.xlsx", wide).page_setup.paperSize)
    assert sizes == [9, 8]


def test_tables_of_one_title_come_apart(tmp_path: Path) -> None:
    write_ledger(tmp_path / "l.xlsx", [table(), table()])
    assert openpyxl.load_workbook(tmp_path / "l.xlsx").sheetnames == ["台账 一", "台账 一(2)"]
