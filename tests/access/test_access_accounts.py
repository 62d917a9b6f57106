"""The pages of accounts: each reader sees his own part, every number is of that part, and a deed asks for a fresh proof."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access import queries, sessions
from yumiao.access.accounts import suspend
from yumiao.access.appointments import Grant, appoint
from yumiao.access.models import Account, Appointment, LoginSession
from yumiao.access.permissions import FRESH, Permission, Role
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused

pytestmark = pytest.mark.db
__all__ = ["cast"]

LISTED = re.compile(r'<th scope="row" role="rowheader"><a href="/accounts/([0-9a-f-]{36})/">')
TOTAL = re.compile(r"共 (\d+) 个账号")


def listed(client: Client, query: str = "") -> list[str]:
    """Login names on the page, after asserting that the number below is theirs."""
    text = client.get(f"/accounts/{query}").content.decode()
    names = [Account.objects.get(uid=uid).username for uid in LISTED.findall(text)]
    assert TOTAL.findall(text) == [str(len(names))]
    return names


def path(name: str, account: Account, **more: object) -> str:
    return reverse(name, kwargs={"uid": account.uid, **more})


TOWN_A = ["assistant", "clerk_a", "general_secretary", "member", "secretary_a"]


def test_a_clerk_lists_the_accounts_of_his_township(cast: Cast) -> None:
    assert listed(cast.client(cast.clerk_a)) == TOWN_A


def test_the_county_lists_everybody_also_who_holds_nothing(cast: Cast) -> None:
    assert listed(cast.client(cast.officer)) == sorted(cast.parts)


def test_filters_narrow_by_role_unit_and_name(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    assert [
        listed(officer, "?role=branch_secretary"),
        listed(officer, f"?unit={OTHER_TOWN}"),
        listed(officer, f"?role=branch_secretary&unit={VILLAGE}"),
        listed(officer, "?q=云舟"),
        listed(officer, "?role=nonsense"),
    ] == [
        ["general_secretary", "secretary_a", "secretary_b"],
        ["clerk_b", "secretary_b"],
        ["secretary_a"],
        ["clerk_a"],
        sorted(cast.parts),
    ]


def test_a_unit_of_another_township_is_said_to_be_none_and_narrows_nothing(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    pages = {code: clerk.get(f"/accounts/?unit={code}").content.decode() for code in (OTHER_TOWN, "999", TOWN)}
    told = {code: f"您的管理范围内没有代码为“{code}”的组织" in page for code, page in pages.items()}
    assert told == {OTHER_TOWN: True, "999": True, TOWN: False}
    assert [listed(clerk, f"?unit={code}") for code in pages] == [TOWN_A] * 3
    assert 'href="/exports/accounts/"' in pages["999"]


def test_pages_turn_by_key_forth_and_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    scope, tree = cast.reader(cast.clerk_a).scope(Permission.ACCOUNT_READ), cast.tree

    def turned(**keys: str) -> tuple[list[str], str | None, str | None]:
        page = queries.account_page(scope, tree, queries.Wanted(), today=cast.today, **keys)
        return [row.username for row in page.rows], page.previous_key, page.next_key

    assert turned() == (["assistant", "clerk_a"], None, "clerk_a")
    assert turned(after="clerk_a") == (["general_secretary", "member"], "general_secretary", "member")
    assert turned(after="member") == (["secretary_a"], "secretary_a", None)
    assert turned(before="secretary_a") == (["general_secretary", "member"], "general_secretary", "member")
    assert turned(before="general_secretary") == (["assistant", "clerk_a"], None, "clerk_a")


@pytest.mark.parametrize("unit, rows", [(VILLAGE, 2), (TOWN, 5)])
def test_the_list_asks_as_often_for_many_rows_as_for_few(cast: Cast, unit: str, rows: int) -> None:
    officer = cast.client(cast.officer)
    officer.get("/accounts/")
    with CaptureQueriesContext(connection) as asked:
        answer = officer.get(f"/accounts/?unit={unit}")
    assert (len(LISTED.findall(answer.content.decode())), len(asked)) == (rows, 4)


def test_an_account_shows_only_the_appointments_within_the_readers_units(cast: Cast) -> None:
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(FAR_VILLAGE), cast.today)
    appoint(account=cast.secretary_a, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    texts = [
        cast.client(who).get(path("account", cast.secretary_a)).content.decode() for who in (cast.clerk_a, cast.officer)
    ]
    assert [("竹溪村" in text, "云岭村" in text) for text in texts] == [(False, True), (True, True)]


def test_the_forms_offer_only_what_the_reader_may_give(cast: Cast) -> None:
    text = cast.client(cast.clerk_a).get("/accounts/invite/?role=branch_secretary").content.decode()
    roles = re.findall(r'<option value="(\w+)"', text.split("<datalist")[0])
    units = re.findall(r'<option value="(001[.\d]*) ', text)
    assert roles == ["branch_secretary"]
    assert {code.startswith(TOWN) for code in units} == {True}


def invited_by(client: Client, cast: Cast, **changed: str):
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": VILLAGE, "since": cast.today.isoformat()}
    return client.post("/accounts/invite/?role=branch_secretary", {**fields, "once": str(uuid.uuid4()), **changed})


def test_an_invitation_shows_its_code_once(cast: Cast) -> None:
    clerk, once = cast.client(cast.clerk_a), str(uuid.uuid4())
    first, second = (invited_by(clerk, cast, once=once) for _ in range(2))
    assert re.search(r">[A-Z2-9]{5}-[A-Z2-9]{5}<", first.content.decode())
    assert (first.status_code, second.status_code, Account.objects.filter(username="moxinmiao").count()) == (
        200,
        302,
        1,
    )


@pytest.mark.parametrize(
    "unit", [VILLAGE, "云岭村党支部", "青石镇党委 云岭村党支部", f"{VILLAGE} 青石镇党委 云岭村党支部"]
)
def test_a_unit_is_named_by_code_or_by_name(cast: Cast, unit: str) -> None:
    invited_by(cast.client(cast.clerk_a), cast, unit=unit)
    assert Appointment.objects.alive().get(account__username="moxinmiao").unit.code == VILLAGE


@pytest.mark.parametrize("unit", [FAR_VILLAGE, TOWN, COUNTY, "竹溪村党支部", "' OR 1=1--"])
def test_a_unit_that_was_not_offered_is_not_taken(cast: Cast, unit: str) -> None:
    before = Entry.objects.count()
    answer = invited_by(cast.client(cast.clerk_a), cast, unit=unit)
    assert (answer.status_code, Entry.objects.count()) == (200, before)
    assert "没有这个组织" in answer.content.decode()


def test_a_role_that_is_not_ones_to_give_leaves_no_form(cast: Cast) -> None:
    before = Account.objects.count()
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": COUNTY, "since": cast.today.isoformat()}
    cast.client(cast.officer).post("/accounts/invite/?role=security_administrator", fields)
    assert Account.objects.count() == before


def test_a_rules_refusal_is_shown_in_the_page_with_its_rule(cast: Cast) -> None:
    answer = invited_by(cast.client(cast.clerk_a), cast, username="clerk_a")
    assert (answer.status_code, "ACC-09" in answer.content.decode()) == (409, True)


def test_somebody_suspended_is_out_at_the_next_click(cast: Cast) -> None:
    his = cast.client(cast.clerk_a)
    assert his.get("/accounts/").status_code == 200
    cast.client(cast.system).post(path("suspend_account", cast.clerk_a), {"reason": "离岗"})
    answer = his.get("/accounts/")
    assert (answer.status_code, answer.headers["Location"].startswith("/login/")) == (302, True)
    assert LoginSession.objects.filter(account=cast.clerk_a).count() == 0


def test_a_suspension_keeps_its_reason_without_numbers(cast: Cast) -> None:
    suspend(account=cast.clerk_a, reason="本人 998001198005060018 离岗", actor=cast.actor(cast.system))
    entry = Entry.objects.latest("seq")
    assert (entry.verb, "998001198005060018" in entry.reason, entry.reason.startswith("本人")) == (
        "account_suspended",
        False,
        True,
    )


@pytest.mark.parametrize("deed", ["suspend_account", "restore_account", "reset_login"])
def test_the_system_administrator_leaves_his_own_account_alone(cast: Cast, deed: str) -> None:
    before = Entry.objects.count()
    answer = cast.client(cast.system).post(path(deed, cast.system), {"reason": "试"})
    assert (answer.status_code, Entry.objects.count()) == (409, before)


@pytest.mark.parametrize(
    ("name", "title", "verb", "is_active"),
    [
        ("suspend_account", "停用账号", "account_suspended", False),
        ("restore_account", "启用账号", "account_restored", True),
        ("reset_login", "重置登录", "login_reset", True),
    ],
)
def test_each_deed_over_a_login_is_its_own_page_and_act(
    cast: Cast, name: str, title: str, verb: str, is_active: bool
) -> None:
    system, address = cast.client(cast.system), path(name, cast.clerk_a)
    assert f"<h1>{title}：" in system.get(address).content.decode()
    system.post(address, {"reason": "本人申请"})
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject, entry.reason) == (verb, cast.clerk_a.uid, "本人申请")
    assert Account.objects.get(pk=cast.clerk_a.pk).is_active == is_active


def test_suspending_oneself_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        suspend(account=cast.system, reason="试", actor=cast.actor(cast.system))


def stale(client: Client) -> Client:
    """The same browser, its last proof six minutes ago."""
    session = sessions.SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    session[sessions.FRESH_AT] = int((datetime.now(UTC) - timedelta(minutes=6)).timestamp())
    session.save()
    return client


def sensitive(cast: Cast) -> list[tuple[Account, str]]:
    row = Appointment.objects.alive().get(account=cast.secretary_a)
    of = cast.secretary_a
    return [
        (cast.officer, reverse("invite")),
        (cast.officer, path("appoint", of)),
        (cast.officer, path("renew_invitation", of)),
        (cast.officer, path("end_appointment", of, appointment=row.pk)),
        (cast.system, path("suspend_account", of)),
        (cast.system, path("restore_account", of)),
        (cast.system, path("reset_login", of)),
    ]


def test_what_changes_rights_asks_for_a_fresh_proof(cast: Cast) -> None:
    before = Entry.objects.count()
    for who, address in sensitive(cast):
        looked, sent = (getattr(stale(cast.client(who)), method)(address) for method in ("get", "post"))
        assert looked.headers["Location"].partition("?")[0] == reverse("confirm")
        assert (address, looked.status_code, sent.status_code) == (address, 302, 403)
    assert Entry.objects.count() == before


def test_what_is_said_to_need_a_fresh_proof_does_wherever_a_view_asks_for_it() -> None:
    from tests.architecture.routes import routes

    policies = [(route.name, route.policy) for route in routes() if route.policy is not None]
    wrong = [name for name, policy in policies if policy.need in FRESH and not policy.fresh]
    assert wrong == []


def test_a_county_has_many_accounts_and_the_first_page_holds_fifty(cast: Cast) -> None:
    names = (f"n{number:03d}" for number in range(1000))
    Account.objects.bulk_create(Account(username=name, display_name="某", password="!") for name in islice(names, 60))
    text = cast.client(cast.officer).get("/accounts/").content.decode()
    assert (len(LISTED.findall(text)), TOTAL.findall(text)) == (50, [str(60 + len(cast.parts))])
