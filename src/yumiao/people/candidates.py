"""Which records may be of one person, and what was decided about them. Reads only; must not know who looks."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from yumiao.people.doubles import Candidate, Ground, pairs
from yumiao.people.models import Belonging, KeptApart, Merged, PersonRecord, PersonSecret

COMPARED: Final = (PersonRecord, PersonSecret, Belonging, KeptApart)
"""The tables that `doubles` is made of, and no other."""


@dataclass(frozen=True, slots=True)
class Double:
    """Two who may be one person: their ids in order, where they stand, and why."""

    one: int
    other: int
    units: tuple[int, int]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who is compared, where each stands, and which pairs were kept apart as what."""

    people: tuple[Candidate, ...]
    units: Mapping[int, int]
    apart: Mapping[tuple[int, int], str]


def everybody() -> Everybody:
    """All that doubles are found in. In four queries."""
    apart = KeptApart.objects.alive().values_list("person_id", "other_id", "compared")
    units = dict(Belonging.objects.open().values_list("person_id", "unit_id"))
    return Everybody(tuple(candidates()), units, {(one, other): said for one, other, said in apart})


def doubles(known: Everybody, is_here: Callable[[int], bool] = lambda _unit: True) -> list[Double]:
    """Who of those that stand in certain units may have been entered twice and was not kept apart, the strongest grounds first.

    Whoever stands elsewhere is not looked at, so that what one office sees never moves with the people of another.
    """
    people = [one for one in known.people if is_here(known.units.get(one.person, 0))]
    found = sorted((ground, pair) for pair, ground in pairs(people).items())
    kept = {person for pair in known.apart for person in pair}
    said = {one.person: compared(one.name, one.birth) for one in people if one.person in kept}
    return [
        Double(*pair, (known.units.get(pair[0], 0), known.units.get(pair[1], 0)), ground)
        for ground, pair in found
        if pair not in known.apart or known.apart[pair] != _both(said[pair[0]], said[pair[1]])
    ]


def candidates() -> list[Candidate]:
    """What is compared of everybody, as it stands."""
    numbers: dict[int, set[bytes]] = defaultdict(set)
    former = PersonSecret.objects.alive().filter(kind=PersonSecret.Kind.FORMER).values_list("person_id", "keyed")
    for person, keyed in former:
        numbers[person].add(bytes(keyed))
    if numbers:
        wanted = {number for found in numbers.values() for number in found}
        held = PersonSecret.objects.alive().filter(kind=PersonSecret.Kind.IDENTITY).values_list("person_id", "keyed")
        for person, keyed in held:
            if bytes(keyed) in wanted:
                numbers[person].add(bytes(keyed))
    records = PersonRecord.objects.open().values_list("person_id", "name", "sex", "birth_number")
    return [Candidate(*record, frozenset(numbers.get(record[0], ()))) for record in records]


def compared(name: str, birth: int | None) -> str:
    """What somebody is known by when two are kept apart."""
    return f"{name} {birth or 0}"


def _both(one: str, other: str) -> str:
    return f"{one}/{other}"


def compared_of(one: int, other: int) -> str:
    """As `KeptApart.compared` has it, of two as they stand; ids in order."""
    known = {
        person: compared(name, birth)
        for person, name, birth in PersonRecord.objects.open()
        .filter(person__in=(one, other))
        .values_list("person_id", "name", "birth_number")
    }
    return _both(known[one], known[other])


def merged_numbers() -> dict[bytes, int]:
    """Index values of the identity numbers of merged records that nobody goes by any more, each with the unit the person stands in."""
    into = {row.person_id: row for row in Merged.objects.alive()}
    if not into:
        return {}
    secrets = PersonSecret.objects.filter(kind=PersonSecret.Kind.IDENTITY, person__in=into)
    struck = secrets.values_list("person_id", "struck", "keyed")
    units = dict(Belonging.objects.open().values_list("person_id", "unit_id"))
    found: dict[bytes, int] = {}
    for person, by, keyed in struck:
        if by == into[person].entered:
            while person in into:
                person = into[person].into_id
            found[bytes(keyed)] = units.get(person, 0)
    return found


def survivor(uid: uuid.UUID) -> uuid.UUID | None:
    """The person into whose record that of `uid` was merged, over however many merges; None where it was not."""
    found: uuid.UUID | None = None
    asked = uid
    while (
        into := Merged.objects.alive().filter(person__uid=asked).values_list("into__uid", flat=True).first()
    ) is not None:
        found = asked = into
    return found
