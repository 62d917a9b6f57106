"""What stands before a step beside the steps: publicity, joint review, review at three levels. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.admission.walks import LATER, asked, blocked_by, ground, until
from yumiao.admission.case_rules import objections
from yumiao.admission.course import State, course
from yumiao.admission.gates import CLEAR, Gate, Objected, Posted, Reviewed, Round
from yumiao.kernel.objections import Severity

MEETING = date(2026, 5, 15)
ALL = frozenset(Gate)
PUBLIC = frozenset({Gate.PUBLIC_ADMISSION})
JOINT = frozenset({Gate.JOINT_REVIEW})
REVIEW = frozenset({Gate.REVIEW})


def target_round(**changed: object) -> Round:
    """Four bodies, all clear, closed on 28 April 2026."""
    answers = tuple((CLEAR, date(2026, 4, 25 + place)) for place in range(4))
    return replace(Round("target", date(2026, 4, 16), date(2026, 4, 30), 4, answers), **changed)


def test_the_meeting_is_held_after_the_last_day_of_publicity() -> None:
    file = replace(until(14), notices=(Posted("admission", date(2026, 5, 8), MEETING),))
    assert blocked_by(file, asked(15, MEETING), MEETING, asks=PUBLIC) == ["DEV-13"]
    file = replace(until(14), notices=(Posted("admission", date(2026, 5, 7), date(2026, 5, 14)),))
    assert blocked_by(file, asked(15, MEETING), MEETING, asks=PUBLIC) == []


def test_a_notice_of_another_kind_or_from_before_the_prereview_does_not_count() -> None:
    before = Posted("admission", date(2026, 4, 1), date(2026, 4, 9))
    other = Posted("confirmation", date(2026, 5, 7), date(2026, 5, 14))
    file = replace(until(14), notices=(before, other))
    assert blocked_by(file, asked(15, MEETING), MEETING, asks=PUBLIC) == ["PUB-2"]


def test_an_objection_that_nobody_concluded_keeps_the_gate_shut() -> None:
    posted = Posted("admission", date(2026, 5, 7), date(2026, 5, 14))
    file = replace(until(14), notices=(posted,), objected=(Objected(date(2026, 5, 14), kind="admission"),))
    assert blocked_by(file, asked(15, MEETING), MEETING, asks=PUBLIC) == ["PUB-4"]
    concluded = replace(file, objected=(Objected(date(2026, 5, 14), MEETING, "continue", "admission"),))
    assert blocked_by(concluded, asked(15, MEETING), MEETING, asks=PUBLIC) == []
    stopped = replace(file, objected=(Objected(date(2026, 5, 14), MEETING, "stop", "admission"),))
    assert blocked_by(stopped, asked(15, MEETING), MEETING, asks=PUBLIC) == ["PUB-4"]


def test_a_report_outside_a_notice_keeps_a_vote_waiting_too() -> None:
    file = replace(until(16), objected=(Objected(date(2026, 6, 1)),))
    assert blocked_by(file, asked(17, date(2026, 6, 10)), date(2026, 6, 10)) == ["PUB-4"]


@pytest.mark.parametrize(
    ("found", "rules"),
    [
        (None, ["REV-10"]),
        (target_round(answers=((CLEAR, date(2026, 4, 25)),)), ["REV-13"]),
        (target_round(bodies=3, answers=((CLEAR, date(2026, 4, 25)), ("adverse_record", date(2026, 4, 26)), (CLEAR, date(2026, 4, 26)))), ["REV-14"]),
        (target_round(bodies=1, answers=(("cannot_determine", date(2026, 4, 25)),), effect="suspend", concluded_on=date(2026, 4, 26)), ["REV-14"]),
        (target_round(bodies=1, answers=(("adverse_record", date(2026, 4, 25)),), effect="continue", concluded_on=date(2026, 4, 28)), []),
        (target_round(), []),
    ],
)  # fmt: skip
def test_prereview_waits_for_the_joint_review(found: Round | None, rules: list[str]) -> None:
    on = date(2026, 4, 28)
    file = replace(until(12), rounds=() if found is None else (found,))
    assert blocked_by(file, asked(13, on), on, asks=JOINT) == rules


def test_prereview_is_not_dated_before_the_last_answer() -> None:
    file = replace(until(12), rounds=(target_round(),))
    found = objections(file, asked(13, date(2026, 4, 27)), ground(date(2026, 4, 28), asks=JOINT))
    assert [(one.rule, one.next_step) for one in found] == [("REV-10", "最早为2026年4月28日。")]


def test_a_joint_review_counts_twelve_months_to_the_day() -> None:
    old = target_round(bodies=1, answers=((CLEAR, date(2025, 5, 15)),))
    file = replace(until(14), rounds=(old,))
    assert blocked_by(file, asked(15, MEETING), MEETING, asks=JOINT) == []
    old = target_round(bodies=1, answers=((CLEAR, date(2025, 5, 14)),))
    assert blocked_by(replace(file, rounds=(old,)), asked(15, MEETING), MEETING, asks=JOINT) == ["REV-16"]


def test_activists_are_asked_about_before_they_become_targets() -> None:
    on = date(2026, 3, 10)
    assert blocked_by(until(6), asked(7, on), on, asks=JOINT) == ["DEV-27"]
    one = Round("activist", date(2025, 4, 1), date(2025, 4, 15), 1, ((CLEAR, date(2025, 4, 10)),))
    assert blocked_by(replace(until(6), rounds=(one,)), asked(7, on), on, asks=JOINT) == []


def test_each_level_reviews_before_its_step() -> None:
    on = date(2026, 4, 28)
    approved = tuple(Reviewed(point, "approved", on) for point in ("village_12", "township_13"))
    file = replace(until(12), reviews=approved)
    assert blocked_by(file, asked(13, on), on, asks=REVIEW) == ["REV-20"]
    returned = (*approved, Reviewed("county_13", "returned", on))
    assert blocked_by(replace(file, reviews=returned), asked(13, on), on, asks=REVIEW) == ["REV-20"]
    whole = (*approved, Reviewed("county_13", "approved", on))
    assert blocked_by(replace(file, reviews=whole), asked(13, on), on, asks=REVIEW) == []


def test_of_a_sample_the_county_reviews_what_it_fell_on() -> None:
    on = date(2026, 7, 10)
    file = until(17)
    whole = {"asks": REVIEW, "is_every_case_reviewed": True}
    sample = {"asks": REVIEW, "is_every_case_reviewed": False}
    assert blocked_by(file, asked(18, on), on, **whole) == ["REV-20"]
    assert blocked_by(file, asked(18, on), on, **sample) == []
    assert blocked_by(replace(file, is_sampled=True), asked(18, on), on, **sample) == ["REV-20"]


def test_what_was_done_on_paper_long_ago_only_warns() -> None:
    found = objections(until(12), asked(13, date(2026, 4, 28)), ground(LATER, asks=ALL))
    assert {(one.rule, one.severity) for one in found} == {
        ("REV-10", Severity.WARN), ("REV-20", Severity.WARN), ("DEV-22", Severity.WARN),
    }  # fmt: skip


def test_the_course_says_what_shuts_a_step() -> None:
    today = date(2026, 4, 28)
    ahead = course(until(12), ground(today, asks=ALL)).of(13)
    assert (ahead.state, ahead.held_by) == (State.LATER, "没有送部门联审")
    reviews = tuple(Reviewed(point, "approved", today) for point in ("township_13", "county_13"))
    whole = replace(until(12), rounds=(target_round(),), reviews=reviews)
    assert course(whole, ground(today, asks=ALL)).of(13).state is State.NOW


def test_the_course_counts_a_notice_posted_today() -> None:
    today = date(2026, 5, 8)  # the ninth is a working Saturday
    found = course(until(14), ground(today, asks=PUBLIC)).of(15)
    assert (found.state, found.held_by, found.earliest) == (State.LATER, "没有公示记录", date(2026, 5, 15))
