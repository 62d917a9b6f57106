"""Names of people on pages of posts, and finding somebody by what was typed. Must not know: forms, requests.

A post is a fact of its unit, so who may see the unit's people reads the name; only a holder who stands in the scope has a link.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.kernel.periods import on_screen
from yumiao.people.models import Belonging, Person, PersonRecord
from yumiao.posts.queries import full_members_on
from yumiao.units.queries import UnitOnDay

MOST_NAMESAKES = 5
_TYPED = re.compile(r"\s*([^（(]+?)\s*(?:[（(]\s*(\d{4}-\d{2}-\d{2})\s*[）)])?\s*")


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody by name; `uid` is None for who stands outside the reader's scope."""

    id: int
    name: str
    uid: uuid.UUID | None
    born_on: date | None = None

    @property
    def full_label(self) -> str:
        """The name with the birth date, which tells namesakes apart."""
        return f"{self.name}（{on_screen(self.born_on)}）" if self.born_on else self.name


def faces(people: Iterable[int], reader: Reader) -> dict[int, Face]:
    """Two queries."""
    wanted = set(people)
    scope, units = reader.scope(Permission.PERSON_READ), reader.tree.by_id
    stands = dict(Belonging.objects.on(reader.today).filter(person__in=wanted).values_list("person_id", "unit_id"))
    rows = PersonRecord.objects.open().filter(person__in=wanted)
    found = {}
    for person, name, born_on, uid in rows.values_list("person_id", "name", "born_on", "person__uid"):
        unit = units.get(stands.get(person, 0))
        is_seen = unit is not None and scope.covers(unit.path)
        found[person] = Face(person, name, uid if is_seen else None, born_on)
    return found


@dataclass(frozen=True, slots=True)
class Choosable:
    """The full members of a unit by what a form offers: the name, or name and birth date where others are called the same."""

    by_label: Mapping[str, Face]

    @classmethod
    def at(cls, unit: UnitOnDay, reader: Reader) -> Choosable:
        found = list(faces(full_members_on(unit.subtree, reader.today), reader).values())
        times = Counter(one.name for one in found)
        labels = ((one.name if times[one.name] == 1 else one.full_label, one) for one in found)
        return cls(dict(sorted(labels)))

    @property
    def labels(self) -> list[str]:
        return list(self.by_label)


def found_by(typed: str, offered: Choosable, reader: Reader) -> Face:
    """Who is meant: one of those offered, else somebody within the reader's scope. `ValueError` with what to do where nobody or several."""
    if (face := offered.by_label.get(typed.strip())) is not None:
        return face
    read = _TYPED.fullmatch(typed)
    if read is None:
        raise ValueError(_("应写姓名；有同名的写成“姓名（1974-03-05）”"))
    name, born_on = read.groups()
    rows = PersonRecord.objects.open().filter(name=name)
    if born_on:
        rows = rows.filter(birth_number=int(born_on.replace("-", "")))
    seen = Person.objects.visible_to(reader.scope(Permission.PERSON_READ))
    ids = list(rows.filter(person__in=seen).values_list("person_id", flat=True)[: MOST_NAMESAKES + 1])
    if not ids:
        raise ValueError(_("您的管理范围内没有登记“%(name)s”，请核对，或者先登记人员") % {"name": name})
    found = sorted(faces(ids, reader).values(), key=lambda one: one.full_label)
    if len(found) > 1:
        labels = _("、").join(one.full_label for one in found[:MOST_NAMESAKES])
        raise ValueError(_("有同名的：%(labels)s。请写上出生日期") % {"labels": labels})
    return found[0]
