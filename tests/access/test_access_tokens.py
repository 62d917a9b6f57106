"""Tokens: what they open and no more, how they end, and what is never said of them."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from tests.api.asking import Machine
from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access import limiter, tokens
from yumiao.access.accounts import suspend
from yumiao.access.door import door
from yumiao.access.models import RateWindow, Token, TokenSecret
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.tokens import TokenReader, issue_token, revoke_token
from yumiao.journal.models import Entry
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused

pytestmark = pytest.mark.db
__all__ = ["cast"]

UNITS, PEOPLE, LEDGER = Permission.UNIT_READ, Permission.PERSON_READ, Permission.LEDGER_READ


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    tokens.pace.forget()


def issued(cast: Cast, *permissions: Permission, unit: str = COUNTY, days: int = 30) -> tuple[Token, str]:
    return issue_token(
        reader=cast.reader(cast.officer),
        unit=cast.unit(unit),
        permissions=permissions or (UNITS,),
        name="驾驶舱",
        until=cast.today + timedelta(days=days),
    )


def machine(secret: str = "") -> Machine:
    return Machine(Client(), secret)


def kind(asked: Machine, address: str = "/api/units/", method: str = "GET") -> tuple[int, str]:
    return asked.problem(address, method=method)[:2]


def test_a_token_opens_what_it_names_within_its_unit(cast: Cast) -> None:
    _, secret = issued(cast, UNITS, unit=TOWN)
    codes = [one["code"] for one in machine(secret).items("/api/units/")]
    assert sorted(codes) == sorted(unit.code for unit in cast.tree if unit.code.startswith(TOWN))
    assert kind(machine(secret), f"/api/units/{OTHER_TOWN}/") == (404, "missing")
    assert kind(machine(secret), "/api/people/") == (403, "rights")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer yumiao_short",
        "Basic eXVtaWFv",
        "Bearer  " + "x" * 50,
        "yumiao_" + "a" * 43,
        "Bearer yumiao_" + "é" * 43,
    ],
)
def test_what_is_no_token_opens_nothing(cast: Cast, header: str) -> None:
    answer = Client().get("/api/units/", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="yumiao"')
    assert answer["Content-Type"] == "application/problem+json"
    assert RateWindow.objects.count() == 0  # only what looks like one is counted


def test_a_session_is_no_token_and_a_token_no_session(cast: Cast) -> None:
    assert cast.client(cast.officer).get("/api/units/").status_code == 401
    _, secret = issued(cast)
    assert machine(secret).ask("/units/").status_code == 302
    assert machine(secret).ask("/api/").status_code == 302


def test_it_only_reads(cast: Cast) -> None:
    _, secret = issued(cast)
    browser = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = Machine(browser, secret).ask("/api/units/", method=method)
        assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (
            405,
            "HEAD, GET",
            "application/problem+json",
        )
    assert machine(secret).ask("/api/units/", method="HEAD").status_code == 200


@pytest.mark.parametrize(("passed", "status"), [(0, 200), (29, 200), (30, 401), (31, 401)])
def test_it_ends_on_its_day(cast: Cast, passed: int, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = issued(cast, days=30)
    later = cast.today + timedelta(days=passed)
    monkeypatch.setattr("yumiao.config.clock.today", lambda _profile: later)
    assert machine(secret).ask("/api/units/").status_code == status


def test_a_revoked_one_is_refused_with_the_next_request(cast: Cast) -> None:
    token, secret = issued(cast)
    asked = machine(secret)
    assert asked.ask("/api/units/").status_code == 200
    revoke_token(account=cast.officer, uid=token.uid, actor=cast.actor(cast.officer))
    assert kind(asked) == (401, "token")
    assert TokenSecret.objects.count() == 0
    with pytest.raises(OutOfScope):
        revoke_token(account=cast.officer, uid=token.uid, actor=cast.actor(cast.officer))


def test_it_ends_with_the_account_and_with_the_post(cast: Cast) -> None:
    from yumiao.access.appointments import end_appointment
    from yumiao.access.models import Appointment

    _, secret = issued(cast)
    post = Appointment.objects.alive().get(account=cast.officer)
    end_appointment(appointment=post.pk, until=cast.today, actor=cast.operator, today=cast.today)
    assert kind(machine(secret)) == (401, "token")


def test_it_ends_with_a_suspended_account(cast: Cast) -> None:
    _, secret = issued(cast)
    suspend(account=cast.officer, reason="离岗", actor=cast.operator)
    assert kind(machine(secret)) == (401, "token")


def test_a_reader_by_token_is_never_wider_than_its_account(cast: Cast) -> None:
    """Whatever the token says, the account's rights of today bound it."""
    for unit in (COUNTY, TOWN, VILLAGE, OTHER_TOWN):
        token = Token(
            account=cast.clerk_a, unit_id=cast.unit(unit).id, permissions="unit:read person:reveal ledger:read"
        )
        own = cast.reader(cast.clerk_a)
        narrowed = TokenReader(cast.clerk_a, cast.today, own.head, token)
        seen = {one.code for one in cast.tree if narrowed.scope(UNITS).covers(one.path)}
        meant = {
            one.code
            for one in cast.tree
            if own.scope(UNITS).covers(one.path) and cast.unit(unit).subtree.covers(one.path)
        }
        assert seen == meant
        assert [narrowed.may(one) for one in (PEOPLE, Permission.PERSON_REVEAL)] == [False, False]


