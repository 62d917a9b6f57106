"""The ledger on the screen: its numbers are those of the document, each reader sees his units and no more."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, GENERAL, OTHER_FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.journal.models import Reading
from yumiao.ledger.lists import LISTS
from yumiao.ledger.queries import ledger

__all__ = ["cast"]
pytestmark = pytest.mark.db

COLUMNS = (
    "villages", "members", "planned", "admitted", "young", "share", "guidance", "reserve", "required", "gap", "warned", "cleared",
    "uncleared", "bottom", "at_risk", "without_activist",
)  # fmt: skip


def page(cast: Cast, who: str, address: str, status: int = 200) -> str:
    answer = cast.client(getattr(cast, who)).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def words(cell: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", cell)).strip()


def table(html: str) -> dict[str, dict[str, str]]:
    """The figures of each row by the unit's name; the totals by 合　计."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.S):
        name = re.search(r'<th scope="row"[^>]*>(.*?)</th>', row, re.S)
        cells = [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)][1:]
        if name and len(cells) == len(COLUMNS):
            found[re.sub(r"，(展开|收起)$", "", words(name[1]))] = dict(zip(COLUMNS, cells, strict=True))
    return found


def test_every_number_of_a_township_is_that_of_the_document(cast: Cast) -> None:
    found = table(page(cast, "officer", "/ledger/?all=1"))
    for code, said in ledger(cast.today).as_json()["townships"].items():
        row = found[cast.unit(code).name]
        planned = "未下达" if said["planned"] is None else str(said["planned"])
        assert (row["planned"], row["admitted"], row["young"]) == (
            planned,
            str(said["admitted"]),
            str(said["admitted_young"]),
        )
        required = "—" if said["reserve_required"] is None else str(said["reserve_required"])
        assert (row["reserve"], row["required"]) == (str(said["reserve"]), required)


def test_every_number_of_a_village_is_that_of_the_document(cast: Cast) -> None:
    found, document = table(page(cast, "officer", "/ledger/?all=1")), ledger(cast.today).as_json()
    for code, said in document["villages"].items():
        row = found[said["name"]]
        assert [row[key] for key in ("members", "admitted", "reserve")] == [
            str(said[key]) for key in ("members", "admitted", "reserve")
        ]
        listed = [
            ("warned", "warning_line_listed"),
            ("cleared", "warning_line_cleared"),
            ("bottom", "bottom_line_breach"),
            ("at_risk", "bottom_line_at_risk"),
            ("without_activist", "villages_without_activist"),
        ]
        assert [row[column] for column, _ in listed] == [str(int(code in document[key])) for _, key in listed]


def test_the_totals_are_the_sums_of_the_document(cast: Cast) -> None:
    total, document = table(page(cast, "officer", "/ledger/"))["合　计"], ledger(cast.today).as_json()
    assert total["villages"] == str(document["counts"]["villages"])
    assert total["admitted"] == str(document["counts"]["admitted_this_year"])
    assert total["warned"] == str(len(document["warning_line_listed"]))
    assert total["bottom"] == str(len(document["bottom_line_breach"]))
    assert total["without_activist"] == str(len(document["villages_without_activist"]))


def test_the_total_of_admissions_opens_the_people(cast: Cast) -> None:
    address = f"/people/?unit={COUNTY}&amp;admitted={cast.today.year}&amp;rural=1"
    assert f'href="{address}"' in page(cast, "officer", "/ledger/")
    assert address not in page(cast, "officer", f"/ledger/?zone={cast.unit(OTHER_TOWN).zone}")


def test_a_township_is_opened_and_closed_by_its_address(cast: Cast) -> None:
    village, far = cast.unit(VILLAGE).name, cast.unit(FAR_VILLAGE).name
    closed, opened = page(cast, "officer", "/ledger/"), page(cast, "officer", f"/ledger/?open={TOWN}")
    assert (village in table(closed), village in table(opened), far in table(opened)) == (False, True, False)
    assert f'href="/ledger/?open={TOWN}"' in closed


def test_a_clerk_sees_his_township_and_totals_of_nothing_else(cast: Cast) -> None:
    html = page(cast, "clerk_a", "/ledger/?all=1")
    assert (cast.unit(OTHER_TOWN).name in html, cast.unit(FAR_VILLAGE).name in html) == (False, False)
    within = ledger(cast.today, within=cast.unit(TOWN).subtree)
    assert table(html)["合　计"]["villages"] == str(len(within.villages))
    assert f"党员 {within.total.members} 名" in html


def test_a_secretary_sees_his_village(cast: Cast) -> None:
    found = table(page(cast, "secretary_b", "/ledger/"))
    assert list(found) == [cast.unit(FAR_VILLAGE).name, "合　计"]


