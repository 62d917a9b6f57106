"""A sheet against its form: order, blanks, unknown, missing and repeated columns, and the faults of each row."""

from datetime import date

from yumiao.sheets.columns import Cell, Column, Form, code, day, text
from yumiao.sheets.parsing import Fault, Row, parse, shown
from yumiao.sheets.reading import Sheet

FORM = Form(
    "名单",
    (
        Column("number", "证件号码", code, required=True),
        Column("name", "姓名", text(max_length=20), required=True),
        Column("joined_on", "加入日期", day),
    ),
)
ANNE = "999037200302050027"


def sheet(header: tuple[str, ...], *rows: tuple[int, list[Cell]]) -> Sheet:
    return Sheet("名单", header, list(rows))


def test_columns_are_found_in_any_order_and_absent_ones_are_blank() -> None:
    parsed = parse(FORM, sheet(("姓 名", "证件号码"), (2, ["张安", ANNE])))
    assert parsed.rows == [Row(2, {"number": ANNE, "name": "张安", "joined_on": None})]
    assert (parsed.unknown, parsed.header_faults) == ([], [])


def test_every_fault_of_a_row_is_found_with_its_column_and_masked_value() -> None:
    parsed = parse(FORM, sheet(("证件号码", "姓名", "加入日期"), (7, [ANNE, None, f"{ANNE} 2023-02-30"])))
    assert parsed.rows[0].number == 7
    assert parsed.rows[0].values == {"number": ANNE, "name": None, "joined_on": None}
    blank, impossible = parsed.rows[0].faults
    assert blank == Fault("姓名", "WBK-02", "必填项为空")
    assert (impossible.column, impossible.rule) == ("加入日期", "DEV-21")
    assert ANNE not in impossible.value
    assert ANNE not in impossible.reason


def test_a_missing_required_column_refuses_the_sheet() -> None:
    parsed = parse(FORM, sheet(("证件号码", "加入日期"), (2, [ANNE, date(2024, 3, 5)])))
    assert (parsed.rows, parsed.missing) == ([], ["姓名"])
    assert parsed.header_faults == [Fault("姓名", "WBK-01", "缺少必填列，本表未读取")]


def test_a_repeated_column_refuses_the_sheet() -> None:
    parsed = parse(FORM, sheet(("证件号码", "姓名", "姓名"), (2, [ANNE, "张安", "张平"])))
    assert (parsed.rows, parsed.repeated) == ([], ["姓名"])
    assert parsed.header_faults == [Fault("姓名", "WBK-01", "列名重复，本表未读取")]


def test_unknown_columns_are_reported_and_the_reason_column_is_not() -> None:
    rows: list[tuple[int, list[Cell]]] = [(2, [ANNE, "张安", "甲", 5, "必填项为空", None])]
    parsed = parse(FORM, sheet(("证件号码", "姓名", "备注", "", "退回原因", ""), *rows))
    assert parsed.unknown == ["备注", "第 4 列（没有列名）"]
    assert parsed.rows[0].faults == []


def test_a_row_blank_in_all_columns_of_the_form_is_skipped() -> None:
    parsed = parse(FORM, sheet(("证件号码", "姓名", "备注"), (2, [None, None, "x"]), (5, [ANNE, "张安", None])))
    assert [row.number for row in parsed.rows] == [5]


def test_a_blank_header_row_misses_every_required_column() -> None:
    assert parse(FORM, sheet(("", ""), (3, ["证件号码", "姓名"]))).missing == ["证件号码", "姓名"]


def test_messages_mask_numbers_cut_length_and_hide_secrets() -> None:
    assert shown("12312345678") == "123****5678"
    assert shown("长" * 41) == "长" * 40 + "…"
    assert (shown("甲", is_secret=True), shown(None, is_secret=True)) == ("***", "")


ALIASED = Form(
    "名单",
    (
        Column("number", "证件号码", code, required=True, aliases=("证件号", "证件编号")),
        Column("name", "姓名", text(max_length=20), required=True),
    ),
)


