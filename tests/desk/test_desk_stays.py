"""Floating members through their pages: belonging never moves, contact is due every six months, who settled is to be transferred."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from tests.cast import VILLAGE, Cast, cast
from yumiao.desk.stays.duties import stay_duties
from yumiao.kernel.periods import add_months
from yumiao.people.models import Belonging, Stay

pytestmark = pytest.mark.db
__all__ = ["cast"]


def leave(cast: Cast, place: int, who: str = "secretary_a", **fields: Any) -> Any:
    contact = cast.person(1 if place != 1 else 7).pk
    given = {"since": cast.today.isoformat(), "place": "外省务工", "contact": str(contact), **fields}
    return cast.client(getattr(cast, who)).post(f"/people/{cast.people[place]}/stay/", given)


def away(cast: Cast, place: int, since: date, **fields: Any) -> Stay:
    answer = leave(cast, place, since=since.isoformat(), **fields)
    assert answer.status_code == 302, answer.content.decode()
    return Stay.objects.alive().latest("pk")


def due(cast: Cast) -> list[str]:
    return [one.rule for one in stay_duties(cast.unit(VILLAGE), cast.tree, cast.today)]


def test_a_member_who_goes_elsewhere_belongs_where_he_belonged(cast: Cast) -> None:
    stay = away(cast, 8, add_months(cast.today, -1))
    assert (stay.kind, stay.person) == ("out", cast.person(8))
    assert list(Belonging.objects.open().filter(person=stay.person).values_list("unit__code", flat=True)) == [VILLAGE]
    page = cast.client(cast.secretary_a).get("/stays/").content.decode()
    assert "外省务工" in page
    assert leave(cast, 8).status_code == 409


def test_only_a_member_is_a_floating_member(cast: Cast) -> None:
    assert leave(cast, 21).status_code == 409


def test_nobody_is_in_touch_with_himself(cast: Cast) -> None:
    assert leave(cast, 8, contact=str(cast.person(8).pk)).status_code == 422


def test_contact_is_due_after_six_months_and_every_contact_puts_it_off(cast: Cast) -> None:
    stay = away(cast, 8, add_months(cast.today, -7))
    assert due(cast) == ["MOB-08b"]
    given = {"on": cast.today.isoformat(), "channel": "phone"}
    assert cast.client(cast.secretary_a).post(f"/stays/{stay.uid}/contact/", given).status_code == 302
    assert due(cast) == []


def test_who_has_settled_for_six_months_should_be_transferred(cast: Cast) -> None:
    stay = away(cast, 8, add_months(cast.today, -6), is_fixed="on")
    assert set(due(cast)) == {"MOB-02", "MOB-08b"}
    page = cast.client(cast.clerk_a).get(f"/stays/{stay.uid}/").content.decode()
    assert "应当转移组织关系" in page


def test_who_comes_back_is_away_no_more(cast: Cast) -> None:
    stay = away(cast, 8, add_months(cast.today, -7))
    early = {"on": stay.since.isoformat()}
    assert cast.client(cast.secretary_a).post(f"/stays/{stay.uid}/return/", early).status_code == 409
    back = {"on": cast.today.isoformat()}
    assert cast.client(cast.secretary_a).post(f"/stays/{stay.uid}/return/", back).status_code == 302
    assert (due(cast), Stay.objects.alive().get(uid=stay.uid).until) == ([], cast.today)
    assert leave(cast, 8).status_code == 302


def test_a_guest_is_known_by_name_and_counts_nowhere(cast: Cast) -> None:
    given = {"guest": "陆远行", "place": "外县某村党支部", "branch": VILLAGE, "since": cast.today.isoformat()}
    assert cast.client(cast.secretary_a).post("/stays/guest/", given).status_code == 302
    stay = Stay.objects.alive().get()
    assert (stay.kind, stay.person, stay.guest) == ("in", None, "陆远行")
    assert "陆远行" in cast.client(cast.clerk_a).get("/stays/?kind=in").content.decode()
    assert "陆远行" not in cast.client(cast.clerk_b).get("/stays/?kind=in").content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(cast: Cast) -> None:
    from django.db import connection

    counts = []
    for places in ((8,), (1, 7)):
        for place in places:
            away(cast, place, add_months(cast.today, -1))
        client = cast.client(cast.officer)
        client.get("/stays/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/stays/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
