"""What is found wrong with a case as it stands: every violation by its rule, and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.admission.walks import LATER, USUAL, after, asked, ground, helper, newcomer
from yumiao.admission.faults import Fault, Gravity, PaperDay, faults
from yumiao.admission.history import CaseFile, Exempted, Held
from yumiao.admission.path import Outcome

GROUND = ground(LATER)


def recorded(days: dict[int, list[date]]) -> CaseFile:
    """These steps as they were held, whatever the rules say; ballots and helpers as they should be."""
    file = replace(newcomer(), contacts=(helper(2), helper(3)), introducers=(helper(2), helper(3)))
    for step, some in days.items():
        for on in some:
            file = after(file, asked(step, on))
    held = tuple(replace(one, motion=1) if one.step in (15, 17, 23, 24) else one for one in file.held)
    return replace(file, held=held, contacts=(helper(2), helper(3)), introducers=(helper(2), helper(3)))


def moved(**days: date | list[date] | None) -> CaseFile:
    """The usual case with the days of some steps (`s7`) changed, or without them."""
    changed = {int(name[1:]): day for name, day in days.items()}
    wanted = {step: changed.get(step, some) for step, some in USUAL.items()}
    return recorded({step: some if isinstance(some, list) else [some] for step, some in wanted.items() if some})


def rules(file: CaseFile, **more: object) -> list[tuple[int, str, str]]:
    return [(one.step, one.rule, one.gravity.value) for one in faults(file, GROUND, **more)]  # type: ignore[arg-type]


def test_of_the_usual_case_nothing_is_wrong() -> None:
    assert faults(moved(), GROUND, joined_on=date(2026, 5, 15)) == []


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (moved(s2=date(2025, 3, 9)), [(2, "DEV-02", "irregular")]),
        (moved(s3=date(2025, 2, 9)), [(3, "DEV-03", "irregular"), (4, "STP-04", "irregular"), (5, "STP-05b", "irregular"), (6, "DEV-05", "irregular")]),
        (moved(s4=date(2025, 3, 9)), [(4, "DEV-04", "irregular")]),
        (moved(s6=[date(2025, 9, 10), date(2026, 3, 11)]), [(7, "DEV-28", "irregular")]),
        (moved(s6=[date(2025, 11, 10), date(2026, 3, 9)]), [(6, "DEV-05", "irregular")]),
        (moved(s6=[date(2025, 9, 10)]), [(6, "STP-06", "irregular")]),
        (moved(s7=date(2026, 3, 9)), [(7, "DEV-06", "principle")]),
        (moved(s7=None), [(7, "STP-26", "principle")]),
        (moved(s8=None), [(8, "DEV-08", "principle")]),
        (moved(s4=None), [(4, "STP-04", "irregular")]),
        (moved(s10=None), [(10, "STP-26", "principle")]),
        (moved(s10=date(2026, 3, 15)), [(10, "DEV-08", "principle")]),
        (moved(s12=date(2026, 4, 11)), [(12, "DEV-10", "principle")]),
        (moved(s17=date(2026, 11, 16), s18=date(2026, 11, 20), s19=date(2026, 11, 20), s20=date(2026, 11, 20), s21=date(2026, 11, 20)),
         [(17, "DEV-15", "principle")]),
        (moved(s22=date(2027, 4, 10)), [(22, "STP-22", "irregular")]),
        (moved(s23=date(2027, 5, 14)), [(23, "DEV-18", "principle")]),
        (moved(s25=date(2027, 8, 1)), [(25, "STP-25", "irregular")]),
    ],
)  # fmt: skip
def test_each_violation_is_named(file: CaseFile, expected: list[tuple[int, str, str]]) -> None:
    assert rules(file) == expected


def changed(step: int, **values: object) -> CaseFile:
    file = moved()
    return replace(file, held=tuple(replace(one, **values) if one.step == step else one for one in file.held))  # type: ignore[arg-type]


def test_training_too_short_or_not_stated() -> None:
    short = changed(11, days=2, hours=Decimal(8))
    assert rules(short) == [(11, "DEV-09", "irregular")]
    assert faults(changed(11, days=None, hours=None), GROUND) == [
        Fault(11, "DEV-09", Gravity.IRREGULAR, "没有培训天数和学时的记录", (date(2026, 4, 12),))
    ]
    assert rules(replace(short, exemptions=(Exempted("DEV-09", 11, "青石镇党委", date(2026, 4, 1)),))) == []


def test_without_a_ballot() -> None:
    assert rules(changed(15, motion=None)) == [(15, "STP-15", "irregular")]


def test_a_late_entry_says_how_late_it_came() -> None:
    late = changed(2, is_late=True, entered_on=date(2025, 4, 1))
    assert [one.text for one in faults(late, GROUND)] == ["事后补录（50 天）"]


def test_who_helped() -> None:
    probationer = replace(moved(), contacts=(helper(2), helper(3, full=None)))
    assert rules(probationer) == [(5, "STP-05", "irregular")]
    alone = replace(moved(), introducers=(helper(2),))
    assert rules(alone) == [(9, "STP-09", "principle")]


def test_a_second_extension() -> None:
    file = moved(s22=None, s23=None, s24=None, s25=None)
    rounds = [
        Held(step=step, on=on, occurrence=time, outcome=outcome, months=6 if outcome else 0, motion=1)
        for time, (step, on, outcome) in enumerate(
            [(22, date(2027, 5, 10), None), (22, date(2027, 11, 10), None)], 1
        )
    ]  # fmt: skip
    decided = [
        Held(
            step=step, on=on + timedelta(days=step - 23), occurrence=time, outcome=Outcome.EXTENDED, months=6, motion=1
        )
        for time, on in enumerate([date(2027, 5, 15), date(2027, 11, 15)], 1)
        for step in (23, 24)
    ]
    wrong = replace(file, held=(*file.held, *rounds, *decided))
    assert rules(wrong) == [(23, "DEV-19", "principle"), (24, "DEV-19", "principle")]


def test_membership_from_another_day_than_the_meeting() -> None:
    assert rules(moved(), joined_on=date(2026, 7, 1)) == [(17, "DEV-17", "principle")]
    assert rules(replace(moved(), probation_end_on=date(2027, 7, 1))) == [(17, "DEV-17", "irregular")]


def test_papers_written_after_the_step() -> None:
    held, later = date(2026, 4, 10), date(2026, 6, 1)
    papers = [
        PaperDay("A12", 10, later, later), PaperDay("A13", 11, later, later), PaperDay("A12", 10, held, later),
        PaperDay("A14", 12, None, date(2026, 5, 20)), PaperDay("A14", 12, None, date(2026, 5, 21)), PaperDay("A16", 14, later, later),
    ]  # fmt: skip
    assert rules(moved(), papers=papers) == [
        (10, "ARC-03", "principle"), (11, "ARC-03", "irregular"), (12, "ARC-03", "irregular"),
    ]  # fmt: skip


def test_a_case_taken_over_with_three_days_alone_lacks_nothing() -> None:
    brief = {step: USUAL[step] for step in (1, 3, 8)}
    assert rules(recorded(brief)) == []
    assert rules(recorded(brief | {8: [date(2026, 3, 9)]})) == [(8, "DEV-06", "principle")]
