"""Every rule stands on a source, and its own examples show where it holds and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from yumiao.desk.rulebook import RULEBOOK
from yumiao.rulebook import Rule, examples_that_disagree, render

ROOT = Path(__file__).resolve().parents[2]

each_rule = pytest.mark.parametrize("rule", list(RULEBOOK), ids=lambda rule: rule.id)


@each_rule
def test_a_rule_names_its_source(rule: Rule) -> None:
    assert rule.source.strip() != ""


@each_rule
def test_a_rule_has_two_examples_of_each_side(rule: Rule) -> None:
    assert (len(rule.passing) >= 2, len(rule.failing) >= 2) == (True, True)


@each_rule
def test_a_rule_agrees_with_its_examples(rule: Rule) -> None:
    assert examples_that_disagree(rule) == []


def test_the_page_of_rules_is_current() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == render(RULEBOOK)
