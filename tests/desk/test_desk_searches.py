"""The log of search for who cannot be reached, the list of who is to be spoken to, guests and stays corrected and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from tests.cast import COMMUNITY, VILLAGE, Cast, cast
from tests.desk.test_desk_stays import away
from yumiao.bylaws.queries import settings_on
from yumiao.desk.proof import findings
from yumiao.journal.models import Entry
from yumiao.kernel.periods import add_months
from yumiao.people.models import ContactSearch, Stay, StayContact
from yumiao.people.search_log import search_log
from yumiao.people.stay_rules import contact_due, contacted_by

pytestmark = pytest.mark.db
__all__ = ["cast"]

PLACE = 1


def looked(
    cast: Cast, on: date, channel: str, outcome: str = "nothing", who: str = "secretary_a", **fields: Any
) -> Any:
    given = {"on": on.isoformat(), "channel": channel, "outcome": outcome, "made_by": "韦支书", "note": "", **fields}
    return cast.client(getattr(cast, who)).post(f"/people/{cast.people[PLACE]}/searches/new/", given)


def suspending(cast: Cast, seen: date) -> str:
    given = {
        "ground": "lost_contact", "last_seen_on": seen.isoformat(), "on": cast.today.isoformat(), "document": "青石党发〔2026〕9号",
        "reason": "支部大会讨论", "deed": "",
    }  # fmt: skip
    answer = cast.client(cast.clerk_a).post(f"/people/{cast.people[PLACE]}/changes/membership_suspended/", given)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_log_says_who_looked_where_and_what_came_of_it(cast: Cast) -> None:
    assert looked(cast, cast.today - timedelta(days=9), "phone").status_code == 302
    assert looked(cast, cast.today, "relatives", "clue", note="说在外省").status_code == 302
    page = cast.client(cast.secretary_a).get(f"/people/{cast.people[PLACE]}/searches/").content.decode()
    assert all(word in page for word in ("亲友、邻居", "得到线索", "韦支书", "说在外省", "一般不少于 3 种途径"))
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject) == ("contact_searched", cast.people[PLACE])
    assert list(findings()) == []


def test_a_search_is_neither_of_tomorrow_nor_of_who_is_no_member(cast: Cast) -> None:
    assert looked(cast, cast.today + timedelta(days=1), "phone").status_code == 409
    given = {"on": cast.today.isoformat(), "channel": "phone", "outcome": "nothing", "made_by": "韦支书"}
    answer = cast.client(cast.secretary_a).post(f"/people/{cast.people[21]}/searches/new/", given)
    assert answer.status_code == 409


def test_a_proposal_counts_the_ways_tried_since_he_was_last_seen(cast: Cast) -> None:
    seen = add_months(cast.today, -7)
    for days, channel in ((-3, "visit"), (0, "police"), (1, "phone"), (2, "phone"), (3, "notice")):
        looked(cast, seen + timedelta(days=days), channel)
    page = suspending(cast, seen)
    assert "查找记录中有 2 种查找途径" in page
    assert "电话、发布公告 2 种途径查找 3 次，没有联系上" in page
    looked(cast, seen + timedelta(days=4), "relatives")
    assert "种查找途径，至少" not in suspending(cast, seen)


def test_the_reason_begins_with_what_the_log_says(cast: Cast) -> None:
    looked(cast, cast.today, "phone")
    page = cast.client(cast.clerk_a).get(f"/people/{cast.people[PLACE]}/changes/membership_suspended/").content.decode()
    assert search_log(cast.person(PLACE).pk).said in page


def test_who_was_reached_is_pointed_out(cast: Cast) -> None:
    seen = add_months(cast.today, -7)
    looked(cast, seen + timedelta(days=9), "phone", "reached")
    assert "已联系上" in suspending(cast, seen)


def test_a_search_is_taken_back(cast: Cast) -> None:
    looked(cast, cast.today, "phone")
    seq = ContactSearch.objects.alive().get().entered
    assert cast.client(cast.secretary_a).post(f"/stays/undo/{seq}/", {"reason": "登记错人"}).status_code == 302
    assert ContactSearch.objects.alive().count() == 0


@having(due_by=st.dates(date(1950, 1, 1), date(2100, 1, 1)), months=st.integers(1, 12))
def test_who_was_spoken_to_by_the_last_day_is_due_and_the_day_after_not(due_by: date, months: int) -> None:
    last = contacted_by(due_by, months)
    assert contact_due(last, months) <= due_by < contact_due(last + timedelta(days=1), months)


def test_the_list_of_those_to_be_spoken_to_has_who_is_due_within_a_month(cast: Cast) -> None:
    away(cast, 8, add_months(cast.today + timedelta(days=31), -6))
    away(cast, 7, add_months(cast.today + timedelta(days=33), -6))
    page = cast.client(cast.secretary_a).get("/stays/?due=1").content.decode()
    assert page.count("外省务工") == 1


def test_abroad_is_six_months_whatever_the_county_says(cast: Cast) -> None:
    months = int(str(settings_on(cast.today).value("stay.contact_months")))
    stay = away(cast, 8, add_months(cast.today, -5) - timedelta(days=20), is_abroad="on")
    page = cast.client(cast.clerk_a).get(f"/stays/{stay.uid}/").content.decode()
    assert months == 6
    assert f"{contact_due(stay.since, 6).year}年" in page


def guest(cast: Cast, **fields: Any) -> Stay:
    given = {"guest": "陆远行", "place": "外县某村党支部", "branch": VILLAGE, "since": cast.today.isoformat(), **fields}
    assert cast.client(cast.clerk_a).post("/stays/guest/", given).status_code == 302
    return Stay.objects.alive().latest("pk")


def test_a_guest_is_corrected_and_keeps_his_contacts(cast: Cast) -> None:
    stay = guest(cast)
    cast.client(cast.clerk_a).post(f"/stays/{stay.uid}/contact/", {"on": cast.today.isoformat(), "channel": "visit"})
    fixed = {
        "guest": "陆远航",
        "place": "外县某村党支部",
        "branch": COMMUNITY,
        "since": cast.today.isoformat(),
        "reason": "姓名听错",
    }
    assert cast.client(cast.clerk_a).post(f"/stays/{stay.uid}/correct/", fixed).status_code == 302
    now = Stay.objects.alive().get(uid=stay.uid)
    assert (now.guest, now.unit_id) == ("陆远航", cast.unit(COMMUNITY).id)
    assert StayContact.objects.alive().filter(stay=stay.uid).count() == 1
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject_kind, entry.reason) == ("stay_corrected", "unit", "姓名听错")
    assert list(findings()) == []


def test_a_guest_is_taken_back_after_his_contacts(cast: Cast) -> None:
    stay = guest(cast)
    client = cast.client(cast.clerk_a)
    client.post(f"/stays/{stay.uid}/contact/", {"on": cast.today.isoformat(), "channel": "visit"})
    contact = StayContact.objects.alive().get().entered
    assert client.post(f"/stays/undo/{stay.entered}/", {"reason": "不是党员"}).status_code == 409
    assert client.post(f"/stays/undo/{contact}/", {"reason": "没有走访"}).status_code == 302
    assert client.post(f"/stays/undo/{stay.entered}/", {"reason": "不是党员"}).status_code == 302
    assert Stay.objects.alive().count() == 0
    assert client.get(f"/stays/{stay.uid}/").status_code == 404


def test_nobody_of_elsewhere_takes_a_guest_back(cast: Cast) -> None:
    stay = guest(cast)
    assert cast.client(cast.clerk_b).get(f"/stays/undo/{stay.entered}/").status_code == 404
    assert cast.client(cast.clerk_b).get(f"/stays/{stay.uid}/correct/").status_code == 404


def test_a_correction_stays_within_its_contacts_and_its_end(cast: Cast) -> None:
    since = add_months(cast.today, -3)
    stay = away(cast, 8, since)
    client = cast.client(cast.secretary_a)
    client.post(f"/stays/{stay.uid}/contact/", {"on": add_months(cast.today, -2).isoformat(), "channel": "phone"})
    given = {"place": "外省务工", "contact": str(stay.contact_id), "reason": "日期有误"}
    late = {**given, "since": (add_months(cast.today, -2) + timedelta(days=1)).isoformat()}
    assert client.post(f"/stays/{stay.uid}/correct/", late).status_code == 409
    early = {**given, "since": add_months(cast.today, -2).isoformat()}
    assert client.post(f"/stays/{stay.uid}/correct/", early).status_code == 302
    assert Stay.objects.alive().get(uid=stay.uid).since == add_months(cast.today, -2)
