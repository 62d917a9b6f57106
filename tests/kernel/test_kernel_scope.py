from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.kernel.scope import EVERYTHING, Range, Scope

COUNTY, TOWNSHIP, VILLAGE, SISTER = "000001", "000001000042", "000001000042000137", "000001000043"

segments = st.integers(1, 3) | st.integers(999_997, 999_999) | st.integers(1, 999_999)
paths = st.lists(segments, min_size=0, max_size=4).map(lambda tail: "000001" + "".join(f"{n:06}" for n in tail))


@pytest.mark.parametrize(
    ("path", "hi"),
    [
        ("000001", "000002"),
        ("000001000042", "000001000043"),
        ("000001000009", "000001000010"),
        ("000001999999", "000002"),
        ("000001999999999999", "000002"),
    ],
)
def test_a_subtree_ends_before_the_next_number(path, hi):
    assert Range.below(path) == Range(path, hi)


def test_a_subtree_covers_itself_and_what_is_below_and_nothing_else():
    below = Range.below(TOWNSHIP)
    assert [below.covers(path) for path in (COUNTY, TOWNSHIP, VILLAGE, SISTER)] == [False, True, True, False]


def test_the_last_number_of_a_level_does_not_reach_the_next_branch_of_the_tree():
    last = Range.below("000001999999")
    assert last.covers("000001999999000001") is True
    assert last.covers("000002") is False


@given(paths, paths)
def test_a_range_covers_exactly_the_paths_that_begin_with_its_own(root, path):
    assert Range.below(root).covers(path) == path.startswith(root)


@pytest.mark.parametrize("path", ["", "00001", "0000010", "00000a", "/001/", "０００００１", "000001\n"])
def test_what_is_no_path_has_no_subtree(path):
    with pytest.raises(ValueError, match="not a path"):
        Range.below(path)


def test_the_top_ends_before_its_last_number():
    with pytest.raises(ValueError, match="999999"):
        Range.below("999999")


@given(paths)
def test_everything_covers_every_path(path):
    assert EVERYTHING.covers(path) is True


def test_a_scope_covers_what_any_of_its_roots_covers():
    scope = Scope((Range.below(SISTER), Range.below(VILLAGE)), date(2026, 6, 30))
    assert [scope.covers(path) for path in (COUNTY, TOWNSHIP, VILLAGE, SISTER)] == [False, False, True, True]


def test_a_scope_without_roots_sees_nothing():
    assert Scope((), date(2026, 6, 30)).covers(COUNTY) is False
