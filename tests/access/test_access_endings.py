"""An appointment that ends soon is said to its holder on every page, and to whoever appoints on the list of accounts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.endings import endings, ends_soon
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Role
from yumiao.access.readers import Reader
from yumiao.journal.acts import last
from yumiao.kernel.periods import FOREVER, on_paper

pytestmark = pytest.mark.db
__all__ = ["cast"]

NOTICE = re.compile(r'<aside class="notice"[^>]*>([^<]*)</aside>')
LISTED = re.compile(r'<th scope="row" role="rowheader"><a href="/accounts/([0-9a-f-]{36})/">')


def give(cast: Cast, days: int, *, since: int = 0, who: str = "outsider") -> None:
    """A secretary's post at the village for somebody, up to, but without, that many days from today."""
    first, end = cast.today + timedelta(days=since), cast.today + timedelta(days=days)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), first, end)
    appoint(account=cast.accounts[who], grant=grant, actor=cast.actor(cast.officer), today=cast.today)


def told(cast: Cast, who: str = "outsider", *, later: int = 0) -> int:
    """How many of the appointments of somebody are announced, that many days from today."""
    return len(endings(Reader(cast.accounts[who], cast.today + timedelta(days=later), last())))


def ending(cast: Cast, who: Account, query: str = "") -> list[str]:
    text = cast.client(who).get(f"/accounts/?ending=on{query}").content.decode()
    return [Account.objects.get(uid=uid).username for uid in LISTED.findall(text)]


@pytest.mark.parametrize("days, is_soon", [(0, False), (1, True), (30, True), (31, False)])
def test_soon_is_within_thirty_days(days: int, is_soon: bool) -> None:
    today = date(2026, 10, 31)
    assert ends_soon(today + timedelta(days=days), today) == is_soon


def test_what_is_open_does_not_end_soon() -> None:
    assert ends_soon(FOREVER, date(2026, 10, 31)) is False


def test_the_holder_is_told_the_day_and_whom_to_ask(cast: Cast) -> None:
    give(cast, 15)
    day = on_paper(cast.today + timedelta(days=15))
    expected = f"您的任职“云岭村党支部 党支部书记”将于{day}到期，如需继续，请联系县委组织部。"
    for address in ("/", "/account/", "/ledger/"):
        assert NOTICE.findall(cast.client(cast.outsider).get(address).content.decode()) == [expected]


def test_who_is_appointed_by_the_security_administrator_is_sent_to_him(cast: Cast) -> None:
    grant = Grant(Role.AUDITOR, cast.unit(TOWN), cast.today, cast.today + timedelta(days=3))
    appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.security), today=cast.today)
    [said] = endings(cast.reader(cast.outsider))
    assert said.endswith("请联系安全管理员。")


def test_nobody_else_is_told(cast: Cast) -> None:
    give(cast, 15)
    assert NOTICE.findall(cast.client(cast.secretary_a).get("/account/").content.decode()) == []


def test_an_appointment_is_announced_from_thirty_days_before_to_its_last_day(cast: Cast) -> None:
    give(cast, 40)
    assert [told(cast, later=days) for days in (0, 9, 10, 39, 40)] == [0, 0, 1, 1, 0]


def test_one_that_is_continued_at_once_is_not_announced(cast: Cast) -> None:
    give(cast, 15)
    give(cast, 400, since=15)
    assert (told(cast), ending(cast, cast.officer)) == (0, [])


def test_one_that_is_continued_for_a_few_days_is_announced_with_the_last_of_them(cast: Cast) -> None:
    give(cast, 15)
    give(cast, 20, since=15)
    [held] = cast.reader(cast.outsider).appointments
    assert (held.until, told(cast)) == (cast.today + timedelta(days=20), 1)


def test_one_that_begins_again_after_a_gap_is_announced(cast: Cast) -> None:
    give(cast, 15)
    give(cast, 400, since=16)
    assert told(cast) == 1


def test_an_end_brought_forward_is_announced_at_once(cast: Cast) -> None:
    row = Appointment.objects.alive().get(account=cast.secretary_a)
    until = cast.today + timedelta(days=7)
    end_appointment(appointment=row.pk, until=until, actor=cast.actor(cast.officer), today=cast.today)
    assert told(cast, "secretary_a") == 1


def test_the_notice_asks_the_database_nothing(cast: Cast) -> None:
    give(cast, 15)
    reader = cast.reader(cast.outsider)
    _ = reader.appointments
    with CaptureQueriesContext(connection) as asked:
        said = endings(reader)
    assert (len(said), len(asked)) == (1, 0)


def test_the_list_shows_who_ends_soon_within_the_readers_units(cast: Cast) -> None:
    give(cast, 15)
    give(cast, 31, who="clerk_b")
    assert [ending(cast, who) for who in (cast.officer, cast.clerk_a, cast.clerk_b)] == [["outsider"], ["outsider"], []]
    assert [ending(cast, cast.officer, query) for query in (f"&unit={OTHER_TOWN}", "&role=member", "&q=nobody")] == [
        [],
        [],
        [],
    ]


def test_the_condition_is_a_chip_that_can_be_taken_off(cast: Cast) -> None:
    give(cast, 15)
    text = cast.client(cast.officer).get("/accounts/?ending=on").content.decode()
    assert re.search(r'<a class="chip" href="/accounts/">任职 30 日内到期', text) is not None
    assert "将到期" in text


@pytest.mark.parametrize("address", ["own", "other"])
def test_the_row_of_the_appointment_is_marked(cast: Cast, address: str) -> None:
    give(cast, 15)
    if address == "own":
        page = cast.client(cast.outsider).get(reverse("own_account"))
    else:
        page = cast.client(cast.clerk_a).get(reverse("account", args=[cast.outsider.uid]))
    assert len(re.findall(r'<span class="state state-warn state-bare">', page.content.decode())) == 1
