"""Further abuse cases of sign-in and sessions, by their numbers; those that need several hands at once commit for real."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.abuse.program import place
from tests.access.doors import PASSWORD, QUICK, code_at, enrolled, few, give_password
from tests.desk.county_cells import County
from yumiao.access.models import Account, LoginSession
from yumiao.access.sessions import FRESH_AT, SessionStore

pytestmark = pytest.mark.db
ROOT = Path(__file__).resolve().parents[2]
__all__ = ["few"]


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK


def signed_in(browser) -> bool:
    return browser.get("/account/").status_code == 200


def test_abuse_22_after_signing_out_no_page_of_the_history_answers(few):
    browser = few.client(few.officer)
    pages = ("/", "/people/", "/account/", "/journal/", "/units/")
    assert {browser.get(page).headers["Cache-Control"] for page in pages} == {"no-store"}
    browser.post("/logout/")
    answers = [browser.get(page) for page in pages]
    assert [(answer.status_code, answer.headers["Location"].partition("?")[0]) for answer in answers] == [
        (302, "/login/")
    ] * 5
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert LoginSession.objects.filter(account=few.officer).count() == 0


def test_abuse_22_what_leaves_as_a_file_is_not_kept_by_the_browser_either(few):
    browser = few.client(few.officer)
    answers = [browser.get("/import/template/"), browser.get("/ledger/workbook/")]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 2


@pytest.mark.parametrize("page", ["/login/", "/", "/nowhere/", "/account/", "/login/code/", "/invitation/"])
def test_abuse_23_no_page_shows_in_a_frame_or_runs_a_script_of_others(few, page):
    headers = few.client(None).get(page).headers
    policy = headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert all(said in policy for said in ("frame-ancestors 'none'", "default-src 'none'", "base-uri 'none'"))
    assert not any(word in policy for word in ("unsafe", "nonce", "*", "data:"))
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_abuse_23_a_sign_in_posted_by_another_site_opens_nothing(few):
    """Neither with the victim's cookie and a foreign token, nor without any; the cookies do not travel there anyway."""
    give_password(few.outsider)
    browser = few.client(None, enforce_csrf_checks=True)
    browser.get("/login/")
    form = {"username": "outsider", "password": PASSWORD, "next": "/account/"}
    answers = [
        browser.post("/login/", form, headers={"origin": origin, "referer": f"{origin}/"}).status_code
        for origin in ("https://evil.example", "null", "http://testserver.evil.example")
    ]
    assert (answers, signed_in(browser)) == ([403] * 3, False)


def test_abuse_23_cookies_do_not_travel_with_forms_of_other_sites(few):
    give_password(few.outsider)
    browser = few.client(None)
    browser.post("/login/", {"username": "outsider", "password": PASSWORD})
    flags = {(name, one["samesite"], bool(one["httponly"])) for name, one in browser.cookies.items()}
    assert {("sessionid", "Lax", True), ("browser", "Lax", True)} <= flags
    assert {flag[1:] for flag in flags} == {("Lax", True)}


def test_abuse_24_between_password_and_code_a_cookie_opens_nothing(few):
    give_password(few.officer)
    enrolled(few.officer, datetime.now(UTC) - timedelta(minutes=5))
    browser = few.client(None)
    browser.post("/login/", {"username": "officer", "password": PASSWORD})
    for page in (
        "/",
        "/people/",
        "/account/",
        "/confirm/",
        "/account/password/",
        "/account/recovery-codes/",
        "/accounts/",
    ):
        answer = browser.get(page)
        assert answer.status_code in (302, 404), page
        assert answer.status_code == 404 or answer.headers["Location"].startswith("/login/")
    assert browser.post("/confirm/", {"password": PASSWORD}).status_code == 302
    assert not signed_in(browser)


def test_abuse_24_a_new_password_ends_a_sign_in_that_waits_for_its_code(few):
    give_password(few.officer)
    secret = enrolled(few.officer, datetime.now(UTC) - timedelta(minutes=5))
    browser = few.client(None)
    browser.post("/login/", {"username": "officer", "password": PASSWORD})
    give_password(few.officer, "另一个新的密码在此")
    answer = browser.post("/login/code/", {"code": code_at(secret, datetime.now(UTC))})
    assert (answer.headers["Location"].partition("?")[0], signed_in(browser)) == ("/login/", False)


def test_abuse_17_rights_that_end_while_a_form_is_open_end_the_form(few):
    from yumiao.access.appointments import end_appointment
    from yumiao.access.models import Appointment

    browser = few.client(few.clerk_a)
    assert browser.get("/accounts/invite/?role=branch_secretary").status_code == 200
    row = Appointment.objects.alive().get(account=few.clerk_a)
    end_appointment(appointment=row.pk, until=few.today, actor=few.operator, today=few.today)
    form = {"display_name": "莫新苗", "username": "moxinmiao", "unit": "001.001.001", "since": few.today.isoformat()}
    answer = browser.post("/accounts/invite/?role=branch_secretary", form)
    assert (answer.status_code, Account.objects.filter(username="moxinmiao").exists()) == (302, False)


@pytest.mark.parametrize("page", ["/export/", "/accounts/invite/", "/account/recovery-codes/"])
def test_abuse_21_a_stale_proof_is_asked_for_again_whatever_the_method(few, page):
    browser = few.client(few.officer)
    enrolled(few.officer, datetime.now(UTC))
    session = LoginSession.objects.get(account=few.officer)
    store = SessionStore(session.session_key)
    store[FRESH_AT] = int((datetime.now(UTC) - timedelta(minutes=6)).timestamp())
    store.save()
    answers = [browser.get(page), browser.post(page, {"purpose": "报市委组织部核对", "fresh": "1"})]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert answers[0].headers["Location"].startswith("/confirm/")
    assert answers[1].headers["Content-Type"].startswith("text/html")


AT_ONCE = """
import sys, threading
from datetime import UTC, datetime, timedelta
import django

django.setup()
from django.db import connection
from tests.abuse.program import place
from tests.access.doors import code_at, enrolled
from yumiao.access import factors
from yumiao.access.models import Account

now, kind = datetime.now(UTC), sys.argv[1]
account = Account.objects.create(username="somebody", display_name="石未名", password="!")
secret = enrolled(account, now - timedelta(minutes=5))
code = factors.renew_recovery_codes(account)[0] if kind == "recovery" else code_at(secret, now)
start, opened = threading.Barrier(6), []

def send():
    start.wait(20)
    try:
        factors.verify(account, code, now=now)
        opened.append("in")
    except factors.WrongCode:
        opened.append("out")
    finally:
        connection.close()

hands = [threading.Thread(target=send) for _ in range(6)]
for hand in hands:
    hand.start()
for hand in hands:
    hand.join(40)
print(*sorted(opened))
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["recovery", "one-time"])
def test_abuse_20_of_many_who_send_one_code_at_once_one_gets_in(tmp_path, kind):
    """In a process of its own, for what is sent at once must be committed at once."""
    with place(tmp_path / "data") as here:
        assert here.run("import", County().only("组织").file(tmp_path / "county.xlsx")).returncode == 0
        around = here.environment | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", AT_ONCE, kind], env=around, capture_output=True, text=True, timeout=120, check=False
        )
    assert (done.stdout.split(), done.returncode) == (["in", *["out"] * 5], 0), done.stderr
