"""Records that rest in another: into which a merged one went, and what it said before. Reads only; must not know requests."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from yumiao.access.door import admit
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.doubles.sides import Line, lines, sides_of
from yumiao.journal.models import Entry
from yumiao.kernel.objections import OutOfScope
from yumiao.people.candidates import survivor
from yumiao.people.models import Merged
from yumiao.people.queries import named, whereabouts


@dataclass(frozen=True, slots=True)
class Resting:
    """A merged record as it was: `lines` is what it said, `into` the person it is part of."""

    name: str
    lines: tuple[Line, ...]
    into: uuid.UUID
    into_name: str
    seq: int
    at: datetime
    actor: str
    reason: str


def merged_before(reader: Reader, uid: uuid.UUID) -> Resting:
    """What the record of `uid` said when it was merged. Raises `OutOfScope` where it was not, or into somebody out of the scope."""
    row = Merged.objects.alive().filter(person__uid=uid).select_related("person").first()
    into = survivor(uid)
    if row is None or into is None:
        raise OutOfScope("没有找到，或不在您的管理范围内。")
    person, unit = whereabouts(into) or (0, 0)
    admit(reader.tree.by_id.get(unit), reader, Permission.PERSON_READ)
    (side,) = sides_of([row.person], reader.tree, known=row.entered - 1)
    entry = Entry.objects.get(seq=row.entered)
    said = tuple(line for line in lines(side, side) if line.piece != "readings")
    name = named([person])[person].name
    return Resting(side.name, said, into, name, row.entered, entry.at, entry.actor_label, row.reason)
