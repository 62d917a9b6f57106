"""Numbers, lists and choices of a subtree say nothing of what lies beside it. Case numbers are those of the threat model."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from tests.abuse.whole_county import county, undone
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast
from tests.desk.county_cells import County, applicant, member, plan
from yumiao.access.appointments import Grant, appoint
from yumiao.access.permissions import Role
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal import memory
from yumiao.people.models import Belonging, Person
from yumiao.units.models import Unit

pytestmark = pytest.mark.db
__all__ = ["county"]

TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]+"')
PAGES = (
    "/", "/?table=map", "/?table=plan", "/?table=years", "/?table=members", "/ledger/", "/ledger/?all=1", "/ledger/?open=001.001",
    "/units/", "/units/?open=001.001", "/units/?q=村", "/people/", "/people/?kind=member", "/search/?q=韦", "/search/?q=村",
    "/rules/", "/settings/", "/papers/", f"/units/{VILLAGE}/", f"/ledger/explanation/{VILLAGE}/",
)  # fmt: skip
LISTS = ("warning", "at-risk", "guidance", "reserve", "without-activist")


def looked_at(cast: Cast, part: str) -> dict[str, str]:
    """What every page says, without what is new each time and without the head of the chain."""
    browser, found = cast.client(cast.accounts[part]), {}
    for page in (*PAGES, *(f"/ledger/lists/{name}/" for name in LISTS)):
        answer = browser.get(page)
        text = TOKENS.sub("", answer.content.decode())
        main = re.search(r"<body.*</body>", text, re.DOTALL)
        said = re.sub(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", "", main[0] if main else text)
        found[page] = f"{answer.status_code} {said}"
    return found


def grow_township_b(cast: Cast) -> None:
    """A year of news in township B alone: a village, members, applicants, a plan."""
    news = County().only("组织", "党员", "发展培养", "发展计划")
    village = ("001.002.050", "枫树村党支部", "村党支部", OTHER_TOWN, None)
    news["组织"][:] = [dict(zip(news.headers["组织"], village, strict=True))]
    joined = cast.today - timedelta(days=40)
    young = {"人员类别": "预备党员", "入党日期": joined, "转正日期": None}
    news["党员"][:] = [member(place, FAR_VILLAGE, **(young if place % 2 else {})) for place in range(60, 75)]
    news["发展培养"][:] = [applicant(place, FAR_VILLAGE) for place in range(80, 90)]
    news["发展计划"][:] = [plan(OTHER_TOWN, 77)]
    assert import_workbook(news.workbook("b.xlsx"), today=cast.today, actor=cast.operator).written


@pytest.mark.parametrize("part", ["clerk_a", "secretary_a", "general_secretary", "assistant"])
def test_abuse_12_whatever_happens_next_door_no_figure_of_ones_own_pages_moves(county: Cast, part: str) -> None:
    """Totals, charts, tabs, trees, drop-downs, duties: if one of them counted past the subtree, it would show here."""
    with undone():
        before = looked_at(county, part)
        grow_township_b(county)
        after = looked_at(county, part)
    assert [page for page in before if before[page] != after[page]] == []


def test_abuse_12_the_same_news_does_move_the_county(county: Cast) -> None:
    with undone():
        before = looked_at(county, "officer")
        grow_township_b(county)
        after = looked_at(county, "officer")
    assert {"/", "/ledger/", "/people/", "/search/?q=韦"} <= {page for page in before if before[page] != after[page]}


def test_abuse_12_what_is_remembered_for_one_is_not_shown_to_another(county: Cast) -> None:
    """The whole county's pages are in memory; the clerk's and the secretary's still hold their own."""
    pages = ("/", "/ledger/", "/units/", "/people/", "/search/?q=韦")
    clients = {part: county.client(county.accounts[part]) for part in ("clerk_b", "secretary_a", "assistant")}
    alone = {}
    for part, client in clients.items():
        memory._values.clear()
        alone[part] = [client.get(page).content for page in pages]
    memory._values.clear()
    officer = county.client(county.officer)
    for page in pages:
        officer.get(page)
    for part, client in clients.items():
        again = [client.get(page).content for page in pages]
        plain = [[TOKENS.sub("", page.decode()) for page in found] for found in (alone[part], again)]
        assert plain[0] == plain[1]


