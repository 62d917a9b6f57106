"""Who looked at one person's data: readings that name him, and those of lists that may hold him, the newest first.

A reading of a list says the unit and how many, not whom; the page says so. Must not know: requests, templates.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.journal.words import actor_words, reading_label
from yumiao.desk.people.dossier import person_for
from yumiao.journal.models import Reading
from yumiao.kernel.objections import NotAllowed
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import PersonRecord
from yumiao.people.queries import whereabouts
from yumiao.ui import spelling
from yumiao.units.queries import UnitOnDay

RESOURCE: Final = Resource(
    "looks",
    "资料查阅记录",
    (
        Field("number", "查阅编号", Kind.NUMBER, 9),
        Field("at", "时间", width=17),
        Field("who", "查阅人", width=26),
        Field("how", "方式", width=16),
        Field("where", "组织", width=24, note="名单所属的组织；只看本人的是空的"),
        Field("count", "涉及人数", Kind.NUMBER, 9),
        Field("purpose", "用途", width=36),
    ),
)


@dataclass(frozen=True, slots=True)
class Look:
    """One reading as the page shows it; `where` is the unit of a list, empty for one that names the person."""

    number: int
    at: datetime
    who: str
    how: str
    where: str
    count: int
    purpose: str
    is_oneself: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Whose looks they are, and where he stands."""

    uid: uuid.UUID
    name: str
    unit: UnitOnDay | None
    is_own: bool


def may_see_looks(reader: Reader, unit: UnitOnDay | None) -> bool:
    """Whether a reader who sees a person at `unit` also sees who looked at him."""
    return unit is not None and reader.may_at(Permission.JOURNAL_READ, unit)


def looked_at(reader: Reader, uid: uuid.UUID) -> Looked:
    """The person whose looks the reader may see: himself, or somebody where he reads both. Raises `OutOfScope`, `NotAllowed`."""
    person = person_for(reader, uid)
    place = whereabouts(uid)
    unit = reader.tree.by_id.get(place[1]) if place else None
    is_own = reader.account is not None and reader.account.person_uid == uid and reader.may(Permission.OWN_READ)
    if not is_own and not may_see_looks(reader, unit):
        raise NotAllowed(_("谁看过此人的资料，由本人和有权查看查阅记录的人查看。"))
    name = PersonRecord.objects.on(reader.today).get(person=person.pk).name
    return Looked(uid, name, unit, is_own)


def of_person(found: Looked) -> QuerySet[Reading]:
    """Readings that name the person."""
    return Reading.objects.filter(subject=found.uid)


def of_lists(found: Looked, reader: Reader) -> QuerySet[Reading]:
    """Readings of several people at the person's unit, one above it, or the whole county: he may have been among them."""
    line = [unit.uid for unit in reader.tree.line(found.unit)]
    return Reading.objects.filter(Q(subject__in=line) | Q(subject=None), count__gt=0)


def shown(rows: Iterable[Reading], reader: Reader, found: Looked) -> list[Look]:
    """In words; what the person looked at himself is marked, where he is the reader."""
    own = reader.account.uid if found.is_own and reader.account else None
    names = {unit.uid: unit.name for unit in reader.tree}
    return [
        Look(
            number=row.id,
            at=row.at,
            who=actor_words(row.actor_label),
            how=reading_label(row.what),
            where=names.get(row.subject, "") if row.subject else _("全县"),
            count=row.count,
            purpose=row.purpose,
            is_oneself=own is not None and row.actor == own,
        )
        for row in rows
    ]


def values_of(found: Iterable[Look]) -> list[dict[str, Any]]:
    """By the keys of `RESOURCE`."""
    return [
        {
            "number": one.number,
            "at": spelling.moment(one.at),
            "who": one.who,
            "how": one.how,
            "where": one.where or None,
            "count": one.count,
            "purpose": one.purpose or None,
        }
        for one in found
    ]
