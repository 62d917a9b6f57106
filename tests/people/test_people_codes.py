"""Lists of ethnicities, educations and occupations: what is found under which label, and what is kept as written."""

import pytest

from yumiao.people.codes import EDUCATIONS, ETHNICITIES, NATIONAL, OCCUPATIONS, TABLES, label


def test_there_are_fifty_six_ethnicities():
    assert len(set(ETHNICITIES.values())) == 56
    assert all(name.endswith("族") for name in ETHNICITIES.values())


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("ethnicity", "瑶", "瑶族"),
        ("ethnicity", "瑶族", "瑶族"),
        ("ethnicity", "13", "瑶族"),
        ("ethnicity", "1", "汉族"),
        ("ethnicity", "56", "基诺族"),
        ("ethnicity", "维族", "维吾尔族"),
        ("education", "20", "本科"),
        ("education", "大学专科", "大专"),
        ("education", "大专", "大专"),
        ("education", "大学", "本科"),
        ("education", "硕士研究生", "研究生"),
        ("occupation", "务农", "农牧渔民"),
        ("occupation", "村干部", "村（社区）干部"),
    ],
)
def test_a_usual_word_is_found_under_its_label(field, written, expected):
    assert label(field, written) == (expected, True)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("ethnicity", "穿青人"),
        ("education", "党校大专班"),
        ("occupation", "护林员"),
        ("occupation", "01"),
        ("ethnicity", "57"),
        ("ethnicity", ""),
    ],
)
def test_any_other_word_stays_itself(field, written):
    assert label(field, written) == (written, False)


@pytest.mark.parametrize("listed", [ETHNICITIES, EDUCATIONS, OCCUPATIONS])
def test_every_label_is_found_under_itself(listed):
    assert [name for name in listed.values() if listed[name] != name] == []


@pytest.mark.parametrize("field", TABLES)
def test_every_word_and_every_code_of_a_table_is_of_one_entry(field):
    words = [word for one in TABLES[field] for word in (one.code, one.label, *one.aliases)]
    assert sorted(words) == sorted(set(words))


def test_codes_are_those_of_the_national_standards():
    codes = {one.label: one.code for field in NATIONAL for one in TABLES[field]}
    wanted = ("汉族", "蒙古族", "藏族", "彝族", "瑶族", "基诺族", "研究生", "本科", "初中", "小学及以下")
    assert [codes[label] for label in wanted] == ["01", "02", "04", "07", "13", "56", "10", "20", "70", "80"]
