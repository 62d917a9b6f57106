"""Who is behind a figure: the same rows that were counted, and of them those whom the reader may see today, a page at a time.

Must not know: requests, templates.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.balance import (
    END,
    GAINED,
    GAINS,
    LOSSES,
    LOST,
    START,
    Change,
    changes,
    columns,
    how,
    part_of,
)
from yumiao.desk.statistics.reading import FORM, Subject, read, rows, stock
from yumiao.journal.facts import LIVE
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.scope import Range
from yumiao.people.models import Membership, PersonRecord
from yumiao.units.queries import Tree, UnitOnDay

PAGE: Final = 50
_Found = list[tuple[str, int, date]]  # (path of the unit, person, day of the tree it is a path of)


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who was counted, as on the day of the figure, and the unit he counts for."""

    uid: uuid.UUID
    name: str
    sex: str
    born_on: date | None
    ethnicity: str
    education: str
    occupation: str
    joined_on: date | None
    unit: UnitOnDay


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the people behind a figure; `total` is the figure itself, `elsewhere` how many of them stand outside the scope today."""

    label: str
    total: int
    elsewhere: int
    people: tuple[Shown, ...]
    page: int
    pages: int


def people_behind(reader: Reader, asked: Asked, unit: UnitOnDay, page: int) -> Behind:
    """The people of the figure that `asked` names, in the order of the tree. `OutOfScope` where there is no such figure."""
    label, seen, total = _label_and_seen(reader, asked, unit)
    pages = max(1, -(-len(seen) // PAGE))
    page = min(max(page, 1), pages)
    cut = seen[(page - 1) * PAGE : page * PAGE]
    return Behind(label, total, total - len(seen), _shown(reader, asked, cut), page, pages)


def everybody_behind(reader: Reader, asked: Asked, unit: UnitOnDay) -> tuple[str, tuple[Shown, ...]]:
    """(name of the column, all of the figure whom the reader may see today), in the order of the tree."""
    label, seen = _label_and_seen(reader, asked, unit)[:2]
    return label, _shown(reader, asked, seen)


def units_behind(reader: Reader, asked: Asked, unit: UnitOnDay) -> tuple[str, list[UnitOnDay]]:
    """(name of the column, organisations counted in it), in the order of the tree."""
    assert asked.day is not None
    kinds = _keys(asked)
    found = [
        one
        for one in tree_of(asked.day, reader.head)
        if one.kind.form.value in kinds and _within(unit, asked, one.path)
    ]
    return FORM.label_of(asked.column), sorted(found, key=lambda one: one.path)


def _label_and_seen(reader: Reader, asked: Asked, unit: UnitOnDay) -> tuple[str, _Found, int]:
    """(name of the column, those whom the reader may see, the figure itself)."""
    label, found = (
        _of_balance(reader, asked, unit) if asked.subject is Subject.BALANCE else _of_table(reader, asked, unit)
    )
    return label, _seen(reader, asked, found), len(found)


def _keys(asked: Asked) -> frozenset[str]:
    try:
        return asked.grouping.keys_of(asked.column)
    except KeyError:
        raise OutOfScope("统计表没有这一栏。") from None


def _within(unit: UnitOnDay, asked: Asked, path: str) -> bool:
    return path == unit.path if asked.is_own else unit.subtree.covers(path)


def _of_table(reader: Reader, asked: Asked, unit: UnitOnDay) -> tuple[str, _Found]:
    assert asked.day is not None
    by, keys = asked.grouping, _keys(asked)
    found = [
        (row.path, row.person, asked.day)
        for row in read(asked.subject, by, asked.day, reader.head, unit.subtree)
        if _within(unit, asked, row.path) and row.group in keys
    ]
    return by.label_of(asked.column), sorted(found)


def _of_balance(reader: Reader, asked: Asked, unit: UnitOnDay) -> tuple[str, _Found]:
    assert asked.day is not None
    start, end = asked.start, asked.day
    then, now = (tree_of(day, reader.head) for day in (start, end))
    above = now.by_code.get(asked.above)
    if asked.above and above is None:
        raise OutOfScope(f"没有代码为 {asked.above} 的组织。")
    part = part_of(unit, then, now, is_own=asked.is_own, above=above)
    label = next((one.label for one in columns(start, end) if one.key == asked.column), "")
    if asked.column in (START, END):
        day, within = (start, part.before) if asked.column == START else (end, part.after)
        members = stock(day, within) if within else {}
        held = part.had if asked.column == START else part.has
        return label, sorted((path, person, day) for person, path in members.items() if held(path))
    kinds = {GAINED: GAINS, LOST: LOSSES}.get(asked.column, (asked.column,))
    if not label:
        raise OutOfScope("统计表没有这一栏。")
    is_loss = set(kinds) <= set(LOSSES)
    changed = [one for one in changes(start, end, reader.head).near(part) if how(one, part)[is_loss] in kinds]
    return label, sorted(_placed(one, start, end, is_loss=is_loss) for one in changed)


def _placed(one: Change, start: date, end: date, *, is_loss: bool) -> tuple[str, int, date]:
    """Where somebody came to or left from."""
    if is_loss and one.before:
        return one.before, one.person, start
    return one.after or one.through, one.person, end


def _seen(reader: Reader, asked: Asked, found: _Found) -> _Found:
    """Those who stand today where the reader may read people."""
    scope = reader.scope(Permission.PERSON_READ)
    standing = {person for root in scope.roots for person, _path in _standing(root, reader.today)}
    return [one for one in found if one[1] in standing]


def _standing(root: Range, day: date) -> Sequence[tuple[int, str]]:
    return rows("standing", day, lo=root.lo, hi=root.hi)


def _shown(reader: Reader, asked: Asked, cut: _Found) -> tuple[Shown, ...]:
    """The people of one page, in two queries."""
    assert asked.day is not None
    ids = [person for _path, person, _day in cut]
    records = {
        one.person_id: one for one in PersonRecord.objects.on(asked.day).filter(person__in=ids).select_related("person")
    }
    joined = dict(
        Membership.objects.filter(LIVE, person__in=ids, membership_on__lte=asked.day)
        .order_by("person_id", "cycle")
        .values_list("person_id", "membership_on")
    )
    trees: dict[date, Tree] = {day: tree_of(day, reader.head) for _path, _person, day in cut}
    return tuple(
        Shown(
            one.person.uid, one.name, one.sex, one.born_on, one.ethnicity, one.education, one.occupation,
            joined.get(person), trees[day].by_path[path],
        )
        for path, person, day in cut
        for one in [records[person]]
    )  # fmt: skip
