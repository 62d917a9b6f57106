"""One thing that happened, as a line of time shows it. Must not know: where it was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yumiao.desk.people.facts import Known

UnitName = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: key for the steps of a membership, fix for a correction. `order` settles what happened on one day."""

    on: date
    title: str
    note: str
    kind: str
    known: Known
    order: int = 0
