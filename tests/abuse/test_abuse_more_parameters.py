"""abuse_26: whatever stands in an address, a header or a cookie, no page breaks, none gives markup back, none keeps the server."""

from __future__ import annotations

import json
import time
from urllib.parse import quote, urlencode

import pytest
from django.urls import NoReverseMatch, reverse

from tests.abuse.whole_county import all_objects, answering, county, undone
from tests.architecture.routes import Route
from tests.cast import Cast
from yumiao.access.permissions import PUBLIC

pytestmark = [pytest.mark.db, pytest.mark.slow]
__all__ = ["county"]

SLOWEST = 2.0  # seconds
MARKUP = "\"'><xss onload=alert(1)>"
HOSTILE = (
    "", "%00", "a%00b", quote(MARKUP), "%FF%FE", "%ED%A0%80", "%E2%80%AE", "-1", "0", "1e9", "99999999999999999999999999",
    "9" * 3000, quote("甲" * 900), "..%2F..%2Fetc%2Fpasswd", "%0D%0ASet-Cookie%3A%20a%3Db", quote("' OR 1=1--"),
    quote("{{7*7}}${7*7}%(day)s%s"), "%2F%2Fevil.example", "https%3A%2F%2Fevil.example%2F", "https%3A%2F%2F%5B",
    "0001-01-01", "9999-12-31", "2024-02-30", "WzAsMV0", "WzAsIlx1ZDgwMCJd", "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTldWzE",
    quote("[" * 1500), "00000000-0000-0000-0000-000000000000", "999-1", "999-", "true", "A" * 60,
)  # fmt: skip
# those by which a page may answer at once come by themselves, so that they do not hide the others
ALONE = ("on", "unit", "open", "from")
TOGETHER = (
    "role", "year", "q", "kind", "sex", "age", "schooling", "admitted", "young", "rural", "after", "before", "at", "zone", "grade", "all",
    "as", "table", "verb", "actor", "subject", "what", "to", "sheet", "outcome", "severity", "confidence", "changed", "next",
    "why", "deed", "filter", "order_by", "member__user__email__startswith", "page", "_method",
)  # fmt: skip
TEXTS = ("\0", MARKUP, "..", "a" * 3000, "\u202e", "' OR 1=1--", "{{7*7}}", "%(day)s", "\r\nSet-Cookie: a=b", "\ud800")
HEADERS = (
    {"HX-Request": "true", "HX-Current-URL": "http://["},
    {"HX-Request": "true", "HX-Current-URL": "http://evil.example/x"},
    {"HX-Request": "true", "HX-Current-URL": MARKUP},
    {"Referer": "http://["},
    {"X-Forwarded-For": "1.1.1.1, \0, ['", "X-Forwarded-Host": "evil.example", "X-Original-URL": "/accounts/"},
    {"User-Agent": "甲" * 3000, "Accept-Language": "x" * 3000, "Accept-Encoding": "gzip;q=-1"},
    {"Cookie": 'sessionid="\\000\\000\\000\\000abcdefgh"; browser=x:y:z; theme="><xss"; csrftoken=x'},
    {"Cookie": "sessionid=" + "a" * 3000},
)
PAGES = [route for route in answering("GET") if route.name != "gallery"]
each_page = pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)


def queries() -> list[str]:
    together = ["&".join(f"{name}={value}" for name in TOGETHER) for value in HOSTILE]
    return ["", *together, *(f"{name}={value}" for name in ALONE for value in HOSTILE[1:12])]


def browser_for(county: Cast, route: Route):
    assert route.policy is not None
    who = None if route.policy.need == PUBLIC else county.member if route.name == "person" else county.officer
    return county.client(who, raise_request_exception=False)


def faults(browser, address: str, **headers) -> list[str]:
    """What is wrong with the answer."""
    begun = time.thread_time()  # of the processor: how busy the machine is makes no difference
    with undone():
        answer = browser.get(address, **headers)
    took = time.thread_time() - begun
    text = answer.getvalue() if answer.streaming else answer.content
    wrong = [
        ("broken", answer.status_code >= 500),
        ("markup", b"<xss" in text),
        ("slow", took > SLOWEST),
        ("elsewhere", "evil.example" in answer.headers.get("Location", "").partition("?")[0]),
        ("header", "a" in answer.cookies or "Set-Cookie: a" in str(answer.headers)),
    ]
    return [f"{what} {answer.status_code} {address[:200]}" for what, is_so in wrong if is_so]


