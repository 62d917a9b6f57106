"""Counting tries: windows, keys, sources; strangers and known browsers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def answered(tries, *, now=NOW, times=1):
    """How many of so many tries get an answer."""
    from yumiao.access.limiter import TooMany, take

    count = 0
    for _ in range(times):
        try:
            take(tries, now=now)
        except TooMany:
            continue
        count += 1
    return count


def tries(name="wei-xiaohe", source="10.0.0.1", known=""):
    from yumiao.access.limiter import Origin, of_password

    return of_password(name, Origin(source, known))


def test_five_tries_from_one_source_on_one_account_get_an_answer():
    assert answered(tries(), times=20) == 5


def test_ten_tries_on_one_account_get_an_answer_however_many_sources():
    assert sum(answered(tries(source=f"10.0.0.{place}")) for place in range(30)) == 10


def test_a_hundred_tries_from_one_source_get_an_answer_however_many_accounts():
    assert sum(answered(tries(name=f"name-{place}")) for place in range(150)) == 100


@pytest.mark.parametrize("name", ["WEI-XIAOHE", " wei-xiaohe ", "ｗｅｉ-xiaohe", "wei -xiaohe"])
def test_spellings_of_one_name_count_together(name):
    answered(tries(), times=5)
    assert answered(tries(name=name)) == 0


def test_a_window_ends_a_quarter_of_an_hour_after_its_first_try():
    answered(tries(), times=5)
    assert answered(tries(), now=NOW + 15 * MINUTE - timedelta(seconds=1)) == 0
    assert answered(tries(), now=NOW + 15 * MINUTE) == 1


def test_trying_on_does_not_lengthen_the_wait():
    answered(tries(), times=5)
    for minute in range(15):
        answered(tries(), now=NOW + minute * MINUTE, times=3)
    assert answered(tries(), now=NOW + 15 * MINUTE) == 1


def test_the_minutes_to_wait_are_said():
    from yumiao.access.limiter import TooMany, take

    answered(tries(), times=5)
    with pytest.raises(TooMany) as refused:
        take(tries(), now=NOW + 4 * MINUTE)
    assert refused.value.minutes == 11


def test_what_is_left_is_that_of_the_narrowest_limit():
    from yumiao.access.limiter import take

    assert [take(tries(), now=NOW) for _ in range(5)] == [4, 3, 2, 1, 0]


def test_who_is_locked_out_uses_up_nothing_of_the_account():
    answered(tries(source="10.0.0.9"), times=50)
    assert sum(answered(tries(source=f"10.0.1.{place}")) for place in range(20)) == 5


def test_a_try_that_was_right_counts_for_nothing():
    from yumiao.access.limiter import give_back, take

    for _ in range(30):
        take(tries(), now=NOW)
        give_back(tries())
    assert answered(tries(), times=20) == 5


def test_strangers_cannot_lock_out_a_known_browser_not_even_from_its_own_address():
    answered(tries(), times=50)
    for place in range(110):
        answered(tries(source=f"10.0.0.{place}"))
        answered(tries(name=f"name-{place}"))
    assert answered(tries(known="a1b2c3"), times=20) == 5


def test_old_windows_are_removed_when_a_new_one_begins():
    from yumiao.access.models import RateWindow

    answered(tries())
    assert RateWindow.objects.count() == 3
    answered(tries(name="lu-yuanfan", source="10.0.0.2"), now=NOW + timedelta(days=2))
    assert RateWindow.objects.count() == 3


def test_neither_name_nor_address_lies_in_the_database():
    from yumiao.access.models import RateWindow

    answered(tries())
    kept = b"".join(bytes(one.keyed) for one in RateWindow.objects.all())
    assert (b"wei" in kept, b"10.0" in kept, len(kept)) == (False, False, 96)


@pytest.mark.parametrize(
    "proxies, forwarded, source",
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "not an address", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_forwarded_addresses_count_only_from_trusted_proxies(rf, settings, proxies, forwarded, source):
    from yumiao.access.limiter import source_of

    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert source_of(request) == source