def test_an_alias_is_read_as_its_column_and_said_so_once() -> None:
    parsed = parse(ALIASED, sheet(("姓名", "证件\n号"), (2, ["张安", ANNE])))
    assert parsed.rows == [Row(2, {"number": ANNE, "name": "张安"})]
    assert (parsed.unknown, parsed.header_faults) == ([], [])
    assert (parsed.renamed, parsed.places) == ([("证件\n号", "证件号码")], {"name": 0, "number": 1})


def test_marks_of_obligation_in_a_header_are_no_part_of_it() -> None:
    for header in ("★证件号码", "证件号码 *", "证件号码（必填）", "证件号码\n(必填项)", "＊证件号码【必填】"):
        parsed = parse(ALIASED, sheet((header, "姓名（选填）"), (2, [ANNE, "张安"])))
        assert (parsed.rows, parsed.renamed) == ([Row(2, {"number": ANNE, "name": "张安"})], [])


def test_where_the_header_itself_stands_its_alias_is_an_unknown_column() -> None:
    parsed = parse(ALIASED, sheet(("证件号", "证件号码", "姓名"), (2, ["旧", ANNE, "张安"])))
    assert parsed.rows == [Row(2, {"number": ANNE, "name": "张安"})]
    assert (parsed.unknown, parsed.renamed) == (["证件号"], [])


def test_two_aliases_of_one_column_refuse_the_sheet() -> None:
    parsed = parse(ALIASED, sheet(("证件号", "证件编号", "姓名"), (2, [ANNE, ANNE, "张安"])))
    assert (parsed.rows, parsed.repeated, parsed.missing) == ([], ["证件号码"], [])


def test_a_fault_in_an_aliased_column_names_the_header_of_the_file() -> None:
    parsed = parse(ALIASED, sheet(("证件号", "姓名"), (2, [None, "张安"])))
    assert parsed.rows[0].faults == [Fault("证件号", "WBK-02", "必填项为空")]


def test_an_own_name_is_read_as_its_column_after_headers_and_aliases() -> None:
    own = {"号": "number", "称呼": "name", "别的": "nowhere", "弃用": ""}
    parsed = parse(ALIASED, sheet(("★号", "称 呼", "别的", "弃用"), (2, [ANNE, "张安", 1, 2])), own)
    assert parsed.rows == [Row(2, {"number": ANNE, "name": "张安"})]
    assert (parsed.named, parsed.renamed) == ([("★号", "证件号码"), ("称 呼", "姓名")], [])
    assert (parsed.unknown, parsed.foreign) == (["别的", "弃用"], ["号", "称呼", "别的", "弃用"])
    for usual in ("证件号码", "证件号"):
        parsed = parse(ALIASED, sheet((usual, "号", "姓名"), (2, [ANNE, "旧", "张安"])), own)
        assert parsed.rows == [Row(2, {"number": ANNE, "name": "张安"})]
        assert (parsed.unknown, parsed.named) == (["号"], [])


def test_two_own_names_of_one_column_refuse_the_sheet() -> None:
    parsed = parse(ALIASED, sheet(("甲", "乙", "姓名"), (2, [ANNE, ANNE, "张安"])), {"甲": "number", "乙": "number"})
    assert (parsed.rows, parsed.repeated, parsed.foreign) == ([], ["证件号码"], ["甲", "乙"])


def test_foreign_headers_are_told_of_a_refused_sheet_too() -> None:
    parsed = parse(ALIASED, sheet(("号", "姓名", "退回原因", ""), (2, [ANNE, "张安", None, None])))
    assert (parsed.missing, parsed.foreign) == (["证件号码"], ["号"])


def test_example_rows_are_passed_over_wherever_their_first_cell_stands() -> None:
    rows: list[tuple[int, list[Cell]]] = [
        (2, [None, "【示例】张安"]), (3, ["【示例】", "张安"]), (4, [ANNE, "【示例】张安"]),
    ]  # fmt: skip
    parsed = parse(ALIASED, sheet(("证件号码", "姓名"), *rows))
    assert (parsed.examples, [row.number for row in parsed.rows]) == ([2, 3], [4])
