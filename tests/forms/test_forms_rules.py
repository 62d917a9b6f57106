"""Numbers of 志愿书 as rules see them: ranges never overlap, every number is used, void or left, and never two of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.admission.form_rules import (
    Span,
    Stock,
    digits_of,
    form_objections,
    form_of,
    gaps,
    handing_objections,
    void_objections,
)

TODAY = date(2026, 11, 20)
SPAN = Span("桂", 101, 200, 7)
STOCK = Stock((SPAN,), used=frozenset({("桂", 101)}), void=frozenset({("桂", 102)}), is_kept=True)


def against(said: str, stock: Stock = STOCK) -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in form_objections(said, stock)]


@pytest.mark.parametrize(
    "said, number, digits",
    [
        ("桂0000101", ("桂", 101), 7),
        ("0000101", ("", 101), 7),
        (" 桂 12 ", ("桂", 12), 2),
        ("1234567890123", ("1234", 567890123), 9),
    ],
)
def test_a_number_is_its_beginning_and_the_figures_at_its_end(said: str, number: tuple[str, int], digits: int) -> None:
    assert (form_of(said), digits_of(said)) == (number, digits)


def test_a_number_is_printed_with_its_zeros() -> None:
    assert (SPAN.text(101), SPAN.said) == ("桂0000101", "桂0000101—桂0000200")


def test_a_free_number_of_the_range_can_be_used() -> None:
    assert against("桂0000103") == []


@pytest.mark.parametrize(
    "said, found",
    [
        ("", [("FRM-01", "block")]),
        ("桂", [("FRM-01", "block")]),
        ("桂0000101", [("FRM-02", "block")]),
        ("桂0000102", [("FRM-02", "block")]),
        ("桂0000201", [("FRM-01", "block")]),
        ("滇0000103", [("FRM-01", "block")]),
    ],
)
def test_a_number_that_is_none_used_void_or_elsewhere_is_refused(said: str, found: list[tuple[str, str]]) -> None:
    assert against(said) == found


def test_where_a_county_keeps_no_ranges_a_number_is_only_warned_of() -> None:
    assert against("桂0000101", Stock()) == [("FRM-01", "warn")]
    assert against("桂0000101", Stock(used=frozenset({("桂", 101)}))) == [("FRM-02", "block"), ("FRM-01", "warn")]


def test_a_township_without_a_range_cannot_use_a_number_of_another() -> None:
    assert against("桂0000103", Stock(is_kept=True)) == [("FRM-01", "block")]


@pytest.mark.parametrize(
    "first, last, rules",
    [
        ("桂0000201", "桂0000300", []),
        ("滇0000101", "滇0000200", []),
        ("桂0000200", "桂0000300", ["FRM-03"]),
        ("桂0000050", "桂0000500", ["FRM-03"]),
        ("桂0000300", "桂0000201", ["FRM-06"]),
        ("桂0000201", "滇0000300", ["FRM-06"]),
        ("桂201", "桂0000300", ["FRM-06"]),
        ("桂0000201", "桂0003000", ["FRM-06"]),
        ("桂", "桂0000300", ["FRM-06"]),
    ],
)
def test_a_range_is_in_order_and_overlaps_none(first: str, last: str, rules: list[str]) -> None:
    assert [one.rule for one in handing_objections(first, last, [SPAN], TODAY, TODAY)] == rules


@pytest.mark.parametrize(
    "number, reason, sealed, rules",
    [
        (("桂", 103), "墨水洇湿", 0, []),
        (("桂", 101), "填写错误", 0, []),
        (("桂", 102), "填写错误", 0, ["FRM-02"]),
        (("桂", 300), "填写错误", 0, ["FRM-01"]),
        (("桂", 103), " ", 0, ["FRM-04"]),
        (("桂", 101), "填写错误", 17, ["FRM-04"]),
    ],
)
def test_a_form_is_void_with_a_reason_and_not_once_it_made_a_member(
    number: tuple[str, int], reason: str, sealed: int, rules: list[str]
) -> None:
    found = void_objections(number, STOCK, reason=reason, sealed=sealed, on=TODAY, today=TODAY)
    assert [one.rule for one in found] == rules


@given(st.integers(1, 60), st.integers(0, 60), st.sets(st.integers(1, 130)))
def test_what_is_gone_and_what_is_left_make_up_the_range(first: int, more: int, gone: set[int]) -> None:
    span = Span("桂", first, first + more)
    left = [number for one in gaps(span, gone) for number in range(one.first, one.last + 1)]
    inside = {number for number in gone if span.covers(("桂", number))}
    assert sorted([*left, *inside]) == list(range(first, first + more + 1))
    assert all(one.last + 1 < two.first for one, two in zip(gaps(span, gone), gaps(span, gone)[1:], strict=False))


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 40)), max_size=12))
def test_ranges_handed_one_after_another_never_share_a_number(asked: list[tuple[int, int]]) -> None:
    standing: list[Span] = []
    for first, more in asked:
        said = f"桂{first:05d}", f"桂{first + more:05d}"
        if not list(handing_objections(*said, standing, TODAY, TODAY)):
            standing.append(Span("桂", first, first + more, 5))
    every = [number for one in standing for number in range(one.first, one.last + 1)]
    assert len(every) == len(set(every))
