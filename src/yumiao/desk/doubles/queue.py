"""The queue of who may have been entered twice, within what a reader may decide; and what was decided lately. Reads only.

Must not know: requests, templates.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.journal.memory import remembered, touched
from yumiao.journal.models import Entry
from yumiao.kernel.scope import EVERYTHING
from yumiao.people.candidates import COMPARED, Double, doubles, everybody
from yumiao.people.doubles import Ground
from yumiao.people.models import KeptApart, Merged, Person
from yumiao.people.queries import Named, named
from yumiao.units.queries import UnitOnDay

PAGE: Final = 50
MOST_DECISIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as the queue shows it: both people with the units they stand in."""

    ground: Ground
    one: Named
    other: Named
    units: tuple[UnitOnDay, UnitOnDay]


def queue(reader: Reader, within: UnitOnDay | None = None) -> list[Double]:
    """Every pair of which the reader may decide: both stand in his units, and in the subtree of `within` where it is given."""
    head, scope, tree = touched(reader.head, *COMPARED), reader.scope(Permission.PERSON_MERGE), reader.tree
    known = remembered("everybody", head, make=everybody)
    subtree = within.subtree if within else EVERYTHING
    here = frozenset(unit.id for unit in tree if scope.covers(unit.path) and subtree.covers(unit.path))
    return remembered("doubles", head, here, make=lambda: doubles(known, here.__contains__))


def asked_ground(said: str) -> Ground | None:
    """The ground that an address names; None for all of them."""
    return next((ground for ground in Ground if str(ground.value) == said), None)


def counts(pairs: Sequence[Double]) -> dict[Ground, int]:
    """How many there are of each ground, also of those there are none of."""
    found = Counter(pair.ground for pair in pairs)
    return {ground: found[ground] for ground in Ground}


def rows(reader: Reader, pairs: Sequence[Double]) -> list[Row]:
    """The pairs of a page, in two queries."""
    people = named(person for pair in pairs for person in (pair.one, pair.other))
    tree = reader.tree.by_id
    return [
        Row(pair.ground, people[pair.one], people[pair.other], (tree[pair.units[0]], tree[pair.units[1]]))
        for pair in pairs
    ]


@dataclass(frozen=True, slots=True)
class Turns:
    """The pairs before and after one in the queue, as uids; and where it stands, from 1; 0 where it is not in the queue."""

    place: int
    total: int
    before: tuple[uuid.UUID, uuid.UUID] | None
    after: tuple[uuid.UUID, uuid.UUID] | None
    ground: Ground | None


def turns(reader: Reader, one: int, other: int) -> Turns:
    """Where the pair of these ids stands in the queue."""
    pairs = queue(reader)
    wanted = (min(one, other), max(one, other))
    place = next((at for at, pair in enumerate(pairs) if (pair.one, pair.other) == wanted), None)
    if place is None:
        return Turns(0, len(pairs), None, _uids(pairs[0]) if pairs else None, None)
    before = _uids(pairs[place - 1]) if place else None
    after = _uids(pairs[place + 1]) if place + 1 < len(pairs) else None
    return Turns(place + 1, len(pairs), before, after, pairs[place].ground)


def _uids(pair: Double) -> tuple[uuid.UUID, uuid.UUID]:
    uids = dict(Person.objects.filter(pk__in=(pair.one, pair.other)).values_list("pk", "uid"))
    return uids[pair.one], uids[pair.other]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and stands: `gone` is the uid of a record that was merged, None where two were kept apart."""

    entry: Entry
    name: str
    uid: uuid.UUID
    reason: str
    gone: uuid.UUID | None


def decisions(reader: Reader) -> list[Decision]:
    """The latest decisions about people who stand in the reader's units, the last first."""
    visible = Person.objects.visible_to(reader.scope(Permission.PERSON_MERGE))
    merged = Merged.objects.alive().filter(into__in=visible).order_by("-entered").select_related("person", "into")
    apart = KeptApart.objects.alive().filter(person__in=visible).order_by("-entered").select_related("person")
    found: list[tuple[int, Person, str, uuid.UUID | None]] = [
        (one.entered, one.into, one.reason, one.person.uid) for one in merged[:MOST_DECISIONS]
    ]
    found += [(one.entered, one.person, one.reason, None) for one in apart[:MOST_DECISIONS]]
    latest = sorted(found, key=lambda one: one[0], reverse=True)[:MOST_DECISIONS]
    entries = Entry.objects.in_bulk([entry for entry, *_rest in latest])
    people = named(person.pk for _entry, person, *_rest in latest)
    return [
        Decision(entries[entry], people[person.pk].name, person.uid, reason, gone)
        for entry, person, reason, gone in latest
        if entry in entries and person.pk in people
    ]
