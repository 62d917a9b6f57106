"""What is known of people, as an import compares it and as lists show it. Reads only."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from yumiao.journal.facts import ALIVE, LIVE
from yumiao.kernel.identity import mask_identity
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import (
    Attribution,
    Belonging,
    Membership,
    Person,
    PersonRecord,
    PersonSecret,
    Statement,
    Tie,
)
from yumiao.people.secrets import opened

_WHEREABOUTS = f"""
    SELECT p.id, b.unit_id FROM people_person p
    JOIN people_belonging b ON b.person_id = p.id AND b.struck = {ALIVE} AND b.until = %s
    WHERE p.uid = %s
"""  # noqa: S608 a number of our own
_SECRETS = f"""
    SELECT s.kind, s.cell, s.key_version FROM people_personsecret s WHERE s.person_id = %s AND s.struck = {ALIVE}
"""  # noqa: S608 a number of our own
SEALED = ("person_id", "person__uid", "kind", "cell", "key_version")


def whole_numbers() -> dict[int, dict[str, str]]:
    """Every number in clear, by person and kind: for an export, which records its reading."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = PersonSecret.objects.alive().values_list(*SEALED)
    for person, uid, kind, cell, version in rows.iterator(chunk_size=2000):
        found[person][kind] = opened(uid, kind, cell, version)
    return found


def whereabouts(uid: uuid.UUID) -> tuple[int, int] | None:
    """(person's id, unit's id) of somebody as known now, in one query; None where nobody of that uid stands anywhere."""
    value = Person._meta.get_field("uid").get_db_prep_value(uid, connection)
    with connection.cursor() as cursor:  # plain SQL: it stands before every page of a person
        cursor.execute(_WHEREABOUTS, [FOREVER, value])
        found: tuple[int, int] | None = cursor.fetchone()
    return found


def whole_numbers_of(person: Person) -> dict[str, str]:
    """The numbers of one person in clear, by kind: to be masked or compared, or revealed with a reading on record."""
    with connection.cursor() as cursor:
        cursor.execute(_SECRETS, [person.pk])
        rows = cursor.fetchall()
    return {kind: opened(person.uid, kind, bytes(cell), version) for kind, cell, version in rows}


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """The open `PersonRecord`; `id` is the row to strike when it is corrected."""

    id: int
    since: date
    until: date
    name: str
    sex: str
    born_on: date | None
    ethnicity: str
    education: str
    occupation: str


@dataclass(frozen=True, slots=True)
class KnownMembership:
    """The live version of the latest membership."""

    id: int
    cycle: int
    membership_on: date
    full_member_on: date
    confirmation_stated_on: date | None
    age_years: int | None
    ended_on: date
    ended_how: str

    @property
    def has_ended(self) -> bool:
        return self.ended_on != FOREVER

    @property
    def full_since(self) -> date | None:
        """From when a full member; None for a probationer."""
        return None if self.full_member_on == FOREVER else self.full_member_on


@dataclass(frozen=True, slots=True)
class KnownTie:
    """An open tie; `other` is a person's id, or None and `text` the masked number of somebody unknown."""

    id: int
    other: int | None
    text: str
    since: date


@dataclass(slots=True)
class KnownPerson:
    """Everything an import compares of one person."""

    id: int
    uid: uuid.UUID
    record: KnownRecord
    unit: int
    belonging: int
    belonging_since: date
    belonging_since_known: bool
    secrets: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    statements: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    membership: KnownMembership | None = None
    attribution: tuple[int, int] | None = None
    ties: dict[tuple[str, int], KnownTie] = field(default_factory=dict)


def known_people() -> dict[bytes, KnownPerson]:
    """Everybody, by the keyed index of the identity number. A county has some ten thousand: eight queries."""
    people = _with_records()
    found: dict[bytes, KnownPerson] = {}
    for row, person, kind, keyed in PersonSecret.objects.alive().values_list("id", "person_id", "kind", "keyed"):
        people[person].secrets[kind] = (row, bytes(keyed))
        if kind == PersonSecret.Kind.IDENTITY:
            found[bytes(keyed)] = people[person]
    for row, person, name, value, reason in Statement.objects.alive().values_list(
        "id", "person_id", "field", "value", "reason"
    ):
        people[person].statements[name] = (row, value, reason)
    memberships: Iterable[tuple[Any, ...]] = (
        Membership.objects.alive()
        .order_by("person_id", "cycle")
        .values_list(
            "person_id",
            "id",
            "cycle",
            "membership_on",
            "full_member_on",
            "confirmation_stated_on",
            "age_years",
            "ended_on",
            "ended_how",
        )
    )
    for person, *values in memberships:
        people[person].membership = KnownMembership(*values)
    for row, person, unit in Attribution.objects.open().order_by("cycle").values_list("id", "person_id", "unit_id"):
        people[person].attribution = (row, unit)
    ties: Iterable[tuple[Any, ...]] = Tie.objects.open().values_list(
        "person_id", "kind", "position", "id", "other_id", "other_text", "since"
    )
    for person, kind, position, *tie in ties:
        people[person].ties[kind, position] = KnownTie(*tie)
    return found


def _with_records() -> dict[int, KnownPerson]:
    uids = dict(Person.objects.values_list("id", "uid"))
    belongings: Iterable[tuple[Any, ...]] = Belonging.objects.open().values_list(
        "person_id", "unit_id", "id", "since", "since_known"
    )
    places = {person: rest for person, *rest in belongings}
    rows: Iterable[tuple[Any, ...]] = PersonRecord.objects.open().values_list(
        "person_id", "id", "since", "until", "name", "sex", "born_on", "ethnicity", "education", "occupation"
    )
    return {
        person: KnownPerson(person, uids[person], KnownRecord(*record), *places[person]) for person, *record in rows
    }


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a list or an explanation shows one: never the whole number."""

    id: int
    uid: uuid.UUID
    name: str
    masked: str
    born_on: date | None


def named(ids: Iterable[int]) -> dict[int, Named]:
    """Names, masked numbers and birth dates of the persons with these ids."""
    wanted = list(set(ids))
    masked: dict[int, str] = defaultdict(str)
    numbers = PersonSecret.objects.filter(LIVE, person__in=wanted, kind=PersonSecret.Kind.IDENTITY)
    for person, uid, kind, cell, version in numbers.values_list(*SEALED):
        masked[person] = mask_identity(opened(uid, kind, cell, version))
    records = PersonRecord.objects.open().filter(person__in=wanted).select_related("person")
    return {
        record.person_id: Named(
            record.person_id, record.person.uid, record.name, masked[record.person_id], record.born_on
        )
        for record in records
    }
