"""The five gates of a case as they follow from its steps, notices and votes (domain 4.4). Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.admission.walks import LATER, ground, until
from yumiao.admission.five_gates import State, gates_of
from yumiao.admission.gates import Gate, Objected, Posted
from yumiao.admission.history import CaseFile, Exempted
from yumiao.admission.path import Outcome

PUBLIC = frozenset({Gate.PUBLIC_ADMISSION, Gate.PUBLIC_CONFIRMATION})
N, U, H, P, X = State.NOT_YET, State.UNDER_WAY, State.HELD_UP, State.PASSED, State.NOT_ASKED
POSTED = Posted("admission", date(2026, 5, 7), date(2026, 5, 14))


def states(file: CaseFile, today: date = LATER, **more: object) -> list[State]:
    return [one.state for one in gates_of(file, ground(today, **more))]


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        (2, date(2025, 3, 1), [N, N, N, N, N]),
        (3, date(2025, 3, 11), [U, N, N, U, N]),
        (4, date(2025, 3, 21), [P, N, N, U, N]),
        (6, date(2026, 3, 9), [P, U, N, U, N]),
        (12, date(2026, 4, 20), [P, P, N, P, N]),
        (14, date(2026, 5, 7), [P, P, U, P, N]),
        (15, date(2026, 5, 20), [P, P, H, P, U]),
        (17, date(2026, 7, 2), [P, P, H, U, P]),
    ],
)
def test_the_usual_way_passes_gate_by_gate(last: int, today: date, expected: list[State]) -> None:
    assert states(until(last), today, asks=PUBLIC) == expected


def test_a_notice_runs_is_over_and_opens_the_gate() -> None:
    file = replace(until(14), notices=(POSTED,))
    assert states(file, date(2026, 5, 14), asks=PUBLIC)[2] is U
    assert states(file, date(2026, 5, 15), asks=PUBLIC)[2] is P
    assert states(replace(until(15), notices=(POSTED,)), date(2026, 5, 16), asks=PUBLIC)[2] is P
    late = replace(until(15), notices=(replace(POSTED, closes_on=date(2026, 5, 15)),))
    assert states(late, date(2026, 5, 16), asks=PUBLIC)[2] is H


def test_an_objection_holds_the_gate_until_it_is_concluded() -> None:
    file = replace(until(14), notices=(POSTED,), objected=(Objected(date(2026, 5, 14)),))
    found = gates_of(file, ground(date(2026, 5, 16), asks=PUBLIC))[2]
    assert (found.state, found.said) == (H, "有 1 件异议、举报没有办结")
    done = replace(file, objected=(Objected(date(2026, 5, 14), date(2026, 5, 16), "continue"),))
    assert states(done, date(2026, 5, 16), asks=PUBLIC)[2] is P


def test_a_county_without_publicity_does_not_ask_for_it() -> None:
    assert states(until(14), date(2026, 5, 16))[2] is X


def test_training_too_short_holds_the_gate_unless_exempted() -> None:
    held = tuple(replace(one, days=2, hours=Decimal(23)) if one.step == 11 else one for one in until(12).held)
    file = replace(until(12), held=held)
    assert states(file)[1] is H
    lifted = replace(file, exemptions=(Exempted("DEV-09", 11, "青石镇党委", date(2026, 4, 1)),))
    assert states(lifted)[1] is P


def test_an_inspection_overdue_by_a_day_holds_the_gate() -> None:
    file = replace(until(5))
    assert states(file, date(2025, 10, 10))[3] is U
    assert states(file, date(2025, 10, 11))[3] is H


def test_a_vote_that_failed_holds_the_last_gate() -> None:
    held = tuple(replace(one, outcome=Outcome.FAILED) if one.step == 15 else one for one in until(15).held)
    assert states(replace(until(15), held=held))[4] is H
