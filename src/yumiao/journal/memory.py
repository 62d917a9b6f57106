"""Values computed from the whole record, kept in memory as long as the record stays as it is.

The key holds the head of the chain, and every act moves the head: nothing is ever invalidated by hand. Must not know what is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from yumiao.journal.chain import Head

T = TypeVar("T")

KEPT = 256  # values; the largest, a county's villages, takes half a megabyte
_values: OrderedDict[Hashable, object] = OrderedDict()
_lock = Lock()


def remembered(name: str, head: Head, *key: Hashable, make: Callable[[], T]) -> T:
    """The value of `make()` as the record stands at `head`; `name` and `key` say which value is meant.

    Read the head first: what is made may then be newer than its key, never older. Two who ask at once may both make it.
    """
    place = (name, head, key)
    with _lock:
        if place in _values:
            _values.move_to_end(place)
            return cast(T, _values[place])
    made = make()
    with _lock:
        _values[place] = made
        while len(_values) > KEPT:
            _values.popitem(last=False)
    return made
