"""Acting for another: the delegate sees exactly what was lent, from its first day to its last, and every act says for whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.opened import opened
from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access.accounts import suspend
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.delegation_rows import candidates, delegations_of
from yumiao.access.delegation_rules import lendable
from yumiao.access.delegations import Loan, delegate, take_back
from yumiao.access.models import Account, Appointment, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import Reader, holdings
from yumiao.access.sessions import needs_factor
from yumiao.access.tokens import TokenReader, issue_token
from yumiao.journal.acts import last
from yumiao.journal.models import Entry, Reading
from yumiao.journal.proof import findings
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.ledger.issuing import issue

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]

CODES = (TOWN, VILLAGE, OTHER_TOWN, FAR_VILLAGE)


def lend(cast: Cast, **changed: object) -> Delegation:
    """Clerk A's post to clerk B for ten days, but for what is changed; `by` acts."""
    by = changed.pop("by", cast.clerk_a)
    given: dict[str, object] = {
        "giver": cast.clerk_a,
        "role": Role.TOWNSHIP_CLERK,
        "unit": cast.unit(TOWN),
        "delegate": cast.clerk_b,
        "since": cast.today,
        "until": cast.today + timedelta(days=10),
        "permissions": lendable(Role.TOWNSHIP_CLERK),
        "reason": "参加培训",
    }
    loan = Loan(**(given | changed))  # type: ignore[arg-type]
    assert isinstance(by, Account)
    return Delegation.objects.get(uid=delegate(loan, actor=cast.actor(by), today=cast.today))


def sees(reader: Reader, cast: Cast, permission: Permission = Permission.PERSON_READ) -> list[str]:
    return [code for code in CODES if reader.may_at(permission, cast.unit(code))]


def later(cast: Cast, who: Account, days: int) -> Reader:
    return Reader(Account.objects.get(pk=who.pk), cast.today + timedelta(days=days), last())


def refused(cast: Cast, **changed: object) -> list[str]:
    with pytest.raises(Refused) as error:
        lend(cast, **changed)
    return [one.rule for one in error.value.objections]


def test_the_delegate_sees_what_was_lent_beside_his_own(cast: Cast) -> None:
    lend(cast)
    reader = cast.reader(cast.clerk_b)
    assert sees(reader, cast) == list(CODES)
    assert {one.unit.code: one.giver.name if one.giver else "" for one in reader.appointments} == {
        OTHER_TOWN: "",
        TOWN: "盘云舟",
    }


def test_the_delegate_may_what_was_lent_and_nothing_else(cast: Cast) -> None:
    lend(cast, permissions=[Permission.UNIT_READ, Permission.PERSON_READ])
    reader = cast.reader(cast.clerk_b)
    found = [one for one in Permission if reader.may_at(one, cast.unit(TOWN))]
    assert found == [Permission.UNIT_READ, Permission.PERSON_READ]


def test_granting_and_delegating_stay_with_the_giver(cast: Cast) -> None:
    lend(cast)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today)
    with pytest.raises(Refused):
        appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.clerk_b), today=cast.today)
    again = {"giver": cast.clerk_b, "unit": cast.unit(TOWN), "delegate": cast.assistant, "by": cast.clerk_b}
    with pytest.raises(OutOfScope):
        lend(cast, **again)


@pytest.mark.parametrize("days, seen", [(0, False), (2, True), (9, True), (10, False)])
def test_it_holds_from_its_first_day_to_the_day_before_its_end(cast: Cast, days: int, seen: bool) -> None:
    lend(cast, since=cast.today + timedelta(days=2), until=cast.today + timedelta(days=10))
    assert (TOWN in sees(later(cast, cast.clerk_b, days), cast)) == seen


def test_it_dies_with_the_givers_appointment_and_with_his_account(cast: Cast) -> None:
    lend(cast)
    row = Appointment.objects.alive().get(account=cast.clerk_a)
    end_appointment(
        appointment=row.pk, until=cast.today + timedelta(days=3), actor=cast.actor(cast.officer), today=cast.today
    )
    assert [TOWN in sees(later(cast, cast.clerk_b, days), cast) for days in (2, 3)] == [True, False]
    suspend(account=cast.clerk_a, reason="离岗", actor=cast.actor(cast.system))
    assert TOWN not in sees(cast.reader(cast.clerk_b), cast)


