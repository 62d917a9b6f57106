"""Appointments: who gives and ends them, what the journal keeps, and that nothing is left of one that was refused."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from tests.cast import COUNTY, FAR_VILLAGE, GENERAL, TOWN, VILLAGE, Cast, cast
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Permission, Role
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.proof import findings
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.kernel.periods import FOREVER

pytestmark = pytest.mark.db
__all__ = ["cast"]


def grant(cast: Cast, role: Role, code: str, **days: int) -> Grant:
    """From today, or `after` days later, for `days` or without an end."""
    since = cast.today + timedelta(days=days.get("after", 0))
    return Grant(role, cast.unit(code), since, since + timedelta(days=days["days"]) if "days" in days else FOREVER)


def give(cast: Cast, account: Account, wanted: Grant, by: Account, once: uuid.UUID | None = None) -> None:
    appoint(account=account, grant=wanted, actor=cast.actor(by), today=cast.today, once=once)


def standing(account: Account) -> list[tuple[str, str]]:
    return list(Appointment.objects.alive().filter(account=account).values_list("role", "unit__code"))


def test_a_clerk_appoints_a_secretary_and_the_entry_says_who_as_what_where(cast: Cast) -> None:
    give(cast, cast.outsider, grant(cast, Role.BRANCH_SECRETARY, VILLAGE, days=30), cast.clerk_a)
    entry = Entry.objects.latest("seq")
    data = json.loads(entry.data)
    assert (entry.verb, entry.actor, entry.subject) == ("appointment_granted", cast.clerk_a.uid, cast.outsider.uid)
    assert {name: data[name] for name in ("role", "unit", "since", "until")} == {
        "role": "branch_secretary",
        "unit": VILLAGE,
        "since": cast.today.isoformat(),
        "until": (cast.today + timedelta(days=30)).isoformat(),
    }


def test_a_new_appointment_opens_its_subtree_at_once(cast: Cast) -> None:
    give(cast, cast.outsider, grant(cast, Role.TOWNSHIP_CLERK, TOWN), cast.officer)
    reader = cast.reader(cast.outsider)
    here, there = cast.unit(VILLAGE), cast.unit(FAR_VILLAGE)
    assert [reader.may_at(Permission.PERSON_READ, unit) for unit in (here, there)] == [True, False]


@pytest.mark.parametrize(
    "by, role, code, rule",
    [
        ("clerk_a", Role.BRANCH_SECRETARY, FAR_VILLAGE, "ACC-02"),
        ("clerk_a", Role.TOWNSHIP_CLERK, TOWN, "ACC-01"),
        ("officer", Role.COUNTY_OFFICER, COUNTY, "ACC-01"),
        ("secretary_a", Role.BRANCH_SECRETARY, VILLAGE, "ACC-01"),
        ("auditor", Role.AUDITOR, COUNTY, "ACC-01"),
        ("system", Role.SYSTEM_ADMINISTRATOR, COUNTY, "ACC-01"),
        ("outsider", Role.AUDITOR, COUNTY, "ACC-01"),
        ("security", Role.TOWNSHIP_CLERK, COUNTY, "ACC-06"),
    ],
)
def test_a_refused_appointment_leaves_nothing(cast: Cast, by: str, role: Role, code: str, rule: str) -> None:
    before = Entry.objects.count()
    someone = cast.secretary_b if by == "outsider" else cast.outsider
    with pytest.raises(Refused) as refused:
        give(cast, someone, grant(cast, role, code), cast.accounts[by])
    assert rule in [one.rule for one in refused.value.objections]
    assert (Entry.objects.count(), standing(cast.outsider)) == (before, [])


def test_nobody_appoints_himself(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, cast.security, grant(cast, Role.AUDITOR, COUNTY), cast.security)
    assert [one.rule for one in refused.value.objections] == ["ACC-05", "ACC-03"]


def test_a_member_post_is_not_given_to_an_account_that_names_nobody(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, cast.outsider, grant(cast, Role.MEMBER, VILLAGE), cast.clerk_a)
    assert [one.rule for one in refused.value.objections] == ["ACC-07"]


def test_a_form_sent_twice_appoints_once(cast: Cast) -> None:
    once = uuid.uuid4()
    give(cast, cast.outsider, grant(cast, Role.BRANCH_SECRETARY, VILLAGE), cast.clerk_a, once)
    with pytest.raises(AlreadyDone):
        give(cast, cast.outsider, grant(cast, Role.BRANCH_SECRETARY, VILLAGE), cast.clerk_a, once)
    assert standing(cast.outsider) == [("branch_secretary", VILLAGE)]


def test_an_appointment_to_come_grants_nothing_yet(cast: Cast) -> None:
    give(cast, cast.outsider, grant(cast, Role.BRANCH_SECRETARY, VILLAGE, after=1), cast.clerk_a)
    assert cast.reader(cast.outsider).appointments == ()


def end(cast: Cast, of: Account, by: Account, in_days: int = 0) -> None:
    row = Appointment.objects.alive().get(account=of)
    end_appointment(
        appointment=row.pk, until=cast.today + timedelta(days=in_days), actor=cast.actor(by), today=cast.today
    )


def test_an_appointment_of_today_ended_today_never_was(cast: Cast) -> None:
    end(cast, cast.secretary_a, cast.clerk_a)
    assert (standing(cast.secretary_a), cast.reader(cast.secretary_a).appointments) == ([], ())


def test_an_appointment_ended_later_holds_until_then(cast: Cast) -> None:
    end(cast, cast.secretary_a, cast.clerk_a, in_days=7)
    row = Appointment.objects.alive().get(account=cast.secretary_a)
    assert (row.until, len(cast.reader(cast.secretary_a).appointments)) == (cast.today + timedelta(days=7), 1)


@pytest.mark.parametrize("of, by", [("secretary_b", "clerk_a"), ("officer", "clerk_a"), ("security", "officer")])
def test_who_may_not_give_it_may_not_end_it(cast: Cast, of: str, by: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        end(cast, cast.accounts[of], cast.accounts[by])
    assert (Entry.objects.count(), len(standing(cast.accounts[of]))) == (before, 1)


def test_nobody_ends_his_own(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        end(cast, cast.security, cast.security)
    assert [one.rule for one in refused.value.objections] == ["ACC-05"]


def test_an_appointment_ended_by_somebody_else_in_between_is_not_found(cast: Cast) -> None:
    row = Appointment.objects.alive().get(account=cast.secretary_a)
    end(cast, cast.secretary_a, cast.clerk_a)
    with pytest.raises(OutOfScope):
        end_appointment(appointment=row.pk, until=cast.today, actor=cast.actor(cast.clerk_a), today=cast.today)


def test_rights_taken_away_count_from_the_next_act_on(cast: Cast) -> None:
    stale = cast.actor(cast.clerk_a)
    end(cast, cast.clerk_a, cast.officer)
    with pytest.raises(Refused):
        appoint(account=cast.outsider, grant=grant(cast, Role.BRANCH_SECRETARY, GENERAL), actor=stale, today=cast.today)


def test_the_record_stays_whole_through_appointments_and_their_ends(cast: Cast) -> None:
    give(cast, cast.outsider, grant(cast, Role.BRANCH_SECRETARY, VILLAGE), cast.clerk_a)
    end(cast, cast.outsider, cast.officer, in_days=3)
    assert list(findings()) == []
