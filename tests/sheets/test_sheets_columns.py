"""What each parser takes, what it refuses, and with which rule."""

from datetime import date

import pytest

from yumiao.sheets.columns import Cell, CellFault, Parse, as_text, choice, code, day, text, whole_number

FIFTH_OF_MARCH = date(2024, 3, 5)


def rule_broken(parse: Parse, cell: Cell) -> str:
    with pytest.raises(CellFault) as caught:
        parse(cell)
    return caught.value.rule


@pytest.mark.parametrize(
    "cell",
    [
        FIFTH_OF_MARCH,
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024.3.5",
        "2024.03.05",
        "20240305",
        20240305,
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "２０２４年３月５日",
        "２０２４－０３－０５",
        "2024／3／5",
    ],
)
def test_a_day_is_taken_in_every_usual_way_of_writing(cell: Cell) -> None:
    assert day(cell) == FIFTH_OF_MARCH


@pytest.mark.parametrize(
    "cell",
    [
        "2024-3/5",
        "2024-03",
        "24-03-05",
        "05/03/2024",
        "2024-03-05 08:00",
        "2024年3月5",
        "昨天",
        "2023-02-29",
        "20241301",
        "2024-00-10",
        "1899-12-31",
        "2101-01-01",
        date(1899, 12, 31),
        45356,
        2024.5,
        True,
        "٢٠٢٤-٠٣-٠٥",
    ],
)
def test_a_day_that_is_none_is_refused(cell: Cell) -> None:
    assert rule_broken(day, cell) == "DEV-21"


def test_the_first_and_the_last_day_of_the_range_are_taken() -> None:
    assert (day("1900-01-01"), day("2100-12-31")) == (date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("cell", "number"), [(0, 0), (3, 3), (3.0, 3), ("3", 3), ("０８", 8), (999_999_999, 999_999_999)]
)
def test_a_whole_number_is_taken(cell: Cell, number: int) -> None:
    assert whole_number(cell) == number


@pytest.mark.parametrize(
    "cell", [-1, 2.5, "2.5", "-1", "三", "", True, date(2024, 3, 5), 1_000_000_000, float("nan"), float("inf")]
)
def test_what_is_no_whole_number_is_refused(cell: Cell) -> None:
    assert rule_broken(whole_number, cell) == "WBK-04"


def test_a_code_loses_its_spaces_and_full_width_signs() -> None:
    assert code(" 001. 007 .０12") == "001.007.012"


def test_a_code_that_became_a_number_stays_the_text_of_the_number() -> None:
    assert (code(12300000001), code(1.25)) == ("12300000001", "1.25")


def test_a_code_that_lost_its_last_digits_as_a_number_is_refused() -> None:
    assert rule_broken(code, 999037200302050000) == "WBK-06"
    assert code(999_999_999_999_999) == "999999999999999"


def test_other_cells_become_plain_text_in_a_text_column() -> None:
    cells: list[Cell] = [12, 1.5, FIFTH_OF_MARCH, True, "#REF!"]
    assert [text()(cell) for cell in cells] == ["12", "1.5", "2024-03-05", "TRUE", "#REF!"]
    assert as_text(None) == ""


@pytest.mark.parametrize("sign", ["\x00", "\n", "\t", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800"])
def test_text_with_signs_nobody_sees_is_refused(sign: str) -> None:
    assert rule_broken(text(), f"张{sign}三") == "WBK-03"


@pytest.mark.parametrize("name", ["𠮷田", "😀", "阿卜杜拉·买买提", "=1+1", "<img src=x onerror=…>"])
def test_rare_characters_and_plain_signs_are_text(name: str) -> None:
    assert text()(name) == name


def test_text_of_just_the_greatest_length_is_taken() -> None:
    assert text(max_length=3)("一二三") == "一二三"
    assert rule_broken(text(max_length=3), "一二三四") == "WBK-03"


def test_a_choice_gives_what_the_word_stands_for() -> None:
    is_woman = choice({"男": False, "女": True})
    assert (is_woman("女"), is_woman("男 ")) == (True, False)


def test_a_word_outside_the_choice_is_refused_with_the_words_allowed() -> None:
    with pytest.raises(CellFault) as caught:
        choice({"男": False, "女": True})("未知")
    assert (caught.value.rule, caught.value.reason) == ("WBK-05", "不在可填的范围内，只能填：男、女")