def test_abuse_12_the_workbook_of_the_ledger_holds_ones_own_township_alone(county: Cast) -> None:
    content = county.client(county.clerk_a).get(reverse("ledger_xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if re.search("云溪|竹溪|枫溪|青岚县委", cell)] == []


@pytest.mark.parametrize("name", ["unit", "explanation"])
def test_abuse_01_a_unit_of_elsewhere_looks_like_none(county: Cast, name: str) -> None:
    for part in ("clerk_a", "secretary_a"):
        browser = county.client(county.accounts[part])
        answers = [
            browser.get(reverse(name, args=[code])) for code in (FAR_VILLAGE, OTHER_TOWN, "999.999", COUNTY + ".9")
        ]
        bodies = {TOKENS.sub("", html.unescape(answer.content.decode())) for answer in answers}
        assert ({answer.status_code for answer in answers}, len(bodies)) == ({404}, 1)


def test_abuse_13_who_moved_away_is_seen_from_the_new_branch_alone(county: Cast) -> None:
    with undone():
        uid, person = county.people[3], Person.objects.get(uid=county.people[3])
        standing = Belonging.objects.open().get(person=person)
        here, there = county.client(county.general_secretary), county.client(county.secretary_b)
        address = reverse("person", args=[uid])
        assert (here.get(address).status_code, there.get(address).status_code) == (200, 404)
        move(person, standing, Unit.objects.get(pk=county.unit(FAR_VILLAGE).id), county)
        here, there = county.client(county.general_secretary), county.client(county.secretary_b)
        assert (here.get(address).status_code, there.get(address).status_code) == (404, 200)


def move(person: Person, standing: Belonging, unit: Unit, cast: Cast) -> None:
    """As a transfer will write it: the old belonging ends today, the new one begins."""
    from yumiao.journal.acts import act
    from yumiao.journal.bulk import recorded
    from yumiao.journal.verbs import Verb

    names = recorded(Belonging)
    values = {name: getattr(standing, name) for name in names}
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.operator) as done:
        done.strike(Belonging, [standing.pk])
        ended = values | {"until": cast.today}
        begun = values | {"since": cast.today, "unit_id": unit.pk}
        done.insert(Belonging, names, [tuple(one[name] for name in names) for one in (ended, begun)])
        done.data |= {"file": "", "day": cast.today, "sheets": {}}


@pytest.mark.parametrize("kind", ["html", "xls", "encrypted", "macro"])
def test_abuse_30_what_only_calls_itself_a_workbook_is_refused_with_a_sentence(county: Cast, kind: str) -> None:
    """The reader itself is tried in `test_sheets_hostile`; here the page that says so."""
    content = {
        "html": b"<html><script>alert(1)</script></html>",
        "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E\0n\0c\0r\0y\0p\0t\0" * 300,
        "macro": b"PK\x03\x04 vbaProject.bin",
    }[kind]
    file = io.BytesIO(content)
    file.name = "县工作簿.xlsx"
    with undone():
        answer = county.client(county.clerk_a).post("/import/", {"file": file}, follow=True)
    assert (answer.status_code, b"<script>alert" in answer.content) == (200, False)


def test_abuse_04_no_choice_of_the_list_of_people_names_another_township(county: Cast) -> None:
    options = re.findall(r'<option value="(001[^"]*)"', county.client(county.clerk_a).get("/people/").content.decode())
    assert [code for code in options if not code.startswith(TOWN)] == []


@pytest.mark.parametrize("name", ["person_numbers", "invite_member"])
def test_abuse_14_a_clerk_here_who_is_secretary_there_does_there_what_a_secretary_may(county: Cast, name: str) -> None:
    """He sees the people of both, and reveals numbers and opens accounts in his township alone."""
    with undone():
        grant = Grant(Role.BRANCH_SECRETARY, county.unit(FAR_VILLAGE), county.today)
        appoint(account=county.clerk_a, grant=grant, actor=county.operator, today=county.today)
        browser = county.client(county.clerk_a)
        addresses = {place: reverse(name, args=[county.people[place]]) for place in (1, 5, 10)}
        pages = [browser.get(reverse("person", args=[county.people[place]])).status_code for place in (1, 5, 10)]
        forms = [browser.get(addresses[place]).status_code for place in (1, 5, 10)]
        sent = [browser.post(addresses[place], {"reason": "核对入党志愿书"}) for place in (5, 10)]
    assert (pages, forms) == ([200, 200, 404], [200, 403, 404])
    assert [answer.status_code for answer in sent] == [403, 404]
    assert [b"998001" in answer.content for answer in sent] == [False, False]
