"""Lists that go out: who is in the file, what is asked and recorded before it leaves, and what a stray file says of itself."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member, number
from yumiao.access.sessions import FRESH_AT, SessionStore
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.models import Reading
from yumiao.kernel.identity import mask_identity
from yumiao.kernel.periods import on_paper

pytestmark = pytest.mark.db
__all__ = ["cast"]

PURPOSE = {"usual": "check", "words": "发青石镇核对党员信息"}
SMALL = override_settings(ROOT_URLCONF="tests.desk.small_exports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A, B = (1, 2, 3, 4, 6, 7, 8, 21, 22, 31), (5, 9, 10, 23, 32)


def named(*places: int) -> list[str]:
    return sorted(f"韦禾{chr(0x4E00 + place)}" for place in places)


def taken(client: Client, url: str, **purpose: Any) -> HttpResponse:
    answer = client.post(url, purpose or PURPOSE)
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return answer


def book_of(answer: HttpResponse) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows_of(answer: HttpResponse) -> list[list[Any]]:
    """The rows below the header, without the serial numbers and the line of the mark."""
    sheet = book_of(answer).worksheets[0]
    return [list(row[1:]) for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def names_of(answer: HttpResponse) -> list[str]:
    return sorted(str(row[0]) for row in rows_of(answer))


def grow_stale(client: Client) -> None:
    """The last proof of who sits there was given six minutes ago."""
    store = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    store[FRESH_AT] = int((datetime.now(UTC) - timedelta(minutes=6)).timestamp())
    store.save()


def test_a_file_holds_the_people_of_the_readers_own_units(cast: Cast) -> None:
    places = {"officer": A + B, "clerk_a": A, "clerk_b": B, "secretary_a": (1, 7, 8, 21, 31)}
    found = {part: names_of(taken(cast.client(getattr(cast, part)), "/exports/people/")) for part in places}
    assert found == {part: named(*those) for part, those in places.items()}


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("kind=member", (1, 2, 3, 4, 6, 7, 8)),
        ("kind=member&sex=f", (2, 4, 6, 8)),
        (f"unit={COMMUNITY}", (4, 22)),
        ("kind=probationer", (7,)),
        ("kind=talent&q=韦禾", (31,)),
    ],
)
def test_the_file_keeps_the_filter_of_the_page(cast: Cast, query: str, places: tuple[int, ...]) -> None:
    browser = cast.client(cast.clerk_a)
    assert f'href="/exports/people/?{query.split("&q")[0]}'.replace("&", "&amp;") in (
        browser.get(f"/people/?{query}").content.decode()
    )
    assert names_of(taken(browser, f"/exports/people/?{query}")) == named(*places)


def test_another_township_is_not_found(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    answers = [browser.get, browser.post]
    assert [ask(f"/exports/people/?unit={FAR_VILLAGE}").status_code for ask in answers] == [404, 404]
    assert [ask(f"/exports/accounts/?unit={FAR_VILLAGE}").status_code for ask in answers] == [404, 404]
    assert browser.get(f"/exports/ledger/warning/?unit={FAR_VILLAGE}").status_code == 404
    assert browser.get(f"/exports/statistics/?unit={FAR_VILLAGE}").status_code == 404
    assert Reading.objects.exclude(what="page").count() == 0


def test_numbers_go_out_masked(cast: Cast) -> None:
    answer = taken(cast.client(cast.clerk_a), f"/exports/people/?unit={VILLAGE}&kind=member")
    row = next(row for row in rows_of(answer) if row[0] == named(1)[0])
    assert row[:2] == [named(1)[0], mask_identity(number(1))]
    assert number(1).encode() not in answer.content


def test_what_is_on_record_stands_in_the_file(cast: Cast) -> None:
    """The reading's number, the name and the time: below the table, in the footer and in the properties."""
    answer = taken(cast.client(cast.clerk_a), f"/exports/people/?unit={VILLAGE}&kind=member")
    reading = Reading.objects.get(what="list")
    said = (reading.count, reading.purpose, reading.subject, reading.actor_label)
    assert said == (3, "核对基础信息：发青石镇核对党员信息", cast.unit(VILLAGE).uid, "盘云舟（青石镇党委）")
    book = book_of(answer)
    sheet = book.worksheets[0]
    mark = sheet.cell(sheet.max_row, 1).value
    expected = r"导出人：盘云舟（青石镇党委）　导出时间：\d+年\d+月\d+日 \d\d:\d\d　查阅记录第 (\d+) 号"
    found = re.fullmatch(expected, str(mark))
    assert found is not None and int(found[1]) == reading.pk
    assert (book.properties.creator, book.properties.description) == ("盘云舟（青石镇党委）", mark)
    assert str(mark) in sheet.oddFooter.left.text
    assert sheet.cell(1, 1).value == "党员名册"
    assert unquote(answer["Content-Disposition"]).endswith(f"云岭村党支部党员名册（{on_paper(cast.today)}）.xlsx")


