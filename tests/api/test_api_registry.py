"""The registry for machines: changes of the tree, terms and posts, changes of status, transfers, floating members, states of a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import lived
from tests.api.tokens import Machines, machines
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from yumiao.journal.models import Reading
from yumiao.kernel.identity import mask_identity
from yumiao.people.models import Membership

pytestmark = pytest.mark.db
__all__ = ["cast", "machines"]
OF_PEOPLE = ("posts", "changes", "transfers", "stays")


def picked(row: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


def test_a_reform_and_who_carries_on_what_it_ended(cast: Cast, machines: Machines) -> None:
    seq = lived.merge_villages(cast)
    officer = machines()
    (reform,) = officer.items("/api/reforms/")
    counted = ("entry", "title", "document", "effective_on", "ended", "undone_by")
    assert picked(reform, *counted) == (seq, "合村", lived.PAPER, cast.today.isoformat(), 1, None)
    (link,) = officer.items("/api/successions/")
    said = ("entry", "predecessor", "successor", "successor_name", "way", "is_main")
    assert picked(link, *said) == (seq, OTHER_FAR_VILLAGE, FAR_VILLAGE, cast.unit(FAR_VILLAGE).name, "合并", True)
    assert officer.items(f"/api/successions/?unit={TOWN}") == []


def test_a_reform_of_another_township_is_not_there(cast: Cast, machines: Machines) -> None:
    lived.merge_villages(cast)
    lived.rename_village(cast)
    titles = {unit: [row["title"] for row in machines(unit=unit).items("/api/reforms/")] for unit in (TOWN, OTHER_TOWN)}
    assert titles == {TOWN: ["更名"], OTHER_TOWN: ["合村"]}
    assert machines(unit=TOWN).items("/api/successions/") == []


def test_terms_and_posts_are_those_of_the_lists(cast: Cast, machines: Machines) -> None:
    lived.elect(cast)
    officer = machines()
    terms = {row["unit"]: (row["elected_on"], row["due_on"], row["state"]) for row in officer.items("/api/terms/")}
    assert terms[VILLAGE] == ("2023-03-05", "2028-03-05", "任期内")
    assert terms[FAR_VILLAGE] == (None, None, "未登记届期")
    assert [row["unit"] for row in officer.items("/api/terms/?state=running")] == [VILLAGE]
    (post,) = officer.items(f"/api/posts/?unit={TOWN}")
    assert picked(post, "unit", "name", "title", "since") == (VILLAGE, lived.name(cast, 1), "书记", "2023-03-05")
    assert officer.items("/api/posts/?held=ended") == officer.items(f"/api/posts/?unit={OTHER_TOWN}") == []


def test_a_transfer_is_seen_from_both_ends_and_nowhere_else(cast: Cast, machines: Machines) -> None:
    lived.transfer(cast)
    found = {unit: machines(unit=unit).items("/api/transfers/") for unit in (COUNTY, TOWN, OTHER_TOWN, FAR_VILLAGE)}
    assert {unit: len(rows) for unit, rows in found.items()} == {COUNTY: 1, TOWN: 1, OTHER_TOWN: 1, FAR_VILLAGE: 0}
    (row,) = found[TOWN]
    said = ("person", "identity", "from_unit", "to_unit", "kind", "state")
    person = str(cast.people[8])
    assert picked(row, *said) == (person, mask_identity(number(8)), VILLAGE, OTHER_TOWN, "县内转接", "在途")
    states = {
        state: len(machines(unit=TOWN).items(f"/api/transfers/?state={state}")) for state in ("leaving", "arriving")
    }
    assert states == {"leaving": 1, "arriving": 0}


def test_floating_members_and_changes_of_status_are_those_of_their_registers(cast: Cast, machines: Machines) -> None:
    lived.leave(cast, 8)
    lived.correct_in_term(cast, 1)
    clerk, other = machines(unit=TOWN), machines(unit=OTHER_TOWN)
    (stay,) = clerk.items("/api/stays/")
    assert picked(stay, "person", "unit", "place", "until") == (str(cast.people[8]), VILLAGE, "外省务工", None)
    assert (
        clerk.items("/api/stays/?over=true") == clerk.items("/api/stays/?kind=in") == other.items("/api/stays/") == []
    )
    (change,) = clerk.items("/api/changes/?change=correction_in_term")
    assert picked(change, "person", "unit", "change", "on") == (
        str(cast.people[1]), VILLAGE, "限期改正", cast.today.isoformat(),
    )  # fmt: skip
    assert clerk.items("/api/changes/?year=1999") == other.items("/api/changes/") == []


def test_the_states_of_a_person_follow_each_other_without_a_gap(cast: Cast, machines: Machines) -> None:
    lived.correct_in_term(cast, 1)
    member = Membership.objects.alive().get(person=cast.person(1))
    joined, full = member.membership_on.isoformat(), member.full_member_on.isoformat()
    found = machines(unit=TOWN).items(f"/api/people/{cast.people[1]}/membership/")
    assert [picked(row, "cycle", "state", "since", "until") for row in found] == [
        (1, "预备党员", joined, full),
        (1, "正式党员", full, None),
        (1, "限期改正", cast.today.isoformat(), None),
    ]
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.count, reading.subject) == ("api", 1, cast.people[1])
    where = f"/api/people/{cast.people[5]}/membership/"
    assert machines(unit=TOWN).problem(where)[:2] == (404, "missing")


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_a_page_that_names_people_is_on_record_and_an_empty_one_is_not(
    cast: Cast, machines: Machines, name: str
) -> None:
    lived.lived(cast)
    clerk, other = machines(unit=TOWN), machines(unit=FAR_VILLAGE)
    before = Reading.objects.count()
    count = len(clerk.get(f"/api/{name}/")["items"])
    reading = Reading.objects.latest("id")
    assert (count, Reading.objects.count()) == (1, before + 1)
    assert (reading.what, reading.count, reading.subject) == ("api", 1, cast.unit(TOWN).uid)
    assert other.items(f"/api/{name}/") == []
    assert Reading.objects.count() == before + 1


@pytest.mark.parametrize("name", ["stays", "transfers"])
def test_pages_by_key_hold_every_row_once(cast: Cast, machines: Machines, name: str) -> None:
    for place in (1, 7, 8):
        (lived.leave if name == "stays" else lived.transfer)(cast, place)
    clerk = machines(unit=TOWN)
    one_by_one = [row["person"] for row in clerk.items(f"/api/{name}/?limit=1")]
    assert one_by_one == [row["person"] for row in clerk.items(f"/api/{name}/")]
    assert sorted(one_by_one) == sorted(str(cast.people[place]) for place in (1, 7, 8))


@pytest.mark.parametrize(
    ("name", "asked"),
    [("stays", 8), ("transfers", 7), ("changes", 8), ("posts", 5), ("terms", 1), ("reforms", 3), ("successions", 4)],
)
def test_a_list_asks_the_same_number_of_questions_for_one_and_three(
    cast: Cast, machines: Machines, name: str, asked: int, database_vendor: str
) -> None:
    """Token with account and head, then what the page needs; PostgreSQL is asked for the lock of the readings too."""
    acts: dict[str, Any] = {"stays": lived.leave, "transfers": lived.transfer, "changes": lived.correct_in_term}
    if name in acts:
        for place in (1, 7, 8) if name != "changes" else (1, 8, 2):
            acts[name](cast, place)
    elif name == "posts":
        lived.elect(cast)
    else:
        lived.merge_villages(cast)
    clerk = machines()
    clerk.get(f"/api/{name}/")
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as made:
            clerk.get(f"/api/{name}/?limit={limit}")
        statements = [one["sql"] for one in made if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        lock = database_vendor == "postgresql" and name in OF_PEOPLE
        assert len(statements) == asked + lock, "\n".join(statements)