PAGES = ("/ledger/", "/ledger/workbook/", "/ledger/lists/bottom/", f"/ledger/explanation/{VILLAGE}/")


def test_whoever_may_not_read_the_ledger_is_turned_away(cast: Cast) -> None:
    for part in ("member", "reviewer", "system", "security", "audit", "outsider"):
        for address in PAGES:
            page(cast, part, address, status=403)


def test_the_way_out_of_ones_units_is_closed_everywhere(cast: Cast) -> None:
    for address in (
        f"/ledger/explanation/{OTHER_TOWN}/",
        f"/ledger/explanation/{FAR_VILLAGE}/",
        "/ledger/explanation/001/",
        "/ledger/explanation/nowhere/",
        f"/ledger/lists/warning/?unit={OTHER_TOWN}",
        "/ledger/lists/warning/?unit=nowhere",
        "/ledger/lists/nothing/",
    ):
        page(cast, "clerk_a", address, status=404)
    assert cast.unit(FAR_VILLAGE).name not in page(cast, "clerk_a", f"/ledger/?open={OTHER_TOWN}")


def test_a_day_to_come_is_refused_with_advice(cast: Cast) -> None:
    html = page(cast, "officer", f"/ledger/?on={cast.today + timedelta(days=1)}", status=400)
    assert ("台账只到今天" in html, table(html)) == (True, {})


