"""The path as data and as pages, and what another edition does to a case: pure, without a database."""

from __future__ import annotations

import inspect
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tests.admission.walks import USUAL, ground, newcomer, until, walked
from tools.docs import PAGES
from yumiao.admission import step_judges
from yumiao.admission.case_rules import ORDER
from yumiao.admission.edition_moves import Effect, Move, move_of, standing, tally
from yumiao.admission.editions import EDITION_2014, EDITIONS, EXAMPLE
from yumiao.admission.order_rules import DEV_28
from yumiao.admission.path import Ask, Terms
from yumiao.admission.path_page import guards_of, render, stricter_terms, terms_in_words
from yumiao.admission.sheets import handbook_of
from yumiao.rulebook import Rule

TODAY = date(2026, 3, 12)


def moved(file: Any, today: date = TODAY, edition: str = EXAMPLE.key) -> Move:
    after = replace(ground(today), terms=EDITIONS[edition].terms)
    return move_of(file, edition, before=ground(today), after=after)


def rules_named_in(code: CodeType, seen: set[str]) -> set[str]:
    """The names of rules that a function of the judges, and whatever it calls there, speaks of."""
    found: set[str] = set()
    for name in code.co_names:
        of = getattr(step_judges, name, None) or getattr(step_judges.rules, name, None)
        if isinstance(of, Rule):
            found.add(of.id)
        elif inspect.isfunction(of) and of.__module__ == step_judges.__name__ and name not in seen:
            found |= rules_named_in(of.__code__, seen | {name})
    return found


@pytest.mark.parametrize("step", EDITION_2014.steps, ids=lambda one: one.number)
def test_the_rules_said_to_guard_a_step_are_those_that_judge_it(step: Any) -> None:
    judge = step_judges.JUDGES.get(step.number)
    judged = rules_named_in(judge.__code__, set()) if judge else set()  # type: ignore[attr-defined]
    judged |= {ORDER.get(step.number, DEV_28).id} if step.after else set()
    judged |= {"STP-15"} if step.asks_for(Ask.OUTCOME) or step.asks_for(Ask.MOTION) else set()
    everywhere = {"STP-26"}
    # two inspections are what makes step 6 done; the notice before the meeting is a gate's
    elsewhere = {7: {"STP-06"}, 15: {"DEV-13"}}.get(step.number, set())
    beside = ("CUL", "INQ", "FRM", "MTG", "ARC", "PUB", "REV", "DEV-27")  # asked of what stands beside the case
    guards = {one.id for one in guards_of(step) if not one.id.startswith(beside)}
    assert guards == (judged - everywhere) | elsewhere


def test_the_page_of_steps_tells_every_edition_but_examples_and_is_current() -> None:
    page = render()
    assert page.count("\n## ") == 1
    assert EXAMPLE.title not in page
    assert [f"| {one.number}. {one.title}" in page for one in EDITION_2014.steps] == [True] * 25
    assert [f"| {code} | {slot.title} |" in page for code, slot in EDITION_2014.slots.items()] == [True] * 24
    assert PAGES["docs/steps.md"]() == page == Path("docs/steps.md").read_text(encoding="utf-8")


def test_a_further_edition_has_its_own_chapter() -> None:
    third = replace(EDITION_2014, key="2031", title="2031年版", since=date(2031, 1, 1))
    page = render((EDITION_2014, third, EXAMPLE))
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        f"## {EDITION_2014.title}",
        "## 2031年版",
    ]


def test_every_term_is_said_and_what_the_county_has_otherwise_is_marked() -> None:
    words = dict(terms_in_words(Terms(training_days=5)))
    assert (words["集中培训最少"], words["申请后至确定积极分子的最短时间"], words["预备期"]) == (
        "5 天",
        "不限",
        "12 个月",
    )
    assert stricter_terms(EDITION_2014, EDITION_2014.terms) == frozenset()
    assert stricter_terms(EDITION_2014, replace(EDITION_2014.terms, training_days=5)) == {"集中培训最少"}


