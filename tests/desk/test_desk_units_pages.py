"""The organisation tree and a unit at a glance: counts of the ledger, each reader within his units."""

from __future__ import annotations

import re

import pytest

from tests.cast import COUNTY, FAR_VILLAGE, GENERAL, OFFICE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.desk.units.rows import UnitRows
from yumiao.desk.units.side import SIBLINGS, side_tree
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.ledger.memory import ledger_of
from yumiao.ledger.queries import ledger
from yumiao.units.services import UnitDraft, write_units

__all__ = ["cast"]
pytestmark = pytest.mark.db


def page(cast: Cast, who: str, address: str, status: int = 200) -> str:
    answer = cast.client(getattr(cast, who)).get(address)
    assert answer.status_code == status
    return answer.content.decode().partition("<main")[2]


def rows(html: str) -> list[str]:
    """Codes of the units listed, in order."""
    return re.findall(r'<th scope="row" class="pin">.*?<a href="/units/([^/"]+)/">', html)


def test_the_tree_shows_townships_and_opens_one(cast: Cast) -> None:
    assert rows(page(cast, "officer", "/units/")) == [COUNTY, TOWN, OTHER_TOWN]
    opened = rows(page(cast, "officer", f"/units/?open={TOWN}"))
    assert (opened[:2], VILLAGE in opened, f"{GENERAL}.001" in opened) == ([COUNTY, TOWN], True, False)
    assert f"{GENERAL}.001" in rows(page(cast, "officer", f"/units/?open={GENERAL}"))


def test_the_tree_of_a_clerk_begins_at_his_township(cast: Cast) -> None:
    assert rows(page(cast, "clerk_b", "/units/"))[0] == OTHER_TOWN
    assert rows(page(cast, "clerk_b", f"/units/?open={VILLAGE}"))[0] == OTHER_TOWN
    assert rows(page(cast, "secretary_a", "/units/")) == [VILLAGE]


def test_the_arrow_is_spoken_of_only_where_there_is_one(cast: Cast) -> None:
    said = {who: "点左侧箭头" in page(cast, who, "/units/") for who in ("officer", "clerk_a", "secretary_a")}
    assert said == {"officer": True, "clerk_a": True, "secretary_a": False}


def test_a_unit_is_found_by_name_or_code_within_ones_own(cast: Cast) -> None:
    assert rows(page(cast, "officer", "/units/?q=竹溪")) == [FAR_VILLAGE]
    assert "没有名称或代码含" in page(cast, "clerk_a", "/units/?q=竹溪")
    assert rows(page(cast, "clerk_a", f"/units/?q={OFFICE}")) == [OFFICE]
    assert rows(page(cast, "officer", "/units/?q=%25")) == []
    assert rows(page(cast, "clerk_a", f"/units/?q={OFFICE.replace('.', '')}")) == [OFFICE]
    assert rows(page(cast, "officer", "/units/?q=竹 溪")) == [FAR_VILLAGE]


def test_the_counts_of_a_unit_are_those_of_its_subtree(cast: Cast) -> None:
    made = UnitRows(cast.reader(cast.officer))
    for unit in cast.tree:
        total = ledger(cast.today, within=unit.subtree).total
        figures = [one.people for one in made.figures(unit) or ()]
        assert figures[:3] == [total.members, total.members - total.full_members, total.women]
        assert figures[4:] == [total.applicants, total.activists, total.targets, total.talents]


def test_who_may_not_read_the_ledger_sees_units_without_counts(cast: Cast) -> None:
    html = page(cast, "security", f"/units/{TOWN}/")
    assert (cast.unit(VILLAGE).name in html, "入党申请人" in html, "/people/" in html) == (True, False, False)
    html = page(cast, "assistant", f"/units/{VILLAGE}/")
    assert ("入党申请人" in html, "/people/" in html) == (True, False)


def test_a_unit_out_of_scope_is_not_there(cast: Cast) -> None:
    for code in (OTHER_TOWN, FAR_VILLAGE, COUNTY, "nowhere"):
        page(cast, "clerk_a", f"/units/{code}/", status=404)


