"""Tokens beside their owner's page: who else sees and revokes them, what a request costs, and what a machine is told of faults."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.api.asking import Machine
from tests.cast import COUNTY, TOWN, Cast, cast
from yumiao.access import tokens
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.door import door
from yumiao.access.models import Appointment, LoginSession, RateWindow, Token, TokenSecret
from yumiao.access.permissions import GRANTS, PUBLIC, SIGNED_IN, Permission, Role
from yumiao.access.token_rules import ACC_11
from yumiao.access.tokens import issue_token
from yumiao.config.backup.plain import saved_models
from yumiao.config.urls import handler400, handler403, handler404, handler500  # noqa: F401 these addresses have the same pages
from yumiao.config.urls import urlpatterns as standing
from yumiao.journal.models import Entry
from yumiao.kernel.objections import OutOfScope, Refused, Stale
from yumiao.kernel.periods import FOREVER

pytestmark = pytest.mark.db
__all__ = ["cast"]

FAULTS: dict[str, Exception] = {
    "fault": RuntimeError("a fault of ours"),
    "database": OperationalError("disk full"),
    "refused": Refused([ACC_11.objection("没有这样的期限。", "请改。")]),
    "stale": Stale(()),
    "missing": OutOfScope("not his"),
}


@door(SIGNED_IN, by_token=True)
def failing(request: HttpRequest, what: str) -> HttpResponse:
    raise FAULTS[what]


@door(SIGNED_IN, by_token=True)
def whoever(request: HttpRequest) -> HttpResponse:
    return HttpResponse("there")


urlpatterns = [*standing, path("api/failing/<str:what>/", failing), path("api/whoever/", whoever)]


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    tokens.pace.forget()


def issued(cast: Cast, *permissions: Permission) -> tuple[Token, str]:
    return issue_token(
        reader=cast.reader(cast.officer),
        unit=cast.unit(COUNTY),
        permissions=permissions or (Permission.UNIT_READ,),
        name="驾驶舱",
        until=cast.today + timedelta(days=30),
    )


def status(secret: str, address: str = "/api/units/") -> int:
    return Machine(Client(), secret).ask(address).status_code


def page_of(cast: Cast, who: str) -> str:
    browser = cast.client(cast.accounts[who])
    return browser.get(f"/accounts/{cast.officer.uid}/").content.decode()


def test_who_sees_the_account_sees_its_tokens_and_who_suspends_it_revokes_them(cast: Cast) -> None:
    token, secret = issued(cast)
    address = f"/accounts/{cast.officer.uid}/tokens/{token.uid}/revoke/"
    offered = {
        who: (("驾驶舱" in page), (address in page))
        for who in ("system", "security", "audit")
        if (page := page_of(cast, who))
    }
    assert offered == {"system": (True, True), "security": (True, False), "audit": (True, False)}
    browser = cast.client(cast.system)
    assert browser.post(address, {"reason": ""}).status_code == 200
    assert status(secret) == 200
    assert browser.post(address, {"reason": "对方系统停用"}).status_code == 302
    assert status(secret) == 401
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.reason, entry.subject) == ("token_revoked", "对方系统停用", cast.officer.uid)
    assert browser.post(address, {"reason": "再点一次"}).status_code == 302
    assert Entry.objects.filter(verb="token_revoked").count() == 1
    assert "驾驶舱" not in page_of(cast, "system").split("办理记录")[0]


def test_the_journal_says_it_in_words(cast: Cast) -> None:
    issued(cast, Permission.UNIT_READ, Permission.LEDGER_READ)
    said = cast.client(cast.officer).get(f"/journal/{Entry.objects.latest('seq').seq}/").content.decode()
    assert ("签发接口令牌" in said, "驾驶舱" in said, "unit:read" in said) == (True, True, False)


def test_it_ends_with_the_right_to_issue_it(cast: Cast) -> None:
    """An officer who is a clerk from today on reads the township himself; his tokens do not."""
    _, secret = issued(cast)
    grant = Grant(Role.TOWNSHIP_CLERK, cast.unit(TOWN), cast.today, FOREVER)
    appoint(account=cast.officer, grant=grant, actor=cast.operator, today=cast.today)
    assert status(secret) == 200
    post = Appointment.objects.alive().get(account=cast.officer, role=Role.COUNTY_OFFICER)
    end_appointment(appointment=post.pk, until=cast.today, actor=cast.operator, today=cast.today)
    assert (cast.reader(cast.officer).may(Permission.UNIT_READ), status(secret)) == (True, 401)


def test_one_post_issues_tokens_and_its_account_page_leads_to_them(cast: Cast) -> None:
    assert [role for role in Role if Permission.TOKEN_ISSUE in GRANTS[role]] == [Role.COUNTY_OFFICER]
    leads = {
        who: "/account/tokens/" in cast.client(cast.accounts[who]).get("/account/").content.decode()
        for who in ("officer", "clerk_a", "member")
    }
    assert leads == {"officer": True, "clerk_a": False, "member": False}


def test_a_request_costs_one_query_before_the_view(cast: Cast, django_assert_num_queries: Any) -> None:
    """The secret with its token, account and head of the record; rights and tree are remembered."""
    _, secret = issued(cast, Permission.UNIT_READ, Permission.PERSON_READ)
    with override_settings(ROOT_URLCONF=__name__):
        assert status(secret, "/api/whoever/") == 200
        with django_assert_num_queries(1):
            assert status(secret, "/api/whoever/") == 200


def test_reading_leaves_no_session_and_no_cookie(cast: Cast) -> None:
    _, secret = issued(cast)
    answer = Machine(Client(), secret).ask("/api/units/")
    assert (answer.status_code, answer.cookies, answer["Cache-Control"]) == (200, {}, "no-store")
    assert (LoginSession.objects.count(), RateWindow.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("what", "expected"), [("fault", 500), ("database", 503), ("refused", 409), ("stale", 409), ("missing", 404)]
)
def test_faults_are_told_to_machines_without_their_cause(cast: Cast, what: str, expected: int) -> None:
    _, secret = issued(cast)
    with override_settings(ROOT_URLCONF=__name__):
        answer = Machine(Client(raise_request_exception=False), secret).ask(f"/api/failing/{what}/")
    said = json.loads(answer.content)
    assert (answer.status_code, said["status"], answer["Content-Type"]) == (
        expected,
        expected,
        "application/problem+json",
    )
    assert [word for word in ("fault of ours", "disk full", "not his") if word in answer.content.decode()] == []
    assert answer.get("Retry-After") == ("60" if expected == 503 else None)


def test_a_host_that_is_not_ours_is_a_problem_below_the_api_and_a_page_elsewhere() -> None:
    browser = Client(HTTP_HOST="elsewhere.example")
    kinds = {address: browser.get(address)["Content-Type"].partition(";")[0] for address in ("/api/units/", "/units/")}
    assert kinds == {"/api/units/": "application/problem+json", "/units/": "text/html"}


@pytest.mark.parametrize(
    "policy",
    [
        {"need": PUBLIC},
        {"need": SIGNED_IN, "fresh": True},
        {"need": SIGNED_IN, "methods": ("GET", "POST")},
    ],
)
def test_a_token_cannot_be_said_to_open_what_it_must_not(policy: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a token opens reads"):
        door(**policy, by_token=True)


def test_a_restored_token_opens_nothing_and_its_page_says_why(cast: Cast) -> None:
    """A backup leaves the secrets out; what comes back is the fact that there was a token."""
    assert [model for model in saved_models() if model in (Token, TokenSecret)] == [Token]
    _, secret = issued(cast)
    TokenSecret.objects.all().delete()
    assert status(secret) == 401
    page = cast.client(cast.officer).get("/account/tokens/").content.decode()
    assert "从备份恢复后失效，请重新签发" in page
    assert issued(cast)[0].name == "驾驶舱"
