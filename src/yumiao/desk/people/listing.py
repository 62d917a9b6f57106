"""The list of people: fifty at a time in the order of the tree, then by name; one statement for the rows, one for their number.

Every row stands within the scope today, as known now. CROSS JOIN pins SQLite's order of joins and means nothing to PostgreSQL: by
the tree where most people qualify, so that reading stops after a page; by the people found where few do. Must not know: pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from yumiao.desk.people.conditions import Conditions, gap_term, part
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.gaps import Gap
from yumiao.desk.people.standing import Standing
from yumiao.people.models import Person
from yumiao.units.queries import Tree

PAGE: Final = 50
MOST_COUNTED: Final = 20_000
MOST_FOUND: Final = 1_000  # of a search: whoever finds more goes on typing

_WITHOUT_RECORD: Final = "units_placement p CROSS JOIN people_belonging b"
_BY_TREE: Final = f"{_WITHOUT_RECORD} CROSS JOIN people_personrecord r"
_BY_PERSON: Final = "people_personrecord r CROSS JOIN people_belonging b CROSS JOIN units_placement p"


@dataclass(frozen=True, slots=True)
class Key:
    """Where somebody stands in the order of every list."""

    path: str
    name: str
    person: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: who it is, where, and what."""

    key: Key
    unit: int
    uid: uuid.UUID
    sex: str
    born_on: date | None
    ethnicity: str
    education: str
    occupation: str
    standing: Standing

    @property
    def name(self) -> str:
        return self.key.name


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; whether others stand before the first and after the last."""

    rows: tuple[Listed, ...]
    has_previous: bool
    has_next: bool


def page(asked: Conditions, *, after: Key | None = None, before: Key | None = None, size: int = PAGE) -> Page:
    """The rows after a key, or those before one, or the first."""
    if not asked.ranges:
        return Page((), False, False)
    key, is_back = (before, True) if before is not None else (after, False)
    statement = part("page", slice=_slice(asked, key, is_back=is_back, size=size + 1))
    found = [_listed(row) for row in _rows(statement, asked.values | _key_values(key))]
    has_more = len(found) > size
    if is_back:
        return Page(tuple(found[-size:]), has_more, True)
    return Page(tuple(found[:size]), key is not None, has_more)


def roster(asked: Conditions, *, most: int) -> Iterator[tuple[Listed, bytes | None, int]]:
    """Everybody up to `most`, each with the sealed identity number (None: not registered) and the version of its key, in one statement."""
    if not asked.ranges:
        return
    whole = part("page", slice=_slice(asked, None, is_back=False, size=most))
    for *row, cell, version in _rows(part("roster", page=whole), asked.values):
        yield _listed(row), bytes(cell) if cell is not None else None, version


def neighbours(asked: Conditions, key: Key) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """Who stands before and after somebody in a list, in one statement."""
    if not asked.ranges:
        return None, None
    before, after = (_slice(asked, key, is_back=is_back, size=1) for is_back in (True, False))
    statement = part("neighbours", before=before, after=after)
    found = {side: _uuid(uid) for side, uid in _rows(statement, asked.values | _key_values(key))}
    return found.get("before"), found.get("after")


def most_of(asked: Filter) -> int:
    """How far a page counts the people of a list."""
    return MOST_FOUND if asked.q else MOST_COUNTED


def number_of(asked: Conditions, *, most: int) -> int:
    """How many there are, counted up to one more than `most`."""
    if not asked.ranges:
        return 0
    if asked.hits:
        statement = part("found", **_texts(asked), hits=asked.hits, source=_BY_PERSON, most=most + 1)
        return int(_rows(statement, asked.values)[0][0])
    source = _WITHOUT_RECORD if not asked.on_record else _BY_PERSON if asked.is_narrow else _BY_TREE
    recorded = f"AND {part('recorded')}" if asked.on_record else ""
    statement = part("number", **_texts(asked) | {"source": source, "recorded": recorded, "most": most + 1})
    return int(_rows(statement, asked.values)[0][0])


def gaps_by_place(asked: Conditions) -> dict[str, dict[Gap, int]]:
    """By the path of each unit where people stand, how many of them have each thing to mend; in one statement."""
    if not asked.ranges:
        return {}
    sums = ", ".join(f"SUM(CASE WHEN {gap_term(gap)} THEN 1 ELSE 0 END)" for gap in Gap)
    statement = part("sums", **_texts(asked), source=_BY_TREE, sums=sums)
    return {path: dict(zip(Gap, map(int, counts), strict=True)) for path, *counts in _rows(statement, asked.values)}


def gaps_of(asked: Conditions) -> dict[Gap, int]:
    """How many of the people have each thing to mend."""
    found = gaps_by_place(asked).values()
    return {gap: sum(counts[gap] for counts in found) for gap in Gap}


def number_elsewhere(asked: Conditions) -> int:
    """How many fulfil the conditions and stand outside the scope today; asked of admissions, which count where they happened."""
    statement = part("elsewhere", **_texts(asked), source=_BY_PERSON)
    return int(_rows(statement, asked.values)[0][0]) if asked.ranges else 0


def key_of(uid: uuid.UUID, asked: Conditions, tree: Tree) -> Key | None:
    """Where somebody stands in the order, if within the scope of the conditions; None else."""
    values = {"uid": Person._meta.get_field("uid").get_db_prep_value(uid, connection), "day": asked.day}
    row = next(iter(_rows(part("key", recorded=part("recorded")), values)), None)
    unit = tree.by_id.get(row[0]) if row else None
    if row is None or unit is None or not asked.scope.covers(unit.path):
        return None
    return Key(unit.path, row[1], row[2])


def _slice(asked: Conditions, key: Key | None, *, is_back: bool, size: int) -> str:
    """The statement of one page, without what stands beside."""
    source = _BY_PERSON if asked.is_narrow else _BY_TREE
    order, past = ("DESC", "<") if is_back else ("ASC", ">")
    beyond = ""
    if key is not None:
        beyond = (
            f" AND p.path {past}= %(key_path)s AND (p.path {past} %(key_path)s OR r.name {past} %(key_name)s"
            f" OR (r.name = %(key_name)s AND r.person_id {past} %(key_person)s))"
        )
    texts = _texts(asked, kind=f"AND ({asked.kind} LIMIT 1)")
    return part("slice", **texts, source=source, beyond=beyond, order=order, size=size)


def _texts(asked: Conditions, *, kind: str = "") -> dict[str, object]:
    """What every statement is filled with; `kind` is how it asks for the kind of people, "any such row" unless said."""
    by_kind = (kind or f"AND EXISTS ({asked.kind})") if asked.kind else ""
    return {
        "within": asked.within,
        "placed": part("placed"),
        "recorded": part("recorded"),
        "where": f"{by_kind} {asked.where}",
    }


def _key_values(key: Key | None) -> dict[str, Any]:
    return {} if key is None else {"key_path": key.path, "key_name": key.name, "key_person": key.person}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _listed(row: Sequence[Any]) -> Listed:
    path, unit, person, name, sex, born_on, ethnicity, education, occupation, uid, *membership = row
    joined, full, ended, suspended, stage, talent = membership
    standing = Standing(_day(joined), _day(full), _day(ended), bool(suspended), stage or 0, bool(talent))
    key = Key(path, name, person)
    return Listed(key, unit, _uuid(uid), sex, _day(born_on), ethnicity, education, occupation, standing)


def _day(value: Any) -> date | None:
    """SQLite gives days as text, PostgreSQL as days."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
