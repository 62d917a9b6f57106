"""What an audit may say, and what stands before a decision."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.admission.audit_rules import CORE, Audited, Decided, Ground, audit_objections, decision_objections

TODAY = date(2026, 11, 26)
GIVEN = Decided(
    "not_recognised", date(2026, 11, 20), "中共青岚县委", "青组认〔2026〕1号", "手续违反规定", date(2026, 11, 22)
)


def test_five_papers_are_core() -> None:
    assert CORE == ("A01", "A07", "A12", "A16", "A21", "A22")


@pytest.mark.parametrize(
    ("audited", "rules"),
    [
        (Audited(TODAY, "complete", missing=("A08", "A24")), []),
        (Audited(TODAY, "complete", missing=("A16",)), ["AUD-01"]),
        (Audited(TODAY, "lacking", missing=("A16",)), []),
        (Audited(TODAY, "wrong", missing=("A16",)), ["AUD-01"]),
        (Audited(TODAY, "unproven", wrong=("A16",)), []),
        (Audited(date(2026, 11, 27), "unproven", missing=("A02",)), ["DEV-21", "AUD-01"]),
    ],
)
def test_a_result_fits_what_is_missing_and_wrong(audited: Audited, rules: list[str]) -> None:
    assert [one.rule for one in audit_objections(audited, today=TODAY)] == rules


@pytest.mark.parametrize(
    ("ground", "rules"),
    [
        (Ground("unproven", date(2026, 11, 20)), []),
        (Ground("lacking", date(2026, 11, 20), is_grave=True), []),
        (Ground("lacking", date(2026, 11, 20)), ["AUD-03"]),
        (Ground(is_grave=True), ["AUD-03"]),
        (Ground("wrong", date(2026, 11, 21)), ["AUD-06"]),
    ],
)
def test_a_decision_stands_on_an_audit(ground: Ground, rules: list[str]) -> None:
    found = decision_objections(GIVEN, ground, membership_on=date(2021, 5, 15), today=TODAY)
    assert [one.rule for one in found] == rules


def test_everything_that_a_decision_lacks_is_said_at_once() -> None:
    given = Decided("recognised", date(2026, 11, 27), "", "", "", None)
    found = decision_objections(given, Ground("wrong", TODAY), membership_on=date(2021, 5, 15), today=TODAY)
    assert [one.rule for one in found] == ["AUD-04", "AUD-05", "DEV-21"]
