"""Terms, states and repetitions at their edges; no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yumiao.kernel.workdays import Calendar
from yumiao.oversight.rules import (
    ACCEPTED,
    RETURNED,
    SUBMITTED,
    Found,
    Happened,
    State,
    Term,
    extension_objections,
    follow_objections,
    is_repeated,
    standing,
)

DUE = date(2026, 3, 20)
TERM = Term(date(2026, 3, 2), DUE)
NO_HOLIDAYS = Calendar(years=frozenset({2026}), days_off=frozenset(), workdays=frozenset())
DAY = timedelta(days=1)


def happened(*whats: str) -> list[Happened]:
    return [Happened(what, date(2026, 3, 10), "甲") for what in whats]


@pytest.mark.parametrize(
    ("whats", "today", "state"),
    [
        ((), DUE, State.ISSUED),
        ((), DUE + DAY, State.OVERDUE),
        ((SUBMITTED,), DUE + DAY, State.SUBMITTED),
        ((SUBMITTED, RETURNED), DUE, State.RETURNED),
        ((SUBMITTED, RETURNED), DUE + DAY, State.OVERDUE),
        ((SUBMITTED, ACCEPTED), DUE + DAY, State.ACCEPTED),
    ],
)
def test_the_day_due_is_in_time_and_the_next_is_not(whats: tuple[str, ...], today: date, state: State) -> None:
    assert standing(TERM, happened(*whats), today) is state


def test_a_longer_term_moves_the_last_day() -> None:
    longer = Term(TERM.issued_on, DUE, DUE + 7 * DAY)
    assert [standing(longer, [], DUE + days * DAY) for days in (7, 8)] == [State.ISSUED, State.OVERDUE]


def test_a_term_is_extended_once_by_ten_working_days_at_most() -> None:
    def against(term: Term, working_days: int) -> list[str]:
        to = NO_HOLIDAYS.add_working_days(DUE, working_days)
        return [one.rule for one in extension_objections(term, to, NO_HOLIDAYS)]

    assert [against(TERM, days) for days in (1, 10, 11, 0)] == [[], [], ["RCT-02"], ["RCT-02"]]
    assert against(Term(TERM.issued_on, DUE, DUE + DAY), 10) == ["RCT-01"]


def test_who_submitted_neither_accepts_nor_returns() -> None:
    def against(what: str, by: str, whats: tuple[str, ...]) -> list[str]:
        return [one.rule for one in follow_objections(TERM, happened(*whats), Happened(what, DUE, by))]

    assert [against(what, "甲", (SUBMITTED,)) for what in (ACCEPTED, RETURNED)] == [["RCT-04"], ["RCT-04"]]
    assert against(ACCEPTED, "乙", (SUBMITTED,)) == []
    assert against(ACCEPTED, "乙", ()) == ["RCT-03"]
    assert against(SUBMITTED, "甲", (SUBMITTED, RETURNED)) == []
    assert against(SUBMITTED, "甲", (SUBMITTED, ACCEPTED)) == ["RCT-03"]


def test_the_same_rule_or_slot_at_the_same_unit_within_a_year_is_a_repetition() -> None:
    now = Found(1, date(2026, 3, 2), rule="STP-01", slot="A01")
    before = date(2025, 3, 2)
    assert is_repeated(now, [Found(1, before, rule="STP-01")])
    assert is_repeated(now, [Found(1, before, slot="A01")])
    assert not is_repeated(now, [Found(1, before - DAY, rule="STP-01")])
    assert not is_repeated(now, [Found(2, before, rule="STP-01")])
    assert not is_repeated(Found(1, now.on), [Found(1, before)])
