"""The balance of a year: who came, who went, and how; seen from the county, a township, a branch. The people behind it are those counted."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import models

from tests.cast import COMMUNITY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.ledger.rows import put, writing
from yumiao.desk.statistics.balance import balance
from yumiao.desk.statistics.tables import Table
from yumiao.journal.acts import last
from yumiao.people.models import Belonging, Membership, MembershipState

pytestmark = pytest.mark.db
__all__ = ["cast"]

START, END = date(2025, 12, 31), date(2026, 6, 30)
ON = f"of=balance&on={END}"
LINK = re.compile(r'<td class="num"><a href="([^"]+)">(\d+)</a>')
COUNTED = re.compile(r"共 (\d+) 人")


def change(cast: Cast, place: int, model: type[models.Model], **changed: Any) -> None:
    """A new version of somebody's membership."""
    (row,) = model._default_manager.filter(person=cast.person(place), struck=2**63 - 1).values()
    with writing() as current:
        current.strike(model, [row["id"]])
        put(
            current,
            model,
            {name: value for name, value in row.items() if name not in ("id", "entered", "struck")} | changed,
        )


def move(cast: Cast, place: int, code: str, on: date) -> None:
    """Somebody stands in another unit from a day on."""
    row = Belonging.objects.open().get(person=cast.person(place))
    with writing() as current:
        current.strike(Belonging, [row.pk])
        old = {"person_id": row.person_id, "since_known": True}
        put(
            current,
            Belonging,
            {**old, "unit_id": row.unit_id, "since": row.since, "until": on},
            {**old, "unit_id": cast.unit(code).id, "since": on},
        )


def suspend(cast: Cast, place: int, since: date, until: date | None = None) -> None:
    state = {"person_id": cast.person(place).pk, "cycle": 1, "state": MembershipState.State.SUSPENDED, "since": since}
    with writing() as current:
        put(current, MembershipState, state | ({"until": until} if until else {}))


def found(cast: Cast, code: str) -> Table:
    made = balance(cast.unit(code), START, END, last())
    assert made.faults == ()
    return made


def said(made: Table, label: str = "合计") -> dict[str, int]:
    """What a row says, by the keys of its columns, without noughts."""
    line = next(one for one in (*made.lines, made.total) if one.label == label)
    return {column.key: number for column, number in zip(made.columns, line.numbers, strict=True) if number}


def test_an_admission_of_the_year_is_a_gain(cast: Cast) -> None:
    assert said(found(cast, TOWN)) == {"start": 6, "gained": 1, "admitted": 1, "end": 7}


def test_a_membership_that_ended_is_another_loss(cast: Cast) -> None:
    change(cast, 4, Membership, ended_on=date(2026, 3, 1))
    assert said(found(cast, COMMUNITY)) == {"start": 1, "lost": 1, "other_loss": 1}


def test_suspended_and_restored_members_are_told_apart(cast: Cast) -> None:
    suspend(cast, 1, date(2026, 2, 1))
    suspend(cast, 8, date(2025, 2, 1), date(2026, 2, 1))
    assert said(found(cast, VILLAGE)) == {
        "start": 1, "gained": 2, "admitted": 1, "restored": 1, "lost": 1, "suspended": 1, "end": 2,
    }  # fmt: skip


def test_who_moves_to_another_township_leaves_one_and_joins_the_other(cast: Cast) -> None:
    move(cast, 4, FAR_VILLAGE, date(2026, 4, 1))
    assert said(found(cast, TOWN)) == {"start": 6, "gained": 1, "admitted": 1, "lost": 1, "moved_out": 1, "end": 6}
    assert said(found(cast, OTHER_TOWN)) == {"start": 3, "gained": 1, "moved_in": 1, "end": 4}
    whole = balance(cast.tree.by_code["001"], START, END, last())
    assert (whole.faults, said(whole)) == ((), {"start": 9, "gained": 1, "admitted": 1, "end": 10})
    assert said(whole, "减：下级之间转接") == {"gained": -1, "moved_in": -1, "lost": -1, "moved_out": -1}


def test_who_moves_within_a_unit_moves_between_its_rows_only(cast: Cast) -> None:
    move(cast, 4, VILLAGE, date(2026, 4, 1))
    made = found(cast, TOWN)
    assert said(made) == {"start": 6, "gained": 1, "admitted": 1, "end": 7}
    assert said(made, "松坪社区党支部") == {"start": 1, "lost": 1, "moved_out": 1}
    assert said(made, "云岭村党支部") == {"start": 2, "gained": 2, "admitted": 1, "moved_in": 1, "end": 4}


def test_who_came_and_went_within_the_year_is_counted_on_both_sides(cast: Cast) -> None:
    change(cast, 7, Membership, ended_on=date(2026, 6, 1))
    assert said(found(cast, VILLAGE)) == {
        "start": 2, "gained": 1, "admitted": 1, "lost": 1, "other_loss": 1, "end": 2,
    }  # fmt: skip


@pytest.mark.parametrize("code", ["001", TOWN, VILLAGE])
def test_every_number_opens_as_many_as_it_says(cast: Cast, code: str) -> None:
    change(cast, 2, Membership, ended_on=date(2026, 3, 1))
    change(cast, 7, Membership, ended_on=date(2026, 6, 1))
    suspend(cast, 1, date(2026, 2, 1))
    move(cast, 4, VILLAGE, date(2026, 4, 1))
    move(cast, 6, FAR_VILLAGE, date(2026, 4, 1))
    client = cast.client(cast.officer)
    page = client.get(f"/statistics/?{ON}&unit={code}").content.decode()
    figures = [(html.unescape(address), int(number)) for address, number in LINK.findall(page)]
    opened = [(one, int(COUNTED.findall(client.get(one).content.decode())[0])) for one, _number in figures]
    assert (opened, "各栏、各单位加总相符" in page, len(figures) > 5) == (figures, True, True)


def test_a_clerk_sees_who_left_his_township_and_no_name_of_who_stands_elsewhere(cast: Cast) -> None:
    move(cast, 4, FAR_VILLAGE, date(2026, 4, 1))
    page = cast.client(cast.clerk_a).get(f"/statistics/people/?{ON}&column=moved_out").content.decode()
    assert ("共 1 人，现在都不在您的管理范围内" in page, f"韦禾{chr(0x4E00 + 4)}" in page) == (True, False)


def test_a_unit_that_ended_in_the_year_keeps_its_row(cast: Cast) -> None:
    from yumiao.units.models import Placement, UnitRecord

    unit, ended = cast.unit(COMMUNITY), date(2026, 5, 1)
    move(cast, 4, VILLAGE, ended)
    move(cast, 22, VILLAGE, ended)
    with writing() as current:
        for model in (Placement, UnitRecord):
            (row,) = model.objects.open().filter(unit=unit.id).values()
            current.strike(model, [row["id"]])
            kept = {name: value for name, value in row.items() if name not in ("id", "entered", "struck")}
            put(current, model, kept | {"until": ended})
    made = found(cast, TOWN)
    assert said(made, "松坪社区党支部") == {"start": 1, "lost": 1, "moved_out": 1}
    client = cast.client(cast.clerk_a)
    page = client.get(f"/statistics/?{ON}").content.decode()
    figures = [(html.unescape(address), int(number)) for address, number in LINK.findall(page)]
    opened = [(one, int(COUNTED.findall(client.get(one).content.decode())[0])) for one, _number in figures]
    assert opened == figures
    assert client.get(f"/statistics/?{ON}&unit={COMMUNITY}").status_code == 200
    assert client.get(f"/statistics/?on={END}&unit={COMMUNITY}").status_code == 404
