"""Steps that did not pass, and who waits for approval, in the lines, in their explanation and in the list of people they open."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.cast import VILLAGE, Cast, cast
from tests.dossier.entered import add, approve, enter
from yumiao.desk.people.filters import Filter, Kind
from yumiao.desk.people.lists import people_list
from yumiao.journal.acts import last
from yumiao.ledger import behind
from yumiao.ledger.difference_causes import Moment, Why, causes_between
from yumiao.ledger.difference_figures import FIGURES, Group
from yumiao.ledger.explanation import explain
from yumiao.ledger.lines import Counts
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

__all__ = ["cast"]
pytestmark = pytest.mark.db

NAMES = ("applicants", "activists", "targets", "pending", "members")


def counts(cast: Cast, day: date | None = None, known: int | None = None) -> Counts:
    return ledger(day or cast.today, within=cast.unit(VILLAGE).subtree, known=known).total


def grown(before: Counts, after: Counts) -> dict[str, int]:
    """By how much each figure differs, where it does."""
    return {
        name: getattr(after, name) - getattr(before, name)
        for name in NAMES
        if after != before and getattr(after, name) != getattr(before, name)
    }


def way(cast: Cast, *steps: int) -> dict[int, date]:
    """Steps a week apart, the last a week ago."""
    return {step: cast.today - timedelta(days=7 * (len(steps) - place)) for place, step in enumerate(steps)}


def test_a_step_that_did_not_pass_counts_as_not_held(cast: Cast) -> None:
    before = counts(cast)
    case = enter(cast, 31, way(cast, 1, 3, 8), outcomes={8: "failed"})
    assert grown(before, counts(cast)) == {"applicants": 1, "activists": 1}
    add(case.pk, {15: cast.today}, outcomes={15: "failed"})
    assert grown(before, counts(cast)) == {"applicants": 1, "activists": 1}


def test_who_passed_the_meeting_waits_until_the_approval_and_is_counted_once_on_every_day(cast: Cast) -> None:
    before, met, approved = counts(cast), cast.today - timedelta(days=7), cast.today
    case = enter(cast, 31, way(cast, 1, 3, 8, 15), outcomes={8: "passed", 15: "passed"})
    assert grown(before, counts(cast)) == {"pending": 1}
    known = last().seq
    add(case.pk, {16: met})
    assert grown(before, counts(cast)) == {"pending": 1}
    approve(cast, 31, case.pk, met_on=met, approved_on=approved)
    assert grown(before, counts(cast)) == {"members": 1}
    assert [
        counts(cast, day).pending for day in (met - timedelta(days=1), met, approved - timedelta(days=1), approved)
    ] == [0, 1, 1, 0]
    assert counts(cast, known=known).pending == 1


def test_an_approval_that_was_refused_leaves_him_waiting(cast: Cast) -> None:
    case = enter(cast, 31, way(cast, 1, 3, 8, 15), outcomes={15: "passed"})
    add(case.pk, {17: cast.today}, outcomes={17: "failed"})
    assert counts(cast).pending == 1


def test_the_people_behind_are_those_counted(cast: Cast) -> None:
    enter(cast, 31, way(cast, 1, 3, 8, 15), outcomes={8: "passed", 15: "passed"})
    units = [one.id for one in tree(cast.today) if one.village == cast.unit(VILLAGE).id]
    person = cast.person(31).pk
    assert behind.waiting(units, cast.today) == [(person, cast.today - timedelta(days=7))]
    assert person not in [one.person for one in behind.cultivated(units, cast.today)]
    said = explain(cast.unit(VILLAGE).code, cast.today)
    text = json.dumps(said.as_json(), ensure_ascii=False)
    assert ("支部大会已通过，待上级党委审批" in text, "另有 1 名待审批" in text) == (True, True)


def test_a_number_opens_exactly_the_people(cast: Cast) -> None:
    enter(cast, 31, way(cast, 1, 3, 8, 15), outcomes={8: "passed", 15: "passed"})
    enter(cast, 4, way(cast, 1, 3, 8), outcomes={8: "failed"})
    reader = cast.reader(cast.officer)

    def listed(kind: Kind) -> set[object]:
        return {row.uid for row in people_list(reader, Filter(kind=kind)).rows}

    assert listed(Kind.PENDING) == {cast.people[31]}
    assert cast.people[4] in listed(Kind.ACTIVIST) - listed(Kind.TARGET)
    rows = {row.uid: row for row in people_list(reader, Filter(kind=Kind.PENDING)).rows}
    assert rows[cast.people[31]].standing.label(cast.today) == "待党委审批"


def test_a_difference_of_those_who_wait_is_explained(cast: Cast) -> None:
    before = Moment(cast.today, last().seq)
    enter(cast, 31, way(cast, 1, 3, 8, 15), outcomes={8: "passed", 15: "passed"})
    found = causes_between(before, Moment(cast.today, last().seq))
    causes = [one for one in found[VILLAGE, Group.CULTIVATION] if one.person == cast.person(31).pk]
    assert {one.why for one in causes} == {Why.LATE}
    assert [Group.CULTIVATION in FIGURES[kind]["pending"].groups for kind in ("village", "township")] == [True, True]