def test_it_dies_with_the_delegates_own_post(cast: Cast) -> None:
    lend(cast)
    row = Appointment.objects.alive().get(account=cast.clerk_b)
    end_appointment(appointment=row.pk, until=cast.today, actor=cast.actor(cast.officer), today=cast.today)
    assert (
        cast.reader(cast.clerk_b).appointments,
        delegations_of(cast.clerk_b, cast.reader(cast.clerk_b))[0].state,
    ) == (
        (),
        "dead",
    )


def test_it_sleeps_while_the_delegate_holds_a_post_that_reviews_it(cast: Cast) -> None:
    lend(cast)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today, cast.today + timedelta(days=4))
    appoint(account=cast.clerk_b, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    assert [TOWN in sees(later(cast, cast.clerk_b, days), cast) for days in (0, 4)] == [False, True]


@pytest.mark.parametrize("who", ["clerk_a", "clerk_b", "officer", "security"])
def test_giver_delegate_and_superiors_take_it_back_at_once(cast: Cast, who: str) -> None:
    row = lend(cast)
    take_back(row.uid, actor=cast.actor(cast.accounts[who]), today=cast.today)
    assert TOWN not in sees(cast.reader(cast.clerk_b), cast)
    assert [Delegation.objects.alive().count(), Delegation.objects.count()] == [0, 1]


def test_what_was_taken_back_after_it_ran_is_kept_with_its_days(cast: Cast) -> None:
    row = lend(cast)
    tomorrow = cast.today + timedelta(days=1)
    take_back(row.uid, actor=cast.actor(cast.clerk_a), today=tomorrow)
    kept = Delegation.objects.alive().get(uid=row.uid)
    assert (kept.since, kept.until) == (cast.today, tomorrow)


@pytest.mark.parametrize("who", ["assistant", "secretary_a", "auditor", "system"])
def test_nobody_else_takes_it_back(cast: Cast, who: str) -> None:
    row = lend(cast)
    with pytest.raises(Refused):
        take_back(row.uid, actor=cast.actor(cast.accounts[who]), today=cast.today)


def test_a_superior_lends_the_post_of_somebody_who_cannot(cast: Cast) -> None:
    lend(cast, by=cast.officer)
    assert TOWN in sees(cast.reader(cast.clerk_b), cast)


def test_others_lend_nobodys_post_and_no_superior_lends_to_himself(cast: Cast) -> None:
    assert refused(cast, by=cast.clerk_b) == ["ACC-01", "ACC-14"]
    assert refused(cast, by=cast.officer, delegate=cast.officer) == ["ACC-14"]
    assert refused(cast, delegate=cast.clerk_a) == ["ACC-14"]


@pytest.mark.parametrize("who", ["officer", "secretary_a", "secretary_b", "auditor", "security", "outsider"])
def test_whoever_reviews_or_is_reviewed_does_not_stand_in(cast: Cast, who: str) -> None:
    assert refused(cast, delegate=cast.accounts[who]) == ["ACC-14"]


def test_an_account_that_nobody_opened_does_not_stand_in(cast: Cast) -> None:
    cast.clerk_b.set_unusable_password()
    cast.clerk_b.save()
    assert refused(cast) == ["ACC-14"]


def test_the_names_offered_are_those_the_rules_take(cast: Cast) -> None:
    reader = cast.reader(cast.clerk_a)
    post = reader.own[0].post
    offered = {one.username for one, _posts in candidates(reader, cast.clerk_a, post)}
    taken = set()
    for part in cast.parts:
        try:
            row = lend(cast, delegate=cast.accounts[part])
        except Refused:
            continue
        taken.add(part)
        take_back(row.uid, actor=cast.actor(cast.clerk_a), today=cast.today)
    assert offered == taken == {"clerk_b", "assistant", "member"}


def test_a_member_who_stands_in_needs_a_second_factor(cast: Cast) -> None:
    assert needs_factor(cast.reader(cast.member), is_demo=False) is False
    unit = cast.unit(VILLAGE)
    loan = {
        "giver": cast.secretary_a,
        "role": Role.BRANCH_SECRETARY,
        "unit": unit,
        "delegate": cast.member,
        "by": cast.secretary_a,
    }
    lend(cast, **loan, permissions=lendable(Role.BRANCH_SECRETARY))
    assert needs_factor(cast.reader(cast.member), is_demo=False) is True


def test_an_act_by_a_lent_right_alone_says_for_whom(cast: Cast) -> None:
    lend(cast)
    reader = cast.reader(cast.clerk_b)
    own, lent = (reader.acting(Permission.PERSON_READ, cast.unit(code)) for code in (FAR_VILLAGE, VILLAGE))
    town, other = cast.unit(TOWN).name, cast.unit(OTHER_TOWN).name
    assert (own.label, own.on_behalf_of) == (f"陆远帆（{other}）", ())
    assert (lent.label, lent.on_behalf_of) == (f"陆远帆（代盘云舟，{town}）", (cast.clerk_a.uid,))
    somewhere = reader.acting(Permission.WORKBOOK_IMPORT)
    assert (somewhere.label, somewhere.on_behalf_of) == (f"陆远帆（兼代盘云舟，{other}）", (cast.clerk_a.uid,))


def test_one_who_has_the_right_himself_acts_in_his_own_name(cast: Cast) -> None:
    grant = Grant(Role.TOWNSHIP_CLERK, cast.unit(TOWN), cast.today)
    appoint(account=cast.clerk_b, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    lend(cast)
    assert cast.reader(cast.clerk_b).acting(Permission.PERSON_READ).on_behalf_of == ()


def test_pages_of_people_are_on_record_with_both_names(cast: Cast) -> None:
    lend(cast)
    browser = cast.client(cast.clerk_b)
    answers = [browser.get(reverse("person", kwargs={"uid": cast.people[one]})).status_code for one in (1, 5)]
    labels = list(Reading.objects.order_by("id").values_list("actor_label", flat=True))[-2:]
    assert answers == [200, 200]
    assert labels == [f"陆远帆（代盘云舟，{cast.unit(TOWN).name}）", f"陆远帆（{cast.unit(OTHER_TOWN).name}）"]


def test_an_entry_holds_whom_it_was_done_for_and_the_chain_stays_whole(cast: Cast) -> None:
    lend(cast)
    actor = cast.reader(cast.clerk_b).acting(Permission.LEDGER_ISSUE, cast.unit(TOWN))
    issue(unit=cast.unit(TOWN).id, day=cast.today, today=cast.today, note="", actor=actor)
    entry = Entry.objects.order_by("-seq")[0]
    assert json.loads(entry.data)["on_behalf_of"] == [cast.clerk_a.uid.hex]
    assert (entry.actor, entry.actor_label) == (cast.clerk_b.uid, f"陆远帆（代盘云舟，{cast.unit(TOWN).name}）")
    assert list(findings()) == []


def test_tokens_never_get_what_was_lent(cast: Cast) -> None:
    officer = Grant(Role.COUNTY_OFFICER, cast.unit("001"), cast.today)
    appoint(account=cast.outsider, grant=officer, actor=cast.actor(cast.security), today=cast.today)
    loan = {"giver": cast.officer, "role": Role.COUNTY_OFFICER, "unit": cast.unit("001"), "by": cast.officer}
    lend(cast, **loan, delegate=cast.outsider, permissions=lendable(Role.COUNTY_OFFICER))
    until = cast.today + timedelta(days=30)
    own = cast.reader(cast.outsider)
    token, _secret = issue_token(
        reader=own, unit=cast.unit("001"), permissions=[Permission.UNIT_READ], name="屏", until=until
    )
    reader = TokenReader(cast.outsider, cast.today, last(), token=token)
    assert ([one.giver for one in reader.appointments], len(own.lent)) == ([None], 1)


def test_a_session_ends_when_something_is_lent_to_its_account_or_taken_back(cast: Cast) -> None:
    before = cast.client(cast.clerk_b)
    row = lend(cast)
    during = cast.client(cast.clerk_b)
    assert before.get(reverse("people")).status_code == 302
    assert during.get(reverse("person", kwargs={"uid": cast.people[1]})).status_code == 200
    take_back(row.uid, actor=cast.actor(cast.clerk_a), today=cast.today)
    assert during.get(reverse("person", kwargs={"uid": cast.people[1]})).status_code == 302


def test_holdings_are_one_query_however_many(cast: Cast) -> None:
    lend(cast)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        holdings(cast.today + timedelta(days=1), last())
    assert len(asked) == 2  # the head, and everything