def test_looking_at_what_would_go_out_records_nothing(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get("/exports/people/?kind=member&sex=f").content.decode()
    assert ("4 人" in page, "党员；女" in page, "青石镇党委" in page) == (True, True, True)
    assert Reading.objects.count() == 0


def test_a_second_click_is_a_second_reading(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    for _click in range(2):
        taken(browser, "/exports/people/")
    assert list(Reading.objects.values_list("what", "count")) == [("list", 10)] * 2


@pytest.mark.parametrize(
    "purpose",
    [
        {},
        {"usual": "", "words": "发青石镇核对"},
        {"usual": "nothing of ours", "words": "发青石镇核对"},
        {"usual": "other", "words": ""},
        {"usual": "other", "words": "年报"},
        {"usual": "check", "words": "发" * 201},
    ],
)
def test_nothing_leaves_without_a_purpose(cast: Cast, purpose: dict[str, str]) -> None:
    answer = cast.client(cast.clerk_a).post("/exports/people/", purpose)
    assert (answer.status_code, Reading.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("purpose", "kept"),
    [
        ({"usual": "report"}, "上报上级党组织"),
        ({"usual": "other", "words": "慰问老党员"}, "慰问老党员"),
        ({"usual": "meeting", "words": f"查{number(1)}"}, f"会议研究：查{mask_identity(number(1))}"),
    ],
)
def test_the_purpose_is_kept_without_numbers(cast: Cast, purpose: dict[str, str], kept: str) -> None:
    taken(cast.client(cast.clerk_a), "/exports/people/", **purpose)
    assert Reading.objects.get().purpose == kept


@SMALL
def test_many_people_ask_for_a_fresh_proof(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    few, many = f"/exports/people/?unit={VILLAGE}&kind=member", "/exports/people/?kind=member"
    grow_stale(browser)
    assert browser.get(few).status_code == 200
    taken(browser, few)
    asked = browser.get(many)
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, "/confirm/")
    assert browser.post(many, PURPOSE).status_code == 403
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("export", "page"),
    [
        ("/exports/people/?kind=member&sex=f", "/people/?kind=member&sex=f"),
        ("/exports/accounts/?role=township_clerk", "/accounts/?role=township_clerk"),
        ("/exports/journal/?verb=workbook_imported", "/journal/?verb=workbook_imported"),
        ("/exports/journal/", "/journal/"),
    ],
)
def test_the_way_back_keeps_the_conditions(cast: Cast, export: str, page: str) -> None:
    shown = cast.client(cast.officer).get(export).content.decode()
    assert re.findall(r'class="btn" href="([^"]+)">返回', shown) == [page.replace("&", "&amp;")]


@SMALL
def test_more_rows_than_a_file_takes_are_refused_with_what_to_do(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    answers = [browser.get("/exports/people/"), browser.post("/exports/people/", PURPOSE)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert "一个文件最多导出 8 行" in answers[0].content.decode()
    assert "按乡镇或者其他条件分几次导出" in answers[0].content.decode()
    assert Reading.objects.count() == 0
    assert len(rows_of(taken(browser, f"/exports/people/?unit={TOWN}&kind=member"))) == 7


@pytest.mark.parametrize("part", ["member", "assistant", "reviewer", "system", "security", "audit", "outsider"])
@pytest.mark.parametrize("address", ["/exports/people/", "/exports/statistics/"])
def test_who_may_not_see_people_takes_none_out(cast: Cast, part: str, address: str) -> None:
    browser = cast.client(getattr(cast, part))
    assert [browser.get(address).status_code, browser.post(address, PURPOSE).status_code] == [403, 403]


def test_what_looks_like_a_formula_stays_text(cast: Cast) -> None:
    county = County().only("党员")
    county.sheets["党员"] = [member(41, 姓名="+韦禾甲", 职业="=1+1"), member(42, 姓名="@韦禾乙")]
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written
    sheet = book_of(taken(cast.client(cast.clerk_a), f"/exports/people/?unit={VILLAGE}")).worksheets[0]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [cells.get(value) for value in ("+韦禾甲", "@韦禾乙", "=1+1")] == ["s", "s", "s"]
    assert "f" not in cells.values()


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast) -> None:
    """Looking: the session, the number of people once per entry of the record. Taking out: one statement more, and the reading."""
    browser = cast.client(cast.clerk_a)
    browser.get("/exports/people/")
    one, three = f"/exports/people/?unit={VILLAGE}&kind=probationer", f"/exports/people/?unit={VILLAGE}&kind=member"
    assert [_queries(browser, "get", url) for url in (one, one, three, three)] == [2, 1, 2, 1]
    locked = int(connection.vendor == "postgresql")  # there the chain is locked by a statement of its own
    assert [_queries(browser, "post", url) for url in (one, three)] == [6 + locked, 6 + locked]


def _queries(browser: Client, method: str, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(url) if method == "get" else taken(browser, url)
    return len(asked)


def test_organisations_go_out_at_once_and_marked(cast: Cast) -> None:
    answer = cast.client(cast.assistant).get("/exports/units/")
    assert answer["Content-Type"] == XLSX
    assert [row[0] for row in rows_of(answer)][:3] == [TOWN, VILLAGE, "001.001.002"]
    sheet = book_of(answer).worksheets[0]
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("导出人：苏景行（青石镇党委）　导出时间：")
    assert "查阅记录" not in str(sheet.cell(sheet.max_row, 1).value)
    assert Reading.objects.count() == 0


def test_organisations_found_by_name_go_out_alone(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    assert [row[1] for row in rows_of(browser.get("/exports/units/?q=云岭"))] == ["云岭村党支部"]
    assert len(rows_of(browser.get("/exports/units/"))) == len(cast.tree.by_id)


def test_a_list_of_the_ledger_has_the_rows_of_its_page(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    for name in ("warning", "low-young", "reserve", "guidance"):
        page = browser.get(f"/ledger/lists/{name}/").content.decode()
        rows = rows_of(browser.get(f"/exports/ledger/{name}/"))
        assert len(rows) == int(re.findall(r"共 (\d+) 个", page)[0])
        assert all(str(row[1]) in page and str(row[-1]) in page for row in rows)
    assert browser.get("/exports/ledger/nothing/").status_code == 404
    assert browser.get("/exports/ledger/warning/?on=2027-13-01").status_code == 404


def test_the_people_behind_a_figure_go_out(cast: Cast) -> None:
    answer = taken(cast.client(cast.clerk_a), "/exports/statistics/?by=sex&column=f")
    assert names_of(answer) == named(2, 4, 6, 8)
    assert Reading.objects.get().what == "list"


def test_accounts_go_out_with_their_posts(cast: Cast) -> None:
    rows = rows_of(taken(cast.client(cast.officer), "/exports/accounts/?role=township_clerk"))
    assert sorted((row[0], row[2]) for row in rows) == [
        ("盘云舟", "青石镇党委 乡镇组织干事"),
        ("陆远帆", "云溪乡党委 乡镇组织干事"),
    ]


def test_entries_and_readings_go_out_to_the_county_only(cast: Cast) -> None:
    taken(cast.client(cast.clerk_a), "/exports/people/")
    auditor = cast.client(cast.auditor)
    assert [row[0] for row in rows_of(taken(auditor, "/exports/journal/"))][-1] == 1
    rows = rows_of(taken(auditor, "/exports/readings/?what=list&actor=盘云舟"))
    assert [(row[2], row[3], row[5]) for row in rows] == [("盘云舟（青石镇党委）", "导出名单", 10)]
    assert cast.client(cast.clerk_a).get("/exports/journal/").status_code == 403


def test_settings_papers_and_issues_go_out_at_once(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    assert [len(rows_of(browser.get(f"/exports/{name}/"))) for name in ("papers", "issues")] == [0, 0]
    assert len(rows_of(browser.get("/exports/settings/"))) > 20
    assert rows_of(browser.get("/exports/settings/?changed=1")) == []


def test_the_county_workbook_is_marked_in_its_properties(cast: Cast) -> None:
    answer = taken(cast.client(cast.officer), "/export/", purpose="报市委组织部年度统计核对")
    reading = Reading.objects.get(what="export")
    book = book_of(answer)
    assert str(book.properties.description).endswith(f"查阅记录第 {reading.pk} 号")
    assert cast.unit(COUNTY).name in str(book.properties.creator)
