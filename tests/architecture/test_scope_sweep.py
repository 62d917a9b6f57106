"""Every route as every member of the cast, and as nobody, compared with one reviewed table: `scope_table.csv`.

A line of the table is a route, an object on one side of a boundary, and GET or POST (without any field); a column is who asks. An answer
is the status, `login` for the way to the login page. A route that differs is written to `build/scope_table/`, to be read and, where it is
right, to be taken over. The other methods follow from the policy, so the table leaves them out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.architecture.routes import Arguments, Route, cases, routes
from tests.cast import Cast, make_cast
from yumiao.access.permissions import PUBLIC, Permission
from yumiao.bylaws.services import record_paper
from yumiao.vault.keys import make_first_key

pytestmark = pytest.mark.db

HERE = Path(__file__).resolve().parent
TABLE = HERE / "scope_table.csv"
SEEN = HERE.parents[1] / "build" / "scope_table"
HEAD = ("route", "object", "method")
ANONYMOUS = "anonymous"
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM|COPY) "(\w+)"')
# means and readings, no record: when somebody was last seen, how often something was tried, that something was looked at
MAY_BE_WRITTEN = {"access_loginsession", "access_ratewindow", "journal_reading"}

ROUTES = routes()
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
Line = tuple[str, str, str]


def reviewed() -> dict[Line, dict[str, str]]:
    """The table: who gets which answer, by route, object and method."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["route"], row["object"], row["method"]): _answers(row) for row in csv.DictReader(file)}


def _answers(row: dict[str, str]) -> dict[str, str]:
    return {who: answer for who, answer in row.items() if who not in HEAD}


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """One county for the whole sweep: every request is undone, so none meets another."""
    make_first_key(Path(settings.KEYS_FOLDER))
    with django_db_blocker.unblock(), undone():
        made = make_cast()
        record_paper(
            number="青组发〔2026〕3号",
            issuing_body="县委组织部",
            title="关于年龄界限的通知",
            in_force_from=made.today,
            actor=made.operator,
        )
        yield made


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request writes is taken back, so that one does not stand in the way of the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def browsers(cast: Cast) -> dict[str, Client]:
    options = {"raise_request_exception": False}
    signed_in = {part: cast.client(cast.accounts[part], **options) for part in cast.parts}
    return {ANONYMOUS: cast.client(None, **options), **signed_in}


@dataclass(frozen=True, slots=True)
class Sweep:
    """One route's answers by line and asker, those to HEAD for its first object, and the tables that looking wrote into."""

    answers: dict[Line, dict[str, str]]
    to_head: dict[str, str]
    written: set[str]


def answer(browser: Client, method: str, route: Route, arguments: Arguments) -> str:
    with undone():
        return _spelled(browser.generic(method, reverse(route.name, kwargs=arguments)))


def _spelled(given: HttpResponse) -> str:
    is_login = given.status_code == 302 and given.headers["Location"].partition("?")[0] == reverse("login")
    return "login" if is_login else str(given.status_code)


@pytest.fixture
def sweep(cast: Cast, route: Route, swept: dict[str, Sweep]) -> Sweep:
    """What a route answers; asked once for all tests about it."""
    if route.name not in swept:
        swept[route.name] = _sweep(cast, route)
    return swept[route.name]


@pytest.fixture(scope="module")
def swept() -> dict[str, Sweep]:
    return {}


def _sweep(cast: Cast, route: Route) -> Sweep:
    assert route.policy is not None
    asking, objects = browsers(cast), cases(route, cast)
    found = Sweep({}, {}, set())
    for case, given in objects.items():
        for method in sorted({"GET", "POST"}.intersection(route.policy.methods)):
            with CaptureQueriesContext(connection) as asked:
                answers = {who: answer(browser, method, route, given) for who, browser in asking.items()}
            found.answers[route.name, case, method] = answers
            if method == "GET":
                found.written.update(_written(asked))
    if "GET" in route.policy.methods:
        first = next(iter(objects.values()))
        with CaptureQueriesContext(connection) as asked:
            found.to_head.update({who: answer(browser, "HEAD", route, first) for who, browser in asking.items()})
        found.written.update(_written(asked))
    return found


def _written(asked: CaptureQueriesContext) -> set[str]:
    """The tables that these queries wrote into."""
    return {match[1] for query in asked if (match := WRITES.match(query["sql"]))}


def keep(found: dict[Line, dict[str, str]], route: Route) -> None:
    """Write what was seen beside the reviewed table, for reading."""
    SEEN.mkdir(parents=True, exist_ok=True)
    with (SEEN / f"{route.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for line, answers in found.items():
            writer.writerow([*line, *answers.values()])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern or "/")
def test_a_route_states_a_policy(route: Route) -> None:
    assert route.policy is not None


def test_the_table_names_routes_that_are_there() -> None:
    assert {name for name, _, _ in reviewed()} == {route.name for route in ROUTES}


@each_route
def test_everybody_gets_the_answer_of_the_table(route: Route, sweep: Sweep) -> None:
    expected = {line: answers for line, answers in reviewed().items() if line[0] == route.name}
    if sweep.answers != expected:
        keep(sweep.answers, route)
    assert sweep.answers == expected


@each_route
def test_head_is_answered_as_get(route: Route, sweep: Sweep) -> None:
    to_get = next((answers for (_, _, method), answers in sweep.answers.items() if method == "GET"), {})
    assert sweep.to_head == to_get


@each_route
def test_looking_writes_nothing(route: Route, sweep: Sweep) -> None:
    assert sweep.written - MAY_BE_WRITTEN == set()


@each_route
def test_the_other_methods_are_refused_as_the_policy_says(cast: Cast, route: Route) -> None:
    policy, given = route.policy, next(iter(cases(route, cast).values()))
    assert policy is not None
    expected, found = {}, {}
    for who, browser in browsers(cast).items():
        for method in (*OTHER_METHODS, *{"GET", "POST"}.difference(policy.methods)):
            found[who, method] = answer(browser, method, route, given)
            expected[who, method] = _refusal(cast, who, route)
    assert found == expected


def _refusal(cast: Cast, who: str, route: Route) -> str:
    """Whoever may enter learns that the method is none here; nobody else learns anything."""
    assert route.policy is not None
    if route.policy.need == PUBLIC:
        return "405"
    if route.policy.by_token:
        return "401"  # a session is no token
    if who == ANONYMOUS:
        return "login"
    need = route.policy.need
    return "405" if not isinstance(need, Permission) or cast.reader(cast.accounts[who]).may(need) else "403"


@each_route
def test_a_method_named_in_the_form_is_not_one(cast: Cast, route: Route) -> None:
    """abuse_11: neither a field nor a header turns one method into another."""
    assert route.policy is not None
    if "POST" in route.policy.methods:
        return
    given = next(iter(cases(route, cast).values()))
    address = reverse(route.name, kwargs=given)
    with undone():
        plain = cast.client(cast.officer, raise_request_exception=False).post(address)
        turned = cast.client(cast.officer, raise_request_exception=False).post(
            address, {"_method": "GET"}, headers={"X-HTTP-Method-Override": "GET"}
        )
    assert plain.status_code == turned.status_code
    assert plain.status_code in (401, 403, 405)
