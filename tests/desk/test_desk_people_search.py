"""Searching: people and units of one's own units, whatever is typed; numbers by a form alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cast import FAR_VILLAGE, VILLAGE, Cast, cast
from tests.desk.county_cells import fifteen, number

pytestmark = pytest.mark.db
__all__ = ["cast"]

HEAD = re.compile(r'rowheader"><a href="([^"?]+)')


def found(cast: Cast, part: str, q: str) -> list[str]:
    answer = cast.client(getattr(cast, part)).get("/search/", {"q": q})
    assert answer.status_code == 200
    return HEAD.findall(answer.content.decode())


def test_people_and_units_are_found_within_the_scope(cast: Cast) -> None:
    name = chr(0x4E00 + 5)
    assert found(cast, "officer", name) == [f"/people/{cast.people[5]}/"]
    assert (found(cast, "clerk_a", name), found(cast, "clerk_b", name)) == ([], [f"/people/{cast.people[5]}/"])
    assert (found(cast, "clerk_a", "竹溪"), found(cast, "clerk_b", "竹溪")) == ([], [f"/units/{FAR_VILLAGE}/"])
    assert found(cast, "clerk_a", VILLAGE) == [f"/units/{VILLAGE}/"]


def test_an_assisting_unit_finds_units_and_nobody(cast: Cast) -> None:
    page = cast.client(cast.assistant).get("/search/", {"q": "云岭"}).content.decode()
    assert (HEAD.findall(page), 'name="number"' in page) == ([f"/units/{VILLAGE}/"], False)


def test_what_was_found_stands_above_what_was_not(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get("/search/", {"q": VILLAGE}).content.decode()
    assert page.index('rowheader"><a href="/units/') < page.index("没有姓名含")
    page = cast.client(cast.clerk_b).get("/search/", {"q": chr(0x4E00 + 5)}).content.decode()
    assert page.index('rowheader"><a href="/people/') < page.index("没有名称含")


def test_what_was_typed_is_said_back_as_it_was_typed(cast: Cast) -> None:
    for typed in ("990.001", "曲比·阿木"):
        page = cast.client(cast.clerk_a).get("/search/", {"q": f" {typed} "}).content.decode()
        assert (f'value="{typed}"' in page, f"没有姓名含“{typed}”的人员" in page) == (True, True)


HOSTILE = (
    "%",
    "_",
    "' OR 1=1--",
    "\u202e",
    "\x00",
    "a" * 4000,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\\",
    "·",
    "",
)


def test_signs_that_mean_something_elsewhere_find_nothing(cast: Cast) -> None:
    client = cast.client(cast.officer)
    answers = [client.get("/search/", {"q": q}) for q in HOSTILE]
    pages = [answer.content.decode() for answer in answers]
    assert {answer.status_code for answer in answers} == {200}
    assert [HEAD.findall(page) for page in pages] == [[]] * len(HOSTILE)
    assert [page.count("<script>alert") for page in pages] == [0] * len(HOSTILE)


def test_a_number_is_not_searched_for_in_an_address_nor_said_again(cast: Cast) -> None:
    client = cast.client(cast.officer)
    for url in ("/search/", "/people/"):
        page = client.get(url, {"q": number(1)}).content.decode()
        assert (number(1) in page, "身份证号、手机号码不放在网址里查找" in page) == (False, True)


@pytest.mark.parametrize("written", [number(1), fifteen(number(1)), f" {number(1)[:6]} {number(1)[6:]} "])
def test_a_sent_number_leads_to_its_person(cast: Cast, written: str) -> None:
    answer = cast.client(cast.clerk_a).post("/search/", {"number": written})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/people/{cast.people[1]}/")


def test_a_number_outside_the_scope_looks_like_one_nobody_has(cast: Cast) -> None:
    client = cast.client(cast.clerk_b)
    answers = [client.post("/search/", {"number": one}) for one in (number(1), number(77), "1234")]
    pages = [re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()) for answer in answers]
    assert ({answer.status_code for answer in answers}, pages[0] == pages[1]) == ({400}, True)
    assert [number(1) in page or number(77) in page or "1234" in page for page in pages] == [False] * 3


def test_without_a_right_to_people_no_number_is_looked_up(cast: Cast) -> None:
    answer = cast.client(cast.assistant).post("/search/", {"number": number(1)})
    assert (answer.status_code, "Location" in answer.headers) == (200, False)


def test_who_reads_neither_people_nor_units_finds_no_search(cast: Cast) -> None:
    parts = ("reviewer", "member", "system", "audit", "outsider")
    assert [cast.client(getattr(cast, part)).get("/search/").status_code for part in parts] == [403] * 5


def test_a_search_takes_four_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    client = cast.client(cast.officer)
    client.get("/search/", {"q": "云"})
    with django_assert_num_queries(4):
        client.get("/search/", {"q": "韦"})
