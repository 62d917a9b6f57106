"""Signing in and out at the pages, the way back to the work, the second factor, step-up, one's own account."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from tests.access.doors import PASSWORD, QUICK, code_at, enrolled, few, give_password
from tests.cast import cast

pytestmark = pytest.mark.db
__all__ = ["cast", "few"]


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.now()


def sign_in(client, who, password=PASSWORD, onward="/account/"):
    return client.post("/login/", {"username": who.username, "password": password, "next": onward})


def seen(answer):
    """Status and where it leads."""
    return answer.status_code, answer.headers.get("Location", "")


# full numbers, bulk export, rights, credentials, county policy, taking an import back
SENSITIVE = (
    "person_numbers",
    "export",
    "import_undo",
    "invite",
    "appoint",
    "end_appointment",
    "suspend_account",
    "restore_account",
    "reset_login",
    "renew_invitation",
    "recovery_codes",
    "paper_new",
    "setting_change",
    "days_off",
)


def patterns(resolver):
    """Every address below a resolver."""
    for one in resolver.url_patterns:
        yield from patterns(one) if hasattr(one, "url_patterns") else [one]


def hidden_pairs(page):
    """Names and values of the hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.content.decode())
    return [(name, html.unescape(value)) for name, value in found]


def hidden(page):
    return dict(hidden_pairs(page))


