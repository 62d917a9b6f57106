"""Paging by key: the place in a list is the key of a row, not a count, so that rows coming and going shift nothing.

The token in the address holds plain values and is no secret: what it may show is decided by the rows it is applied to.
Must not know: what the rows are, who reads them.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

PARAMETER = "at"
LONGEST_TOKEN = 600

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Plain = str | int | bool


class BadToken(ValueError):
    """The token in the address was not made here, or for another list: the view shows the first page."""


@dataclass(frozen=True, slots=True)
class Place:
    """After (or before) the row with these key values."""

    values: tuple[Plain, ...]
    is_backward: bool = False

    @property
    def token(self) -> str:
        """Safe in an address."""
        written = json.dumps([int(self.is_backward), *self.values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of one page, and the tokens of its neighbours where there are any."""

    rows: tuple[T, ...]
    previous: str | None
    next: str | None

    def links(self, get: QueryDict) -> tuple[str | None, str | None]:
        """Addresses of the previous and the next page, the other parameters kept."""
        return (
            self.previous and query_with(get, **{PARAMETER: self.previous}),
            self.next and query_with(get, **{PARAMETER: self.next}),
        )


def place_of(token: str, keys: int) -> Place:
    """The place a token names, for a list with that many keys; `BadToken` for anything not made by `Place.token`."""
    if len(token) > LONGEST_TOKEN:
        raise BadToken(token[:20])
    try:
        read = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadToken(token) from error
    if not isinstance(read, list) or len(read) != keys + 1 or read[0] not in (0, 1):
        raise BadToken(token)
    if not all(isinstance(value, str | int) and "\0" not in str(value) for value in read):
        raise BadToken(token)
    return Place(tuple(read[1:]), bool(read[0]))


def paged(rows: QuerySet[M], *keys: str, size: int, at: str = "") -> Page[M]:
    """`size` rows in the order of `keys` (fields, `-` for descending), from the place of the token `at` on.

    The keys together must be unique and none of them null. One query. `BadToken` where `at` does not fit them.
    """
    place = place_of(at, len(keys)) if at else None
    is_backward = place is not None and place.is_backward
    order = [_turned(key) if is_backward else key for key in keys]
    try:
        beyond = rows.filter(_beyond(order, place.values)) if place else rows
        found = list(beyond.order_by(*order)[: size + 1])
    except (ValueError, TypeError, ValidationError) as error:
        if place is None:
            raise
        raise BadToken(at) from error
    has_more = len(found) > size
    shown = found[:size][::-1] if is_backward else found[:size]
    return Page(
        rows=tuple(shown),
        previous=_token(shown, 0, keys, is_backward=True) if (has_more if is_backward else place) else None,
        next=_token(shown, -1, keys, is_backward=False) if is_backward or has_more else None,
    )


def first_if_bad(rows: QuerySet[M], *keys: str, size: int, get: QueryDict) -> Page[M]:
    """`paged` by the token in the address; one that does not fit gives the first page."""
    try:
        return paged(rows, *keys, size=size, at=get.get(PARAMETER, ""))
    except BadToken:
        return paged(rows, *keys, size=size)


def query_with(get: QueryDict, **changes: str | int | Sequence[str] | None) -> str:
    """`?…` with these parameters changed, `None` taking one away.

    The place in the list is dropped unless it is among the changes: another filter or order starts at the first page.
    """
    changed = get.copy()
    for name, value in {PARAMETER: None, **changes}.items():
        changed.pop(name, None)
        if isinstance(value, str | int):
            changed[name] = str(value)
        elif value is not None:
            changed.setlist(name, list(value))
    return f"?{changed.urlencode()}"


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _beyond(order: Sequence[str], values: Sequence[Plain]) -> Q:
    """Rows behind these values in this order: the first key greater, or equal and the second greater, and so on."""
    beyond, equal = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        field, side = key.removeprefix("-"), "lt" if key.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{field}__{side}": value})
        equal &= Q(**{field: value})
    first, side = order[0].removeprefix("-"), "lte" if order[0].startswith("-") else "gte"
    # said once more by itself, so that an index on the first key can be used
    return Q(**{f"{first}__{side}": values[0]}) & beyond


def _token(rows: Sequence[Model], index: int, keys: Sequence[str], *, is_backward: bool) -> str | None:
    if not rows:
        return None
    values = (_value(rows[index], key.removeprefix("-")) for key in keys)
    return Place(tuple(value if isinstance(value, str | int) else str(value) for value in values), is_backward).token


def _value(row: Any, key: str) -> Any:
    """What stands at `unit__order` of a row that was read with it."""
    for name in key.split("__"):
        row = getattr(row, name)
    return row