def test_whoever_may_not_read_units_is_turned_away(cast: Cast) -> None:
    for part in ("member", "reviewer", "system", "audit", "outsider"):
        page(cast, part, "/units/", status=403)
        page(cast, part, f"/units/{VILLAGE}/", status=403)


def test_a_unit_shows_its_lines_history_and_who_is_appointed(cast: Cast) -> None:
    html = page(cast, "officer", f"/units/{VILLAGE}/")
    assert [f"/ledger/explanation/{VILLAGE}/#{rule}" in html for rule in ("WRN-01", "WRN-02", "WRN-04b", "RES-03")] == [
        True
    ] * 4
    assert ("李青山" in html, "建档前" in html, "至今" in html) == (True, True, True)
    assert "李青山" not in page(cast, "secretary_a", f"/units/{VILLAGE}/")


def test_a_warm_unit_takes_seven_queries_with_one_child_as_with_many(cast: Cast, django_assert_num_queries) -> None:
    for code in (TOWN, OTHER_TOWN):
        browser = cast.client(cast.officer)
        browser.get(f"/units/{code}/")
        with django_assert_num_queries(7):
            browser.get(f"/units/{code}/")


def test_a_warm_tree_takes_one_query(cast: Cast, django_assert_num_queries) -> None:
    for who in (cast.secretary_b, cast.officer):
        browser = cast.client(who)
        browser.get("/units/")
        with django_assert_num_queries(1):
            browser.get("/units/")


def test_the_side_tree_opens_the_way_to_the_page_and_holds_nothing_else(cast: Cast) -> None:
    side = side_tree(cast.reader(cast.officer), current=VILLAGE)
    names = {code: cast.unit(code).name in side for code in (COUNTY, TOWN, OTHER_TOWN, VILLAGE, FAR_VILLAGE)}
    assert names == {COUNTY: True, TOWN: True, OTHER_TOWN: True, VILLAGE: True, FAR_VILLAGE: False}
    assert side.count("aria-current") == 1
    own = side_tree(cast.reader(cast.secretary_b))
    assert (cast.unit(FAR_VILLAGE).name in own, own.count("<li>")) == (True, 1)
    assert side_tree(cast.reader(cast.member)) == ""


def test_marks_come_with_the_ledger_and_the_tree_does_not_wait_for_it(cast: Cast, django_assert_num_queries) -> None:
    reader = cast.reader(cast.clerk_a)
    plain = side_tree(reader)
    assert plain.count("i-floor") == 0
    ledger_of(cast.today, reader.head)
    with django_assert_num_queries(0):
        marked = side_tree(reader, opened=TOWN)
    breached = [
        one for one in ledger(cast.today, within=cast.unit(TOWN).subtree).villages if one.bottom.value == "breach"
    ]
    assert marked.count('class="icon i-floor"') == len(breached)


@pytest.mark.parametrize("opened, first", [(0, 0), (60, 19), (102, 22)])
def test_a_hundred_neighbours_are_cut_to_those_around_the_open_one(cast: Cast, opened: int, first: int) -> None:
    there = len(cast.tree.below(cast.unit(OTHER_TOWN)))
    more = [UnitDraft(f"v{place}", f"新{place}村", "村党支部", OTHER_TOWN) for place in range(there, 102)]
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.actor(cast.officer)) as done:
        write_units(done, new=more, corrected={})
    reader = cast.reader(cast.officer)
    units = [one.code for one in reader.tree.below(cast.unit(OTHER_TOWN))]
    code = units[opened - 1] if opened else OTHER_TOWN
    drawn = str(side_tree(reader, code, code))
    shown = [code for code in re.findall(r'class="name" href="/units/([^/"]+)/"', drawn) if code in units]
    assert (len(units), shown) == (102, units[first : first + SIBLINGS])
    assert f'<a class="name" href="/units/{OTHER_TOWN}/">共 102 个，查看全部</a>' in drawn
