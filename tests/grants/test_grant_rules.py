"""Against a grant everything is said at once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

from yumiao.access.grant_rules import Granting, emergency_objections, granting_objections

TODAY = date(2026, 3, 2)
GOOD = Granting(uuid.uuid4(), uuid.uuid4(), "核对联审意见", TODAY, TODAY + timedelta(days=90), reaches=True)


def rules(asked: Granting) -> list[str]:
    return [one.rule for one in granting_objections(asked)]


def test_a_grant_in_order_stands() -> None:
    assert rules(GOOD) == []
    assert rules(replace(GOOD, reaches=False, investigates=True)) == []


def test_everything_against_a_grant_is_said_at_once() -> None:
    bad = replace(GOOD, taker=GOOD.giver, purpose="看看", until=TODAY + timedelta(days=91))
    assert rules(bad) == ["ACC-17", "ACC-18", "ACC-19"]
    assert rules(replace(GOOD, is_near=True)) == ["ACC-19"]
    assert rules(replace(GOOD, reaches=False)) == ["ACC-19"]


def test_an_emergency_is_written_out() -> None:
    assert [one.rule for one in emergency_objections("领导急用")] == ["ACC-20"]
    assert emergency_objections("常委会正在研究，需要当场核对联审答复的原文内容。") == []
