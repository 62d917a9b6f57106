"""A member's own account is opened from the member's page, by who sees the member and may appoint there."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import include, path

from tests.cast import VILLAGE, Cast, cast
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Permission
from yumiao.config.urls import urlpatterns as rooms
from yumiao.journal.models import Entry

pytestmark = [pytest.mark.db, pytest.mark.urls(__name__)]
__all__ = ["cast"]

urlpatterns = [path("", include("yumiao.desk.accounts.urls")), *rooms]


def asked(cast: Cast, who: Account, place: int) -> HttpResponse:
    fields = {"username": "dangyuan8", "since": cast.today.isoformat()}
    return cast.client(who).post(f"/people/{cast.people[place]}/invite/", fields)


def test_the_account_stands_for_the_member_at_his_branch_and_reads_nobody_else(cast: Cast) -> None:
    assert asked(cast, cast.clerk_a, 8).status_code == 200
    made = Account.objects.get(username="dangyuan8")
    row = Appointment.objects.alive().get(account=made)
    reader = cast.reader(made)
    assert (made.person_uid, row.role, row.unit.code) == (cast.people[8], "member", VILLAGE)
    assert [reader.may(one) for one in (Permission.OWN_READ, Permission.PERSON_READ)] == [True, False]


@pytest.mark.parametrize(
    "part, place, status",
    [("clerk_a", 5, 404), ("clerk_a", 21, 404), ("security", 8, 404), ("secretary_a", 8, 403), ("officer", 5, 200)],
    ids=["of another township", "no member", "who sees nobody", "who appoints nobody", "the county"],
)
def test_only_members_in_sight_of_who_may_appoint(cast: Cast, part: str, place: int, status: int) -> None:
    before = Entry.objects.count()
    assert asked(cast, cast.accounts[part], place).status_code == status
    assert Entry.objects.count() == before + (status == 200)
