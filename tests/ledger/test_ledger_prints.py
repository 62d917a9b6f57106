"""Prints of the ledger, a person and the rule book say what their pages say, to whom the pages are shown."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from tests.cast import OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.desk.rulebook import RULEBOOK
from yumiao.journal.models import Reading
from yumiao.ledger.queries import ledger

__all__ = ["cast"]
pytestmark = pytest.mark.db
WHOLE_NUMBER = re.compile(r"99[89]\d{14}[\dX]")


def printed(cast: Cast, who: str, address: str) -> tuple[str, str]:
    """(file name, text without spaces)."""
    answer = cast.client(getattr(cast, who)).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    name = unquote(answer["Content-Disposition"].rpartition("''")[2])
    return name, "".join(text.split())


def status(cast: Cast, who: str, address: str) -> int:
    return int(cast.client(getattr(cast, who)).get(address).status_code)


def test_the_ledger_holds_every_village_of_the_reader_and_no_other(cast: Cast) -> None:
    county = ledger(cast.today)
    name, text = printed(cast, "officer", "/ledger/print/")
    assert re.fullmatch(r".+一账两单（\d{4}年\d{1,2}月\d{1,2}日）\.pdf", name)
    assert [village.unit.name for village in county.villages if village.unit.name not in text] == []
    _, own = printed(cast, "clerk_a", "/ledger/print/")
    assert {one.unit.name for one in county.townships if one.unit.name in own} == {cast.unit(TOWN).name}


def test_a_list_is_printed_as_it_is_filtered(cast: Cast) -> None:
    listed = ledger(cast.today).warning_line_listed
    _, whole = printed(cast, "officer", "/ledger/lists/warning/print/")
    assert [one.unit.name for one in listed if one.unit.name not in whole] == []
    within = cast.unit(TOWN).subtree
    _, part = printed(cast, "officer", f"/ledger/lists/warning/print/?unit={TOWN}")
    assert {one.unit.code for one in listed if one.unit.name in part} == {
        one.unit.code for one in listed if within.covers(one.unit.path)
    }


def test_an_explanation_names_rules_and_people_and_is_on_record(cast: Cast) -> None:
    name, text = printed(cast, "clerk_a", f"/ledger/explanation/{VILLAGE}/print/")
    assert "测算依据" in name
    assert ("WRN-01" in text, "WRN-02" in text, WHOLE_NUMBER.search(text)) == (True, True, None)
    readings = Reading.objects.filter(what="print").values_list("actor", "subject_kind", "count")
    named = text.count("********")
    assert list(readings) == ([(cast.clerk_a.uid, "unit", readings[0][2])] if named else [])


def test_a_person_is_printed_with_masked_numbers_and_on_record(cast: Cast) -> None:
    uid = cast.people[5]
    name, text = printed(cast, "officer", f"/people/{uid}/print/")
    assert ("基本情况表" in name, "基本情况" in text, WHOLE_NUMBER.search(text)) == (True, True, None)
    assert re.search(r"99[89]\d{3}\*{8}\d{3}[\dX]", text)
    assert list(Reading.objects.filter(what="print").values_list("subject", "count")) == [(uid, 1)]


def test_the_rule_book_holds_every_rule_or_those_asked_for(cast: Cast) -> None:
    _, whole = printed(cast, "member", "/rules/print/")
    assert [rule.id for rule in RULEBOOK if rule.id not in whole] == []
    _, part = printed(cast, "member", "/rules/print/?q=WRN-04b")
    assert {rule.id for rule in RULEBOOK if rule.id in part} == {"WRN-04b"}


@pytest.mark.parametrize(
    ("who", "address", "expected"),
    [
        ("member", "/ledger/print/", 403),
        ("member", "/ledger/lists/warning/print/", 403),
        ("clerk_a", f"/ledger/explanation/{OTHER_TOWN}/print/", 404),
        ("officer", "/ledger/explanation/nowhere/print/", 404),
        ("officer", "/ledger/lists/nothing/print/", 404),
        ("officer", "/ledger/print/?on=2026-02-30", 400),
        ("officer", "/people/00000000-0000-4000-8000-000000000000/print/", 404),
        ("assistant", "/people/00000000-0000-4000-8000-000000000000/print/", 403),
    ],
)
def test_who_may_not_see_the_page_does_not_get_it_printed(cast: Cast, who: str, address: str, expected: int) -> None:
    assert status(cast, who, address) == expected
    assert Reading.objects.filter(what="print").count() == 0


def test_who_sees_no_names_reads_how_many_and_nothing_of_any_one(cast: Cast) -> None:
    _, text = printed(cast, "assistant", f"/ledger/explanation/{VILLAGE}/print/")
    assert ("您的任职不查看姓名，只显示人数" in text, "身份证号" in text, "****" in text) == (True, False, False)
    assert Reading.objects.filter(what="print").count() == 0
