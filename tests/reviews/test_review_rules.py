"""What a review looks at, when it may be made, what it must say, whom a draw falls on. Pure."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from tests.admission.walks import LATER, ground, until
from yumiao.admission.gates import Reviewed
from yumiao.admission.history import Exempted
from yumiao.admission.review_rules import (
    Drawable,
    draw,
    draw_peers,
    place_objections,
    population_digest,
    verdict_objections,
)
from yumiao.admission.seen import Change, Kind, SeenPaper, changes, label_of, read_back, seen, written

PAPER = SeenPaper("b" * 32, "A09", 7, "c" * 32, "{}")
ON = date(2026, 4, 20)
TERMS = ground(LATER).terms


def items(file, papers=(PAPER,), point="township_13"):
    return seen(file, papers, point, lambda text: str(hash(text)))


def test_a_paper_taken_back_and_a_step_written_otherwise_are_the_whole_difference() -> None:
    before = items(until(12))
    held = tuple(replace(one, people="他人") if one.step == 12 else one for one in until(12).held)
    after = items(replace(until(12), held=held), papers=())
    assert changes(before, after) == [
        Change(f"paper:A09:{'b' * 32}", Kind.MISSING),
        Change("step:12:1", Kind.CHANGED),
    ]
    assert [label_of(one.key, until(12).path) for one in changes(before, after)] == [
        "材料 A09 党小组、培养联系人、党员和群众意见",
        "第 12 步 支委会审查",
    ]
    assert read_back(written(before)) == before


def test_what_comes_after_a_point_is_no_change_to_it() -> None:
    assert changes(items(until(12)), items(until(17), papers=(PAPER, replace(PAPER, step=15)))) == []


def test_an_exemption_granted_later_is_a_change() -> None:
    lifted = replace(until(12), exemptions=(Exempted("DEV-09", 11, "青石镇党委", ON),))
    assert changes(items(until(12)), items(lifted)) == [Change("exempt:11:DEV-09", Kind.ADDED)]


def test_nothing_of_a_person_stands_in_what_is_kept() -> None:
    assert {key.split(":")[0] for key in items(until(17), point="county_17")} == {
        "step", "paper", "contacts", "introducers",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "point", "reviews", "count"),
    [
        (10, "village_12", (), 1),
        (11, "village_12", (), 0),
        (12, "village_12", (), 1),
        (12, "township_13", (), 1),
        (12, "township_13", (Reviewed("village_12", "returned", ON),), 1),
        (12, "township_13", (Reviewed("village_12", "approved", ON),), 0),
        (12, "county_13", (Reviewed("village_12", "approved", ON),), 1),
        (12, "county_13", (Reviewed("township_13", "approved", ON),), 0),
        (16, "county_17", (), 1),
        (18, "county_17", (), 0),
        (24, "county_24", (), 0),
    ],
)
def test_a_point_has_its_place(last: int, point: str, reviews: tuple[Reviewed, ...], count: int) -> None:
    file = replace(until(last), reviews=reviews)
    assert len(list(place_objections(file, point, TERMS))) == count


FULL = {"complete": "yes", "signed": "yes", "dated": "na", "opinions": "yes"}


@pytest.mark.parametrize(
    ("outcome", "answers", "findings", "note", "said"),
    [
        ("approved", FULL, 0, "", []),
        ("approved", {**FULL, "dated": ""}, 0, "", ["清单没有填完：各项日期真实、前后一致"]),
        ("approved", {**FULL, "dated": "no"}, 0, "", ["有不符合的项目，没有写明问题或者意见"]),
        ("approved", {**FULL, "dated": "no"}, 0, "已当面核实", []),
        ("returned", FULL, 0, "不齐", ["退回的没有写明问题"]),
        ("returned", FULL, 1, "", []),
    ],
)
def test_a_review_says_what_it_has_to(
    outcome: str, answers: dict[str, str], findings: int, note: str, said: list[str]
) -> None:
    assert [one.text for one in verdict_objections("village_12", outcome, answers, findings, note)] == said


def test_the_same_seed_draws_the_same_and_the_share_is_rounded_up() -> None:
    uids = [f"{place:032x}" for place in range(21)]
    drawn = draw("青岚", uids, 1, 10)
    assert (len(drawn), drawn) == (3, draw("青岚", list(reversed(uids)), 1, 10))
    assert draw("青岚", uids, 1, 1) != draw("另一个", uids, 1, 1)
    assert population_digest(uids) == population_digest(list(reversed(uids)))
    assert draw("青岚", [], 1, 10) == []


def test_nobody_is_drawn_for_his_own_township_or_those_near_him_in_a_thousand_draws() -> None:
    chance = random.Random(20261031)
    broken = []
    for turn in range(1000):
        cases = [Drawable(f"{turn:04d}{place:04d}", chance.randrange(1, 6)) for place in range(chance.randrange(1, 30))]
        reviewers = {account: chance.randrange(1, 6) for account in range(1, chance.randrange(2, 8))}
        near = {(chance.choice(list(reviewers)), one.uid) for one in cases if chance.random() < 0.2}
        each = chance.randrange(1, 6)
        given = draw_peers(f"种子{turn}", cases, reviewers, near, each)
        township = {one.uid: one.township for one in cases}
        broken += [
            uid for uid, account in given.items() if reviewers[account] == township[uid] or (account, uid) in near
        ]
        broken += [account for account in reviewers if list(given.values()).count(account) > each]
        assert given == draw_peers(f"种子{turn}", list(reversed(cases)), reviewers, near, each)
    assert broken == []
