"""What can be a name, and by which texts one is found: any part up to its end, without interpuncts, spaces and unseen signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.people.names import LONGEST, end_of, fault, is_number, parts, plain

NAMED = (
    "丹", "韦禾", "欧阳海燕", "阿吉·木果", "Anna Wei", "O'Neil", "𠮷", "\U000323b0", "李〇", "〇", "李⿰木木", "ئارزۇ", "禾" * 50, "𠮷" * 50,
)  # fmt: skip


@pytest.mark.parametrize("written", NAMED)
def test_a_name_may_be_short_long_rare_or_of_another_script(written: str) -> None:
    assert fault(written) == ""


MARKUP, NO_LETTER, UNSEEN = "姓名不能含有“{}”，请按身份证件上的姓名填写", "姓名里没有文字", "姓名含有换行或看不见的字符"


@pytest.mark.parametrize(
    "written, said",
    [
        *((f"韦{sign}禾", MARKUP.format(sign)) for sign in '<>&"/\\='),
        ("<b>", MARKUP.format("<")),
        ("韦／禾", MARKUP.format("/")),
        ("", NO_LETTER),
        ("0", NO_LETTER),
        ("１２３", NO_LETTER),
        ("998001", NO_LETTER),
        ("·", NO_LETTER),
        ("……（）", NO_LETTER),
        ("①", NO_LETTER),
        ("韦\n禾", UNSEEN),
        ("韦\x00", UNSEEN),
        ("韦\u202e禾", UNSEEN),
        ("韦\ufeff", UNSEEN),
        ("\ud800", UNSEEN),
        ("禾" * 51, "姓名过长，最多 50 个字"),
    ],
)
def test_what_cannot_be_a_name_is_told_why(written: str, said: str) -> None:
    assert fault(written).startswith(said)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("欧阳海燕", "欧阳海燕"),
        ("林　雪", "林雪"),
        ("阿吉·木果", "阿吉木果"),
        ("阿吉•木果", "阿吉木果"),
        ("阿吉．木果", "阿吉木果"),
        ("ＡＢ", "ab"),
        ("Lü", "lv"),
        ("xi'an", "xian"),
        ("％", "%"),
        ("_", "_"),
        ("秀\u202e兰", "秀兰"),
        ("秀\x00兰", "秀兰"),
        ("\ud800", ""),
        ("\U0010ffff", ""),
        ("𠮷田", "𠮷田"),
        ("", ""),
    ],
)
def test_a_name_is_made_plain(written: str, expected: str) -> None:
    assert plain(written) == expected


def test_a_search_is_cut_at_sixty_characters() -> None:
    assert (LONGEST, plain("甲" * 60), plain("甲" * 10_000)) == (60, "甲" * 60, "甲" * 60)


def test_a_plain_name_has_its_proper_suffixes_as_parts() -> None:
    assert parts("欧阳海燕") == ["阳海燕", "海燕", "燕"]


def test_a_name_of_one_character_has_no_part() -> None:
    assert parts("丹") == []


def test_a_name_with_an_interpunct_is_found_whole_without_it() -> None:
    assert parts("阿·木") == ["阿木", "木"]


@pytest.mark.parametrize(
    "prefix, expected",
    [
        ("海", "海".replace("海", chr(ord("海") + 1))),
        ("欧阳", "欧" + chr(ord("阳") + 1)),
        ("\ud7ff", "\ue000"),
        ("z", "{"),
    ],
)
def test_the_end_of_a_prefix_is_the_next_code_point(prefix: str, expected: str) -> None:
    assert end_of(prefix) == expected


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).map(plain).filter(bool)


@given(NAMES, st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(name) - 1))
    last = data.draw(st.integers(first + 1, len(name)))
    wanted = name[first:last]
    assert any(wanted <= one < end_of(wanted) for one in (name, *parts(name)))


@given(NAMES, NAMES)
def test_nothing_else_finds_it(name: str, wanted: str) -> None:
    found = any(wanted.encode() <= one.encode() < end_of(wanted).encode() for one in (name, *parts(name)))
    assert found == (wanted in name)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("998001198005060016", True),
        ("９９８００１１９８００５０６００１６", True),
        ("998001 19800506 001X", True),
        ("998001-19800506-0016", True),
        ("998001800506001", True),
        ("12300000001", True),
        ("1230000000", False),
        ("001.001.002", False),
        ("韦禾", False),
    ],
)
def test_what_looks_like_a_number_is_known(written: str, expected: bool) -> None:
    assert is_number(written) is expected
