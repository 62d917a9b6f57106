"""Standing in for somebody misused: passed on, stretched, stacked, kept after its end, asked for by a forged form."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.access.opened import opened
from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access.accounts import suspend
from yumiao.access.delegation_rules import lendable
from yumiao.access.delegations import Loan, delegate, take_back
from yumiao.access.models import Account, Appointment, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]


def lend(cast: Cast, days: int = 10) -> uuid.UUID:
    """Clerk A's whole post to clerk B."""
    role, unit = Role.TOWNSHIP_CLERK, cast.unit(TOWN)
    until = cast.today + timedelta(days=days)
    loan = Loan(cast.clerk_a, role, unit, cast.clerk_b, cast.today, until, lendable(role), "培训")
    return delegate(loan, actor=cast.actor(cast.clerk_a), today=cast.today)


def form(cast: Cast, **changed: object) -> dict[str, object]:
    until = (cast.today + timedelta(days=5)).isoformat()
    given = {"delegate": "assistant", "since": cast.today.isoformat(), "until": until, "reason": "外出"}
    return {**given, "permissions": [Permission.UNIT_READ.value], "once": str(uuid.uuid4()), **changed}


def state(cast: Cast) -> tuple[int, int]:
    return Entry.objects.count(), Delegation.objects.count()


def test_what_is_lent_is_not_passed_on(cast: Cast) -> None:
    lend(cast)
    before, browser = state(cast), cast.client(cast.clerk_b)
    answers = [
        browser.post(f"{reverse('delegation_new')}?post=2", form(cast)).status_code,
        browser.post(reverse("lend_for", kwargs={"uid": cast.clerk_a.uid}), form(cast)).status_code,
        browser.post(
            reverse("lend_for", kwargs={"uid": cast.secretary_a.uid}), form(cast, delegate="member")
        ).status_code,
    ]
    assert (answers, state(cast)) == ([200, 403, 403], before)


def test_whoever_stands_in_opens_no_account_ends_no_post_and_suspends_nobody_there(cast: Cast) -> None:
    lend(cast)
    before, browser = state(cast), cast.client(cast.clerk_b)
    row = Appointment.objects.alive().get(account=cast.secretary_a)
    there = {"uid": cast.secretary_a.uid}
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": VILLAGE, "since": cast.today.isoformat()}
    answers = [
        browser.post(f"{reverse('invite')}?role=branch_secretary", fields).status_code,
        browser.post(f"{reverse('appoint', kwargs=there)}?role=branch_secretary", fields).status_code,
        browser.post(reverse("end_appointment", kwargs={**there, "appointment": row.pk})).status_code,
        browser.post(reverse("suspend_account", kwargs=there), {"reason": "无"}).status_code,
    ]
    assert (answers, state(cast)) == ([200, 403, 403, 403], before)


@pytest.mark.parametrize(
    "changed",
    [
        {"permissions": [Permission.WORKBOOK_EXPORT.value]},
        {"permissions": [Permission.ACCOUNT_INVITE.value]},
        {"permissions": []},
        {"delegate": "officer"},
        {"delegate": "secretary_a"},
        {"delegate": "clerk_a"},
        {"since": "2020-01-01"},
        {"until": "9999-12-31"},
        {"until": "2020-01-01"},
        {"reason": ""},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_forged_form_lends_nothing(cast: Cast, changed: dict[str, object]) -> None:
    before = state(cast)
    status = cast.client(cast.clerk_a).post(reverse("delegation_new"), form(cast, **changed)).status_code
    assert (status in (200, 409), state(cast)) == (True, before)


@pytest.mark.parametrize("post", ["0", "-1", "2", "99999999999999999999", "x", "１"])
def test_a_post_that_is_none_of_ones_own_is_not_lent(cast: Cast, post: str) -> None:
    browser, before = cast.client(cast.clerk_a), state(cast)
    lists = browser.get(reverse("delegation_new"), {"post": post})
    assert (lists.status_code, state(cast)) == (200, before)


def test_two_delegations_do_not_stack_into_more_than_each(cast: Cast) -> None:
    lend(cast)
    reader = cast.reader(cast.clerk_b)
    assert [reader.may_at(Permission.WORKBOOK_IMPORT, cast.unit(code)) for code in (TOWN, OTHER_TOWN, "001")] == [
        True,
        True,
        False,
    ]
    with pytest.raises(Refused):
        lend(cast)


def test_after_it_was_taken_back_an_open_page_does_nothing(cast: Cast) -> None:
    row = lend(cast)
    browser, there = cast.client(cast.clerk_b), reverse("person_numbers", kwargs={"uid": cast.people[1]})
    assert browser.get(there).status_code == 200
    take_back(row, actor=cast.actor(cast.clerk_a), today=cast.today)
    assert browser.post(there, {"reason": "核对志愿书"}).status_code == 302
    assert cast.client(cast.clerk_b).post(there, {"reason": "核对志愿书"}).status_code == 404


def test_a_suspended_giver_leaves_nothing_behind(cast: Cast) -> None:
    lend(cast)
    suspend(account=cast.clerk_a, reason="停职", actor=cast.actor(cast.system))
    there = reverse("person", kwargs={"uid": cast.people[1]})
    assert cast.client(cast.clerk_b).get(there).status_code == 404


def test_the_giver_keeps_his_own_rights_and_gets_none_of_the_others(cast: Cast) -> None:
    lend(cast)
    reader = cast.reader(cast.clerk_a)
    assert [reader.may_at(Permission.PERSON_READ, cast.unit(code)) for code in (VILLAGE, FAR_VILLAGE)] == [True, False]


def test_a_row_put_past_the_services_gives_no_rights_of_others(cast: Cast) -> None:
    """An administrator who writes the row himself: rights beyond the post, an administrator's post, a post the giver does not hold."""
    every = " ".join(one.value for one in Permission)
    beside = {"unit_id": cast.unit(TOWN).id, "delegate": cast.clerk_b, "permissions": every, "reason": "", "entered": 1}
    until = cast.today + timedelta(days=5)
    for giver, role in ((cast.clerk_a, Role.TOWNSHIP_CLERK), (cast.officer, Role.COUNTY_OFFICER)):
        Delegation.objects.create(giver=giver, role=role.value, since=cast.today, until=until, **beside)
    county = {**beside, "unit_id": cast.unit("001").id}
    Delegation.objects.create(
        giver=cast.security, role=Role.SECURITY_ADMINISTRATOR.value, since=cast.today, until=until, **county
    )
    from yumiao.access.readers import Reader
    from yumiao.journal.chain import Head

    reader = Reader(Account.objects.get(pk=cast.clerk_b.pk), cast.today, Head(10**6, b"x" * 32))
    assert {one.role for one in reader.lent if one.permissions} == {Role.TOWNSHIP_CLERK}
    assert reader.lent[0].permissions == lendable(Role.TOWNSHIP_CLERK)
    assert reader.may(Permission.ACCOUNT_SUSPEND) is False