def test_the_handbook_has_one_sheet_a_step_with_what_the_step_asks() -> None:
    book = handbook_of(EDITION_2014, EDITION_2014.terms)
    assert [one.step.number for one in book.sheets] == list(range(1, 26))
    meeting = book.sheets[14]
    labels = [row.label for row in meeting.rows]
    assert labels[2:10] == [
        "应到会人数",
        "实到会人数",
        "会前书面意见人数",
        "赞成票",
        "反对票",
        "弃权票",
        "废票",
        "决议",
    ]
    assert meeting.signers == ("主持人", "记录人", "计票人")
    assert [row.given for row in meeting.rows if row.label == "依据"] == [
        "《中国共产党发展党员工作细则》第二十条至第二十三条"
    ]
    assert "再次办理" in [row.label for row in book.sheets[5].rows]
    assert len(book.papers) == 24
    assert handbook_of(EXAMPLE, EXAMPLE.terms).sheets[2].rows[3].label == "文号"


def test_an_edition_that_asks_for_more_blocks_the_next_step() -> None:
    ready = until(6)  # two inspections, a year of cultivation: a target today
    move = moved(ready)
    assert move.effect is Effect.BLOCKED
    assert (move.blocked, move.freed) == ({7}, frozenset())
    assert (move.before.meeting_on, move.after.meeting_on) == (TODAY, date(2026, 9, 10))


def test_moving_back_frees_what_was_blocked_and_restores_everything() -> None:
    ready = replace(until(6), edition=EXAMPLE.key)
    there = replace(ground(TODAY), terms=EXAMPLE.terms)
    back = move_of(ready, EDITION_2014.key, before=there, after=ground(TODAY))
    assert (back.effect, back.freed) == (Effect.FREED, {7})
    assert back.after == moved(until(6)).before


def test_who_has_yet_to_wait_is_admitted_later() -> None:
    young = walked(newcomer(), {1: [date(2026, 3, 1)]}, TODAY)
    move = moved(young)
    assert (move.effect, move.blocked, move.freed) == (Effect.LATER, frozenset(), frozenset())
    assert move.before.meeting_on is not None and move.after.meeting_on is not None
    assert move.before.meeting_on < move.after.meeting_on


def test_who_has_passed_the_meeting_is_not_touched() -> None:
    move = moved(until(18), date(2026, 7, 12))
    assert (move.effect, move.after.meeting_on) == (Effect.SAME, None)


def test_a_case_that_has_ended_is_not_touched() -> None:
    over = replace(until(6), ended_on=date(2026, 3, 11), ended_how="application_withdrawn")
    move = moved(over)
    assert (move.effect, move.blocked, move.freed) == (Effect.SAME, frozenset(), frozenset())
    assert (move.before.now, move.before.meeting_on) == (move.after.now, move.after.meeting_on) == (frozenset(), None)


def test_the_counts_name_every_effect_and_sum_to_the_whole() -> None:
    moves = [moved(until(6)), moved(until(18), date(2026, 7, 12)), moved(until(6))]
    assert tally(moves) == {"blocked": 2, "freed": 0, "later": 0, "earlier": 0, "same": 1}


def test_the_preview_of_random_cases_is_what_they_stand_at_afterwards() -> None:
    """A third edition, registered as a release would; a thousand cases cut off anywhere, on any day."""
    chance = random.Random(6)
    third = replace(EXAMPLE, key="trial", terms=Terms(activist_months=6, fewest_inspections=1, months_to_activist=6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(EDITIONS, third.key, third)  # type: ignore[arg-type]
        effects = set()
        for _ in range(1000):
            step, today = chance.randint(1, 25), date(2025, 1, 20).toordinal() + chance.randint(0, 900)
            day = date.fromordinal(today)
            file = replace(newcomer(), held=tuple(one for one in until(step).held if one.on <= day))
            key = chance.choice([EXAMPLE.key, third.key])
            move = moved(file, day, key)
            there = replace(ground(day), terms=EDITIONS[key].terms)
            assert standing(replace(file, edition=key), there) == move.after
            assert standing(file, ground(day)) == move.before
            effects.add(move.effect)
    assert effects == set(Effect)
    assert set(USUAL) == set(range(1, 26))
