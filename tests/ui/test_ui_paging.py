"""Paging by key: nothing shown twice or left out, whoever comes and goes meanwhile; a token that was tampered with is told apart."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import QueryDict

from yumiao.ui.paging import BadToken, Page, Place, first_if_bad, paged, place_of, query_with

pytestmark = pytest.mark.db


@pytest.fixture
def rows() -> QuerySet[ContentType]:
    """Seven rows that nobody else has; the first key is shared by some of them."""
    for label, model in [
        ("ui_a", "1"),
        ("ui_a", "2"),
        ("ui_a", "3"),
        ("ui_b", "1"),
        ("ui_b", "2"),
        ("ui_c", "1"),
        ("ui_c", "2"),
    ]:
        ContentType.objects.create(app_label=label, model=model)
    return ContentType.objects.filter(app_label__startswith="ui_")


def names(page: Page[ContentType]) -> str:
    return " ".join(f"{row.app_label[-1]}{row.model}" for row in page.rows)


def turn(rows: QuerySet[ContentType], at: str | None, *keys: str, size: int = 3) -> Page[ContentType]:
    return paged(rows, *(keys or ("app_label", "model")), size=size, at=at or "")


def test_forward_and_back_again_shows_the_same_pages(rows: QuerySet[ContentType]) -> None:
    first = turn(rows, None)
    second = turn(rows, first.next)
    third = turn(rows, second.next)
    assert [names(page) for page in (first, second, third)] == ["a1 a2 a3", "b1 b2 c1", "c2"]
    assert (first.previous, third.next) == (None, None)
    back = turn(rows, third.previous)
    assert names(back) == "b1 b2 c1"
    start = turn(rows, back.previous)
    assert (names(start), start.previous) == ("a1 a2 a3", None)
    assert names(turn(rows, start.next)) == "b1 b2 c1"


def test_descending_keys_go_down(rows: QuerySet[ContentType]) -> None:
    first = turn(rows, None, "-app_label", "model")
    second = turn(rows, first.next, "-app_label", "model")
    assert (names(first), names(second)) == ("c1 c2 b1", "b2 a1 a2")
    assert names(turn(rows, second.previous, "-app_label", "model")) == "c1 c2 b1"


def test_a_row_that_is_gone_shifts_nothing(rows: QuerySet[ContentType]) -> None:
    first = turn(rows, None)
    rows.filter(app_label="ui_a").delete()
    assert names(turn(rows, first.next)) == "b1 b2 c1"


@pytest.mark.parametrize("size, has_next", [(6, True), (7, False), (8, False)])
def test_the_last_page_has_no_next(rows: QuerySet[ContentType], size: int, has_next: bool) -> None:
    assert (turn(rows, None, size=size).next is not None) is has_next


def test_nothing_at_all_is_a_page_too(rows: QuerySet[ContentType]) -> None:
    assert turn(rows.none(), None) == Page((), None, None)


def test_a_page_is_one_query(rows: QuerySet[ContentType], django_assert_num_queries: Any) -> None:
    at = turn(rows, None).next
    with django_assert_num_queries(1):
        turn(rows, at)


def test_a_place_survives_its_token() -> None:
    place = Place(("甲村", 12, "2024-03-05"), is_backward=True)
    assert place_of(place.token, 3) == place


def written(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "?",
        "甲",
        "abc",
        "A" * 601,
        written({"a": 1}),
        written([0, "a"]),
        written([0, "a", "b", "c"]),
        written([2, "a", "b"]),
        written([0, "a", None]),
        written([0, "a", ["b"]]),
        written([0, "a", "b\0"]),
        written([0, "a", 1.5]),
    ],
)
def test_a_token_not_made_here_is_told_apart(token: str) -> None:
    with pytest.raises(BadToken):
        place_of(token, 2)


def test_a_token_for_a_key_of_another_kind_is_told_apart(rows: QuerySet[ContentType]) -> None:
    with pytest.raises(BadToken):
        paged(rows, "id", size=3, at=written([0, "x"]))


def test_a_bad_token_in_the_address_gives_the_first_page(rows: QuerySet[ContentType]) -> None:
    page = first_if_bad(rows, "app_label", "model", size=3, get=QueryDict("at=broken"))
    assert names(page) == "a1 a2 a3"


def test_links_keep_the_other_parameters(rows: QuerySet[ContentType]) -> None:
    page = turn(rows, None)
    assert page.links(QueryDict("q=甲&kind=a&kind=b&at=old")) == (None, f"?q=%E7%94%B2&kind=a&kind=b&at={page.next}")


def test_another_filter_starts_at_the_first_page() -> None:
    get = QueryDict("q=a&sort=name&at=x")
    assert query_with(get, sort="-name") == "?q=a&sort=-name"
    assert query_with(get, q=None) == "?sort=name"
    assert query_with(get, kind=["a", "b"], page=2) == "?q=a&sort=name&kind=a&kind=b&page=2"
    assert query_with(QueryDict("q=a"), q=None) == "?"
