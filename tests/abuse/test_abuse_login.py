"""Abuse cases of sign-in and sessions, by their numbers in the list of abuse cases."""

from __future__ import annotations

import runpy
from datetime import timedelta

import pytest

from tests.access.doors import PASSWORD, QUICK, code_at, enrolled, few, give_password

pytestmark = pytest.mark.db
__all__ = ["few"]
WRONG = "不是这个密码啊啊"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.now()


def tried(client, name, password=WRONG, **where):
    return client.post("/login/", {"username": name, "password": password}, **where)


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_abuse_16_many_passwords_on_one_account_get_ten_answers(client, few):
    give_password(few.outsider)
    spellings = ("outsider", "OUTSIDER", " outsider", "out sider", "ｏutsider")
    answers = [
        tried(client, spellings[place % 5], REMOTE_ADDR=f"10.0.0.{place}", HTTP_X_FORWARDED_FOR=f"203.0.113.{place}")
        for place in range(60)
    ]
    assert [one.status_code for one in answers] == [200] * 10 + [429] * 50


def test_abuse_16_forged_forwarded_addresses_make_no_difference(client, few):
    give_password(few.outsider)
    answers = [tried(client, "outsider", HTTP_X_FORWARDED_FOR=f"203.0.113.{place}") for place in range(30)]
    assert [one.status_code for one in answers] == [200] * 5 + [429] * 25


def test_abuse_16_one_password_on_many_accounts_gets_a_hundred_answers(client, few):
    assert [tried(client, f"name-{place}").status_code for place in range(104)] == [200] * 100 + [429] * 4


def test_abuse_16_strangers_cannot_keep_somebody_out_of_a_browser_he_used_before(client, few, now):
    give_password(few.officer)
    secret = enrolled(few.officer, now - timedelta(minutes=5))
    tried(client, "officer", PASSWORD)
    client.post("/login/code/", {"code": code_at(secret, now - timedelta(seconds=30))})
    assert is_in(client)
    client.post("/logout/")
    stranger = few.client(None)
    for place in range(30):
        tried(stranger, "officer", REMOTE_ADDR=f"10.0.0.{place}")
        tried(stranger, "officer")
    assert tried(stranger, "officer", PASSWORD).status_code == 429
    assert tried(client, "officer", PASSWORD).status_code == 302
    assert client.post("/login/code/", {"code": code_at(secret, now)}).status_code == 302
    assert is_in(client)


def test_abuse_16_a_forged_or_foreign_browser_cookie_gives_no_further_tries(client, few):
    give_password(few.outsider), give_password(few.clerk_a)
    tried(client, "outsider", PASSWORD)
    client.post("/logout/")
    answers = [tried(client, "clerk_a").status_code for _ in range(7)]
    client.cookies["browser"] = client.cookies["browser"].value + "x"
    assert [*answers, tried(client, "clerk_a").status_code] == [200] * 5 + [429] * 3


def test_abuse_16_codes_are_limited_as_passwords_are(few, now):
    give_password(few.officer)
    enrolled(few.officer, now)
    answers = []
    for place in range(4):
        browser = few.client(None, REMOTE_ADDR=f"10.0.0.{place}")
        tried(browser, "officer", PASSWORD)
        answers += [browser.post("/login/code/", {"code": f"00000{guess}"}).status_code for guess in range(5)]
    assert answers == [200] * 10 + [429] * 10


def test_abuse_17_a_suspended_account_is_out_with_the_next_request(few):
    from yumiao.access.models import Account

    here, there = few.client(few.officer), few.client(few.officer)
    assert (is_in(here), is_in(there)) == (True, True)
    Account.objects.filter(pk=few.officer.pk).update(is_active=False)
    assert (is_in(here), is_in(there)) == (False, False)


def test_abuse_18_a_changed_password_ends_the_other_sessions(few):
    give_password(few.clerk_a)
    phone, laptop = few.client(few.clerk_a), few.client(few.clerk_a)
    new = "河对岸的山坡上种满油茶"
    phone.post("/account/password/", {"password": PASSWORD, "wanted": new, "again": new})
    assert (is_in(phone), is_in(laptop)) == (True, False)


def test_abuse_18_so_does_one_changed_past_the_pages(few):
    browser = few.client(few.clerk_a)
    give_password(few.clerk_a)
    assert not is_in(browser)


def test_abuse_19_a_cookie_is_dead_after_signing_out(few):
    browser, copy = few.client(few.officer), few.client(None)
    copy.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert is_in(copy)
    browser.post("/logout/")
    assert not is_in(copy)


