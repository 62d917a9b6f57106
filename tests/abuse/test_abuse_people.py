"""Abuse cases of lists and pages of people, by their numbers in the list of abuse cases."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from tests.cast import COMMUNITY, FAR_VILLAGE, OTHER_TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.people.models import PersonRecord
from yumiao.people.services import Attributes, PersonDraft, register_people

pytestmark = pytest.mark.db
__all__ = ["cast"]

TOTAL = re.compile(r"共 ([0-9]+) 人")
ROW = re.compile(r'rowheader"[^>]*><a href="/people/([^/]+)/')
NAME = re.compile(r'rowheader"[^>]*><a href="/people/[^"]+">([^<]+)</a>')
HOSTILE = ("<img src=x onerror=alert(1)>", "{{7*7}}", "${jndi:ldap://x}", "' OR 1=1--", "%", '"><script>1</script>')


def test_abuse_12_no_number_of_people_counts_past_the_subtree(cast: Cast) -> None:
    client = cast.client(cast.clerk_b)
    inside = {str(cast.people[place]) for place in (5, 9, 10, 23, 32)}
    for query in ("", "?kind=member", "?admitted=2015", "?q=韦", f"?unit={OTHER_TOWN}", "?unit=001", "?sex=f"):
        page = client.get(f"/people/{query}").content.decode()
        rows = ROW.findall(page)
        assert (TOTAL.findall(page), set(rows) <= inside) == ([str(len(rows))], True), query
    page = client.get("/search/?q=韦").content.decode()
    assert (TOTAL.findall(page), set(ROW.findall(page))) == (["5"], inside)


def test_abuse_12_a_unit_of_others_is_not_counted(cast: Cast) -> None:
    client = cast.client(cast.clerk_b)
    assert [client.get(f"/people/?unit={code}").status_code for code in (VILLAGE, COMMUNITY, "001.001")] == [404] * 3
    assert [cast.client(cast.clerk_a).get(f"/people/?unit={FAR_VILLAGE}").status_code] == [404]


def test_abuse_25_a_hostile_name_is_not_taken(cast: Cast) -> None:
    county = County().only("党员")
    county["党员"][:] = [member(place, VILLAGE, 姓名=name) for place, name in enumerate(HOSTILE, 50)]
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert (result.written, {fault.rule for fault in result.checked.faults}) == (False, {"WBK-19"})


def test_abuse_25_a_hostile_name_is_text_wherever_it_is_shown(cast: Cast) -> None:
    """However it came in: no import takes such a name."""
    with act(Verb.PREPARED, actor=cast.operator) as done:
        register_people(
            done,
            [
                PersonDraft(Attributes(name, "m", date(1990, 1, 1)), {}, cast.unit(VILLAGE).id, date(2020, 1, 1), {})
                for name in HOSTILE
            ],
        )
    client = cast.client(cast.secretary_a)
    pages = [client.get("/people/").content.decode()]
    for name in HOSTILE:
        uid = PersonRecord.objects.open().get(name=name).person.uid
        found = client.get("/search/", {"q": name}).content.decode()
        assert ROW.findall(found) == [str(uid)], name
        pages += [found, client.get(f"/people/{uid}/?from=q%3D{name[0]}").content.decode()]
    shown = {html.unescape(name) for name in NAME.findall(pages[0])}
    assert set(HOSTILE) <= shown
    assert [page for page in pages if "<img src=x" in page or "<script>1" in page] == []


@pytest.mark.parametrize("q", ["\u202e", "甲" * 10_000, "\x00", "'; DROP TABLE people_person; --"])
def test_abuse_25_a_hostile_search_finds_nobody(cast: Cast, q: str) -> None:
    client = cast.client(cast.clerk_a)
    for url in ("/people/", "/search/"):
        answer = client.get(url, {"q": q})
        assert answer.status_code == 200
    assert PersonRecord.objects.count() == 15


def test_abuse_26_parameters_nobody_knows_change_nothing(cast: Cast) -> None:
    client = cast.client(cast.secretary_a)
    plain = ROW.findall(client.get("/people/").content.decode())
    queries = (
        "order_by=password", "member__user__email__startswith=a", "q=%00", "page=-1", "page=1e9", "after=%00",
        "kind[]=member", "unit=", "person__secrets__keyed=x", "from=%00",
    )  # fmt: skip
    assert [ROW.findall(client.get(f"/people/?{query}").content.decode()) for query in queries] == [plain] * 10


def test_abuse_26_a_list_to_come_from_that_is_none_is_left_out(cast: Cast) -> None:
    client = cast.client(cast.secretary_a)
    url = f"/people/{cast.people[1]}/"
    answers = [client.get(f"{url}?from={said}") for said in ("", "%00", "x=1&x=2", "a%3Db%26age%3D--", "kind%3Dfull")]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert client.get(f"{url}?from=unit%3D{FAR_VILLAGE}").status_code == 404
