"""The list of meetings, on the page and as a file: when, which body, how many came, what was decided; nobody is named in it.

Must not know: how a file is written.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count as Number
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.transfers.lists import units_in
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.meetings.models import Attendance, Ballot, Meeting, MeetingRecord
from yumiao.meetings.queries import COUNTS
from yumiao.meetings.rules import Count, Result, measure_of, result_of
from yumiao.people.models import Person
from yumiao.units.models import Succession
from yumiao.units.queries import Tree, UnitOnDay

FIRST_YEAR: Final = 1949
RESOURCE: Final = Resource(
    "meetings",
    "会议登记表",
    (
        Field("held_on", "日期", Typed.DAY, width=11),
        Field("unit_name", "召开会议的组织", width=26),
        Field("kind", "会议类别", width=16),
        Field("place", "地点", width=20),
        Field("due", "应到", Typed.NUMBER, width=6, note="应到会有表决权的人数"),
        Field("present", "实到", Typed.NUMBER, width=6, note="到会有表决权的人数"),
        Field("motions", "表决事项", Typed.NUMBER, width=8),
        Field("passed", "其中通过", Typed.NUMBER, width=8),
        Field("document", "文号", width=20),
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list asks for; empty is everything."""

    unit: UnitOnDay | None = None
    kind: str = ""
    year: int | None = None
    person: int | None = None

    @property
    def words(self) -> list[str]:
        said = [self.unit.name if self.unit else "", Meeting.Kind(self.kind).label if self.kind else ""]
        said.append(_("%(year)s 年") % {"year": self.year} if self.year else "")
        said.append(_("对一名人选的表决") if self.person else "")
        return [one for one in said if one]


def asked_of(reader: Reader, get: QueryDict) -> Asked:
    """As the page reads its address. Raises `OutOfScope` for a unit or person that the reader does not see."""
    code, kind, year = get.get("unit", ""), get.get("kind", ""), get.get("year", "")
    unit = reader.tree.by_code.get(code)
    if code and (unit is None or not reader.may_at(Permission.PERSON_READ, unit)):
        raise OutOfScope(code)
    is_year = year.isascii() and year.isdigit() and int(year[:4]) >= FIRST_YEAR and len(year) == len("2026")
    return Asked(
        unit, kind if kind in Meeting.Kind.values else "", int(year) if is_year else None, _person(reader, get.get("person", ""))
    )  # fmt: skip


def _person(reader: Reader, said: str) -> int | None:
    if not said:
        return None
    try:
        uid = uuid.UUID(said)
    except ValueError as error:
        raise OutOfScope(said) from error
    seen = Person.objects.visible_to(reader.scope(Permission.PERSON_READ))
    found = seen.filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise OutOfScope(said)
    return found


def of_units(column: str, scope: Scope) -> Q:
    """Rows of the units of a scope, and of those that were merged into one of them."""
    units = units_in(scope)
    before = Succession.objects.alive().filter(is_split=False, successor__in=units).values("predecessor")
    return Q(**{f"{column}__in": units}) | Q(**{f"{column}__in": before})


def meetings_of(scope: Scope, asked: Asked | None = None) -> QuerySet[MeetingRecord]:
    """The meetings on record of the units of a scope, under the conditions of a list."""
    rows = MeetingRecord.objects.alive().select_related("meeting").filter(of_units("meeting__unit", scope))
    if asked is None:
        return rows
    if asked.unit is not None:
        rows = rows.filter(of_units("meeting__unit", Scope((asked.unit.subtree,), scope.day)))
    if asked.kind:
        rows = rows.filter(meeting__kind=asked.kind)
    if asked.year:
        rows = rows.filter(held_on__gte=date(asked.year, 1, 1), held_on__lte=date(asked.year, 12, 31))
    if asked.person is not None:
        motions = Ballot.objects.alive().filter(motion__person=asked.person).values("motion__meeting")
        rows = rows.filter(meeting__in=motions)
    return rows


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting of the list."""

    record: MeetingRecord
    unit: UnitOnDay | None
    due: int
    present: int
    results: tuple[Result, ...]

    @property
    def kind(self) -> str:
        return str(Meeting.Kind(self.record.meeting.kind).label)

    @property
    def passed(self) -> int:
        return sum(one is Result.PASSED for one in self.results)

    @property
    def is_invalid(self) -> bool:
        return Result.NO_QUORUM in self.results


def rows_of(records: Iterable[MeetingRecord], tree: Tree) -> list[Row]:
    """With the numbers of each, in two queries."""
    found = list(records)
    ids = [one.meeting_id for one in found]
    came, results = _attendance(ids), _results(ids)
    return [
        Row(one, tree.by_id.get(one.meeting.unit_id), *came.get(one.meeting_id, (0, 0)), tuple(results[one.meeting_id]))
        for one in found
    ]


def _attendance(meetings: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = Attendance.objects.alive().filter(meeting__in=meetings, is_due=True).values("meeting").order_by()
    counted = rows.annotate(due=Number("pk"), present=Number("pk", filter=Q(is_present=True)))
    return {one["meeting"]: (one["due"], one["present"]) for one in counted}


def _results(meetings: Collection[int]) -> dict[int, list[Result]]:
    found: dict[int, list[Result]] = defaultdict(list)
    rows = Ballot.objects.alive().filter(motion__meeting__in=meetings).order_by("motion__position")
    names = ("motion__meeting_id", "motion__meeting__kind", "motion__kind", *COUNTS)
    for meeting, body, kind, *counts in rows.values_list(*names):
        count = Count(**dict(zip(COUNTS, counts, strict=True)))
        found[meeting].append(result_of(measure_of(kind, body), count))
    return found


def values_of(row: Row) -> dict[str, Any]:
    """A meeting as the values of the resource."""
    return {
        "held_on": row.record.held_on,
        "unit_name": row.unit.name if row.unit else None,
        "kind": row.kind,
        "place": row.record.place,
        "due": row.due,
        "present": row.present,
        "motions": len(row.results),
        "passed": row.passed,
        "document": row.record.document or None,
    }


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as a file."""
    asked = asked_of(reader, get)
    found = meetings_of(reader.scope(Permission.PERSON_READ), asked).order_by("-held_on", "-id")
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=asked.unit or reader.home,
        day=reader.today,
        conditions=asked.words,
        count=found.count(),
        is_of_people=False,
        rows=lambda most: [values_of(one) for one in rows_of(found[:most], reader.tree)],
        back=page_of("meetings", get),
    )
