"""The list of people: who is in it, in which order, page by page, and never past the reader's units."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import COMMUNITY as COMMUNITY_CODE
from tests.desk.county_cells import County, member
from yumiao.access.permissions import Permission
from yumiao.desk.people import conditions, listing, places
from yumiao.desk.people.filters import Filter, Kind, filter_url
from yumiao.desk.people.lists import asked_of, number_of, people_list
from yumiao.desk.workbook.importing import import_workbook
from yumiao.people.models import NameToken, PersonRecord
from yumiao.people.services import rebuild_name_tokens

pytestmark = pytest.mark.db
__all__ = ["cast"]

NAME = re.compile(r'rowheader"><a href="[^"]+">([^<]+)</a>')
A, B = (1, 2, 3, 4, 6, 7, 8, 21, 22, 31), (5, 9, 10, 23, 32)


def names(*places: int) -> list[str]:
    return sorted(f"韦禾{chr(0x4E00 + place)}" for place in places)


def shown(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return NAME.findall(answer.content.decode())


def listed(cast: Cast, part: str, **asked: Any) -> list[str]:
    found = people_list(cast.reader(getattr(cast, part)), Filter(**asked))
    assert found.total == len(found.rows)
    return sorted(row.name for row in found.rows)


def test_a_reader_finds_the_people_of_his_own_units(cast: Cast) -> None:
    places = {"officer": A + B, "clerk_a": A, "clerk_b": B, "secretary_a": (1, 7, 8, 21, 31)}
    expected = {part: names(*those) for part, those in places.items()}
    assert {part: listed(cast, part) for part in places} == expected
    assert {part: sorted(shown(cast.client(getattr(cast, part)), "/people/")) for part in places} == expected


CONDITIONS: list[tuple[dict[str, Any], tuple[int, ...]]] = [
    ({"kind": Kind.MEMBER}, (1, 2, 3, 4, 6, 7, 8)),
    ({"kind": Kind.FULL}, (1, 2, 3, 4, 6, 8)),
    ({"kind": Kind.PROBATIONER}, (7,)),
    ({"kind": Kind.APPLICANT}, (21, 22)),
    ({"kind": Kind.ACTIVIST}, (21, 22)),
    ({"kind": Kind.TARGET}, (22,)),
    ({"kind": Kind.TALENT}, (31,)),
    ({"sex": "f", "kind": Kind.MEMBER}, (2, 4, 6, 8)),
    ({"unit": COMMUNITY}, (4, 22)),
    ({"unit": COUNTY, "kind": Kind.PROBATIONER}, (7,)),
    ({"admitted": 2026}, (7,)),
    ({"admitted": 2015}, (2, 3, 4, 6, 8)),
    ({"admitted": 2015, "unit": COMMUNITY}, (4,)),
    ({"admitted": 2015, "young": True}, (2, 3, 4, 6, 8)),
    ({"young": True}, (21, 22, 31)),
    ({"schooling": "大专", "kind": Kind.TALENT}, (31,)),
    ({"schooling": "本科"}, ()),
    ({"schooling": "junior"}, ()),
    ({"schooling": "unlisted"}, ()),
    ({"schooling": "none"}, ()),
    ({"age": "unknown"}, ()),
    ({"age": "-35", "kind": Kind.APPLICANT}, (21, 22)),
    ({"age": "36-"}, (1, 2, 3, 4, 6, 7, 8)),
    ({"q": "韦禾"}, A),
    ({"q": chr(0x4E00 + 21)}, (21,)),
    ({"q": "禾" + chr(0x4E00 + 21)}, (21,)),
    ({"q": chr(0x4E00 + 5)}, ()),
    ({"q": "%"}, ()),
    ({"q": "_"}, ()),
]


def test_a_condition_finds_exactly_its_people(cast: Cast) -> None:
    found = [(asked, listed(cast, "clerk_a", **asked)) for asked, _places in CONDITIONS]
    assert found == [(asked, names(*places)) for asked, places in CONDITIONS]


def test_age_bands_end_on_the_birthday(cast: Cast) -> None:
    born = PersonRecord.objects.open().get(person__uid=cast.people[21]).born_on
    assert born is not None
    age = cast.today.year - born.year - ((cast.today.month, cast.today.day) < (born.month, born.day))
    found = [
        listed(cast, "secretary_a", kind=Kind.APPLICANT, age=band) for band in (f"-{age - 1}", f"-{age}", f"{age}-")
    ]
    assert found == [[], names(21), names(21)]


def test_somebody_admitted_here_who_stands_elsewhere_is_counted_and_not_shown(cast: Cast) -> None:
    county = County().only("党员")
    county["党员"][:] = [member(40, FAR_VILLAGE, 入党时所在党支部代码=VILLAGE)]
    import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    found = people_list(cast.reader(cast.clerk_a), Filter(admitted=2015, unit=VILLAGE))
    assert ([row.name for row in found.rows], found.total, found.elsewhere) == (names(8), 1, 1)
    assert listed(cast, "officer", admitted=2015, unit=VILLAGE) == names(8, 40)


def test_on_a_phone_a_row_leaves_out_what_is_not_known(cast: Cast) -> None:
    page = cast.client(cast.secretary_a).get("/people/").content.decode()
    rows = {name: row for row in re.findall(r"<tr.*?</tr>", page, re.S) for name in NAME.findall(row)}
    hidden = {name: re.findall(r'nowrap wide-only" data-l="([^"]*)">—<', row) for name, row in rows.items()}
    assert ("入党日期" in hidden[names(21)[0]], hidden[names(1)[0]]) == (True, [])
    assert [
        row for row in rows.values() if re.search(r'<td[^>]*class="(?!wide-only|nowrap wide-only)[^>]*>—<', row)
    ] == []
    lasts = {re.findall(r'data-l="([^"]*)"', row)[-1] for row in rows.values()}
    assert lasts == {"类别"}


def test_a_unit_outside_the_scope_is_not_there(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    answers = [client.get(f"/people/?unit={code}") for code in (OTHER_TOWN, FAR_VILLAGE, "001.999", "x" * 60)]
    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()) for answer in answers}
    assert len(pages) == 1


def test_units_to_choose_are_those_of_the_scope(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get("/people/").content.decode()
    assert (f'value="{TOWN}"' in page, f'value="{VILLAGE}"' in page) == (True, True)
    assert (f'value="{OTHER_TOWN}"' in page, f'value="{FAR_VILLAGE}"' in page, f'value="{COUNTY}"' in page) == (
        False,
        False,
        False,
    )


def links(page: str) -> dict[str, str]:
    """The units offered, by the words of their links."""
    part = re.search(r'<p class="chosen">[^<]*请选一个：(.*?)</p>', page)
    return {
        name: url.replace("&amp;", "&") for url, name in re.findall(r'href="([^"]+)">([^<]+)', part[1] if part else "")
    }


def field(page: str) -> tuple[str, str]:
    """What the field for a unit holds, and the unit that goes with it unseen."""
    typed = re.search(r'<input id="place" name="place" type="search" value="([^"]*)"', page)
    unit = re.search(r'<input type="hidden" name="unit" value="([^"]*)"', page)
    return (typed[1] if typed else "-", unit[1] if unit else "-")


@pytest.mark.parametrize(("most", "is_list"), [(4, True), (3, False)])
def test_units_are_a_list_up_to_a_number_and_asked_for_beyond(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int, is_list: bool
) -> None:
    monkeypatch.setattr(places, "MOST_TO_CHOOSE", most)
    below = len(cast.tree.below(cast.unit(TOWN)))
    page = cast.client(cast.clerk_a).get("/people/?kind=member").content.decode()
    assert (below, '<select id="f-unit"' in page, field(page)) == (4, is_list, ("-", "-") if is_list else ("", "-"))


def test_a_unit_asked_for_by_name_or_code_narrows_the_list_and_keeps_the_other_conditions(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_TO_CHOOSE", 0)
    client, village = cast.client(cast.clerk_a), cast.unit(VILLAGE)
    for place in (village.name, VILLAGE, VILLAGE.replace(".", ""), f" {village.name} "):
        assert sorted(shown(client, f"/people/?kind=member&place={quote(place)}")) == names(1, 7, 8)
    page = client.get(f"/people/?kind=member&place={quote(village.name)}").content.decode()
    assert f'href="/exports/people/?unit={VILLAGE}&amp;kind=member"' in page
    town = cast.unit(TOWN).name
    assert field(client.get(f"/people/?place={quote(town)}").content.decode()) == (town, TOWN)


def test_units_of_like_names_are_offered_and_none_outside_the_scope(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_TO_CHOOSE", 0)
    client = cast.client(cast.clerk_a)
    page = client.get("/people/?kind=member&place=001").content.decode()
    offered = links(page)
    seen = cast.reader(cast.clerk_a).scope(Permission.PERSON_READ)
    assert sorted(offered) == sorted(cast.tree.label(unit) for unit in cast.tree if seen.covers(unit.path))
    assert (field(page)[0], len(NAME.findall(page))) == ("001", 7)
    village = offered[cast.tree.label(cast.unit(VILLAGE))]
    assert sorted(shown(client, village)) == names(1, 7, 8)


def test_a_unit_that_is_not_found_is_said_and_the_list_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_TO_CHOOSE", 0)
    page = cast.client(cast.clerk_a).get(f"/people/?kind=target&unit={TOWN}&place={OTHER_TOWN}").content.decode()
    assert "没有名称或代码含" in page
    assert (field(page), NAME.findall(page)) == ((OTHER_TOWN, TOWN), names(22))


def test_the_name_of_the_unit_in_force_means_that_unit_and_no_name_means_all(cast: Cast) -> None:
    reader, asked = cast.reader(cast.clerk_a), Filter(unit=COMMUNITY, sex="f")
    assert places.placed(reader, asked, None) == (asked, None)
    assert places.placed(reader, asked, cast.unit(COMMUNITY).name) == (asked, None)
    assert places.placed(reader, asked, " ") == (Filter(sex="f"), None)


def same_names(cast: Cast, count: int) -> None:
    """So many more members of one branch, all of one name."""
    county = County().only("党员")
    county["党员"][:] = [member(place, VILLAGE, 姓名="蓝同名") for place in range(100, 100 + count)]
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written


def test_pages_lead_forward_and_back_over_people_of_one_name(cast: Cast) -> None:
    same_names(cast, 7)
    asked = asked_of(cast.reader(cast.secretary_a), Filter())
    whole = [row.key for row in listing.page(asked, size=50).rows]
    assert (whole == sorted(whole, key=lambda key: (key.path, key.name, key.person)), len(whole)) == (True, 12)
    forward, key = [], None
    while True:
        page = listing.page(asked, after=key, size=5)
        forward.append([row.key for row in page.rows])
        if not page.has_next:
            break
        key = page.rows[-1].key
    assert forward == [whole[:5], whole[5:10], whole[10:]]
    back = listing.page(asked, before=forward[2][0], size=5)
    assert ([row.key for row in back.rows], back.has_previous, back.has_next) == (forward[1], True, True)
    first = listing.page(asked, before=forward[1][0], size=5)
    assert ([row.key for row in first.rows], first.has_previous, first.has_next) == (forward[0], False, True)


def test_the_second_page_follows_the_link_of_the_first(cast: Cast) -> None:
    same_names(cast, 60)
    client = cast.client(cast.secretary_a)
    first = client.get("/people/?kind=member").content.decode()
    onward = re.search(r'href="([^"]*after=[^"]*)" rel="next"', first)
    assert onward is not None
    url = onward[1].replace("&amp;", "&")
    second = client.get(url).content.decode()
    back = re.search(r'href="([^"]*before=[^"]*)" rel="prev"', second)
    assert back is not None
    assert (len(NAME.findall(first)), len(NAME.findall(second))) == (50, 13)
    assert shown(client, back[1].replace("&amp;", "&")) == NAME.findall(first)
    assert "蓝同名" not in quote(url)


NONSENSE = (
    "after=x", "before=", "after=00000000-0000-0000-0000-000000000000", "page=-1", "kind=nobody", "age=--", "sex=x",
    "admitted=99999", "schooling=x", "q=%00", "after=1&before=2", "young=2", "from=x",
)  # fmt: skip


def test_an_address_that_says_nonsense_shows_the_first_page(cast: Cast) -> None:
    client = cast.client(cast.secretary_a)
    assert [sorted(shown(client, f"/people/?{query}")) for query in NONSENSE] == [names(1, 7, 8, 21, 31)] * 13


def test_a_cursor_on_somebody_outside_the_scope_is_none(cast: Cast) -> None:
    assert sorted(shown(cast.client(cast.secretary_a), f"/people/?after={cast.people[5]}")) == names(1, 7, 8, 21, 31)


def test_a_number_is_counted_up_to_its_bound(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    found = people_list(cast.reader(cast.clerk_a), Filter())
    assert (found.total, found.total_text) == (4, "超过 3 人")


@pytest.mark.parametrize("part", ["officer", "clerk_a", "secretary_a"])
def test_a_search_that_finds_many_walks_the_tree_and_finds_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    same_names(cast, 7)
    reader = cast.reader(getattr(cast, part))
    words = ("蓝", "l", "ltm", "lantongming", "同名", "名", "x", chr(0x4E00 + 7))

    def said() -> list[tuple[list[int], int]]:
        asked = [asked_of(reader, Filter(q=q, sex=sex)) for q in words for sex in ("", "m")]
        pages = [[row.key.person for row in listing.page(one, size=5).rows] for one in asked]
        return [(page, listing.number_of(one, most=8)) for page, one in zip(pages, asked, strict=True)]

    few = said()
    monkeypatch.setattr(conditions, "MANY", 0)
    assert (said(), few[0][1]) == (few, 7)


def test_a_search_is_counted_up_to_a_thousand(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    same_names(cast, 7)
    monkeypatch.setattr(listing, "MOST_FOUND", 6)
    reader, asked = cast.reader(cast.officer), Filter(q="蓝")
    found = people_list(reader, asked)
    assert (found.total, found.total_text, len(found.rows)) == (7, "超过 6 人", 7)
    assert number_of(reader, asked, asked_of(reader, asked)) == 7


def test_links_and_conditions_say_the_same() -> None:
    url = filter_url(unit="001.001", kind=Kind.MEMBER, admitted=2026, young=True, age="-25", q="韦")
    asked = Filter.parsed(dict(pair.split("=") for pair in url.partition("?")[2].replace("%E9%9F%A6", "韦").split("&")))
    assert asked == Filter("001.001", Kind.MEMBER, age="-25", admitted=2026, young=True, q="韦")
    assert filter_url() == "/people/"


def test_a_chip_takes_off_its_own_condition() -> None:
    chips = Filter(kind=Kind.MEMBER, sex="f").chips("")
    assert chips == [("党员", "/people/?sex=f"), ("女", "/people/?kind=member")]


@pytest.mark.parametrize("more", [1, 3])
def test_a_search_takes_four_statements_and_the_next_time_three(
    cast: Cast, more: int, django_assert_num_queries: Any
) -> None:
    same_names(cast, more)
    client = cast.client(cast.secretary_a)
    client.get("/people/?sex=m")
    with django_assert_num_queries(4):
        client.get("/people/?q=蓝同名")
    with django_assert_num_queries(3):
        client.get("/people/?q=蓝同名")


def test_tokens_made_anew_are_those_that_were_written(cast: Cast) -> None:
    def standing() -> list[tuple[int, str]]:
        return sorted(NameToken.objects.values_list("record_id", "token"))

    before = standing()
    rebuild_name_tokens()
    assert (standing(), len(before)) == (before, 4 * PersonRecord.objects.count())


def test_a_corrected_name_is_found_and_the_former_is_not(cast: Cast) -> None:
    county = County().only("党员")
    county["党员"][:] = [member(4, COMMUNITY_CODE, 姓名="阿吉·木果")]
    import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    found = [listed(cast, "clerk_a", q=q) for q in ("阿吉木", "木果", "吉木", chr(0x4E00 + 4))]
    assert found == [["阿吉·木果"]] * 3 + [[]]


def test_who_may_not_read_people_gets_no_list(cast: Cast) -> None:
    parts = ("reviewer", "assistant", "member", "system", "security", "audit", "outsider")
    assert [cast.client(getattr(cast, part)).get("/people/").status_code for part in parts] == [403] * 7


def test_a_condition_that_no_list_has_is_said_and_not_dropped_in_silence(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    pages = [
        officer.get(f"/people/{query}").content.decode()
        for query in ("?kind=zzz&sex=m", "?age=99-&schooling=zzz&admitted=1", "?kind=member&age=-35", "?kind=&q=")
    ]
    told = [re.findall(r"网址里的([^<]*)读不懂", page) for page in pages]
    assert told == [["类别"], ["学历、入党年度"], [], []]
