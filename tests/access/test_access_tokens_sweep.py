"""Every address for machines, with every token that must not open it: the answer is a problem, and says nothing of what lies there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.api.asking import Machine
from tests.architecture.routes import Arguments, Route, cases, routes
from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, make_cast
from yumiao.access import tokens
from yumiao.access.door import API
from yumiao.access.models import RateWindow, TokenSecret
from yumiao.access.permissions import PUBLIC, SIGNED_IN, Permission
from yumiao.access.token_rules import GRANTABLE
from yumiao.access.tokens import issue_token, revoke_token
from yumiao.vault.keys import make_first_key

pytestmark = pytest.mark.db

FOR_MACHINES = [route for route in routes() if route.policy is not None and route.policy.by_token]
FOR_PEOPLE = {"api": SIGNED_IN, "api_openapi": PUBLIC}  # below `/api/`: the page about it, and its description
each_route = pytest.mark.parametrize("route", FOR_MACHINES, ids=lambda route: route.name)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """One county for the whole sweep."""
    make_first_key(Path(settings.KEYS_FOLDER))
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _fresh_counts(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    tokens.pace.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        RateWindow.objects.all().delete()
        yield
        transaction.set_rollback(True)


def secret_of(cast: Cast, *permissions: Permission, unit: str = COUNTY) -> str:
    _, secret = issue_token(
        reader=cast.reader(cast.officer),
        unit=cast.unit(unit),
        permissions=permissions or GRANTABLE,
        name="驾驶舱",
        until=cast.today + timedelta(days=1),
    )
    return secret


def revoked(cast: Cast) -> str:
    secret = secret_of(cast)
    uid = TokenSecret.objects.select_related("token").latest("pk").token.uid
    revoke_token(account=cast.officer, uid=uid, actor=cast.actor(cast.officer))
    return secret


def asked(cast: Cast, secret: str, route: Route, given: Arguments) -> tuple[int, str, str]:
    """(status, kind of the problem, the whole answer)."""
    machine = Machine(cast.client(None, raise_request_exception=False), secret)
    answer = machine.ask(reverse(route.name, kwargs=given))
    text = answer.content.decode()
    assert (answer["Cache-Control"], answer.cookies) == ("no-store", {})
    if answer.status_code == 200:
        return 200, "", text
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, json.loads(text)["type"].partition("#")[2], text


def test_whatever_lies_below_the_api_is_for_machines_or_named_here() -> None:
    below = {route.name: route.policy for route in routes() if f"/{route.pattern}".startswith(API)}
    others = {name: policy.need for name, policy in below.items() if policy is None or not policy.by_token}
    assert others == FOR_PEOPLE
    assert {route.name for route in FOR_MACHINES} == below.keys() - FOR_PEOPLE.keys()
    assert {method for route in FOR_MACHINES if route.policy for method in route.policy.methods} == {"GET", "HEAD"}


@each_route
def test_what_is_no_valid_token_opens_nothing(cast: Cast, route: Route, monkeypatch: pytest.MonkeyPatch) -> None:
    good = secret_of(cast)
    wrong = {
        "none": "",
        "malformed": good[:-1],
        "of nobody": tokens.PREFIX + "A" * 43,
        "changed": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "revoked": revoked(cast),
    }
    for given in cases(route, cast).values():
        answers = {case: asked(cast, secret, route, given)[:2] for case, secret in wrong.items()}
        assert answers == dict.fromkeys(wrong, (401, "token"))
    tomorrow = cast.today + timedelta(days=1)
    monkeypatch.setattr("yumiao.config.clock.today", lambda _profile: tomorrow)
    for given in cases(route, cast).values():
        assert asked(cast, good, route, given)[:2] == (401, "token")


@each_route
def test_a_session_opens_nothing_whoever_it_is(cast: Cast, route: Route) -> None:
    for given in cases(route, cast).values():
        answer = cast.client(cast.officer).get(reverse(route.name, kwargs=given))
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="yumiao"')


@each_route
def test_a_token_with_other_rights_opens_nothing(cast: Cast, route: Route) -> None:
    """Also where nothing lies at the address: who may not read there learns nothing."""
    assert route.policy is not None
    others = [one for one in GRANTABLE if one is not route.policy.need]
    secret = secret_of(cast, *others)
    for given in cases(route, cast).values():
        status, kind, said = asked(cast, secret, route, given)
        assert (status, kind) == (403, "rights")
        assert isinstance(route.policy.need, Permission) and route.policy.need.label in said


@each_route
def test_a_token_of_another_township_says_nothing_of_this_one(cast: Cast, route: Route) -> None:
    secret = secret_of(cast, unit=OTHER_TOWN)
    names = (f'"{TOWN}"', f'"{VILLAGE}"', "青石", *(str(cast.people[place]) for place in (1, 2, 3, 4, 21, 31)))
    for case, given in cases(route, cast).items():
        status, kind, said = asked(cast, secret, route, given)
        assert [name for name in names if name in said] == []
        expected = (404, "missing") if case in ("A", "county", "nowhere") else (200, "")
        assert (status, kind) == expected, case
