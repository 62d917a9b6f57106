"""The list of people: fifty at a time in the order of the tree, then by name; one statement for the rows, one for their number.

Every row stands within the scope today, as known now. CROSS JOIN pins SQLite's order of joins and means nothing to PostgreSQL: by
the tree where most people qualify, so that reading stops after a page; by the people found where few do. Must not know: pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from yumiao.desk.people.conditions import ALIVE_ROW, Conditions
from yumiao.desk.people.standing import Standing
from yumiao.journal.facts import ALIVE
from yumiao.people.models import PersonRecord
from yumiao.units.queries import Tree

PAGE: Final = 50
MOST_COUNTED: Final = 20_000

_BY_TREE = "units_placement p CROSS JOIN people_belonging b CROSS JOIN people_personrecord r"
_BY_PERSON = "people_personrecord r CROSS JOIN people_belonging b CROSS JOIN units_placement p"
_WITHOUT_RECORD = "units_placement p CROSS JOIN people_belonging b"
_PLACED = (
    f"p.since <= %(day)s AND p.until > %(day)s AND {ALIVE_ROW.format('p')}"
    f" AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {ALIVE_ROW.format('b')}"
)
_RECORDED = f" AND r.person_id = b.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {ALIVE_ROW.format('r')}"
_COLUMNS = "p.path, b.unit_id, r.person_id, r.name, r.sex, r.born_on, r.ethnicity, r.education, r.occupation"
# What stands beside the people of a page: the latest membership, the furthest step of the open case, the pool.
_BESIDE = f"""
SELECT page.*, o.uid, m.membership_on, m.full_member_on, m.ended_on,
    CASE WHEN EXISTS (
        SELECT 1 FROM people_membershipstate s WHERE s.person_id = page.person_id AND s.cycle = m.cycle
            AND s.state = 'suspended' AND s.since <= %(day)s AND s.until > %(day)s AND {ALIVE_ROW.format("s")}
    ) THEN 1 ELSE 0 END,
    (
        SELECT MAX(t.step) FROM admission_case c CROSS JOIN admission_steprecord t
        WHERE c.person_id = page.person_id AND t.case_id = c.id AND t.held_on <= %(day)s AND {ALIVE_ROW.format("t")}
            AND NOT EXISTS (
                SELECT 1 FROM admission_caseend e
                WHERE e.case_id = c.id AND e.ended_on <= %(day)s AND {ALIVE_ROW.format("e")}
            )
    ),
    CASE WHEN EXISTS (
        SELECT 1 FROM talent_talent l WHERE l.person_id = page.person_id
            AND l.since <= %(day)s AND l.until > %(day)s AND {ALIVE_ROW.format("l")}
    ) THEN 1 ELSE 0 END
FROM ({{page}}) AS page
JOIN people_person o ON o.id = page.person_id
LEFT JOIN people_membership m ON m.person_id = page.person_id AND {ALIVE_ROW.format("m")} AND m.cycle = (
    SELECT MAX(x.cycle) FROM people_membership x
    WHERE x.person_id = page.person_id AND x.membership_on <= %(day)s AND {ALIVE_ROW.format("x")}
)
ORDER BY page.path, page.name, page.person_id
"""


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
    statement = _BESIDE.format(page=_slice(asked, key, is_back=is_back, size=size + 1))
    found = [_listed(row) for row in _rows(statement, asked.values | _key_values(key))]
    has_more = len(found) > size
    if is_back:
        return Page(tuple(found[-size:]), has_more, True)
    return Page(tuple(found[:size]), key is not None, has_more)


def neighbours(asked: Conditions, key: Key) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """Who stands before and after somebody in a list, in one statement."""
    if not asked.ranges:
        return None, None
    sides = [
        f"SELECT '{side}' AS side, one.person_id FROM ({_slice(asked, key, is_back=is_back, size=1)}) AS one"  # noqa: S608
        for side, is_back in (("before", True), ("after", False))
    ]
    statement = (
        f"SELECT both.side, o.uid FROM ({' UNION ALL '.join(sides)}) AS both"  # noqa: S608
        " JOIN people_person o ON o.id = both.person_id"
    )
    found = {side: _uuid(uid) for side, uid in _rows(statement, asked.values | _key_values(key))}
    return found.get("before"), found.get("after")


def number_of(asked: Conditions) -> int:
    """How many there are, counted up to one more than `MOST_COUNTED`."""
    if not asked.ranges:
        return 0
    source = _WITHOUT_RECORD if not asked.on_record else _BY_PERSON if asked.is_narrow else _BY_TREE
    recorded = _RECORDED if asked.on_record else ""
    statement = (
        f"SELECT COUNT(*) FROM (SELECT 1 AS one FROM {source}"  # noqa: S608
        f" WHERE {asked.within} AND {_PLACED}{recorded}{asked.where} LIMIT {MOST_COUNTED + 1}) AS counted"
    )
    return int(_rows(statement, asked.values)[0][0])


def number_elsewhere(asked: Conditions) -> int:
    """How many fulfil the conditions and stand outside the scope today; asked of admissions, which count where they happened."""
    statement = (
        f"SELECT COUNT(*) FROM {_BY_PERSON} WHERE NOT ({asked.within}) AND {_PLACED}{_RECORDED}{asked.where}"  # noqa: S608
    )
    return int(_rows(statement, asked.values)[0][0]) if asked.ranges else 0


def key_of(uid: uuid.UUID, asked: Conditions, tree: Tree) -> Key | None:
    """Where somebody stands in the order, if within the scope of the conditions; None else."""
    rows = PersonRecord.objects.on(asked.day).filter(
        person__uid=uid,
        person__belongings__struck=ALIVE,
        person__belongings__since__lte=asked.day,
        person__belongings__until__gt=asked.day,
    )
    row = rows.values_list("person__belongings__unit_id", "name", "person_id").first()
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
    return (
        f"SELECT * FROM (SELECT {_COLUMNS} FROM {source}"  # noqa: S608
        f" WHERE {asked.within} AND {_PLACED}{_RECORDED}{asked.where}{beyond}"
        f" ORDER BY p.path {order}, r.name {order}, r.person_id {order} LIMIT {size}) AS slice"
    )


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
