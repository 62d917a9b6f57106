"""Looking past one's own units: by address, by form, by drop-down, by number. Case numbers are those of the threat model."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.urls import reverse

from tests.architecture.routes import cases, routes
from tests.cast import FAR_VILLAGE, OTHER_TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import member
from yumiao.access.appointments import Grant, appoint
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import PUBLIC, Permission, Role
from yumiao.journal.models import Entry

pytestmark = pytest.mark.db

PROBLEM = "application/problem+json"
__all__ = ["cast"]

# what stands only on the other side: units, people, codes
NAMES_OF_B = ("云溪乡", "竹溪村", "枫溪村", *(member(place)["姓名"] for place in (5, 9, 10, 23, 32)))
OF_B = re.compile("|".join((*NAMES_OF_B, rf"(?<![\d.]){re.escape(OTHER_TOWN)}")))


def leaks(text: str) -> list[str]:
    return sorted(set(OF_B.findall(text)))


@pytest.mark.parametrize("part", ["clerk_a", "secretary_a", "general_secretary", "assistant"])
def test_abuse_01_an_address_from_an_old_chat_opens_nobody_else(cast: Cast, part: str) -> None:
    browser = cast.client(cast.accounts[part])
    answers = {browser.get(reverse("person", kwargs={"uid": cast.people[place]})).status_code for place in (5, 9, 23)}
    assert answers <= {403, 404}


def test_abuse_01_somebody_of_elsewhere_looks_like_nobody(cast: Cast) -> None:
    browser = cast.client(cast.secretary_a)
    there, nowhere = (
        browser.get(reverse("person", kwargs={"uid": uid})) for uid in (cast.people[5], uuid.UUID(int=7, version=4))
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert len(there.content) == len(nowhere.content)


@pytest.mark.parametrize("name", ["accounts", "people", "ledger", "search", "imports", "units"])
def test_abuse_02_another_unit_in_the_address_gives_ones_own_or_nothing(cast: Cast, name: str) -> None:
    browser = cast.client(cast.clerk_a)
    for code in (OTHER_TOWN, FAR_VILLAGE, "001"):
        for parameter in ("unit", "township", "open", "under"):
            answer = browser.get(reverse(name), {parameter: code})
            text = answer.content.decode().replace(code, "")
            assert (name, parameter, answer.status_code in (200, 302, 403, 404), leaks(text)) == (
                name,
                parameter,
                True,
                [],
            )


def test_abuse_03_a_form_with_a_unit_of_another_township_changes_nothing(cast: Cast) -> None:
    browser, before = cast.client(cast.clerk_a), Entry.objects.count()
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": FAR_VILLAGE, "since": cast.today.isoformat()}
    row = Appointment.objects.alive().get(account=cast.secretary_b)
    of_b = {"uid": cast.secretary_b.uid, "appointment": row.pk}
    crossed = {"uid": cast.secretary_a.uid, "appointment": row.pk}
    answers = [
        browser.post(reverse("invite") + "?role=branch_secretary", fields).status_code,
        browser.post(
            reverse("appoint", kwargs={"uid": cast.secretary_a.uid}) + "?role=branch_secretary", fields
        ).status_code,
        browser.post(reverse("end_appointment", kwargs=of_b), {"until": cast.today.isoformat()}).status_code,
        browser.post(reverse("end_appointment", kwargs=crossed), {"until": cast.today.isoformat()}).status_code,
    ]
    assert answers == [200, 200, 404, 404]
    assert (Entry.objects.count(), Account.objects.filter(username="moxinmiao").exists()) == (before, False)


def test_abuse_04_the_choice_of_units_holds_none_of_another_township(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    texts = [
        browser.get(reverse("invite"), {"role": "branch_secretary"}).content.decode(),
        browser.get(reverse("search"), {"q": "竹溪"}).content.decode().replace("竹溪", "", 2),
        browser.get(reverse("search"), {"q": member(5)["姓名"]}).content.decode(),
    ]
    assert "云岭村" in texts[0]
    assert [leaks(text.replace(member(5)["姓名"], "")) for text in texts] == [[], [], []]


@pytest.mark.parametrize("name", ["person", "person_numbers", "account"])
def test_abuse_10_a_member_opens_no_page_of_anybody_else(cast: Cast, name: str) -> None:
    browser = cast.client(cast.member)
    uids = {"account": [cast.secretary_a.uid, cast.officer.uid]}.get(name, [cast.people[2], cast.people[5]])
    answers = [browser.get(reverse(name, kwargs={"uid": uid})).status_code for uid in uids]
    assert set(answers) <= {403, 404}


def test_abuse_11_nobody_gets_past_the_door_by_any_method(cast: Cast) -> None:
    browser = cast.client(None)
    for route in routes():
        assert route.policy is not None
        if route.policy.need == PUBLIC:
            continue
        for arguments in cases(route, cast).values() if route.name != "paper" else ():
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                answer = browser.generic(method, reverse(route.name, kwargs=arguments))
                if route.policy.by_token:
                    assert (route.name, answer.status_code, answer.headers["Content-Type"]) == (
                        route.name,
                        401,
                        PROBLEM,
                    )
                    continue
                assert (route.name, answer.status_code) == (route.name, 302)
                assert answer.headers["Location"].startswith(reverse("login"))


# a letter goes from one committee to another: each end reads where to and whence, and the receiver whom he is to take in
BETWEEN_TWO = ("transfer_issue", "transfers")


@pytest.mark.parametrize("part", ["clerk_a", "secretary_a", "general_secretary", "assistant"])
def test_abuse_12_no_page_shows_a_name_or_a_code_of_the_other_side(cast: Cast, part: str) -> None:
    """Lists, totals, charts, trees, drop-downs: whatever page opens, township B is not in it."""
    browser, shown = cast.client(cast.accounts[part]), {}
    for route in routes():
        if (
            route.policy is None
            or route.policy.need == PUBLIC
            or "GET" not in route.policy.methods
            or route.name in {"paper", *BETWEEN_TWO}
        ):
            continue
        for case, arguments in cases(route, cast).items():
            if case in ("-", "A", "there"):
                answer = browser.get(reverse(route.name, kwargs=arguments))
                if not answer.streaming and (found := leaks(answer.content.decode(errors="replace"))):
                    shown[route.name, case] = found
    assert shown == {}


def test_abuse_12_the_number_of_accounts_is_that_of_the_subtree(cast: Cast) -> None:
    text = cast.client(cast.clerk_b).get(reverse("accounts")).content.decode()
    assert re.findall(r"共 (\d+) 个账号", text) == ["2"]


def test_abuse_14_two_posts_do_not_lend_each_other_their_rights(cast: Cast) -> None:
    """A member here who is secretary there reads people there alone; a secretary here who is auditor there takes nothing out."""
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(FAR_VILLAGE), cast.today)
    appoint(account=cast.member, grant=grant, actor=cast.actor(cast.clerk_b), today=cast.today)
    reader = cast.reader(cast.member)
    here, there = cast.unit(VILLAGE), cast.unit(FAR_VILLAGE)
    assert [reader.may_at(Permission.PERSON_READ, unit) for unit in (here, there)] == [False, True]
    assert [reader.may_at(Permission.OWN_READ, unit) for unit in (here, there)] == [True, False]


def test_abuse_40_nobody_raises_himself(cast: Cast) -> None:
    """By the form, by the service behind it, by a second account of his own making."""
    before = Entry.objects.count()
    for who in (cast.security, cast.officer, cast.clerk_a):
        address = reverse("appoint", kwargs={"uid": who.uid})
        for role in Role:
            fields = {"unit": "001", "since": cast.today.isoformat()}
            assert cast.client(who).post(f"{address}?role={role.value}", fields).status_code in (200, 409)
    assert Entry.objects.count() == before


def test_an_entry_about_rights_names_no_person(cast: Cast) -> None:
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today)
    appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.clerk_a), today=cast.today)
    names = [account.display_name for account in cast.accounts.values()]
    data = "".join(Entry.objects.values_list("data", flat=True))
    assert [name for name in names if name in json.dumps(data, ensure_ascii=False)] == []
    assert VILLAGE in Entry.objects.latest("seq").data
