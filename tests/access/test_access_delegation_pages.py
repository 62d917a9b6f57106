"""Pages of delegations: lending one's own post or one below, seeing what runs, taking it back."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.opened import opened
from tests.cast import OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access.appointments import Grant, appoint
from yumiao.access.models import Account, Appointment, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.kernel.periods import on_paper

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]


def fields(cast: Cast, **changed: object) -> dict[str, object]:
    until = cast.today + timedelta(days=10)
    rights = [Permission.UNIT_READ.value, Permission.PERSON_READ.value]
    given = {"delegate": "clerk_b 陆远帆", "since": cast.today.isoformat(), "until": until.isoformat()}
    return {**given, "permissions": rights, "reason": "参加培训", "once": str(uuid.uuid4()), **changed}


def lent(cast: Cast, **changed: object) -> Any:
    """The answer to clerk A's form."""
    return cast.client(cast.clerk_a).post(reverse("delegation_new"), fields(cast, **changed))


def test_a_post_is_lent_and_stands_on_both_pages(cast: Cast) -> None:
    assert lent(cast).status_code == 302
    pages = [cast.client(who).get(reverse("delegations")).content.decode() for who in (cast.clerk_a, cast.clerk_b)]
    assert ["陆远帆" in pages[0], "盘云舟" in pages[1], "查看组织、查看人员（号码掩码）" in pages[1]] == [True] * 3


def test_a_form_sent_twice_lends_once(cast: Cast) -> None:
    sent = fields(cast)
    browser = cast.client(cast.clerk_a)
    answers = [browser.post(reverse("delegation_new"), sent).status_code for _ in range(2)]
    assert (answers, Delegation.objects.count()) == ([302, 302], 1)


def beside(cast: Cast) -> tuple[Account, ...]:
    """Those who have nothing to renew in township A."""
    return cast.clerk_b, cast.secretary_a, cast.system


def test_what_the_rules_refuse_is_said_with_its_rule(cast: Cast) -> None:
    answer = lent(cast, until=(cast.today + timedelta(days=91)).isoformat())
    assert (answer.status_code, "ACC-13" in answer.content.decode()) == (409, True)


def test_a_name_that_cannot_stand_in_is_no_different_from_one_nobody_has(cast: Cast) -> None:
    pages = [lent(cast, delegate=name).content.decode() for name in ("officer", "nobody")]
    assert ["没有这个登录名，或者他不能为这项任职代办。" in page for page in pages] == [True, True]
    assert Delegation.objects.count() == 0


def test_the_delegate_is_told_on_every_page_for_whom_and_until_when(cast: Cast) -> None:
    lent(cast)
    text = cast.client(cast.clerk_b).get("/").content.decode()
    until = on_paper(cast.today + timedelta(days=10))
    assert f"您正在代盘云舟办理“{cast.unit(TOWN).name} 乡镇组织干事”，{until}到期。" in text
    assert "代盘云舟：乡镇组织干事" in text


@pytest.mark.parametrize("days, said", [(3, True), (4, False)])
def test_both_are_told_at_home_three_days_before_it_ends(cast: Cast, days: int, said: bool) -> None:
    lent(cast, until=(cast.today + timedelta(days=days)).isoformat())
    told = [
        bool(
            re.search(
                "代办“乡镇组织干事”到期|代盘云舟办理“乡镇组织干事”到期", cast.client(who).get("/").content.decode()
            )
        )
        for who in (cast.clerk_a, cast.clerk_b, cast.officer)
    ]
    assert told == [said, said, False]


@pytest.mark.parametrize("days, said", [(30, True), (31, False)])
def test_whoever_may_renew_is_told_at_home_of_an_appointment_that_ends(cast: Cast, days: int, said: bool) -> None:
    end = cast.today + timedelta(days=days)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today, end)
    appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    told = {
        part: "石未名的任职“党支部书记”到期" in cast.client(cast.accounts[part]).get("/").content.decode()
        for part in ("officer", "clerk_a", "clerk_b", "secretary_a")
    }
    assert told == {"officer": said, "clerk_a": said, "clerk_b": False, "secretary_a": False}


def test_an_appointment_that_ends_is_renewed_by_one_form(cast: Cast) -> None:
    end = cast.today + timedelta(days=10)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today, end)
    appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    row = Appointment.objects.alive().get(account=cast.outsider)
    there = {"uid": cast.outsider.uid, "appointment": row.pk}
    browser = cast.client(cast.clerk_a)
    account = browser.get(reverse("account", kwargs={"uid": cast.outsider.uid})).content.decode()
    assert reverse("renew_appointment", kwargs=there) in account
    elsewhere = [cast.client(who).get(reverse("renew_appointment", kwargs=there)).status_code for who in beside(cast)]
    assert elsewhere == [404, 403, 403]
    until = end + timedelta(days=365)
    answer = browser.post(reverse("renew_appointment", kwargs=there), {"until": until.isoformat()})
    times = list(
        Appointment.objects.alive().filter(account=cast.outsider).order_by("since").values_list("since", "until")
    )
    assert (answer.status_code, times) == (302, [(cast.today, end), (end, until)])


def test_a_superior_lends_and_takes_back_from_the_page_of_the_account(cast: Cast) -> None:
    browser, uid = cast.client(cast.officer), cast.clerk_a.uid
    assert browser.post(reverse("lend_for", kwargs={"uid": uid}), fields(cast)).status_code == 302
    row = Delegation.objects.get()
    there = reverse("end_delegation_for", kwargs={"uid": uid, "delegation": row.uid})
    assert there in browser.get(reverse("account", kwargs={"uid": uid})).content.decode()
    assert browser.post(there).status_code == 302
    assert Delegation.objects.alive().count() == 0


@pytest.mark.parametrize("who, status", [("clerk_a", 302), ("clerk_b", 302), ("assistant", 404), ("officer", 404)])
def test_ones_own_page_takes_back_ones_own_alone(cast: Cast, who: str, status: int) -> None:
    lent(cast)
    there = reverse("delegation_end", kwargs={"delegation": Delegation.objects.get().uid})
    assert cast.client(cast.accounts[who]).post(there).status_code == status


def test_what_is_over_is_only_said_to_be(cast: Cast) -> None:
    lent(cast)
    there = reverse("delegation_end", kwargs={"delegation": Delegation.objects.get().uid})
    first, again = (cast.client(cast.clerk_a).post(there).status_code for _ in range(2))
    assert (first, again) == (302, 404)


@pytest.mark.parametrize("others", [1, 3])
def test_the_page_of_delegations_asks_the_same_however_many(cast: Cast, others: int) -> None:
    for place in range(others):
        since, until = (cast.today + timedelta(days=2 * place + extra) for extra in (0, 1))
        lent(cast, since=since.isoformat(), until=until.isoformat())
    browser = cast.client(cast.clerk_a)
    browser.get(reverse("delegations"))
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("delegations")).status_code == 200
    assert len(asked) == 2


def test_two_posts_are_chosen_between_first(cast: Cast) -> None:
    grant = Grant(Role.TOWNSHIP_CLERK, cast.unit(OTHER_TOWN), cast.today)
    appoint(account=cast.clerk_a, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    browser = cast.client(Account.objects.get(pk=cast.clerk_a.pk))
    first = browser.get(reverse("delegation_new")).content.decode()
    second = browser.get(reverse("delegation_new"), {"post": "2"}).content.decode()
    assert ["选定任职" in first, 'name="delegate"' in first, 'name="delegate"' in second] == [True, False, True]