def test_who_may_issue_none_issues_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        issue_token(
            reader=cast.reader(cast.clerk_a),
            unit=cast.unit(TOWN),
            permissions=[UNITS],
            name="办公平台",
            until=cast.today + timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("permissions", "until", "rules"),
    [
        ((), 1, ["ACC-10"]),
        ((Permission.PERSON_REVEAL,), 1, ["ACC-10"]),
        ((UNITS,), 0, ["ACC-11"]),
        ((UNITS, Permission.JOURNAL_READ), 367, ["ACC-10", "ACC-11"]),
    ],
)
def test_what_stands_against_a_token_is_said_at_once(
    cast: Cast, permissions: tuple[Permission, ...], until: int, rules: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        issue_token(
            reader=cast.reader(cast.officer),
            unit=cast.unit(COUNTY),
            permissions=permissions,
            name="驾驶舱",
            until=cast.today + timedelta(days=until),
        )
    assert [one.rule for one in refused.value.objections] == rules
    assert (Token.objects.count(), TokenSecret.objects.count()) == (0, 0)


def test_guessing_is_limited_and_a_good_token_waits_for_nobody(cast: Cast) -> None:
    _, secret = issued(cast)
    guess = machine("yumiao_" + "A" * 43)
    answers = [guess.ask("/api/units/") for _ in range(limiter.TOKEN.most + 1)]
    assert [one.status_code for one in answers] == [401] * limiter.TOKEN.most + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert machine(secret).ask("/api/units/").status_code == 200


def test_a_token_is_used_so_often_in_a_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens.pace, "most", 3)
    _, secret = issued(cast)
    _, other = issued(cast)
    asked = machine(secret)
    answers = [asked.ask("/api/units/") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (answers[-1]["Retry-After"], machine(other).ask("/api/units/").status_code) == ("60", 200)


def test_the_last_use_is_noted_once_a_minute(cast: Cast) -> None:
    _, secret = issued(cast)
    machine(secret).ask("/api/units/")
    first = TokenSecret.objects.get().used_at
    machine(secret).ask("/api/units/")
    assert TokenSecret.objects.get().used_at == first
    TokenSecret.objects.update(used_at=timezone.now() - timedelta(minutes=1))
    machine(secret).ask("/api/units/")
    assert TokenSecret.objects.get().used_at > first


def test_nothing_keeps_the_secret(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, secret = issued(cast)
    machine(secret).ask("/api/units/")
    machine(secret).ask("/api/people/")
    machine(secret).ask("/api/nothing/")
    assert secret not in caplog.text
    kept = [str(row) for row in (*Entry.objects.values_list(), *Token.objects.values_list())]
    assert [row for row in kept if secret in row or secret.removeprefix("yumiao_") in row] == []
    assert bytes(TokenSecret.objects.get().digest) != secret.encode()


def form(cast: Cast, **other: Any) -> dict[str, Any]:
    until = (cast.today + timedelta(days=90)).isoformat()
    return {"name": "驾驶舱", "permissions": ["unit:read", "ledger:read"], "unit": TOWN, "until": until} | other


def test_an_officer_issues_sees_and_revokes_one(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    page = browser.post("/account/tokens/new/", form(cast)).content.decode()
    secret = page.split('<code class="code">')[1].split("<")[0]
    assert machine(secret).ask("/api/ledger/").status_code == 200
    listed = browser.get("/account/tokens/").content.decode()
    assert ("驾驶舱" in listed, secret in listed, "查看组织、查看一账两单和依据" in listed) == (True, False, True)
    token = Token.objects.alive().get()
    assert browser.get(f"/account/tokens/{token.uid}/revoke/").status_code == 200
    assert browser.post(f"/account/tokens/{token.uid}/revoke/").status_code == 302
    assert "已撤销" in browser.get("/account/tokens/").content.decode()
    assert [one.verb for one in Entry.objects.order_by("-seq")[:2]] == ["token_revoked", "token_issued"]


def test_a_second_click_issues_nothing_more(cast: Cast) -> None:
    browser, once = cast.client(cast.officer), "6f1c3c9e-1111-4222-8333-444455556666"
    assert browser.post("/account/tokens/new/", form(cast, once=once)).status_code == 200
    again = browser.post("/account/tokens/new/", form(cast, once=once), follow=True)
    assert (Token.objects.count(), "只显示一次" in again.content.decode()) == (1, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": "999"}, "没有这个组织"),
        ({"permissions": []}, "至少选择一项"),
        ({"until": "2020-01-01"}, "ACC-11"),
        ({"permissions": ["person:reveal"]}, "person:reveal"),
    ],
)
def test_a_form_says_what_is_wrong(cast: Cast, wrong: dict[str, Any], said: str) -> None:
    answer = cast.client(cast.officer).post("/account/tokens/new/", form(cast, **wrong))
    assert (answer.status_code, said in answer.content.decode(), Token.objects.count()) == (200, True, 0)


def test_others_tokens_are_not_found_and_clerks_issue_none(cast: Cast) -> None:
    token, _ = issued(cast)
    clerk = cast.client(cast.clerk_a)
    assert clerk.get("/account/tokens/new/").status_code == 403
    assert clerk.post(f"/account/tokens/{token.uid}/revoke/").status_code == 404
    assert "没有令牌" in clerk.get("/account/tokens/").content.decode()
    assert Token.objects.alive().count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tokens_takes_three_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        issued(cast)
    browser = cast.client(cast.officer)
    browser.get("/account/tokens/")
    with django_assert_num_queries(3):
        browser.get("/account/tokens/")


def test_unknown_addresses_and_faults_are_problems_too(cast: Cast) -> None:
    assert kind(machine(), "/api/nothing/") == (404, "missing")
    assert Client().get("/nothing/")["Content-Type"].startswith("text/html")


def test_a_term_may_be_a_year_and_no_day_more(cast: Cast) -> None:
    today: date = cast.today
    days = (today.replace(year=today.year + 1) - today).days
    assert issued(cast, days=days)[0].until == today.replace(year=today.year + 1)
    with pytest.raises(Refused):
        issued(cast, days=days + 1)


def test_only_what_a_token_opens_is_left_unchecked_by_the_door() -> None:
    """A view that checks the form itself, because it must set something before the form is read, stays as it is."""

    def view(_request: Any) -> None: ...

    own = door(SIGNED_IN, methods=("GET", "POST"))(csrf_exempt(view))
    plain, for_machines = door(SIGNED_IN)(view), door(SIGNED_IN, by_token=True)(view)
    assert [getattr(one, "csrf_exempt", False) for one in (own, plain, for_machines)] == [True, False, True]
