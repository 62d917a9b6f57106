"""Lists by key: where an answer ended is sealed into the address of the next one, so that no name stands in any log and nothing is skipped.

A key is a tuple of texts and numbers by which the list is ordered; whoever was added before it or after it moves no row onto another page.
Must not know: what is listed.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from yumiao.kernel.resources import Values
from yumiao.vault.cells import Unsealable, seal, unseal

Key = tuple[Any, ...]
T = TypeVar("T")
_VERSION = 2  # bytes


class Lost(Exception):
    """A mark of a page that this installation did not give for this list."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `last` is the key to go on from, None after the last row."""

    rows: Sequence[Values]
    last: Key | None = None


def page_of(
    things: Iterable[T], *, key: Callable[[T], Key], values: Callable[[T], Values], after: Key | None, limit: int
) -> Page:
    """A page of a list that is in memory, ordered by its keys."""
    left = [one for one in sorted(things, key=key) if after is None or key(one) > after]
    rows = left[:limit]
    return Page([values(one) for one in rows], key(rows[-1]) if len(left) > limit else None)


def marked(key: Key, *, of: str) -> str:
    """The key as a parameter of the list `of`."""
    version, cell = seal(json.dumps(key, ensure_ascii=False), about=f"api|{of}")
    return base64.urlsafe_b64encode(version.to_bytes(_VERSION) + cell).decode().rstrip("=")


def unmarked(mark: str, *, of: str) -> Key:
    """The key of a parameter. Raises `Lost`."""
    try:
        raw = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        return tuple(json.loads(unseal(raw[_VERSION:], about=f"api|{of}", version=int.from_bytes(raw[:_VERSION]))))
    except (Unsealable, binascii.Error) as error:
        raise Lost(mark) from error