def test_abuse_20_a_code_counts_once(few, now):
    give_password(few.officer)
    secret = enrolled(few.officer, now - timedelta(minutes=5))
    here, there = few.client(None), few.client(None, REMOTE_ADDR="10.0.0.2")
    code = code_at(secret, now)
    for browser in (here, there):
        tried(browser, "officer", PASSWORD)
        browser.post("/login/code/", {"code": code})
    assert (is_in(here), is_in(there)) == (True, False)


def test_abuse_21_a_reset_password_does_not_lead_past_the_second_factor(client, few, now):
    from yumiao.access.accounts import reset_login
    from yumiao.access.invitations import accept_invitation

    give_password(few.officer)
    enrolled(few.officer, now)
    signed_in_before = few.client(few.officer)
    accept_invitation(code=reset_login(account=few.officer, reason="手机丢失", actor=few.operator), password=PASSWORD)
    assert tried(client, "officer", PASSWORD)["Location"] == "/login/enrol/"
    assert (is_in(client), is_in(signed_in_before)) == (False, False)


@pytest.mark.parametrize("page", ["/account/", "/login/", "/account/password/", "/units/", "/nowhere/"])
def test_abuse_22_no_page_is_kept_by_the_browser(few, page):
    assert few.client(few.officer).get(page).headers["Cache-Control"] == "no-store"


def test_abuse_22_signing_out_clears_what_the_browser_kept(few):
    assert few.client(few.officer).post("/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_abuse_23_the_login_page_shows_in_no_frame(client):
    headers = client.get("/login/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "page", ["/login/", "/logout/", "/login/code/", "/login/enrol/", "/confirm/", "/account/password/"]
)
def test_abuse_23_a_form_of_another_site_is_refused(few, page):
    from django.middleware.csrf import _get_new_csrf_string

    token = _get_new_csrf_string()
    browser = few.client(few.officer, enforce_csrf_checks=True)
    without = browser.post(page, {}).status_code
    browser.cookies["csrftoken"] = token
    foreign = browser.post(page, {"csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}).status_code
    own = browser.post(page, {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"}).status_code
    assert (without, foreign, own == 403) == (403, 403, False)


def test_abuse_24_a_session_id_set_before_the_sign_in_is_not_taken(client, few, now):
    give_password(few.officer)
    secret = enrolled(few.officer, now - timedelta(minutes=5))
    ids = ["f" * 32]
    client.cookies["sessionid"] = ids[0]
    tried(client, "officer", PASSWORD)
    ids.append(client.cookies["sessionid"].value)
    client.post("/login/code/", {"code": code_at(secret, now)})
    ids.append(client.cookies["sessionid"].value)
    assert (len(set(ids)), is_in(client)) == (3, True)
    stranger = few.client(None)
    for known in ids[:2]:
        stranger.cookies["sessionid"] = known
        assert not is_in(stranger)


@pytest.mark.parametrize(
    "key, hosts",
    [("", "a.example"), ("short", "a.example"), ("k" * 64, ""), ("k" * 64, "*"), ("k" * 64, "a.example, *")],
)
def test_abuse_58_unsafe_settings_do_not_start(monkeypatch, key, hosts):
    from django.core.exceptions import ImproperlyConfigured

    monkeypatch.setenv("YUMIAO_SECRET_KEY", key)
    monkeypatch.setenv("YUMIAO_HOSTS", hosts)
    with pytest.raises(ImproperlyConfigured):
        runpy.run_module("yumiao.config.settings.production")


def test_host_names_may_be_written_with_spaces_between(monkeypatch):
    monkeypatch.setenv("YUMIAO_SECRET_KEY", "k" * 64)
    monkeypatch.setenv("YUMIAO_HOSTS", "a.example, b.example,")
    assert runpy.run_module("yumiao.config.settings.production")["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_abuse_58_production_has_no_debugging_no_admin_and_cookies_for_tls_alone(monkeypatch):
    monkeypatch.setenv("YUMIAO_SECRET_KEY", "k" * 64)
    monkeypatch.setenv("YUMIAO_HOSTS", "yumiao.example")
    monkeypatch.setenv("DEBUG", "True")
    made = runpy.run_module("yumiao.config.settings.production")
    assert (made["DEBUG"], "django.contrib.admin" in made["INSTALLED_APPS"]) == (False, False)
    assert (made["SESSION_COOKIE_SECURE"], made["CSRF_COOKIE_SECURE"], made["SESSION_COOKIE_HTTPONLY"]) == (True,) * 3
