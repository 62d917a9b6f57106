"""Members by how their old files were found: on the page, by township, and as a file.

Must not know: how a file is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.audit_queries import Latest, latest_audits, to_decide, with_result
from yumiao.admission.models import FileAuditRecord
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.exports.going import Going
from yumiao.journal.facts import ALIVE
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.kernel.shares import Share
from yumiao.people.models import Belonging, Membership, Person
from yumiao.people.queries import Named, named
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

Result = FileAuditRecord.Result
TONES: Final = {"": "na", Result.COMPLETE: "ok", Result.LACKING: "warn", Result.WRONG: "warn", Result.UNPROVEN: "floor"}


class Which(StrEnum):
    """One list, as the address names it."""

    WAITING = "waiting"
    LACKING = "lacking"
    WRONG = "wrong"
    UNPROVEN = "unproven"
    COMPLETE = "complete"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        own = {"waiting": _("未审核"), "undecided": _("待作出决定")}
        return own.get(self.value) or str(Result(self.value).label)


RESOURCE: Final = Resource(
    "file_audits",
    "旧档案审核登记表",
    (
        Field("name", "姓名", width=13),
        Field("identity", "公民身份号码", width=20, note="公民身份号码，掩码"),
        Field("unit_name", "所在组织", width=24),
        Field("result", "审核结果", width=18),
        Field("audited_on", "审核日期", Typed.DAY, width=11),
        Field("missing", "缺少的材料", width=34),
        Field("wrong", "有误的材料", width=34),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A member with the last audit of his file, if any."""

    pk: int
    person: Named
    unit: UnitOnDay | None
    latest: Latest | None

    @property
    def result(self) -> str:
        return self.latest.record.result if self.latest else ""

    @property
    def label(self) -> str:
        return str(Result(self.result).label) if self.result else _("未审核")

    @property
    def tone(self) -> str:
        return TONES[self.result]

    @property
    def missing(self) -> str:
        return _("、").join(self.latest.missing) if self.latest else ""

    @property
    def wrong(self) -> str:
        return _("、").join(self.latest.wrong) if self.latest else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which members, as the address says."""

    which: Which
    unit: UnitOnDay | None

    @classmethod
    def of(cls, reader: Reader, get: QueryDict) -> Asked:
        said = get.get("state", "")
        unit = reader.tree.by_code.get(get.get("unit", ""))
        seen = unit is not None and reader.may_at(Permission.FILE_AUDIT, unit)
        return cls(Which(said) if said in set(Which) else Which.WAITING, unit if seen else None)

    def url(self, name: str = "file_audits", **other: str) -> str:
        said = {"state": str(self.which), "unit": self.unit.code if self.unit else "", **other}
        return f"{reverse(name)}?{urlencode({key: value for key, value in said.items() if value})}"

    def scope(self, reader: Reader) -> Scope:
        """What is asked for, within what the reader may audit."""
        if self.unit is None:
            return reader.scope(Permission.FILE_AUDIT)
        return Scope((self.unit.subtree,), reader.today)


def members_of(scope: Scope) -> QuerySet[Any]:
    """Who is a member on the day of a scope and stands within it, with `result`."""
    member = Membership.objects.filter(
        person=OuterRef("pk"), struck=ALIVE, membership_on__lte=scope.day, ended_on__gt=scope.day
    )
    return with_result(Person.objects.visible_to(scope).filter(Exists(member)))


def picked(people: QuerySet[Any], which: Which) -> QuerySet[Any]:
    """Those of one list."""
    if which is Which.WAITING:
        return people.filter(result__isnull=True)
    return to_decide(people) if which is Which.UNDECIDED else people.filter(result=which.value)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one unit has come; `counts` by result, "" where a file was not looked through."""

    unit: UnitOnDay
    counts: Counter[str]

    @property
    def whole(self) -> int:
        return self.counts.total()

    @property
    def done(self) -> int:
        return self.whole - self.counts[""]

    @property
    def share(self) -> Share:
        return Share(self.done, self.whole)


def progress(people: QuerySet[Any], asked: Asked, reader: Reader) -> list[Progress]:
    """By township, within one by its units; offices by themselves. One query."""
    standing = Belonging.objects.on(reader.today).filter(person=OuterRef("pk"))
    rows = people.annotate(place=Subquery(standing.values("unit")[:1])).order_by()
    found: dict[int, Counter[str]] = {}
    base = asked.unit or reader.home
    for place, result, count in (
        rows.values("place", "result").annotate(count=Count("pk")).values_list("place", "result", "count")
    ):
        unit = reader.tree.by_id.get(place or 0)
        if unit is not None:
            group = _group(unit, base, reader.tree)
            found.setdefault(group.id, Counter())[result or ""] += count
    units = sorted((reader.tree.by_id[one] for one in found), key=lambda unit: unit.code)
    return [Progress(unit, found[unit.id]) for unit in units]


def _group(unit: UnitOnDay, base: UnitOnDay | None, tree: Tree) -> UnitOnDay:
    if base is not None and base.parent is not None:
        return unit
    return tree.by_id.get(unit.township or 0, unit)


def rows_of(people: Iterable[Person], reader: Reader) -> list[Row]:
    """With names, units and the last audits, in four queries."""
    ids = [one.pk for one in people]
    names, audits = named(ids), latest_audits(ids)
    units = dict(Belonging.objects.on(reader.today).filter(person__in=ids).values_list("person", "unit"))
    return [Row(pk, names[pk], reader.tree.by_id.get(units.get(pk, 0)), audits.get(pk)) for pk in ids if pk in names]


def going(reader: Reader, get: QueryDict) -> Going:
    """A list as it goes out."""
    asked = Asked.of(reader, get)
    found = picked(members_of(asked.scope(reader)), asked.which).order_by("pk")
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=asked.unit or reader.home,
        day=reader.today,
        conditions=[asked.which.label],
        count=found.count(),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_of(found[:most], reader)],
        back=asked.url(),
    )


def values_of(row: Row) -> dict[str, Any]:
    """A member by the keys of `RESOURCE`."""
    audited_on: date | None = row.latest.record.audited_on if row.latest else None
    return {
        "name": row.person.name,
        "identity": row.person.masked,
        "unit_name": row.unit.name if row.unit else None,
        "result": row.label,
        "audited_on": audited_on,
        "missing": _titles(row.latest.missing if row.latest else ()),
        "wrong": _titles(row.latest.wrong if row.latest else ()),
    }


def _titles(codes: Iterable[str]) -> str | None:
    return _("；").join(f"{one} {SLOTS[one].title}" for one in codes) or None
