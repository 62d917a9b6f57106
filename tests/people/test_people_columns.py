"""The columns that say something of a person: what a cell becomes, and what a wrong one is told without its number."""

import pytest

from yumiao.kernel.identity import check_digit
from yumiao.people.columns import MEMBERS, category_label, identity_number, loose_number, person_name, sex_label
from yumiao.sheets.columns import CellFault

FIRST = "99800119800506001"
NUMBER = FIRST + check_digit(FIRST)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("阿吉•木果", "阿吉·木果"),
        ("阿吉．木果", "阿吉·木果"),
        ("阿吉 · 木果", "阿吉·木果"),
        ("Anna Wei", "Anna Wei"),
        ("𠮷田禾", "𠮷田禾"),
    ],
)
def test_a_name_is_kept_with_one_kind_of_dot_and_without_padding(cell, name):
    assert person_name(cell) == name


@pytest.mark.parametrize("cell", ["张\n三", "张\u202e三", "禾" * 51])
def test_a_name_with_unseen_signs_or_too_long_is_refused(cell):
    with pytest.raises(CellFault) as fault:
        person_name(cell)
    assert fault.value.rule == "WBK-03"


@pytest.mark.parametrize("cell", ["<b>", "韦&禾", "0", 0, 12.5, "３", " . ", "韦／禾", '="韦"'])
def test_what_cannot_be_a_name_is_refused_by_its_rule(cell):
    with pytest.raises(CellFault) as fault:
        person_name(cell)
    assert (fault.value.rule, "请按身份证件上的姓名填写" in fault.value.reason) == ("WBK-19", True)


def test_the_longest_name_has_fifty_characters():
    assert person_name("禾" * 50) == "禾" * 50


def test_a_number_is_taken_with_spaces_and_full_width_digits():
    assert identity_number(f" {NUMBER[:6]} {NUMBER[6:]} ").number == NUMBER
    assert identity_number(NUMBER.translate({48 + n: 0xFF10 + n for n in range(10)})).number == NUMBER


@pytest.mark.parametrize(
    ("cell", "rule"), [(NUMBER[:17], "IDN-01"), (NUMBER[:6] + NUMBER[8:17], "IDN-03"), (int(FIRST) * 10, "WBK-06")]
)
def test_a_wrong_number_never_stands_in_its_own_fault(cell, rule):
    with pytest.raises(CellFault) as fault:
        identity_number(cell)
    assert fault.value.rule == rule
    assert str(cell) not in fault.value.reason


@pytest.mark.parametrize(
    ("cell", "kept"),
    [(" 123 0000 0001 ", "12300000001"), (12300000001, "12300000001"), ("没有", "没有"), ("1" * 31, "1" * 30)],
)
def test_a_telephone_number_is_kept_as_it_came(cell, kept):
    assert loose_number(cell) == kept


def test_what_an_export_shows_is_what_the_parser_takes():
    columns = {column.key: column for column in MEMBERS.columns}
    assert [columns["sex"].parse(sex_label(value)) for value in ("m", "f")] == ["m", "f"]
    assert [columns["is_full"].parse(category_label(value)) for value in (True, False)] == [True, False]


def test_every_example_is_taken_by_its_own_column():
    for column in MEMBERS.columns:
        if column.example:
            column.parse(column.example)


def test_the_required_columns_are_those_of_the_workbook():
    assert [column.header for column in MEMBERS.columns if column.required] == [
        "公民身份号码", "姓名", "所在党支部代码", "人员类别", "入党日期",
    ]  # fmt: skip
