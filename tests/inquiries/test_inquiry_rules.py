"""Letters of the political review as rules see them: who does not answer has not said that all is well."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.admission.asked import Asked
from yumiao.admission.inquiry_rules import Letter, follow_objections, review_objections, sending_objections
from yumiao.admission.path import Outcome

TODAY = date(2026, 11, 20)


def letter(about: str = "self", *, closed: str = "", finding: str = "", due_on: date = date(2026, 12, 1)) -> Letter:
    return Letter("〔2026〕第1号", about, date(2026, 11, 1), due_on, closed, finding)


def against(*letters: Letter, outcome: Outcome = Outcome.PASSED, is_floating: bool = False) -> list[tuple[str, str]]:
    asked = Asked(step=10, on=TODAY, outcome=outcome)
    found = review_objections(asked, letters, is_floating=is_floating, today=TODAY)
    return [(one.rule, one.severity.value) for one in found]


ANSWERED = letter(closed="answered", finding="clear")


@pytest.mark.parametrize(
    "letters, floating, rules",
    [
        ((), False, []),
        ((ANSWERED,), False, []),
        ((letter(),), False, ["INQ-01"]),
        ((ANSWERED, letter("family", due_on=date(2026, 11, 19))), False, ["INQ-01"]),
        ((letter(closed="withdrawn"),), False, []),
        ((ANSWERED,), True, ["INQ-02"]),
        ((), True, ["INQ-02"]),
        ((letter("residence", closed="answered", finding="clear"),), False, ["INQ-02"]),
        ((ANSWERED, letter("residence", closed="answered", finding="clear")), True, []),
        ((ANSWERED, letter("residence", closed="undelivered")), True, ["INQ-02"]),
        ((letter(closed="answered", finding="concern"),), False, ["INQ-05"]),
        ((letter(closed="answered", finding="unknown"),), False, []),
    ],
)
def test_a_conclusion_that_passes_reckons_with_its_letters(
    letters: tuple[Letter, ...], floating: bool, rules: list[str]
) -> None:
    assert against(*letters, is_floating=floating) == [(rule, "warn") for rule in rules]


def test_a_conclusion_that_does_not_pass_waits_for_no_letter() -> None:
    assert against(letter(), outcome=Outcome.FAILED, is_floating=True) == []


def test_an_overdue_letter_is_said_to_be_overdue() -> None:
    asked = Asked(step=10, on=TODAY, outcome=Outcome.PASSED)
    (found,) = review_objections(asked, [letter(due_on=date(2026, 11, 19))], is_floating=False, today=TODAY)
    assert found.text == "有 1 份函调、外调没有回复，其中 1 份已经逾期（〔2026〕第1号）"


@pytest.mark.parametrize(
    "on, closed, rules",
    [
        (TODAY, "", []),
        (date(2026, 11, 1), "", []),
        (date(2026, 10, 31), "", ["INQ-03"]),
        (date(2026, 11, 21), "", ["DEV-21"]),
        (TODAY, "answered", ["INQ-04"]),
        (TODAY, "withdrawn", ["INQ-04"]),
    ],
)
def test_what_became_of_a_letter_comes_after_it_and_before_its_end(on: date, closed: str, rules: list[str]) -> None:
    assert [one.rule for one in follow_objections(letter(closed=closed), on, TODAY)] == rules


@pytest.mark.parametrize(
    "sent_on, due_on, is_open, rules",
    [
        (TODAY, date(2026, 12, 20), True, []),
        (TODAY, TODAY, True, ["INQ-06"]),
        (date(2026, 11, 21), date(2026, 12, 21), True, ["DEV-21"]),
        (TODAY, date(2026, 12, 20), False, ["INQ-04"]),
    ],
)
def test_a_letter_is_sent_by_today_and_answered_later(
    sent_on: date, due_on: date, is_open: bool, rules: list[str]
) -> None:
    found = sending_objections(sent_on, due_on, today=TODAY, is_open=is_open)
    assert [one.rule for one in found] == rules
