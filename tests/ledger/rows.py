"""Rows of a county as a test wants them, written through an act and never past it. All people are invented.

It must not know what the ledger makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import models

from yumiao.admission.models import Case, StepRecord
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.bulk import new_ids, recorded
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import birth_number, completed_years
from yumiao.kernel.periods import BEGIN, FOREVER, add_years
from yumiao.people.models import Attribution, Belonging, Membership, Person, PersonRecord
from yumiao.units.models import Placement, Unit, UnitRecord
from yumiao.units.rules import Node, Place, arrange

CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")


def writing() -> AbstractContextManager[Act]:
    return act(Verb.WORKBOOK_IMPORTED, actor=CLERK)


def put(current: Act, model: type[models.Model], *rows: Mapping[str, Any]) -> None:
    """Write rows; what one does not name has the default of its field."""
    names = recorded(model)
    current.insert(model, names, [tuple(row.get(name, _default(model, name)) for name in names) for row in rows])


def _default(model: type[models.Model], name: str) -> Any:
    return False if name == "since_known" else model._meta.get_field(name).get_default()  # type: ignore[union-attr]


@dataclass(frozen=True)
class Spot:
    """Under which unit (None: the root) a unit stands over a time."""

    code: str
    parent: str | None
    since: date = BEGIN
    until: date = FOREVER


def write_units(
    current: Act, kinds: Mapping[str, str], spots: Iterable[Spot], *, founded: Mapping[str, date] | None = None
) -> dict[str, int]:
    """Units by code with the kind and the places of each; `founded`: those whose record begins on a day. Returns their ids."""
    ids = dict(zip(kinds, new_ids(Unit, len(kinds)), strict=True))
    put(
        current,
        Unit,
        *({"id": ids[code], "code": code, "record_since": (founded or {}).get(code, BEGIN)} for code in kinds),
    )
    write_tree(current, ids, kinds, spots)
    return ids


def write_tree(current: Act, ids: Mapping[str, int], kinds: Mapping[str, str], spots: Iterable[Spot]) -> None:
    """Names, and the places of every unit between any two days on which something in the tree changes."""
    places = list(spots)
    put(current, UnitRecord, *(_record(ids[spot.code], kinds[spot.code], spot) for spot in places))
    days = sorted({day for spot in places for day in (spot.since, spot.until)})
    for since, until in pairwise(days):
        standing = [spot for spot in places if spot.since <= since and until <= spot.until]
        parents = {ids[spot.code]: ids[spot.parent] if spot.parent else None for spot in standing}
        found = arrange(Node(ids[spot.code], kinds[spot.code], parents[ids[spot.code]]) for spot in standing)
        put(current, Placement, *(_placement(since, until, unit, parents[unit], at) for unit, at in found.items()))


def _record(unit: int, kind: str, spot: Spot) -> dict[str, Any]:
    return {"since": spot.since, "until": spot.until, "unit_id": unit, "name": f"组织{spot.code}", "kind": kind}


def _placement(since: date, until: date, unit: int, parent: int | None, place: Place) -> dict[str, Any]:
    return {
        "since": since,
        "until": until,
        "unit_id": unit,
        "parent_id": parent,
        "path": place.path,
        "depth": place.depth,
        "village_id": place.village,
        "township_id": place.township,
        "position": unit,
    }


def write_person(current: Act, unit: int, *, born_on: date | None = date(1980, 5, 1), **record: Any) -> int:
    """Somebody who has always stood in `unit`."""
    person = new_ids(Person, 1)[0]
    number = birth_number(born_on) if born_on else None
    known = {"person_id": person, "name": "韦禾", "sex": "m", "education": "大专", "born_on": born_on}
    put(current, Person, {"id": person})
    put(current, PersonRecord, {**known, "birth_number": number, **record})
    put(current, Belonging, {"person_id": person, "unit_id": unit})
    return person


def membership(person: int, membership_on: date, born_on: date | None, **changed: Any) -> dict[str, Any]:
    """The row of a membership approved at once and confirmed after a year."""
    return {
        "person_id": person,
        "membership_on": membership_on,
        "approval": Membership.Approval.ASSUMED,
        "approved_on": membership_on,
        "probation_start_on": membership_on,
        "full_member_on": add_years(membership_on, 1),
        "age_years": completed_years(born_on, membership_on) if born_on else None,
        **changed,
    }


def write_member(
    current: Act, unit: int, membership_on: date, *, born_on: date | None = date(1980, 5, 1), **record: Any
) -> int:
    """A member who stands in `unit`, was admitted there and counts there."""
    person = write_person(current, unit, born_on=born_on, **record)
    put(current, Membership, membership(person, membership_on, born_on))
    put(current, Attribution, {"person_id": person, "unit_id": unit, "reason": Attribution.Reason.ADMITTED})
    return person


def write_case(current: Act, person: int, steps: Mapping[int, date]) -> int:
    case = new_ids(Case, 1)[0]
    put(current, Case, {"id": case, "person_id": person, "origin": Case.Origin.IMPORTED})
    put(current, StepRecord, *({"case_id": case, "step": step, "held_on": on} for step, on in steps.items()))
    return case
