"""A setting as a page shows it, and what a change of it would do, by unit names. Must not know: requests, forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from yumiao.bylaws.keys import Key, Value
from yumiao.bylaws.queries import SettingPeriod, value_in_words
from yumiao.desk.setting_preview import LISTED, LISTS, Change
from yumiao.units.queries import Tree

Named = tuple[str, str]  # code and name of a unit
Grouped = tuple[str, tuple[Named, ...]]  # name of a township and its villages


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A key on one day: the value in force as written and in words, the period it comes from (None: the default), the next change."""

    key: Key[Value]
    written: str
    value: str
    default: str
    now: SettingPeriod | None
    next: SettingPeriod | None

    @classmethod
    def of(cls, key: Key[Value], periods: Sequence[SettingPeriod], day: date) -> Self:
        now = next((one for one in periods if one.since <= day < one.until), None)
        written = now.value if now else key.default
        return cls(
            key,
            written,
            value_in_words(key.name, written),
            value_in_words(key.name, key.default),
            now,
            next((one for one in periods if one.since > day), None),
        )

    @property
    def next_value(self) -> str:
        return value_in_words(self.key.name, self.next.value) if self.next else ""


@dataclass(frozen=True, slots=True)
class ListEffect:
    """Who enters and who leaves one list."""

    title: str
    entering: tuple[Grouped, ...]
    leaving: tuple[Grouped, ...]

    @property
    def entering_count(self) -> int:
        return sum(len(villages) for _township, villages in self.entering)

    @property
    def leaving_count(self) -> int:
        return sum(len(villages) for _township, villages in self.leaving)


@dataclass(frozen=True, slots=True)
class FigureEffect:
    """One figure of a township before and after."""

    unit: Named
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything a change would move; both empty: nothing."""

    lists: tuple[ListEffect, ...]
    figures: tuple[FigureEffect, ...]


def effects(changes: Iterable[Change], tree: Tree) -> Effects:
    """The changes by list and township, units by name."""
    found = list(changes)
    by_list = {title: [one for one in found if one.what == title] for title in LISTS.values()}
    lists = [
        ListEffect(
            title,
            _by_township((one.code for one in moved if one.after == LISTED), tree),
            _by_township((one.code for one in moved if one.after != LISTED), tree),
        )
        for title, moved in by_list.items()
        if moved
    ]
    figures = [
        FigureEffect(_named(one.code, tree), one.what, one.before, one.after)
        for one in found
        if one.what not in by_list
    ]
    return Effects(tuple(lists), tuple(figures))


def _named(code: str, tree: Tree) -> Named:
    unit = tree.by_code.get(code)
    return code, unit.name if unit else code


def _by_township(codes: Iterable[str], tree: Tree) -> tuple[Grouped, ...]:
    found: dict[str, list[Named]] = {}
    for code in codes:
        unit = tree.by_code.get(code)
        above = tree.by_id.get(unit.township or 0) if unit else None
        found.setdefault(above.name if above else "", []).append(_named(code, tree))
    return tuple((township, tuple(villages)) for township, villages in found.items())
