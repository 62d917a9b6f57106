"""2+1, and the categories of the pool."""

from datetime import date

import pytest

from yumiao.sheets.columns import CellFault
from yumiao.talent.columns import CATEGORIES, TALENTS, category_label
from yumiao.talent.rules import TAL_02


@pytest.mark.parametrize(
    ("full_since", "holds"),
    [(date(2016, 3, 5), True), (date(2016, 3, 6), False), (None, False)],
)
def test_a_veteran_has_ten_years_of_standing(full_since, holds):
    assert TAL_02.holds(full_since=full_since, on=date(2026, 3, 5)) is holds


def test_ten_years_after_a_leap_day_end_on_the_last_of_february():
    assert TAL_02.holds(full_since=date(2016, 2, 29), on=date(2026, 2, 28))
    assert not TAL_02.holds(full_since=date(2016, 2, 29), on=date(2026, 2, 27))


def test_every_category_is_shown_as_it_is_written():
    assert list(CATEGORIES) == ["优秀农民工", "致富能手", "退役军人", "返乡大学生", "其他"]
    assert [category_label(code) for code in CATEGORIES.values()] == list(CATEGORIES)


def test_an_unknown_category_is_refused():
    column = next(column for column in TALENTS.columns if column.key == "category")
    assert column.parse(" 返乡 大学生 ") == "returning_graduate"
    with pytest.raises(CellFault) as fault:
        column.parse("能人")
    assert fault.value.rule == "WBK-05"


def test_the_required_columns_are_those_of_the_workbook():
    assert [column.header for column in TALENTS.columns if column.required] == [
        "公民身份号码", "姓名", "所在党支部代码", "人才类别", "入库日期",
    ]  # fmt: skip
