"""Values computed from the whole record, kept in memory as long as the record stays as it is.

The key holds the head of the chain, and every act moves the head: nothing is ever invalidated by hand. What takes long and is made of few
tables alone goes by the last entry that touched one of them; what takes long and changes little is carried on from head to head. Must not know what is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar, cast

from django.db import connection

from yumiao.journal.chain import Head
from yumiao.journal.facts import ALIVE, Fact
from yumiao.journal.models import Entry

T = TypeVar("T")

KEPT = 256  # values; the largest, a county's villages, takes half a megabyte
KEPT_ON: Final = 8  # values that are carried on
_LAST: Final = "SELECT MAX(entered) FROM {table} UNION ALL SELECT MAX(struck) FROM {table} WHERE struck < {alive}"
_values: OrderedDict[Hashable, object] = OrderedDict()
_carried: OrderedDict[Hashable, tuple[Head, object]] = OrderedDict()
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


def carried(
    name: str, head: Head, *key: Hashable, make: Callable[[], T], renew: Callable[[Head, T], T | None]
) -> T:  # fmt: skip
    """As `remembered`, for what takes long and is changed little by an act: `renew(before, value)` makes it from what it was at an earlier
    head, or gives None where it has to be made anew. Of each name and key the last value is kept.
    """

    def carry() -> T:
        place = (name, key)
        with _lock:
            last = _carried.get(place)
        found = None
        if last is not None and _leads_to(last[0], head):
            found = renew(last[0], cast(T, last[1]))
        made = make() if found is None else found
        with _lock:
            _carried[place] = (head, made)
            _carried.move_to_end(place)
            while len(_carried) > KEPT_ON:
                _carried.popitem(last=False)
        return made

    return remembered(name, head, *key, make=carry)


def _leads_to(before: Head, head: Head) -> bool:
    """Whether a head is an earlier one of the same record: in another county, or one that was restored, another entry stands there."""
    return before.seq <= head.seq and Entry.objects.filter(seq=before.seq, hash=before.hash).exists()


def touched(head: Head, *tables: type[Fact]) -> Head:
    """The last entry that wrote or struck a row of these tables, as a head to remember by. In two queries, once for each head."""
    names = tuple(sorted(table._meta.db_table for table in tables))
    return remembered("touched", head, *names, make=lambda: _touched(names))


def _touched(names: tuple[str, ...]) -> Head:
    asked = " UNION ALL ".join(_LAST.format(table=name, alive=ALIVE) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        seq = max((one for (one,) in cursor.fetchall() if one is not None), default=0)
    found = Entry.objects.filter(seq=seq).values_list("hash", flat=True).first()
    return Head(seq, bytes(found or b""))