def test_a_day_that_is_none_is_refused_with_advice(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    for address in PAGES:
        for typed in ("2026-02-30", "20260101", "2026年1月1日", "'; --", "２０２６-01-01", "0001-01-01", "x" * 5000):
            answer = browser.get(address, {"on": typed})
            assert (answer.status_code, "看今天的数" in answer.content.decode()) == (400, True)


def test_an_earlier_day_shows_that_day(cast: Cast) -> None:
    day = date(2025, 6, 30)
    html = page(cast, "officer", f"/ledger/?all=1&on={day}")
    said = ledger(day).as_json()["villages"][VILLAGE]
    assert table(html)[said["name"]]["admitted"] == str(said["admitted"])
    assert "/people/?" not in html


def test_a_zone_narrows_rows_and_totals(cast: Cast) -> None:
    zone = cast.unit(OTHER_TOWN).zone
    found = table(page(cast, "officer", f"/ledger/?all=1&zone={zone}"))
    assert list(found) == [cast.unit(code).name for code in (OTHER_TOWN, FAR_VILLAGE, OTHER_FAR_VILLAGE)] + ["合　计"]
    assert found["合　计"]["villages"] == "2"
    assert "没有乡镇或村" in page(cast, "officer", "/ledger/?zone=nowhere")


def test_a_warm_ledger_takes_one_query_for_three_villages_as_for_five(cast: Cast, django_assert_num_queries) -> None:
    for who in (cast.clerk_a, cast.officer):
        browser = cast.client(who)
        browser.get("/ledger/?all=1")
        with django_assert_num_queries(1):
            browser.get("/ledger/?all=1")


def test_a_list_holds_whom_the_document_names(cast: Cast) -> None:
    for slug, listing in LISTS.items():
        html = page(cast, "officer", f"/ledger/lists/{slug}/")
        units = [one.unit for one in listing.found(ledger(cast.today))]
        assert re.findall(r'<th scope="row" class="pin"><a href="/ledger/explanation/([^/]+)/', html) == [
            unit.code for unit in units
        ]
        assert f"共 {len(units)} 个" in html


def test_a_list_is_narrowed_to_a_grade_and_a_unit(cast: Cast) -> None:
    severe = [one.unit.code for one in ledger(cast.today).bottom_line_breach]
    listed = r'<th scope="row" class="pin"><a href="/ledger/explanation/([^/]+)/'
    assert re.findall(listed, page(cast, "officer", "/ledger/lists/bottom/?grade=severe")) == severe
    assert re.findall(listed, page(cast, "officer", "/ledger/lists/bottom/?grade=general")) == []
    within = [code for code in severe if code.startswith(OTHER_TOWN)]
    assert re.findall(listed, page(cast, "officer", f"/ledger/lists/bottom/?unit={OTHER_TOWN}")) == within


def test_a_warm_list_takes_one_query(cast: Cast, django_assert_num_queries) -> None:
    for who in (cast.secretary_b, cast.officer):
        browser = cast.client(who)
        browser.get("/ledger/lists/bottom/")
        with django_assert_num_queries(1):
            browser.get("/ledger/lists/bottom/")


def test_an_explanation_with_names_is_recorded_and_one_without_is_not(cast: Cast) -> None:
    before = Reading.objects.count()
    html = page(cast, "clerk_a", f"/ledger/explanation/{VILLAGE}/")
    assert (Reading.objects.count() - before, f'href="/people/{cast.people[7]}/"' in html) == (1, True)
    html = page(cast, "assistant", f"/ledger/explanation/{VILLAGE}/")
    assert (Reading.objects.count() - before, "/people/" in html.partition("<main")[2]) == (1, False)
    assert (cast.people[7] and "只显示人数" in html) is True


def figures_opened(cast: Cast, who: str, code: str) -> list[tuple[str, int, int]]:
    """(address, number, people there) of every number of people in the figures of an explanation."""
    browser, html = cast.client(getattr(cast, who)), page(cast, who, f"/ledger/explanation/{code}/")
    said = "".join(re.findall(r"<dt>数据</dt><dd>(.*?)</dd>", html, re.S))
    found = []
    for url, number in re.findall(r'<a href="([^"]*)">(\d+)</a>', said):
        people = browser.get(unescape(url)).content.decode()
        total = re.search(r"共 ([0-9]+) 人", people)
        found.append((unescape(url), int(number), int(total[1]) if total else 0))
    return found


def test_every_number_of_people_in_an_explanation_opens_exactly_those(cast: Cast) -> None:
    found = [
        one
        for who, codes in (
            ("officer", (VILLAGE, GENERAL, COMMUNITY, FAR_VILLAGE, OTHER_FAR_VILLAGE, TOWN, OTHER_TOWN)),
            ("clerk_a", (VILLAGE, GENERAL, COMMUNITY, TOWN)),
            ("secretary_b", (FAR_VILLAGE,)),
        )
        for code in codes
        for one in figures_opened(cast, who, code)
    ]
    assert [one for one in found if one[1] != one[2]] == []
    asked = {re.sub(r"unit=[^&]*&", "", url.partition("?")[2]) for url, _number, _people in found}
    year = cast.today.year
    assert asked >= {
        f"admitted={year}",
        f"admitted={year}&rural=1",
        "kind=member",
        "kind=full",
        "kind=member&sex=f",
        "kind=member&age=36-",
        "kind=activist",
    }


def test_numbers_of_an_explanation_open_nothing_on_another_day_or_without_the_right_to_see_people(cast: Cast) -> None:
    for who, address in (
        ("officer", f"/ledger/explanation/{VILLAGE}/?on=2025-12-31"),
        ("assistant", f"/ledger/explanation/{VILLAGE}/"),
    ):
        assert "/people/?" not in page(cast, who, address)


def test_a_branch_is_explained_by_its_village_and_only_to_whom_the_village_belongs(cast: Cast) -> None:
    assert cast.unit(GENERAL).name in page(cast, "general_secretary", f"/ledger/explanation/{GENERAL}.001/")
    page(cast, "secretary_a", f"/ledger/explanation/{GENERAL}.001/", status=404)


def test_the_county_and_a_township_are_explained(cast: Cast) -> None:
    county = page(cast, "officer", "/ledger/explanation/001/")
    assert ('href="/ledger/lists/warning/"' in county, 'id="WRN-03"' in county) == (True, True)
    assert 'id="RES-01"' in page(cast, "clerk_b", f"/ledger/explanation/{OTHER_TOWN}/")


def test_from_a_list_one_goes_on_to_the_next(cast: Cast) -> None:
    codes = [one.unit.code for one in ledger(cast.today).bottom_line_breach]
    html = page(cast, "officer", f"/ledger/explanation/{codes[0]}/?from=bottom")
    assert f"清单第 1 个，共 {len(codes)} 个" in html
    assert f'href="/ledger/explanation/{codes[1]}/?from=bottom" rel="next"' in html
    assert "清单第" not in page(cast, "officer", f"/ledger/explanation/{codes[0]}/?from=nothing")


def test_the_workbook_is_of_ones_own_units_and_named_for_them(cast: Cast) -> None:
    from openpyxl import load_workbook

    answer = cast.client(cast.clerk_b).get("/ledger/workbook/")
    book = load_workbook(BytesIO(answer.content))
    text = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert (cast.unit(FAR_VILLAGE).name in text, cast.unit(VILLAGE).name in text) == (True, False)
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]


def test_a_county_without_units_is_told_what_to_do() -> None:
    from yumiao.access.readers import Reader
    from yumiao.journal.chain import NOTHING_YET
    from yumiao.kernel.scope import Scope
    from yumiao.ledger.memory import ledger_seen

    today = date(2026, 6, 30)
    found = ledger_seen(Reader(None, today, NOTHING_YET), Scope((), today), today)
    assert (found.unit, found.villages, found.townships, found.total.members) == (None, (), (), 0)
