"""Lists of ethnicities, educations and occupations: what is found under which label, and what is kept as written."""

import pytest

from yumiao.people.codes import EDUCATIONS, ETHNICITIES, OCCUPATIONS, label


def test_there_are_fifty_six_ethnicities():
    assert len(set(ETHNICITIES.values())) == 56
    assert all(name.endswith("族") for name in ETHNICITIES.values())


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("ethnicity", "瑶", "瑶族"),
        ("ethnicity", "瑶族", "瑶族"),
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
    ("field", "written"), [("ethnicity", "穿青人"), ("education", "党校大专班"), ("occupation", "护林员")]
)
def test_any_other_word_stays_itself(field, written):
    assert label(field, written) == (written, False)


@pytest.mark.parametrize("listed", [ETHNICITIES, EDUCATIONS, OCCUPATIONS])
def test_every_label_is_found_under_itself(listed):
    assert [name for name in listed.values() if listed[name] != name] == []
