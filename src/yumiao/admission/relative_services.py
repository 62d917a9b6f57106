"""What writes and opens the list of people near the person of a case: names are sealed. Within an open act; who may was answered before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from yumiao.admission.models import Relative
from yumiao.journal.acts import Act
from yumiao.vault.cells import seal, unseal

RELATIVE: Final = ("uid", "case_id", "relation", "conclusion", "cell", "key_version", "person_id")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody near, as the political review names him. `person`: where he is on the county's own record."""

    relation: str
    name: str
    conclusion: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A row with its name, for whoever a grant lets read it."""

    row: Relative
    name: str


def replace_relatives(act: Act, case: int, named: Iterable[Named]) -> None:
    """Let a list stand instead of the one before."""
    act.strike(Relative, list(Relative.objects.alive().filter(case=case).values_list("pk", flat=True)))
    rows = []
    for one in named:
        uid = uuid.uuid4()
        version, cell = seal(one.name, about=about_relative(uid))
        rows.append((uid, case, one.relation, one.conclusion, cell, version, one.person))
    act.insert(Relative, RELATIVE, rows)


def relatives_of(case: int) -> list[Opened]:
    """The list with its names: an opening, to be put on record by whoever asks."""
    rows = Relative.objects.alive().filter(case=case).order_by("pk")
    return [
        Opened(one, unseal(bytes(one.cell), about=about_relative(one.uid), version=one.key_version)) for one in rows
    ]


def about_relative(uid: uuid.UUID) -> str:
    """What the cell of a name is bound to."""
    return f"admission_relative|cell|{uid.hex}"