@each_page
def test_abuse_26_no_query_breaks_a_page(county: Cast, route: Route) -> None:
    address = reverse(route.name, kwargs=next(iter(all_objects(route, county).values())))
    browser = browser_for(county, route)
    browser.get(address)  # the first answer compiles a template
    assert [fault for query in queries() for fault in faults(browser, f"{address}?{query}")] == []


@pytest.mark.parametrize("route", [route for route in answering("GET") if route.takes], ids=lambda route: route.name)
def test_abuse_26_no_path_breaks_a_page(county: Cast, route: Route) -> None:
    browser, found = browser_for(county, route), []
    given = next(iter(all_objects(route, county).values()))
    numbers = (0, 1, 2**31, 2**63 - 1, 2**63, 10**30, 10**5000)
    for name, there in given.items():
        values = numbers if isinstance(there, int) else TEXTS if isinstance(there, str) else ("x", "0" * 32)
        for value in values:
            try:
                address = reverse(route.name, kwargs=given | {name: value})
            except (NoReverseMatch, UnicodeEncodeError, ValueError):
                continue
            found += faults(browser, address)
    assert found == []


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_abuse_26_no_header_or_cookie_breaks_a_page(county: Cast, headers: dict[str, str]) -> None:
    for who in (None, county.officer):
        browser = county.client(who, raise_request_exception=False)
        for name in ("home", "login", "invitation", "people", "export", "confirm"):
            assert faults(browser, reverse(name), headers=headers) == []
            with undone():
                answer = browser.post(reverse(name), {"file": "x"}, headers=headers)
            assert answer.status_code < 500


@pytest.mark.parametrize(
    "kept", ["[" * 100_000, "{}", "[]", "1", '["//evil.example", []]', '["/x", {"a": 1}]', '["/x", [["\\ud800", "a"]]]']
)
def test_abuse_26_a_form_that_waits_for_a_proof_is_ours_or_none(county: Cast, kept: str) -> None:
    with undone():
        answer = county.client(county.officer, raise_request_exception=False).post("/confirm/", {"kept": kept})
    assert (answer.status_code, b"evil" in answer.content) == (200, False)


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "///evil.example",
     "http:evil.example", "/%09/evil.example", " //evil.example", "\t//evil.example", "https:///evil.example", "http://["],
)  # fmt: skip
def test_abuse_26_a_sign_in_leads_to_nobody_elses_host(county: Cast, onward: str) -> None:
    browser = county.client(county.officer)
    with undone():
        answer = browser.get(f"/login/?{urlencode({'next': onward})}")
    assert answer.headers["Location"] in ("/", "/%09/evil.example")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:99999x", "a b", "[::1"])
def test_abuse_26_another_hosts_name_is_answered_by_nothing(county: Cast, host: str) -> None:
    browser = county.client(county.officer, raise_request_exception=False)
    with undone():
        answer = browser.get("/people/", headers={"host": host})
    assert (answer.status_code, b"evil" in answer.content) == (400, False)


@each_page
def test_abuse_26_unknown_fields_in_a_form_never_break_it(county: Cast, route: Route) -> None:
    assert route.policy is not None
    if "POST" not in route.policy.methods:
        return
    address = reverse(route.name, kwargs=next(iter(all_objects(route, county).values())))
    browser, names = (
        browser_for(county, route),
        (*ALONE, *TOGETHER, "reason", "value", "since", "until", "shown", "paper", "once"),
    )
    more = (
        "username",
        "display_name",
        "code",
        "password",
        "number",
        "days",
        "source",
        "whole_year",
        "text",
        "sha256",
        "head",
        "title",
    )
    for value in (
        "\0",
        MARKUP,
        "9" * 5000,
        "9999-12-31",
        "0001-01-01",
        "-1",
        "\ud800".encode("utf-8", "surrogatepass"),
        "1e308",
        "[" * 5000,
    ):
        with undone():
            answer = browser.post(address, dict.fromkeys((*names, *more), value))
        assert (answer.status_code < 500, b"<xss" in answer.content) == (True, False), (value[:9], answer.status_code)
    with undone():
        answer = browser.post(address, json.dumps({"a": [1]}), content_type="application/json")
    assert answer.status_code < 500
