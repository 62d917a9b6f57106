"""How names are typed in Latin letters: every reading of a surname, ü in three ways, initials; and which names are heard alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.people.names import LONGEST, plain, tokens
from yumiao.people.pinyin import reading, spellings


@pytest.mark.parametrize(
    "name, expected",
    [
        ("张三", ["zhangsan", "zs"]),
        ("丹", ["dan", "d"]),
        ("单志文", ["shanzhiwen", "szw", "danzhiwen", "dzw"]),
        ("查理", ["zhali", "zl", "chali", "cl"]),
        ("曾丽", ["zengli", "zl", "cengli", "cl"]),
        ("解放", ["xiefang", "xf", "jiefang", "jf"]),
        ("仇英", ["qiuying", "qy", "chouying", "cy"]),
        ("区伯", ["oubo", "ob", "qubo", "qb"]),
        ("盖天", ["getian", "gt", "gaitian"]),
        ("覃海", ["qinhai", "qh", "tanhai", "th"]),
        ("尉迟恭", ["yuchigong", "ycg", "weichigong", "wcg"]),
        ("令狐冲", ["linghuchong", "lhc"]),
        ("单于丹", ["chanyudan", "cyd", "danyudan", "dyd"]),
        ("吕布", ["lvbu", "lubu", "lyubu", "lb"]),
        ("刘长绿", ["liuchanglv", "liuchanglu", "liuchanglyu", "lcl"]),
        ("阿吉木果", ["ajimuguo", "ajmg"]),
        ("李⿰木木", ["limumu", "lmm"]),
        ("johnsmith", []),
        ("ئارزۇ", []),
        ("", []),
    ],
)
def test_a_name_is_typed_in_every_reading_it_may_have(name: str, expected: list[str]) -> None:
    assert spellings(name) == expected


def test_the_given_name_is_read_as_usual_and_only_the_surname_otherwise() -> None:
    assert spellings("张单") == ["zhangdan", "zd"]


@pytest.mark.parametrize("one, other", [("张丽", "章莉"), ("張麗", "张丽"), ("單志", "单志"), ("曾吕", "增吕")])
def test_names_that_are_heard_alike_have_one_reading(one: str, other: str) -> None:
    assert reading(one) == reading(other)


def test_a_surname_in_its_own_reading_is_not_heard_as_another_in_the_ordinary_one() -> None:
    assert (reading("单志"), reading("丹志")) == ("shan zhi", "dan zhi")


def test_an_interpunct_and_capitals_make_no_difference_to_what_finds_a_name() -> None:
    assert tokens("阿·木") == ["阿木", "木", "amu", "am"]
    assert tokens("Anna Wei")[0] == "annawei"


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_a_spelling_is_short_plain_and_in_letters(name: str) -> None:
    for one in spellings(plain(name)):
        assert (len(one) <= LONGEST, plain(one), one != "") == (True, one, True)
