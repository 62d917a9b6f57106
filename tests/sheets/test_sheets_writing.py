"""Templates, exports and returned workbooks: text stays text, and what goes out comes in again unchanged."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from yumiao.sheets.columns import Cell, Column, Form, choice, code, day, text, whole_number
from yumiao.sheets.parsing import parse
from yumiao.sheets.reading import Sheet, Workbook, read_workbook
from yumiao.sheets.saving import new_book, sheet_title
from yumiao.sheets.writing import OWN_TITLES, Filling, Lookup, write_faulty, write_rows, write_template

SEXES = {"男": False, "女": True}
MANY = tuple(f"第{number}种很长很长的名称" for number in range(40))
FORM = Form(
    "名单",
    (
        Column("number", "证件号码", code, required=True, width=22, note="18 位", example="999037200302050027"),
        Column("name", "姓名", text(), required=True),
        Column("is_woman", "性别", choice(SEXES), choices=("男", "女"), show=lambda is_woman: "男女"[is_woman]),
        Column("kind", "类别", text(), choices=MANY),
        Column("joined_on", "加入日期", day),
        Column("count", "人数", whole_number, is_text=False),
    ),
    note="每人一行",
)
DANGEROUS = ["=1+1", '=HYPERLINK("http://127.0.0.1","x")', "+1", "-2+3", "@SUM(A1)", "http://127.0.0.1/", "{=1}", "'1"]


def cells_of(path: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(path).worksheets}


def formulas_in(path: Path) -> list[str]:
    return [
        cell.coordinate
        for sheet in cells_of(path).values()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" or cell.hyperlink is not None
    ]


def test_an_untouched_template_imports_as_empty(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", [FORM], version="7")
    sheets = read_workbook(tmp_path / "t.xlsx").sheets
    parsed = parse(FORM, sheets["名单"])
    assert (parsed.rows, parsed.header_faults, parsed.unknown) == ([], [], [])
    assert (parsed.renamed, parsed.examples) == ([], [2])
    assert set(sheets) - OWN_TITLES == {"名单"}


def test_a_template_shows_what_is_required_what_may_be_chosen_and_its_version(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", [FORM], version="7")
    sheets = cells_of(tmp_path / "t.xlsx")
    header = sheets["名单"][1]
    assert [cell.value for cell in header] == ["★证件号码", "★姓名", "性别", "类别", "加入日期", "人数"]
    red = [cell.value for cell in header if cell.font.color is not None and cell.font.color.rgb == "FFC00000"]
    assert red == ["★证件号码", "★姓名"]
    assert sheets["名单"]["A2"].value == "【示例】999037200302050027"
    assert sheets["名单"].freeze_panes == "A2"
    assert header[0].comment.text == "★ 必填\n18 位\n示例：999037200302050027"
    rules = {str(rule.sqref): rule.formula1 for rule in sheets["名单"].data_validations.dataValidation}
    assert rules == {"C2:C20001": '"男,女"', "D2:D20001": "'可选内容'!$A$1:$A$40"}
    assert tuple(cell.value for cell in sheets["可选内容"]["A"]) == MANY
    assert sheets["可选内容"].sheet_state == "hidden"
    assert sheets["填表说明"]["E1"].value == "模板版本：7"
    assert [cell.value for cell in sheets["填表说明"][9]] == ["证件号码", "★", "18 位", "999037200302050027", ""]


def test_a_template_is_filled_below_its_example_and_offers_further_choices_with_a_sheet_to_look_them_up(
    tmp_path: Path,
) -> None:
    rows: list[dict[str, object]] = [
        {"number": "001", "name": "张安", "is_woman": False, "joined_on": date(2024, 3, 5)}
    ]
    codes = tuple(f"001.{number:03d}" for number in range(60))
    filling = Filling({"名单": rows}, {"number": codes, "name": codes}, Lookup(("代码", "名称"), [("001.000", "甲")]))
    write_template(tmp_path / "t.xlsx", [FORM], version="7", created_on=date(2026, 10, 31), filling=filling)
    sheets = cells_of(tmp_path / "t.xlsx")
    assert list(sheets) == ["填表说明", "名单", "可选内容", "代码对照表"]
    assert sheets["填表说明"]["E1"].value == "模板版本：7（2026-10-31）"
    rules = {str(rule.sqref): rule.formula1 for rule in sheets["名单"].data_validations.dataValidation}
    assert (rules["A2:A20001"], rules["B2:B20001"]) == ("'可选内容'!$A$1:$A$60", "'可选内容'!$A$1:$A$60")
    assert [[cell.value for cell in row] for row in sheets["代码对照表"]] == [["代码", "名称"], ["001.000", "甲"]]
    parsed = parse(FORM, read_workbook(tmp_path / "t.xlsx").sheets["名单"])
    assert [(row.number, row.values) for row in parsed.rows] == [(3, {"kind": None, "count": None, **rows[0]})]


def test_an_export_imports_again_unchanged(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"number": "99903720030205002X", "name": "张安", "is_woman": True, "kind": "甲", "joined_on": date(2024, 3, 5)},
        {"number": "001.007", "name": "=1+1", "is_woman": False, "kind": "_x0041_", "joined_on": None, "count": 0},
    ]
    write_rows(tmp_path / "e.xlsx", [(FORM, rows)])
    parsed = parse(FORM, read_workbook(tmp_path / "e.xlsx").sheets["名单"])
    assert [row.faults for row in parsed.rows] == [[], []]
    assert [row.values for row in parsed.rows] == [{"count": None, **rows[0]}, rows[1]]


def test_an_export_writes_codes_as_text_and_days_as_days(tmp_path: Path) -> None:
    row = {"number": "012345678901234567", "name": "张安", "joined_on": date(2024, 3, 5), "count": 3}
    write_rows(tmp_path / "e.xlsx", [(FORM, [row])])
    sheet = cells_of(tmp_path / "e.xlsx")["名单"]
    assert [(sheet[place].data_type, sheet[place].number_format) for place in ("A2", "E2", "F2")] == [
        ("s", "@"),
        ("d", "yyyy-mm-dd"),
        ("n", "General"),
    ]


@settings(max_examples=10)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=20, max_size=20), st.sampled_from("=+-@\t\r"))
def test_no_text_becomes_a_formula(tmp_path_factory: pytest.TempPathFactory, words: list[str], sign: str) -> None:
    path = tmp_path_factory.mktemp("export") / "e.xlsx"
    hostile = [word.encode("utf-8", "ignore").decode() for word in words]
    write_rows(path, [(FORM, [{"name": sign + word, "number": word} for word in hostile])])
    assert formulas_in(path) == []


def test_dangerous_text_stays_text_in_an_export_and_a_return(tmp_path: Path) -> None:
    write_rows(tmp_path / "e.xlsx", [(FORM, [{"number": word, "name": word} for word in DANGEROUS])])
    given_back = Workbook("a.xlsx", b"", {"名单": Sheet("名单", tuple(DANGEROUS), [(2, list(DANGEROUS))])})
    write_faulty(tmp_path / "f.xlsx", given_back, {"名单": {2: "=1+1"}})
    assert formulas_in(tmp_path / "e.xlsx") == formulas_in(tmp_path / "f.xlsx") == []
    assert [cell.value for cell in cells_of(tmp_path / "f.xlsx")["名单"][2]] == [*DANGEROUS, "=1+1"]


def sent() -> Workbook:
    header = ("备注", "姓名", "证件号码", "", "加入日期")
    rows: list[tuple[int, list[Cell]]] = [
        (2, ["甲", "张安", "001", None, date(2024, 3, 5)]),
        (4, [1.5, None, 7, "x", "2024-02-30"]),
        (9, [True, "张平", "003", None, None]),
    ]
    other = Sheet("另一张", ("姓名",), [(2, ["张安"])])
    return Workbook("sent.xlsx", b"", {"名单": Sheet("名单", header, rows), "另一张": other})


def test_only_faulty_rows_go_back_in_the_sender_s_own_layout(tmp_path: Path) -> None:
    write_faulty(tmp_path / "f.xlsx", sent(), {"名单": {4: "必填项为空；日历上没有这一天"}, "另一张": {}})
    back = read_workbook(tmp_path / "f.xlsx").sheets
    header = ("备注", "姓名", "证件号码", "", "加入日期", "退回原因")
    row: list[Cell] = [1.5, None, 7, "x", "2024-02-30", "必填项为空；日历上没有这一天"]
    assert back == {"名单": Sheet("名单", header, [(2, row)])}


def test_a_sheet_refused_for_its_header_goes_back_with_header_and_reason_only(tmp_path: Path) -> None:
    write_faulty(tmp_path / "f.xlsx", sent(), {"另一张": {1: "缺少必填列：证件号码", 2: "不会写出"}})
    back = read_workbook(tmp_path / "f.xlsx").sheets["另一张"]
    assert back == Sheet("另一张", ("姓名", "退回原因"), [(2, [None, "缺少必填列：证件号码"])])


def test_a_corrected_return_imports_and_a_second_return_has_one_reason_column(tmp_path: Path) -> None:
    write_faulty(tmp_path / "f.xlsx", sent(), {"名单": {4: "必填项为空", 9: "证件号码不对"}})
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    book["名单"]["B2"], book["名单"]["E2"] = "张宁", "2024-02-29"
    book.save(tmp_path / "corrected.xlsx")
    again = read_workbook(tmp_path / "corrected.xlsx")
    parsed = parse(FORM, again.sheets["名单"])
    assert [(row.values["name"], row.values["joined_on"], row.faults) for row in parsed.rows] == [
        ("张宁", date(2024, 2, 29), []),
        ("张平", None, []),
    ]
    write_faulty(tmp_path / "second.xlsx", again, {"名单": {3: "证件号码不对"}})
    second = read_workbook(tmp_path / "second.xlsx").sheets["名单"]
    assert second.header == ("备注", "姓名", "证件号码", "", "加入日期", "退回原因")


class Interrupted(Exception):
    """Something that goes wrong while a workbook is written."""


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "e.xlsx").write_bytes(b"old")

    def rows_that_end_early() -> list[dict[str, object]]:
        raise Interrupted

    with pytest.raises(Interrupted), new_book(tmp_path / "e.xlsx"):
        rows_that_end_early()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"e.xlsx": b"old"}


def test_a_written_workbook_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_rows(tmp_path / "e.xlsx", [(FORM, [])])
    assert (tmp_path / "e.xlsx").stat().st_mode & 0o777 == 0o600


def test_the_same_content_of_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, [FORM], version="7", created_on=date(2026, 1, 1))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("甲/乙:[丙]*?\\", "甲 乙  丙"),
        ("长" * 40, "长" * 31),
        ("'", "表"),
        ("History", "History(2)"),
        ("Taken", "Taken(2)"),
    ],
)
def test_a_sheet_title_is_made_acceptable(wanted: str, title: str) -> None:
    assert sheet_title(wanted, ["taken"]) == title


def test_a_long_sheet_title_that_is_taken_stays_within_the_length() -> None:
    assert sheet_title("长" * 40, ["长" * 31]) == "长" * 28 + "(2)"
