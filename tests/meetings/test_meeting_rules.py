"""Who votes, when a meeting is valid, when a motion is passed: the oracles of domain 2.1, and what the numbers say against a ballot."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.kernel.objections import Severity
from yumiao.meetings.drafts import MotionDraft, counted, motion_objections, opinion_objections, tellers_of
from yumiao.meetings.due_rules import LeftOut, Member, Standing, due_of, standing_on
from yumiao.meetings.rules import (
    Count,
    Measure,
    Result,
    count_objections,
    majority,
    measure_of,
    quorum,
    result_of,
    said_of,
)

DAY = date(2026, 5, 15)
A, R, C, E = Measure.ADMISSION, Measure.ORDINARY, Measure.COMMITTEE, Measure.ELECTION
PASSED, FAILED, INVALID = Result.PASSED, Result.FAILED, Result.NO_QUORUM

ORACLES = [
    (A, Count(due=17, present=9, yes=9), PASSED),
    (A, Count(due=17, present=9, yes=8, abstain=1), FAILED),
    (A, Count(due=17, present=9, yes=8, abstain=1, written_yes=1), PASSED),
    (A, Count(due=17, present=8, yes=8, written_yes=5), INVALID),
    (A, Count(due=16, present=8, yes=8), INVALID),
    (R, Count(due=16, present=8, yes=8), FAILED),
    (A, Count(due=18, present=10, yes=9, no=1), FAILED),
    (A, Count(due=18, present=10, yes=10), PASSED),
    (A, Count(due=16, present=9, yes=9), PASSED),
    (A, Count(due=3, present=2, yes=2), PASSED),
    (A, Count(due=3, present=2, yes=1, no=1), FAILED),
    (E, Count(due=17, present=13, yes=13), INVALID),
    (E, Count(due=17, present=14, yes=9, no=5), PASSED),
    (C, Count(due=9, present=5, yes=5), PASSED),
    (C, Count(due=9, present=4, yes=4), INVALID),
    (C, Count(due=8, present=4, yes=4), FAILED),
    (C, Count(due=9, present=5, yes=4, no=1, written_yes=4), FAILED),  # earlier written votes count in admission alone (MTG-12)
    (A, Count(due=0, present=0, yes=0), INVALID),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "count", "result"), ORACLES)
def test_the_oracles_of_quorum_and_majority(measure: Measure, count: Count, result: Result) -> None:
    assert result_of(measure, count) is result


@pytest.mark.parametrize(
    ("measure", "due", "fewest", "votes"),
    [(A, 17, 9, 9), (A, 16, 9, 9), (R, 16, 8, 9), (A, 18, 10, 10), (A, 3, 2, 2), (E, 17, 14, 9), (C, 9, 5, 5), (C, 8, 4, 5)],
)  # fmt: skip
def test_how_many_are_needed(measure: Measure, due: int, fewest: int, votes: int) -> None:
    assert (quorum(measure, due), majority(due)) == (fewest, votes)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("due", range(1, 41))
def test_the_numbers_needed_are_those_the_result_turns_on(measure: Measure, due: int) -> None:
    fewest, votes = quorum(measure, due), majority(due)
    enough = max(fewest, votes)
    assert result_of(measure, Count(due=due, present=enough, yes=votes, no=enough - votes)) is PASSED
    assert result_of(measure, Count(due=due, present=enough, yes=votes - 1, abstain=enough - votes + 1)) is FAILED
    assert result_of(measure, Count(due=due, present=fewest - 1, yes=fewest - 1)) is INVALID


def test_both_denominators_are_those_due_never_those_present() -> None:
    """MTG-04: everybody there was in favour, and it is not passed."""
    assert result_of(A, Count(due=18, present=10, yes=9, spoilt=1)) is FAILED
    assert said_of(A, Count(due=17, present=9, yes=8, abstain=1, written_yes=1)) == (
        "应到会有表决权的 17 人，实到 9 人（至少 9 人），赞成 8 票（另有会前书面赞成 1 票）（至少 9 票），反对 0 票，弃权 1 票"
    )


@pytest.mark.parametrize(
    ("kind", "meeting", "measure"),
    [
        ("admission", "members", A), ("confirmation", "members", A), ("ordinary", "members", R), ("activist", "members", R),
        ("activist", "branch_committee", C), ("approval", "committee", C), ("confirmation_approval", "committee", C),
    ],
)  # fmt: skip
def test_by_which_rule_a_motion_is_counted(kind: str, meeting: str, measure: Measure) -> None:
    assert measure_of(kind, meeting) is measure


FULL = Member(membership_on=date(2015, 7, 1), full_on=date(2016, 7, 1))


def left_out(ground: str = "away", **changed: object) -> LeftOut:
    given = {
        "since": date(2026, 1, 1), "until": date(9999, 12, 31), "resolved_on": date(2026, 1, 1), "approved_on": date(2025, 12, 20),
        "document": "青石党〔2026〕3号",
    }  # fmt: skip
    return LeftOut(ground=ground, **{**given, **changed})  # type: ignore[arg-type]


def with_exclusion(one: LeftOut) -> Member:
    return Member(membership_on=FULL.membership_on, full_on=FULL.full_on, left_out=(one,))


STANDINGS = [
    (FULL, Standing.VOTES),
    (Member(membership_on=date(2026, 1, 5)), Standing.PROBATIONARY),
    (Member(membership_on=date(2025, 5, 14), full_on=date(2026, 5, 15)), Standing.VOTES),  # full since the day of the meeting
    (Member(membership_on=date(2025, 5, 14), full_on=date(2026, 5, 16)), Standing.PROBATIONARY),
    (Member(membership_on=date(2026, 5, 16)), Standing.GONE),
    (Member(membership_on=FULL.membership_on, full_on=FULL.full_on, is_barred=True), Standing.BARRED),
    (Member(membership_on=FULL.membership_on, full_on=FULL.full_on, is_out=True), Standing.GONE),
    (Member(membership_on=FULL.membership_on, full_on=FULL.full_on, ended_on=DAY), Standing.GONE),  # died on the day of the meeting
    (Member(membership_on=FULL.membership_on, full_on=FULL.full_on, ended_on=date(2026, 5, 16)), Standing.VOTES),
    (with_exclusion(left_out()), Standing.EXCLUDED),
    (with_exclusion(left_out(approved_on=date(2026, 5, 16))), Standing.VOTES),  # not approved yet
    (with_exclusion(left_out(resolved_on=date(2026, 5, 16))), Standing.VOTES),  # not resolved yet
    (with_exclusion(left_out(document=" ")), Standing.VOTES),
    (with_exclusion(left_out(until=DAY)), Standing.VOTES),  # over
    (with_exclusion(left_out(since=date(2026, 5, 16))), Standing.VOTES),
    (with_exclusion(left_out("retired_away")), Standing.VOTES),  # counts for elections alone
]  # fmt: skip


@pytest.mark.parametrize(("one", "standing"), STANDINGS)
def test_what_somebody_is_at_a_meeting(one: Member, standing: Standing) -> None:
    assert standing_on(one, DAY) is standing


@pytest.mark.parametrize("ground", ["ill", "abroad", "detained", "bedridden", "away", "retired_away"])
def test_all_six_grounds_count_in_an_election(ground: str) -> None:
    assert standing_on(with_exclusion(left_out(ground)), DAY, is_election=True) is Standing.EXCLUDED


def test_twenty_members_of_whom_sixteen_vote() -> None:
    """17 full of whom one on 留党察看, three probationary: n is 16."""
    barred = Member(membership_on=FULL.membership_on, full_on=FULL.full_on, is_barred=True)
    branch = [FULL] * 16 + [barred] + [Member(membership_on=date(2026, 1, 5))] * 3
    assert due_of(standing_on(one, DAY) for one in branch) == 16


def motion(**changed: object) -> MotionDraft:
    given: dict[str, object] = {
        "kind": "admission", "title": "接收预备党员", "person": 7, "count": Count(due=17, present=9, yes=9), "tellers": "韦春晓、李青山",
    }  # fmt: skip
    return MotionDraft(**{**given, **changed})  # type: ignore[arg-type]


def said(one: MotionDraft, name: str = "盘云舟") -> list[tuple[str, Severity]]:
    measure = Measure.COMMITTEE if one.named else Measure.ADMISSION
    return [(found.rule, found.severity) for found in motion_objections(one, measure, name=name)]


def test_a_ballot_in_order_has_nothing_against_it() -> None:
    assert said(motion()) == []


def test_that_a_motion_failed_is_no_objection() -> None:
    assert said(motion(count=Count(due=17, present=9, yes=1, no=8))) == []
    assert said(motion(count=Count(due=17, present=1, yes=1))) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"count": Count(due=17, present=9, yes=9, no=1)},
        {"count": Count(due=8, present=9, yes=9)},
        {"count": Count(due=17, present=9, yes=10, no=-1)},
        {"count": Count(due=10, present=9, yes=9, written_yes=2)},
        {"kind": "approval", "is_secret": False, "named": [(1, "yes"), (2, "no")], "count": Count(due=2, present=2, yes=2)},
    ],
)  # fmt: skip
def test_numbers_that_cannot_be(changed: dict[str, object]) -> None:
    assert said(motion(**changed)) == [("MTG-13", Severity.BLOCK)]


@pytest.mark.parametrize(
    "changed",
    [
        {"is_secret": False},
        {"person": None},
        {"named": [(1, "yes")] * 9},  # who voted how in a secret ballot is written down nowhere
    ],
)  # fmt: skip
def test_one_candidate_one_secret_ballot(changed: dict[str, object]) -> None:
    assert said(motion(**changed)) == [("MTG-06", Severity.BLOCK)]


@pytest.mark.parametrize("tellers", ["盘云舟", "韦春晓、盘云舟", "韦春晓,盘云舟", "韦春晓 盘云舟"])
def test_a_candidate_counts_no_votes(tellers: str) -> None:
    assert said(motion(tellers=tellers)) == [("EDGE-17", Severity.BLOCK)]


def test_tellers_however_they_are_set_apart() -> None:
    assert tellers_of("韦春晓、李青山； 黄松岭") == ["韦春晓", "李青山", "黄松岭"]


def test_written_opinions_that_came_too_late_are_kept_and_not_counted() -> None:
    one = motion(
        count=Count(due=17, present=9, yes=9, written_yes=1), opinions=[(1, date(2026, 5, 14)), (2, date(2026, 5, 16))]
    )
    assert [counted(on, DAY) for _person, on in one.opinions] == [True, False]
    assert [(found.rule, found.severity) for found in opinion_objections(one, DAY)] == [("MTG-05", Severity.INFO)]


def test_as_many_written_votes_are_counted_as_came_in_time() -> None:
    one = motion(count=Count(due=17, present=9, yes=9, written_yes=2), opinions=[(1, date(2026, 5, 14))])
    assert [found.rule for found in opinion_objections(one, DAY)] == ["MTG-13"]
    assert [found.rule for found in count_objections(A, Count(due=17, present=16, yes=16, written_yes=2))] == ["MTG-13"]
