"""What an honest workbook gives, cell by cell."""

import hashlib
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from yumiao.sheets.columns import Cell
from yumiao.sheets.reading import Limits, Sheet, Unreadable, read_workbook


def test_cells_come_out_as_plain_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "甲"
    book.active.append([" 文字 ", "整数", "小数", "真假", "日期", "时刻", "时间"])
    moment = datetime(2024, 3, 5, 8, 30)  # noqa: DTZ001
    book.active.append(["\u3000张 安\u3000", 3.0, 2.5, True, date(2024, 3, 5), moment, time(8, 30)])
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets["甲"]
    header = ("文字", "整数", "小数", "真假", "日期", "时刻", "时间")
    row: list[Cell] = ["张 安", 3, 2.5, True, date(2024, 3, 5), date(2024, 3, 5), "08:30:00"]
    assert read == Sheet("甲", header, [(2, row)])
    assert [type(cell) for cell in read.rows[0][1]] == [str, int, float, bool, date, date, str]


def test_rows_keep_the_number_excel_shows_and_empty_ones_are_skipped(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B1"] = "姓名"
    book.active["B4"] = "张安"
    book.active["B6"] = "   "
    book.active["D9"] = "x"
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets["Sheet"]
    assert read.header == ("", "姓名", "", "")
    assert read.rows == [(4, [None, "张安", None, None]), (9, [None, None, None, "x"])]


def test_a_sheet_without_a_first_row_has_a_blank_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B3"] = "姓名"
    book.save(tmp_path / "a.xlsx")
    assert read_workbook(tmp_path / "a.xlsx").sheets["Sheet"] == Sheet("Sheet", ("", ""), [(3, [None, "姓名"])])


def test_hidden_and_empty_sheets_are_read_and_charts_are_not(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("看得见").write_string(0, 0, "甲")
        hidden = book.add_worksheet("藏起来")
        hidden.write_string(0, 0, "乙")
        hidden.hide()
        book.add_worksheet("空")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=看得见!$A$1"})
        book.add_chartsheet("图").set_chart(chart)
    sheets = read_workbook(tmp_path / "a.xlsx").sheets
    assert {title: sheet.header for title, sheet in sheets.items()} == {"看得见": ("甲",), "藏起来": ("乙",), "空": ()}


def test_a_failed_formula_is_the_text_of_its_error_in_the_right_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("先").write_string(0, 0, "甲")
        sheet = book.add_worksheet("后")
        sheet.write_row(0, 0, ["甲", "乙", "丙"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=VLOOKUP(9,A1:A1,1)", None, "#N/A")
    assert read_workbook(tmp_path / "a.xlsx").sheets["后"].rows == [(2, [2, "#DIV/0!", "#N/A"])]


def test_the_digest_is_of_the_bytes_read_and_the_name_is_the_file_s(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "甲.xlsx")
    workbook = read_workbook(tmp_path / "甲.xlsx")
    assert workbook.name == "甲.xlsx"
    assert workbook.digest == hashlib.sha256((tmp_path / "甲.xlsx").read_bytes()).digest()


@pytest.mark.parametrize("limits", [Limits(seconds=0.01), Limits(answer_bytes=10)])
def test_a_child_that_meets_a_limit_ends_in_a_refusal(tmp_path: Path, limits: Limits) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable):
        read_workbook(tmp_path / "a.xlsx", limits=limits)


def test_a_file_of_just_the_greatest_size_is_read(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    size = (tmp_path / "a.xlsx").stat().st_size
    assert list(read_workbook(tmp_path / "a.xlsx", limits=Limits(file_bytes=size)).sheets) == ["Sheet"]
    with pytest.raises(Unreadable):
        read_workbook(tmp_path / "a.xlsx", limits=Limits(file_bytes=size - 1))
