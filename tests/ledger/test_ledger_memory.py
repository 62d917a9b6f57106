"""A ledger cut out of the county's is the ledger that is counted by itself."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.history import History
from tests.ledger.rows import write_member, writing
from tests.ledger.small_tree import LARGE, TOWNSHIP, VILLAGE
from yumiao.journal.acts import last
from yumiao.ledger.memory import ledger_of
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

pytestmark = pytest.mark.db

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("day", [date(2025, 1, 1), TODAY, date(2028, 2, 29)])
def test_every_subtree_of_a_history_is_cut_as_it_is_counted(seed: int, day: date) -> None:
    History(seed).write()
    head = last()
    assert ledger_of(day, head) == ledger(day)
    for unit in tree(day):
        assert ledger_of(day, head, unit.subtree) == ledger(day, within=unit.subtree)


def test_a_second_look_asks_nothing_of_the_database(units, django_assert_num_queries) -> None:
    head = last()
    with django_assert_num_queries(7):
        first = ledger_of(TODAY, head)
    with django_assert_num_queries(0):
        assert ledger_of(TODAY, head) == first
        assert [one.unit.code for one in ledger_of(TODAY, head, tree_unit(first, TOWNSHIP)).villages] == [
            VILLAGE,
            LARGE,
        ]


def tree_unit(found, code: str):
    return next(one.unit.subtree for one in found.townships if one.unit.code == code)


def test_an_act_is_seen_at_once(units) -> None:
    assert ledger_of(TODAY, last()).total.members == 0
    with writing() as current:
        write_member(current, units[VILLAGE], date(2021, 6, 1))
    assert ledger_of(TODAY, last()).total.members == 1
