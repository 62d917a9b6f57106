"""The statements give what a recount in plain Python gives: on any day, in any part of the tree, as known at any entry."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from tests.ledger.history import DAYS, History
from tests.ledger.recount import all_rows, recount
from tests.ledger.rows import put, writing
from yumiao.bylaws.models import Setting
from yumiao.journal.acts import last
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.ledger.figures import Ledger
from yumiao.ledger.lines import Counts
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

pytestmark = pytest.mark.db

PARTS = ("1.1", "1.1.1", "1.1.2.1")  # a township, a village, a branch; the last two with the next number beside them
FEBRUARY = date(2025, 1, 1)


def figures(found: Ledger) -> tuple[dict[int, object], object]:
    return {village.unit.id: village.counts for village in found.villages}, found.total


def recounted(rows, day: date, **what) -> tuple[dict[int, object], object]:
    found = recount(rows, day, **what)
    return found.villages, found.total


@pytest.mark.parametrize("seed", range(30))
def test_the_lines_are_the_recount(seed) -> None:
    history = History(seed)
    history.write()
    rows, days = all_rows(), history.random.sample(DAYS, 4)
    for day in days:
        for known in (None, *range(1, last().seq)):
            assert figures(ledger(day, known=known)) == recounted(rows, day, known=known), (day, known)
        units = tree(day)
        for code in PARTS:
            part = units.by_code[code].subtree
            assert figures(ledger(day, within=part)) == recounted(rows, day, within=part), (day, code)


def test_the_histories_count_something_in_every_column() -> None:
    """Otherwise the comparison proves nothing."""
    History(0, size=100).write()
    rows = all_rows()
    totals = [recount(rows, day).total for day in DAYS[1:]]
    assert [name for name in Counts._fields if not any(getattr(total, name) for total in totals)] == []


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 1), date(2026, 2, 28)])
def test_the_lines_follow_the_leap_day_policy_of_the_day(day) -> None:
    History(7).write()
    with writing() as current:
        row = {"key": "leap_birthday_policy", "value": "feb_28", "since": FEBRUARY, "reason": "县级文件"}
        put(current, Setting, {**row, "paper_uid": uuid.uuid4()})
    leap = LeapBirthday.FEB_28 if day >= FEBRUARY else LeapBirthday.MAR_1
    assert figures(ledger(day)) == recounted(all_rows(), day, leap=leap)


def test_before_anything_was_written_nothing_is_known() -> None:
    History(1).write()
    found = ledger(date(2026, 6, 30), known=0)
    assert (found.villages, found.townships, found.unit, any(found.total)) == ((), (), None, False)


def test_a_part_in_which_nothing_stands_is_empty() -> None:
    History(1).write()
    found = ledger(date(2026, 6, 30), within=Range("900000", "900001"))
    assert (found.villages, found.townships, found.unit, any(found.total)) == ((), (), None, False)


@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_of_a_township_is_that_part_of_the_countys(seed) -> None:
    History(seed).write()
    day = date(2026, 6, 30)
    whole = ledger(day, within=EVERYTHING)
    for township in whole.townships:
        part = ledger(day, within=township.unit.subtree)
        assert part.unit == township.unit
        assert part.villages == tuple(
            village for village in whole.villages if village.unit.township == township.unit.id
        )
        assert [(one.unit, one.counts, one.as_json()) for one in part.townships] == [
            (township.unit, township.counts, township.as_json())
        ]
