"""Reconciliation through its pages: upload, differences, ticking off, the report; nobody sees anybody else's people."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import fifteen, number
from tests.reconciliation.registers import begun, book, member, page, sent
from yumiao.journal.acts import act
from yumiao.journal.bulk import recorded
from yumiao.journal.models import Entry, Reading
from yumiao.journal.verbs import Verb
from yumiao.people.models import PersonRecord
from yumiao.reconciliation.models import Comparison, Tick

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]
__all__ = ["cast"]


def data_of(verb: str) -> str:
    return str(Entry.objects.filter(verb=verb).latest("seq").data)


def test_what_differs_is_found_and_nothing_of_it_is_written(cast: Cast) -> None:
    before = PersonRecord.objects.count()
    made = begun(cast, member(1, 性别="女"), member(2, 所在党支部="石桥村第二党支部"), member(3), member(99))
    assert PersonRecord.objects.count() == before
    address = f"/reconciliation/{made.uid}/"
    assert (made.there, made.outside) == (4, 0)
    differs = page(cast, address + "?kind=differs")
    assert "共 2 项" in differs
    assert ("石桥村第二党支部" in differs, "韦禾三" in differs) == (True, False)
    assert "共 1 项" in page(cast, address + "?kind=there")
    assert "共 4 项" in page(cast, address + "?kind=here")  # 4, 6, 7 and 8
    assert "共 1 项" in page(cast, address + f"?kind=differs&branch={VILLAGE}")


def test_people_of_elsewhere_are_counted_and_not_shown(cast: Cast) -> None:
    made = begun(cast, member(1), member(5), member(98, 所在党支部="竹溪村党支部"))
    assert made.outside == 2
    shown = page(cast, f"/reconciliation/{made.uid}/?kind=there")
    assert ("名册中另有 2 人" in shown, f"韦禾{chr(0x4E00 + 98)}" in shown) == (True, False)


def test_who_stands_elsewhere_but_is_claimed_here_looks_like_a_stranger(cast: Cast) -> None:
    made = begun(cast, member(5, 所在党支部="云岭村党支部"), member(97))
    shown = page(cast, f"/reconciliation/{made.uid}/?kind=there")
    assert (made.outside, "共 2 项" in shown, str(cast.people[5]) in shown) == (0, True, False)


def test_an_old_number_finds_its_person(cast: Cast) -> None:
    made = begun(cast, member(1, 身份证号码=fifteen(number(1))))
    assert "没有这样的差异" in page(cast, f"/reconciliation/{made.uid}/?kind=there")


def test_a_title_above_the_headers_is_passed_over_and_bad_rows_are_listed(cast: Cast) -> None:
    content = book(member(1), member(1), member(2, 身份证号码="12"), ("", "", "", "", "", "2001-01-01"), titles=2)
    assert sent(cast, "clerk_a", content).status_code == 200
    made = Comparison.objects.get()
    shown = page(cast, f"/reconciliation/{made.uid}/?kind=faults")
    assert ("同一个号码" in shown, "公民身份号码应为18位" in shown, "无法对应到人" in shown) == (True, True, True)


def test_a_branch_that_is_none_is_told_once(cast: Cast) -> None:
    made = begun(
        cast,
        member(1, 所在党支部="青山党支部"),
        member(7, 所在党支部="青山党支部", 人员类别="预备党员", 入党时间="2026-05-15"),
    )
    shown = page(cast, f"/reconciliation/{made.uid}/?kind=differs")
    assert ("青山党支部" in shown, "没有这样的差异" in shown) == (True, True)


def test_ticking_off_leads_to_the_next_and_leaving_it_asks_for_a_reason(cast: Cast) -> None:
    made = begun(cast, member(1, 性别="女", 入党时间="2005-07-02"))
    uid, browser = cast.people[1], cast.client(cast.clerk_a)
    address = f"/reconciliation/{made.uid}/row/?row=differs.{uid}.sex"
    assert (browser.get(address).status_code, browser.post(address, {"deed": "left"}).status_code) == (200, 422)
    answer = browser.post(address, {"deed": "left", "note": f"已核对户口簿{number(1)}"})
    assert answer["Location"] == f"/reconciliation/{made.uid}/row/?row=differs.{uid}.membership_on"
    ticked = Tick.objects.get()
    assert (ticked.deed, number(1) in ticked.note) == ("left", False)
    browser.post(address, {"deed": "register", "shown": "1"})
    assert list(Tick.objects.values_list("deed", flat=True)) == ["register"]
    assert "共 1 项" in page(cast, f"/reconciliation/{made.uid}/?kind=differs&state=open")


def test_what_was_mended_since_agrees(cast: Cast) -> None:
    made = begun(cast, member(1, 姓名="韦禾新"))
    record = PersonRecord.objects.alive().get(person=cast.person(1))
    with act(Verb.PERSON_CORRECTED, actor=cast.actor(cast.clerk_a)) as current:
        current.data |= {"fields": ["name"]}
        current.strike(PersonRecord, [record.pk])
        names = recorded(PersonRecord)
        values = {name: getattr(record, name) for name in names} | {"name": "韦禾新"}
        current.insert(PersonRecord, names, [tuple(values[name] for name in names)])
    shown = page(cast, f"/reconciliation/{made.uid}/?kind=differs")
    assert ("已一致" in shown, "共 1 项" in page(cast, f"/reconciliation/{made.uid}/?kind=differs&state=agrees")) == (
        True,
        True,
    )


def test_the_report_is_closed_once_and_then_nothing_is_ticked_off(cast: Cast) -> None:
    made, browser = begun(cast, member(1, 性别="女"), member(2), member(3), member(4)), cast.client(cast.clerk_a)
    address = f"/reconciliation/{made.uid}/report/"
    row = f"/reconciliation/{made.uid}/row/?row=differs.{cast.people[1]}.sex"
    once = str(uuid.uuid4())
    assert browser.post(address, {"once": once}).status_code == 302
    assert browser.post(address, {"once": once}).status_code == 302
    assert browser.post(address, {"once": str(uuid.uuid4())}).status_code == 409
    assert browser.post(row, {"deed": "register"}).status_code == 409
    assert Entry.objects.filter(verb="reconciliation_closed").count() == 1
    assert "办结" in page(cast, address)
    said = data_of("reconciliation_closed")
    assert ("韦禾" in said, number(1) in said) == (False, False)
    assert browser.get(f"{address}print/")["Content-Type"] == "application/pdf"
    assert browser.get(f"{address}table/").content[:2] == b"PK"


def test_nothing_of_anybody_lies_in_clear(cast: Cast) -> None:
    made = begun(cast, member(99, 姓名="石未见"))
    assert "石未见".encode() not in bytes(made.cell)
    said = data_of("reconciliation_begun")
    assert ("石未见" in said, number(99) in said) == (False, False)


def test_showing_people_is_on_record_and_the_list_goes_out_for_a_purpose(cast: Cast) -> None:
    made = begun(cast, member(1))
    page(cast, f"/reconciliation/{made.uid}/?kind=here")
    seen = Reading.objects.latest("id")
    assert (seen.what, seen.count, seen.subject) == ("reconciliation", 6, cast.unit(TOWN).uid)
    asked = f"/exports/reconciliation/{made.uid}/?kind=here"
    assert cast.client(cast.clerk_a).post(asked, {"usual": "check", "words": ""}).content[:2] == b"PK"


def test_another_township_finds_nothing(cast: Cast) -> None:
    made = begun(cast, member(1, 性别="女"))
    one = f"row/?row=differs.{cast.people[1]}.sex"
    assert cast.client(cast.clerk_a).get(f"/reconciliation/{made.uid}/{one}").status_code == 200
    for part in ("", one, "report/", "report/print/", "report/table/"):
        assert cast.client(cast.clerk_b).get(f"/reconciliation/{made.uid}/{part}").status_code == 404
    assert str(made.uid) not in page(cast, "/reconciliation/", "clerk_b")
    assert str(made.uid) in page(cast, "/reconciliation/", "officer")
    assert cast.client(cast.secretary_a).get("/reconciliation/").status_code == 403
    assert sent(cast, "clerk_b", book(member(1)), TOWN).status_code == 422


def test_after_thirty_days_it_is_gone(cast: Cast) -> None:
    made = begun(cast, member(1))
    Comparison.objects.update(made_on=cast.today - timedelta(days=30))
    assert cast.client(cast.clerk_a).get(f"/reconciliation/{made.uid}/").status_code == 404
    begun(cast, member(1))
    assert Comparison.objects.filter(pk=made.pk).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_take_so_many_questions(cast: Cast, rows: int) -> None:
    made = begun(cast, *(member(90 + place) for place in range(rows)), who="officer", unit=COUNTY)
    browser = cast.client(cast.officer)
    counted = []
    for part in (
        f"{made.uid}/?kind=there",
        f"{made.uid}/?kind=here",
        f"{made.uid}/?kind=compared",
        f"{made.uid}/report/",
        "",
    ):
        browser.get(f"/reconciliation/{part}")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/reconciliation/{part}").status_code == 200
        counted.append(sum("pg_advisory" not in one["sql"] for one in seen))
    assert counted == [7, 9, 14, 3, 2]


def test_the_other_town_is_not_of_the_range(cast: Cast) -> None:
    made = begun(cast, member(1), who="officer", unit=OTHER_TOWN)
    assert (made.unit.code, made.outside, made.made_on) == (OTHER_TOWN, 1, cast.today)
    assert isinstance(made.made_on, date)


def test_a_figure_of_the_report_opens_its_rows(cast: Cast) -> None:
    made = begun(cast, member(1, 性别="女"), member(2), member(3), member(4), member(99, 所在党支部=""))
    report = page(cast, f"/reconciliation/{made.uid}/report/")
    for query in (f"kind=differs&branch={VILLAGE}", "kind=there&branch=-"):
        assert f"/reconciliation/{made.uid}/?{query}".replace("&", "&amp;") in report
        assert "共 1 项" in page(cast, f"/reconciliation/{made.uid}/?{query}")
    assert "共 5 项" in page(cast, f"/reconciliation/{made.uid}/")  # 6, 7 and 8 are not there