class TestPassword:
    def test_a_member_needs_no_second_factor_and_is_led_on(self, client, cast):
        give_password(cast.member)
        assert seen(sign_in(client, cast.member, onward="/rules/?page=2")) == (302, "/rules/?page=2")
        assert client.get("/account/").status_code == 200

    def test_the_name_may_be_typed_in_any_case_and_width(self, client, few):
        give_password(few.outsider)
        answer = client.post("/login/", {"username": " Ｏｕｔsider ", "password": PASSWORD})
        assert seen(answer) == (302, "/")

    def test_wrong_password_and_unknown_account_are_told_the_same(self, client, few):
        give_password(few.outsider)
        texts = []
        for name in ("outsider", "nobody"):
            page = client.post("/login/", {"username": name, "password": "不是这个密码啊啊"})
            assert page.status_code == 200
            text = re.sub(r'value="[^"]*"', "", page.content.decode())
            texts.append(text)
        assert texts[0] == texts[1]
        assert "登录名或密码不对。再错 4 次，15 分钟内不能在此登录。" in texts[0]

    def test_a_suspended_account_is_told_the_same(self, client, few):
        give_password(few.outsider)
        few.outsider.is_active = False
        few.outsider.save()
        assert "登录名或密码不对" in sign_in(client, few.outsider).content.decode()

    def test_every_refusal_costs_one_hash(self, client, few, monkeypatch):
        from django.contrib.auth.hashers import MD5PasswordHasher

        give_password(few.outsider)
        few.officer.is_active = False
        give_password(few.officer)
        hashed, plain = [], MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *of: hashed.append(1) or plain(*of))
        costs = []
        for name in ("outsider", "officer", "clerk_a", "nobody"):  # open, suspended, invited only, unknown
            hashed.clear()
            client.post("/login/", {"username": name, "password": "不是这个密码啊啊"})
            costs.append(len(hashed))
        assert costs == [1, 1, 1, 1]

    def test_an_invited_account_without_password_cannot_be_entered(self, client, few):
        assert "登录名或密码不对" in sign_in(client, few.outsider, password="!").content.decode()

    def test_the_sixth_try_is_told_how_long_to_wait(self, client, few):
        give_password(few.outsider)
        for _ in range(5):
            sign_in(client, few.outsider, password="不是这个密码啊啊")
        answer = sign_in(client, few.outsider)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
        assert "15 分钟" in answer.content.decode()

    @pytest.mark.parametrize(
        "onward",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "javascript:alert(1)",
            "people/",
            "/logout/",
            "/login/",
        ],
    )
    def test_it_leads_nowhere_but_to_a_page_of_our_own(self, client, few, onward):
        give_password(few.outsider)
        assert seen(sign_in(client, few.outsider, onward=onward)) == (302, "/")

    def test_who_is_signed_in_is_led_on_from_the_login_page(self, few):
        assert seen(few.client(few.officer).get("/login/?next=/account/")) == (302, "/account/")

    def test_a_stranger_leaves_no_session_behind(self, client, few):
        from yumiao.access.models import LoginSession

        client.get("/login/")
        client.post("/login/", {"username": "nobody", "password": "不是这个密码啊啊"})
        assert LoginSession.objects.count() == 0

    def test_the_login_page_reads_nothing_from_the_database(self, client, few, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert client.get("/login/").status_code == 200


class TestWayBack:
    def test_a_page_leads_to_the_login_page_and_back(self, client, few):
        assert seen(client.get("/people/?unit=001")) == (302, "/login/?next=%2Fpeople%2F%3Funit%3D001")

    def test_a_form_sent_without_a_session_leads_back_to_its_page_and_says_it_was_not_saved(self, client, few):
        answer = client.post("/account/theme/", {}, headers={"referer": "http://testserver/account/?a=1"})
        assert seen(answer) == (302, "/login/?next=%2Faccount%2F%3Fa%3D1&why=unsaved")
        assert "没有保存" in client.get(answer["Location"]).content.decode()

    def test_a_form_from_elsewhere_leads_to_its_own_address(self, client, few):
        answer = client.post("/account/theme/", {}, headers={"referer": "https://evil.example/x/"})
        assert seen(answer) == (302, "/login/?next=%2Faccount%2Ftheme%2F&why=unsaved")

    def test_a_fragment_leads_the_whole_page_to_the_login_page(self, client, few):
        answer = client.get(
            "/people/?q=1", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=0"}
        )
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/login/?next=%2Fpeople%2F%3Fq%3D0")

    def test_an_unknown_reason_is_not_shown(self, client, few):
        assert "<b>x" not in client.get("/login/?why=<b>x").content.decode()


class TestSecondFactor:
    def test_an_officer_is_led_to_enrol_and_passes_no_door_before(self, client, few):
        give_password(few.officer)
        assert seen(sign_in(client, few.officer)) == (302, "/login/enrol/")
        assert [client.get(page).status_code for page in ("/", "/people/", "/account/", "/ledger/")] == [302] * 4
        assert seen(client.get("/account/")) == (302, "/login/?next=%2Faccount%2F&why=ended")

    def test_enrolling_signs_in_and_shows_ten_recovery_codes_once(self, client, few, now):
        from yumiao.access import factors

        give_password(few.officer)
        sign_in(client, few.officer)
        page = client.get("/login/enrol/").content.decode()
        secret = factors.unconfirmed_secret(few.officer)
        assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
        assert ("<svg" in page, "style=" in page, 'href="otpauth://totp/' in page) == (True, False, True)
        shown = client.post("/login/enrol/", {"code": code_at(secret, now)}).content.decode()
        codes = re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}", shown)
        assert len(set(codes)) == 10
        assert client.get("/account/").status_code == 200
        assert seen(client.get("/login/enrol/")) == (302, "/login/?why=late")

    def test_a_wrong_first_code_enrols_nobody(self, client, few):
        from yumiao.access import factors

        give_password(few.officer)
        sign_in(client, few.officer)
        assert client.post("/login/enrol/", {"code": "000000"}).status_code == 200
        assert not factors.is_enrolled(few.officer)

    def test_an_enrolled_officer_gives_a_code_and_is_led_on(self, client, few, now):
        give_password(few.officer)
        secret = enrolled(few.officer, now - timedelta(minutes=5))
        assert seen(sign_in(client, few.officer, onward="/ledger/?line=1")) == (302, "/login/code/")
        assert seen(client.post("/login/code/", {"code": code_at(secret, now)})) == (302, "/ledger/?line=1")

    def test_a_recovery_code_stands_in(self, client, few, now):
        from yumiao.access import factors

        give_password(few.officer)
        enrolled(few.officer, now)
        code = factors.renew_recovery_codes(few.officer)[0]
        sign_in(client, few.officer)
        assert seen(client.post("/login/code/", {"code": code})) == (302, "/account/")

    def test_the_sixth_wrong_code_is_told_to_wait(self, client, few, now):
        give_password(few.officer)
        enrolled(few.officer, now)
        sign_in(client, few.officer)
        answers = [client.post("/login/code/", {"code": "000000"}) for _ in range(6)]
        assert [one.status_code for one in answers] == [200, 200, 200, 200, 200, 429]
        texts = [one.content.decode() for one in answers]
        assert "再错 4 次，15 分钟内不能在此登录。" in texts[0]
        assert "6 位数字。15 分钟内不能再在此登录。" in texts[4]

    def test_a_password_given_eleven_minutes_ago_is_given_again(self, client, few, monkeypatch, now):
        give_password(few.officer)
        sign_in(client, few.officer)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=11))
        assert seen(client.get("/login/enrol/")) == (302, "/login/?why=late")

    def test_a_password_changed_in_between_ends_the_sign_in(self, client, few):
        give_password(few.officer)
        sign_in(client, few.officer)
        give_password(few.officer, "另一句也很长的新密码")
        assert seen(client.get("/login/enrol/")) == (302, "/login/?why=late")

    def test_a_session_without_factor_is_worth_nothing_to_an_officer(self, few, client, now):
        from yumiao.access.sessions import SessionStore, signed_in_values

        session = SessionStore()
        session.update(signed_in_values(few.reader(few.officer), factor=False, now=now))
        session.save()
        client.cookies["sessionid"] = session.session_key
        assert seen(client.get("/account/")) == (302, "/login/?next=%2Faccount%2F&why=rights")


