"""One's own account: posts, sessions, password, recovery codes, colours."""

from __future__ import annotations

import re

import pytest

from tests.access.doors import PASSWORD, QUICK, enrolled, few, give_password

pytestmark = pytest.mark.db
__all__ = ["few"]


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.now()


def seen(answer):
    """Status and where it leads."""
    return answer.status_code, answer.headers.get("Location", "")


def test_it_shows_posts_and_sessions(few, client):
    browser = few.client(few.clerk_a)
    page = browser.get("/account/").content.decode()
    assert ("盘云舟" in page, "乡镇组织干事" in page, "青石镇党委" in page, "当前设备" in page) == (True,) * 4


def test_it_costs_the_same_whatever_the_number_of_sessions(few, django_assert_num_queries):
    browser = few.client(few.clerk_a)
    browser.get("/account/")
    with django_assert_num_queries(5):  # session with head, appointments, sessions, factor, recovery codes
        browser.get("/account/")
    few.client(few.clerk_a), few.client(few.clerk_a)
    with django_assert_num_queries(5):
        browser.get("/account/")


def test_an_account_without_posts_is_told_what_to_do(few):
    assert "目前没有有效的任职" in few.client(few.outsider).get("/account/").content.decode()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(few):
    give_password(few.clerk_a)
    here, there = few.client(few.clerk_a), few.client(few.clerk_a)
    new = "河对岸的山坡上种满油茶"
    form = {"password": PASSWORD, "wanted": new, "again": new}
    assert seen(here.post("/account/password/", form)) == (302, "/account/")
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)
    few.clerk_a.refresh_from_db()
    assert few.clerk_a.check_password(new)


@pytest.mark.parametrize(
    "form, said",
    [
        ({"password": "不是这个密码啊啊"}, "现用密码不对。再错 4 次"),
        ({"wanted": PASSWORD, "again": PASSWORD}, "新密码不能与现用密码相同。"),
        ({"wanted": "短短的密码", "again": "短短的密码"}, "密码至少 10 个字符"),
        ({"again": "河对岸的山坡上种满茶花"}, "两次输入的新密码不一样"),
        ({"wanted": "盘云舟的密码就是这一句", "again": "盘云舟的密码就是这一句"}, "密码不能含有本人姓名"),
    ],
)
def test_a_new_password_is_refused_with_its_reason(few, form, said):
    give_password(few.clerk_a)
    new = "河对岸的山坡上种满油茶"
    page = few.client(few.clerk_a).post(
        "/account/password/", {"password": PASSWORD, "wanted": new, "again": new, **form}
    )
    assert (page.status_code, said in page.content.decode()) == (200, True)
    few.clerk_a.refresh_from_db()
    assert few.clerk_a.check_password(PASSWORD)


def test_one_of_several_sessions_is_ended(few):
    from yumiao.access.models import LoginSession

    here, there = few.client(few.clerk_a), few.client(few.clerk_a)
    which = LoginSession.objects.get(session_key=there.cookies["sessionid"].value).uid
    here.post("/account/sessions/end/", {"which": which})
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)


def test_all_other_sessions_are_ended(few):
    here, there = few.client(few.clerk_a), few.client(few.clerk_a)
    here.post("/account/sessions/end/", {})
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)


def test_sessions_of_somebody_else_stay(few):
    from yumiao.access.models import LoginSession

    here, other = few.client(few.clerk_a), few.client(few.clerk_b)
    which = LoginSession.objects.get(account=few.clerk_b).uid
    here.post("/account/sessions/end/", {"which": which})
    assert other.get("/account/").status_code == 200


def test_recovery_codes_are_renewed_by_a_form_only(few, now):
    from yumiao.access.models import RecoveryCode

    enrolled(few.officer, now)
    browser = few.client(few.officer)
    before = set(RecoveryCode.objects.values_list("keyed", flat=True))
    browser.get("/account/recovery-codes/")
    assert set(RecoveryCode.objects.values_list("keyed", flat=True)) == before
    page = browser.post("/account/recovery-codes/").content.decode()
    assert len(set(re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page))) == 10
    assert not before & set(RecoveryCode.objects.values_list("keyed", flat=True))


def test_recovery_codes_of_an_account_without_factor_are_not_there(few):
    assert few.client(few.outsider).get("/account/recovery-codes/").status_code == 404


@pytest.mark.parametrize("chosen, kept", [("dark", "dark"), ("light", "light"), ("", ""), ("neon", "")])
def test_colours_are_kept_in_a_cookie(few, chosen, kept):
    browser = few.client(few.outsider)
    assert seen(browser.post("/account/theme/", {"theme": chosen})) == (302, "/account/")
    assert browser.cookies["theme"].value == kept
