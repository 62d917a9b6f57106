"""How identity and telephone numbers become rows: sealed for their person and kind, keyed by their normalised form."""

from __future__ import annotations

import uuid

from yumiao.kernel import identity
from yumiao.people.models import PersonSecret
from yumiao.vault import cells

FIFTEEN = 15


def keyed(kind: str, number: str) -> bytes:
    """The index value of a number; former numbers are keyed among identity numbers, under their 18-digit form."""
    if kind == PersonSecret.Kind.PHONE:
        return cells.keyed("phone", identity.normalise(number))
    return cells.keyed("identity", _eighteen(identity.normalise(number)))


def _eighteen(number: str) -> str:
    if len(number) != FIFTEEN:
        return number
    try:
        return identity.from_fifteen(number)
    except identity.InvalidIdentity:
        return number


def about(person: uuid.UUID, kind: str) -> str:
    """What a cell is bound to: table, kind, person."""
    return f"people_personsecret|{kind}|{person.hex}"


def sealed(person: uuid.UUID, kind: str, number: str) -> tuple[bytes, int, bytes]:
    """(cell, key version, keyed index) for a new row."""
    version, cell = cells.seal(number, about=about(person, kind))
    return cell, version, keyed(kind, number)


def opened(person: uuid.UUID, kind: str, cell: bytes, version: int) -> str:
    """The whole number: for an export or a reveal, which the caller records as a reading."""
    return cells.unseal(bytes(cell), about=about(person, kind), version=version)