class TestStepUp:
    def test_five_minutes_after_the_sign_in_a_proof_is_asked_for(self, few, now, monkeypatch):
        secret = enrolled(few.officer, now - timedelta(minutes=5))
        browser = few.client(few.officer)
        assert browser.get("/account/recovery-codes/").status_code == 200
        later = now + timedelta(minutes=6)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)
        asked = browser.get("/account/recovery-codes/")
        assert seen(asked) == (302, "/confirm/?next=%2Faccount%2Frecovery-codes%2F")
        assert browser.post("/confirm/", {"code": "000000", "next": "/account/"}).status_code == 200
        proven = browser.post("/confirm/", {"code": code_at(secret, later), "next": "/account/recovery-codes/"})
        assert seen(proven) == (302, "/account/recovery-codes/")
        assert browser.get("/account/recovery-codes/").status_code == 200

    def test_a_form_sent_too_late_waits_and_goes_on_after_the_proof(self, few, now, monkeypatch):
        secret = enrolled(few.officer, now)
        browser = few.client(few.officer)
        later = now + timedelta(minutes=6)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)
        form = {"reason": '"><b>按通知', "units": ["001.001", "001.002"]}
        asked = browser.post("/account/recovery-codes/", form, headers={"referer": "http://testserver/account/"})
        assert asked.status_code == 403
        waiting = hidden(asked)["kept"]
        proof = {"code": "000000", "next": "/account/", "kept": waiting}
        assert hidden(browser.post("/confirm/", proof))["kept"] == waiting
        page = browser.post("/confirm/", {**proof, "code": code_at(secret, later)})
        assert 'action="/account/recovery-codes/"' in page.content.decode()
        fields = [(name, value) for name, value in hidden_pairs(page) if name != "csrfmiddlewaretoken"]
        assert fields == [("reason", form["reason"]), ("units", "001.001"), ("units", "001.002")]

    @pytest.mark.parametrize(
        "given", ["", "[]", "nothing", '["https://evil.example/", []]', '["//evil.example/", []]', "[1, 2]"]
    )
    def test_a_form_that_is_not_ours_does_not_wait(self, few, given):
        give_password(few.outsider)
        proof = {"password": PASSWORD, "next": "/account/", "kept": given}
        assert seen(few.client(few.outsider).post("/confirm/", proof)) == (302, "/account/")

    def test_who_has_no_factor_proves_by_password(self, few, now):
        give_password(few.outsider)
        browser = few.client(few.outsider)
        assert "现用密码" not in browser.get("/confirm/").content.decode()
        assert browser.post("/confirm/", {"password": "不是这个密码啊啊"}).status_code == 200
        assert seen(browser.post("/confirm/", {"password": PASSWORD, "next": "/account/"})) == (302, "/account/")

    @pytest.mark.parametrize("name", SENSITIVE)
    def test_it_stands_before_what_matters(self, name):
        from django.urls import get_resolver

        from yumiao.access.door import policy_of

        policies = [policy_of(one.callback) for one in patterns(get_resolver()) if one.name == name]
        assert [one.fresh for one in policies] == [True]


class TestSigningOut:
    def test_it_ends_the_session_and_clears_the_browser(self, few):
        from yumiao.access.models import LoginSession

        browser = few.client(few.officer)
        answer = browser.post("/logout/")
        assert seen(answer) == (302, "/login/?why=out")
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert LoginSession.objects.count() == 0

    def test_a_link_does_not_sign_out(self, few):
        browser = few.client(few.officer)
        assert browser.get("/logout/").status_code == 405
        assert browser.get("/account/").status_code == 200


class TestDemo:
    @pytest.fixture
    def demo(self, settings, monkeypatch, few):
        """The installation says it is the demo; two of its accounts are there."""
        from yumiao.access.demo_accounts import DEMO_PASSWORD
        from yumiao.access.models import Account
        from yumiao.config.folder import Profile

        monkeypatch.setattr("yumiao.config.folder.DataFolder.profile", Profile.DEMO)
        monkeypatch.setattr("yumiao.config.clock.DEMO_DAY", few.today)
        for before, after in (("officer", "xianwei"), ("outsider", "dangyuan")):
            Account.objects.filter(username=before).update(username=after)
            give_password(Account.objects.get(username=after), DEMO_PASSWORD)

    def test_the_login_page_lists_the_accounts_and_a_click_signs_in_without_second_factor(self, client, demo):
        from yumiao.access.demo_accounts import DEMO_PASSWORD

        page = client.get("/login/").content.decode()
        assert ("演示账号" in page, "xianwei" in page, DEMO_PASSWORD in page) == (True, True, True)
        assert 'href="/invitation/"' in page
        answer = client.post("/login/", {"username": "xianwei", "password": DEMO_PASSWORD, "next": "/account/"})
        assert seen(answer) == (302, "/account/")
        assert client.get("/account/").status_code == 200

    def test_a_real_county_lists_none(self, client, few):
        page = client.get("/login/").content.decode()
        assert ("演示账号" in page, "xianwei" in page) == (False, False)
