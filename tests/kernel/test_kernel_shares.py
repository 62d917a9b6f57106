from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.kernel.shares import Share, ratio


@pytest.mark.parametrize(
    ("part", "whole", "places", "percent"),
    [
        (88, 319, 2, "27.59%"),
        (6, 8, 2, "75.00%"),
        (5, 7, 2, "71.43%"),
        (2, 3, 2, "66.67%"),
        (0, 5, 2, "0.00%"),
        (5, 5, 2, "100.00%"),
        (1, 2000, 1, "0.1%"),
        (1, 2001, 1, "0.0%"),
        (1, 32, 2, "3.13%"),
        (1, 200, 0, "1%"),
        (7, 3, 1, "233.3%"),
        (0, 0, 2, "–"),
    ],
)
def test_a_percentage_is_rounded_half_up(part, whole, places, percent):
    assert Share(part, whole).percent(places) == percent


def test_a_percentage_has_two_places_unless_told_otherwise():
    assert Share(88, 319).percent(2) == "27.59%"


@pytest.mark.parametrize(
    ("new", "fewest_young"),
    [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 6), (8, 6), (10, 8), (12, 9), (23, 18)],
)
def test_the_fewest_that_reach_three_quarters(new, fewest_young):
    assert Share(fewest_young, new).at_least(3, 4) is True
    assert Share(fewest_young - 1, new).at_least(3, 4) is False


def test_a_share_of_nothing_has_no_verdict():
    nothing = Share(0, 0)
    assert nothing.is_none is True
    assert Share(0, 1).is_none is False
    with pytest.raises(ZeroDivisionError):
        nothing.at_least(1, 10)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (1, -3)])
def test_a_share_has_no_negative_side(part, whole):
    with pytest.raises(ValueError, match="negative"):
        Share(part, whole)


def test_a_share_is_a_number_for_reading_only():
    assert Share(88, 319).rounded(4) == 0.2759
    assert Share(0, 0).rounded(4) is None


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 100), st.integers(1, 100))
def test_reaching_a_share_is_exact(part, whole, numerator, denominator):
    exactly = Fraction(part, whole) >= Fraction(numerator, denominator)
    assert Share(part, whole).at_least(numerator, denominator) == exactly


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3/4", Fraction(3, 4)),
        ("10%", Fraction(1, 10)),
        ("100%", Fraction(1)),
        ("12.5%", Fraction(1, 8)),
        (" 3/4 ", Fraction(3, 4)),
        ("0%", Fraction(0)),
    ],
)
def test_a_setting_is_an_exact_ratio(text, value):
    assert ratio(text) == value


@pytest.mark.parametrize("text", ["", "3", "0.75", "3/0", "-3/4", "3:4", "%", "1e1%", "3/4%", "三成"])
def test_anything_else_is_no_ratio(text):
    with pytest.raises(ValueError, match="比例应写成“3/4”或“10%”的形式"):
        ratio(text)
