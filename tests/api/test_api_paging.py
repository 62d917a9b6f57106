"""Lists by key: no row twice and none left out, whatever is added in between, and no mark that says a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yumiao.api.paging import Key, Lost, Page, marked, page_of, unmarked

pytestmark = pytest.mark.db


def page(numbers: list[int], after: Key | None = None, limit: int = 2) -> Page:
    return page_of(numbers, key=lambda n: (n,), values=lambda n: {"n": n}, after=after, limit=limit)


def said(*found: Page) -> list[int]:
    return [row["n"] for one in found for row in one.rows]


@given(st.lists(st.integers(), unique=True), st.integers(1, 7))
def test_pages_hold_every_row_once_and_in_order(numbers: list[int], limit: int) -> None:
    found = [page(numbers, None, limit)]
    while found[-1].last is not None:
        found.append(page(numbers, found[-1].last, limit))
    assert said(*found) == sorted(numbers)
    assert all(len(one.rows) == limit for one in found[:-1])
    assert len(found) == max(1, -(-len(numbers) // limit))


def test_a_row_added_before_the_mark_moves_none() -> None:
    first = page([2, 4, 6, 8])
    assert said(first, page([1, 2, 3, 4, 6, 8], first.last)) == [2, 4, 6, 8]


def test_a_mark_goes_on_after_a_row_that_is_gone() -> None:
    assert said(page([2, 6, 8], page([2, 4, 6, 8]).last)) == [6, 8]


def test_a_mark_gives_its_key_back_and_says_nothing_else() -> None:
    mark = marked(("000001000002", "韦禾一", 7), of="api_people")
    assert unmarked(mark, of="api_people") == ("000001000002", "韦禾一", 7)
    assert mark.isascii()
    assert mark != marked(("000001000002", "韦禾一", 7), of="api_people")


@pytest.mark.parametrize("mark", ["a", "abcd", "A" * 40, "_" * 90])
def test_a_mark_of_somebodys_own_making_is_lost(mark: str) -> None:
    with pytest.raises(Lost):
        unmarked(mark, of="api_people")


def test_a_mark_of_another_list_is_lost() -> None:
    with pytest.raises(Lost):
        unmarked(marked((1,), of="api_units"), of="api_people")


def test_a_mark_that_was_altered_is_lost() -> None:
    mark = marked((1,), of="api_units")
    with pytest.raises(Lost):
        unmarked(mark[:20] + ("A" if mark[20] != "A" else "B") + mark[21:], of="api_units")
