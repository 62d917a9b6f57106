"""How long a session lasts, what ends it, what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.access.doors import few, give_password

pytestmark = pytest.mark.db
__all__ = ["few"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(monkeypatch):
    """Stops the clock, and puts it so long after the start of the test."""
    from django.utils import timezone

    start = timezone.now()

    def put(later: timedelta) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: start + later)

    put(timedelta())
    return put


def is_in(browser):
    return browser.get("/account/").status_code == 200


@pytest.mark.parametrize("minutes, lasts", [(29, True), (30, False)])
def test_half_an_hour_without_a_request_ends_it(few, clock, minutes, lasts):
    browser = few.client(few.officer)
    clock(minutes * MINUTE)
    assert is_in(browser) == lasts


def test_twelve_hours_end_it_however_busy_somebody_is(few, clock):
    browser = few.client(few.officer)
    lasted = 0
    for quarter in range(1, 60):
        clock(quarter * 15 * MINUTE)
        if not is_in(browser):
            break
        lasted = quarter
        browser.post("/account/sessions/end/")  # saves the session: its message is kept there
    assert lasted == 47


def test_use_is_noted_once_a_minute(few, clock):
    from yumiao.access.models import LoginSession

    browser = few.client(few.officer)
    noted = []
    for seconds in (10, 59, 61, 90, 122):
        clock(timedelta(seconds=seconds))
        browser.get("/account/")
        noted.append(LoginSession.objects.get().seen_at)
    assert [one == noted[0] for one in noted] == [True, True, False, False, False]
    assert noted[2] == noted[3] < noted[4]


def test_a_request_reads_session_with_account_and_the_head_and_nothing_else(few, django_assert_num_queries):
    browser = few.client(few.officer)
    browser.get("/account/")
    with django_assert_num_queries(1):
        assert browser.get("/account/theme/").status_code == 405


def test_an_address_that_only_takes_forms_says_so_when_it_is_opened(few):
    opened = few.client(few.officer).get("/account/theme/")
    said = opened.content.decode()
    assert (opened.status_code, opened.headers["Allow"]) == (405, "POST")
    assert ("不能这样打开" in said, 'href="/"' in said) == (True, True)


def test_a_granted_post_ends_it_with_the_next_request(few):
    from yumiao.access.appointments import Grant, appoint
    from yumiao.access.permissions import Role

    browser = few.client(few.clerk_a)
    assert is_in(browser)
    appoint(
        account=few.clerk_a,
        grant=Grant(Role.TOWNSHIP_CLERK, few.unit("001.002"), since=few.today),
        actor=few.operator,
        today=few.today,
    )
    answer = browser.get("/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=%2Faccount%2F&why=rights")
    assert "任职已变更，请重新登录。" in browser.get(answer["Location"]).content.decode()


def test_a_post_that_runs_out_overnight_ends_it(few, clock, monkeypatch):
    from yumiao.access.appointments import Grant, appoint
    from yumiao.access.permissions import Role

    appoint(
        account=few.clerk_a,
        grant=Grant(Role.TOWNSHIP_CLERK, few.unit("001.002"), since=few.today, until=few.today + timedelta(days=1)),
        actor=few.operator,
        today=few.today,
    )
    browser = few.client(few.clerk_a)
    assert is_in(browser)
    monkeypatch.setattr("yumiao.config.clock.today", lambda profile: few.today + timedelta(days=1))
    assert not is_in(browser)


def test_posts_of_others_do_not_end_it(few):
    from yumiao.access.appointments import Grant, appoint
    from yumiao.access.permissions import Role

    browser = few.client(few.clerk_a)
    appoint(
        account=few.clerk_b,
        grant=Grant(Role.TOWNSHIP_CLERK, few.unit("001.001"), since=few.today),
        actor=few.operator,
        today=few.today,
    )
    assert is_in(browser)


def test_a_session_that_lacks_what_a_sign_in_writes_is_worth_nothing(few, client):
    client.force_login(few.officer)
    assert not is_in(client)


def test_a_cookie_nobody_gave_out_is_worth_nothing(few, client):
    client.cookies["sessionid"] = "a" * 32
    answer = client.get("/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=%2Faccount%2F&why=ended")


def test_a_row_altered_to_name_another_account_is_worth_nothing(few):
    from yumiao.access.models import LoginSession

    browser = few.client(few.clerk_a)
    LoginSession.objects.update(account=few.officer)
    give_password(few.officer)
    assert not is_in(browser)


def test_sessions_that_ran_out_are_removed_at_the_next_sign_in(few, clock):
    from yumiao.access import sessions
    from yumiao.access.models import LoginSession

    few.client(few.officer)
    clock(timedelta(hours=13))
    from django.utils import timezone

    sessions.prune(now=timezone.now())
    assert LoginSession.objects.count() == 0
