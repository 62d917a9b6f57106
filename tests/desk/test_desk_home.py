"""Everybody's home: what each role sees first, that its numbers are the ledger's and open exactly their rows, and what it costs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlparse

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, GENERAL, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import OFFICE, County, member
from yumiao.access.appointments import Grant, appoint
from yumiao.access.models import OPERATOR, Account
from yumiao.access.permissions import Role
from yumiao.desk.home.links import Links
from yumiao.desk.home.stats import stats_of
from yumiao.desk.workbook.importing import import_workbook
from yumiao.desk.workbook.undoing import undo_import
from yumiao.journal import memory
from yumiao.journal.acts import Actor
from yumiao.journal.models import Entry
from yumiao.kernel.periods import today_in_china
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db

__all__ = ["cast"]


def main(page: str) -> str:
    """The page between its frame and foot, as HTML."""
    return page[page.index("<main") : page.index("</main>")]


def text(page: str) -> str:
    """What a reader reads of it, without spaces."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", main(page))))


def home(cast: Cast, who: Account, query: str = "") -> str:
    answer = cast.client(who).get(f"/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def links(page: str) -> list[tuple[str, str]]:
    """(address, words) of every link within the page."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', main(page), re.DOTALL)
    return [(unescape(url), re.sub(r"<[^>]+>|\s", "", words)) for url, words in found]


def stats(page: str) -> dict[str, tuple[str, str]]:
    """(number, address) of the row of numbers, by label."""
    pattern = r'class="stat" href="([^"]*)"><span class="stat-l">(.*?)</span><span class="stat-n">([^<]*)'
    return {
        re.sub(r"<[^>]+>", "", label): (value, unescape(url)) for url, label, value in re.findall(pattern, main(page))
    }


def rows(browser: Client, url: str) -> int:
    """How many rows a list shows; all lists of the small county fit on one page."""
    answer = browser.get(url)
    assert answer.status_code == 200, url
    body = main(answer.content.decode())
    tables = re.findall(r"<table.*?</table>", body, re.DOTALL)
    return tables[0].count('scope="row"') if tables else 0


FIRST_SEEN = {
    "officer": "5个村（社区）中",
    "clerk_a": "3个村（社区）中",
    "clerk_b": "2个村（社区）中",
    "secretary_a": "本村的线",
    "secretary_b": "本村的线",
    "general_secretary": "石桥村党总支",
    "reviewer": "您代表本单位答复部门联审",
    "assistant": "3个村（社区）中",
    "member": "我的资料",
    "auditor": "查阅记录",
    "system": "您负责账号的停用、启用和重置登录",
    "security": "您负责邀请开户、授予和结束任职",
    "audit": "您负责查看全程纪实和查阅记录",
    "outsider": "您的账号目前没有任职",
}


def test_each_role_finds_its_own_home(cast: Cast) -> None:
    assert set(FIRST_SEEN) == set(cast.parts)
    missing = {part for part, said in FIRST_SEEN.items() if said not in text(home(cast, cast.accounts[part]))}
    assert missing == set()


def test_nobody_else_sees_a_home(cast: Cast) -> None:
    answer = cast.client(None).get("/")
    assert (answer.status_code, urlparse(answer.headers["Location"]).path) == (302, "/login/")
    assert cast.client(cast.officer).post("/").status_code == 405


def test_the_countys_numbers_are_those_of_the_ledger(cast: Cast) -> None:
    said = ledger(cast.today).as_json()
    below = [one for one in said["townships"].values() if one["below_guidance_line"]]
    assert {label: value for label, (value, _url) in stats(home(cast, cast.officer)).items()} == {
        "突破底线": str(len(said["bottom_line_breach"])),
        "年内须发展": str(len(said["bottom_line_at_risk"])),
        "指导线未达": str(len(below)),
        "年轻党员占比偏低": str(len(said["low_young_share"])),
        "没有积极分子": str(len(said["villages_without_activist"])),
        "今年已发展": str(said["counts"]["admitted_this_year"]),
    }


def test_every_number_of_the_row_opens_exactly_its_rows(cast: Cast) -> None:
    for part in ("officer", "clerk_a", "clerk_b"):
        browser, page = cast.client(cast.accounts[part]), home(cast, cast.accounts[part])
        counted = {url: int(value) for value, url in stats(page).values() if value.isdigit()}
        assert len(counted) >= 5
        assert {url: rows(browser, url) for url in counted} == counted


def test_the_leading_sentence_opens_exactly_its_rows(cast: Cast) -> None:
    browser, page = cast.client(cast.officer), home(cast, cast.officer)
    lead = page[page.index('<p class="lead">') :]
    found = re.findall(r'<a href="([^"]*)">(\d+) 个</a>', lead[: lead.index("</p>")])
    assert [int(count) for _url, count in found] == [5, 1, 4, 4]
    assert [rows(browser, unescape(url)) for url, _count in found] == [5, 1, 4, 4]


def test_members_by_age_and_schooling_open_exactly_their_rows(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    page = home(cast, cast.clerk_a, "?table=members")
    table = page[page.index('id="members"') :]
    found = re.findall(r'<td[^>]*><a href="([^"]*)">(\d+)</a>', table[: table.index("</section>")])
    assert (
        sum(int(count) for _url, count in found) == 2 * ledger(cast.today, within=cast.unit(TOWN).subtree).total.members
    )
    assert [rows(browser, unescape(url)) for url, _count in found] == [int(count) for _url, count in found]


def test_members_and_cultivation_of_a_branch_open_exactly_their_rows(cast: Cast) -> None:
    browser, page = cast.client(cast.secretary_a), home(cast, cast.secretary_a)
    found = [(url, int(words.rstrip("人"))) for url, words in links(page) if re.fullmatch(r"\d+人?", words)]
    assert len(found) == 10
    assert [(url, rows(browser, url)) for url, _count in found] == found


def test_a_village_home_tells_its_lines_and_who_is_in_cultivation(cast: Cast) -> None:
    said = text(home(cast, cast.secretary_a))
    assert "突破底线" in said
    assert "预警已解除" in said
    assert "2024年10月15日确定为入党积极分子培养考察已满一年" in said
    assert ("/ledger/explanation/001.001.001/", "为什么，怎么消除") in links(home(cast, cast.secretary_a))


def test_what_is_short_in_a_village_is_to_be_done_there(cast: Cast) -> None:
    said = text(home(cast, cast.general_secretary))
    assert "石桥村党总支须在年内至少发展1名" in said
    assert "石桥村党总支没有入党积极分子" in said
    assert "没有在培养的人" in said


def test_nothing_of_the_other_township_is_on_a_home(cast: Cast) -> None:
    foreign = (f"/{OTHER_TOWN}/", f"/{FAR_VILLAGE}/", f"={OTHER_TOWN}", f"={FAR_VILLAGE}", "云溪乡", "竹溪村", "枫溪村")
    for part in ("clerk_a", "secretary_a", "general_secretary", "assistant"):
        page = home(cast, cast.accounts[part])
        assert [mark for mark in foreign if mark in page] == []


def test_a_village_sees_nothing_of_its_neighbours(cast: Cast) -> None:
    page = main(home(cast, cast.secretary_a))
    assert [name for name in ("石桥村", "松坪社区", GENERAL, COMMUNITY) if name in page] == []


def test_an_assisting_unit_sees_figures_and_no_people(cast: Cast) -> None:
    page = home(cast, cast.assistant)
    assert [url for url, _words in links(page) if url.startswith("/people/")] == []
    assert "党员结构" not in page
    names = [name for place in cast.people for name in [cast.person(place).records.get().name] if name in page]
    assert names == []


def test_the_numbers_of_an_assisting_unit_open_what_is_said_of_its_township(cast: Cast) -> None:
    page, browser = home(cast, cast.assistant), cast.client(cast.assistant)
    admitted, url = stats(page)["今年已发展"]
    assert url == f"/ledger/explanation/{TOWN}/#WRN-03"
    assert f"新发展农村党员{admitted}名" in text(browser.get(url).content.decode())
    years = home(cast, cast.assistant, "?table=years")
    table = years[years.index('id="years"') :]
    found = re.findall(r'<td[^>]*><a href="([^"]*)">', table[: table.index("</section>")])
    last = f"/ledger/explanation/{TOWN}/?on={cast.today.year - 1}-12-31#WRN-03"
    assert (found[-1], last in found, {browser.get(unescape(one)).status_code for one in found}) == (url, True, {200})


def test_an_assisting_unit_opens_the_admissions_and_activists_of_a_village_by_its_explanation(cast: Cast) -> None:
    found = [url for url, words in links(home(cast, cast.assistant)) if words.isdigit()]
    assert {f"/ledger/explanation/{VILLAGE}/#WRN-02", f"/ledger/explanation/{VILLAGE}/#RES-03"} <= set(found)
    assert [url for url in found if url.startswith("/ledger/?")] == []


def test_a_member_finds_the_way_to_the_own_page_and_no_other(cast: Cast) -> None:
    page = home(cast, cast.member)
    people = [url for url, _words in links(page) if url.startswith("/people/")]
    assert people == [f"/people/{cast.people[1]}/"]
    assert "2005年7月1日" in page


def test_an_account_of_nobody_is_told_whom_to_ask(cast: Cast) -> None:
    Account.objects.filter(pk=cast.member.pk).update(person_uid=None)
    assert "还没有对应到本人的党员资料" in text(home(cast, cast.member))


def test_who_holds_two_appointments_chooses_between_them(cast: Cast) -> None:
    given = Grant(Role.BRANCH_SECRETARY, cast.unit(FAR_VILLAGE), since=cast.today)
    appoint(account=cast.clerk_a, grant=given, actor=cast.operator, today=cast.today)
    widest, second = home(cast, cast.clerk_a), home(cast, cast.clerk_a, "?as=2")
    assert "3个村（社区）中" in text(widest)
    assert "竹溪村党支部" in text(second)
    assert "本村的线" in text(second)
    assert [url for url, words in links(widest) if "·" in words and url.startswith("/?as")] == ["/?as=1", "/?as=2"]
    counted = {url: int(value) for value, url in stats(widest).values() if value.isdigit()}
    browser = cast.client(cast.clerk_a)
    assert {url: rows(browser, url) for url in counted} == counted


def test_an_appointment_nobody_holds_is_not_asked_for(cast: Cast) -> None:
    for said in ("0", "3", "-1", "x", "²", "9999999", "1' OR '1"):
        assert "5个村（社区）中" in text(home(cast, cast.officer, f"?as={said}"))


def test_each_chart_is_also_a_table(cast: Cast) -> None:
    drawn = home(cast, cast.officer)

    def panel(page: str, name: str) -> str:
        start = page.index(f'<section class="panel" id="{name}">')
        return page[start : page.index("</section>", start)]

    for name in ("map", "plan", "years", "members"):
        told = home(cast, cast.officer, f"?table={name}")
        assert ("<table" in panel(drawn, name), "<table" in panel(told, name)) == (False, True)
        assert f'href="/?table={name}#{name}"' in panel(drawn, name)
        assert "改看图" in panel(told, name)


def test_numbers_of_the_table_of_townships_open_exactly_their_rows(cast: Cast) -> None:
    browser, page = cast.client(cast.officer), home(cast, cast.officer, "?table=map")
    found = [(url, int(count)) for url, count in links(page) if "/lists/" in url and "unit=" in url]
    assert len(found) == 7
    assert [(url, rows(browser, url)) for url, _count in found] == found


def test_admissions_of_an_office_are_in_no_number_of_a_home(cast: Cast) -> None:
    county = County().only("党员")
    county.sheets["党员"] = [member(12, OFFICE, 人员类别="预备党员", 入党日期=cast.today, 转正日期=None)]
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written
    for who in (cast.officer, cast.clerk_a):
        count, url = stats(home(cast, who))["今年已发展"]
        assert count == "1"
        assert rows(cast.client(who), url) == 1


def test_a_number_of_shortfalls_that_is_none_stands_with_the_sign_of_what_is_in_order(cast: Cast) -> None:
    none = replace(ledger(cast.today, within=cast.unit(TOWN).subtree), villages=())
    found = [one for one in stats_of(none, Links(TOWN, True, False)) if one.unit == "村"]
    assert [(one.label, one.value, one.icon, one.tone) for one in found] == [
        ("突破底线", 0, "ok", "ok"),
        ("年内须发展", 0, "ok", "ok"),
        ("年轻党员占比偏低", 0, "ok", "ok"),
        ("没有积极分子", 0, "ok", "ok"),
    ]


def test_rows_that_the_latest_import_refused_are_to_be_sent_again(cast: Cast) -> None:
    county = County().only("党员")
    county.sheets["党员"] = [member(12), member(13, "001.999"), member(14, 姓名=None)]
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator, accept_good_rows=True)
    assert result.written
    assert f"最近一次导入有2行未受理{cast.operator.label}" in text(home(cast, cast.officer))
    assert "行未受理" not in text(home(cast, cast.clerk_a))
    undo_import(Entry.objects.latest("seq").seq, actor=cast.operator, reason="误传")
    assert "行未受理" not in text(home(cast, cast.officer))


def test_a_table_that_is_none_shows_the_charts(cast: Cast) -> None:
    assert "改看图" not in home(cast, cast.officer, "?table=persons")


def bare_cast() -> Cast:
    """The command line alone."""
    operator = Account.objects.create(username=OPERATOR, display_name="命令行", password="!")
    return Cast({}, today_in_china(datetime.now(UTC)), Actor(operator.uid, OPERATOR))


def test_a_county_without_villages_says_what_to_do(db: None) -> None:
    county = County().only("组织")
    del county["组织"][1:]
    bare = bare_cast()
    assert import_workbook(county.workbook(), today=bare.today, actor=bare.operator).written
    officer = Account.objects.create(username="officer", display_name="韦清禾", password="!")
    given = Grant(Role.COUNTY_OFFICER, bare.unit(COUNTY), since=bare.today)
    appoint(account=officer, grant=given, actor=bare.operator, today=bare.today)
    page = home(bare, officer)
    assert "还没有登记组织和人员" in text(page)
    assert ("/import/", "导入工作簿") in links(page)
    assert stats(page) == {}


def test_before_there_is_any_unit_the_first_steps_are_told(db: None) -> None:
    bare = bare_cast()
    nobody = Account.objects.create(username="first", display_name="韦清禾", password="!")
    assert "第一次使用，先导入县工作簿" in text(home(bare, nobody))


def test_one_solid_button_at_most_is_on_a_home(cast: Cast) -> None:
    counts = {part: main(home(cast, cast.accounts[part])).count("btn-submit") for part in cast.parts}
    assert {part: count for part, count in counts.items() if count > 1} == {}


def test_a_phone_has_its_dock_and_no_style_or_script_stands_in_the_page(cast: Cast) -> None:
    page = home(cast, cast.secretary_a)
    assert 'class="dock"' in page
    assert "has-dock" in page
    for part in ("officer", "clerk_a", "secretary_a"):
        body = main(home(cast, cast.accounts[part]))
        assert [mark for mark in (" style=", "<script", " onclick=", "<style") if mark in body] == []


@pytest.mark.parametrize(
    ("part", "cold", "warm"), [("officer", 40, 2), ("clerk_a", 47, 2), ("secretary_a", 33, 1), ("member", 7, 4)]
)
def test_what_a_home_asks_of_the_database(cast: Cast, part: str, cold: int, warm: int) -> None:
    browser = cast.client(cast.accounts[part])
    browser.get("/")
    memory._values.clear()
    with CaptureQueriesContext(connection) as first:
        browser.get("/")
    with CaptureQueriesContext(connection) as again:
        browser.get("/")

    assert (len(first), len(again)) == (cold, warm)


def test_a_village_more_asks_nothing_more(cast: Cast) -> None:
    asked = []
    for part in ("clerk_a", "clerk_b"):
        browser = cast.client(cast.accounts[part])
        browser.get("/")
        memory._values.clear()
        with CaptureQueriesContext(connection) as queries:
            browser.get("/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_unit_of_the_first_appointment_stands_in_the_heading(cast: Cast) -> None:
    assert cast.unit(VILLAGE).name in text(home(cast, cast.secretary_a))
