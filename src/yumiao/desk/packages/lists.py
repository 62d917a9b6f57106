"""Archived cases, handed over and not, on the page and as a file. Must not know: how a file is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.history import LAST
from yumiao.admission.models import Case, Handover, StepRecord
from yumiao.admission.package_queries import archived, is_handed_over
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.transfers.lists import units_in
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.people.models import Belonging, PersonRecord
from yumiao.units.queries import UnitOnDay


class Which(StrEnum):
    """One list, as the address names it."""

    OPEN = "open"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"open": _("已归档，未移交"), "done": _("已移交")}[self.value]


RESOURCE: Final = Resource(
    "handovers",
    "发展党员档案移交登记表",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=26),
        Field("archived_on", "归档日期", Typed.DAY, width=11),
        Field("handed_on", "移交日期", Typed.DAY, width=11),
        Field("holder", "归入", width=24),
        Field("giver", "移交人", width=12),
        Field("receiver", "接收人", width=12),
    ),
)


def cases_of(reader: Reader, which: Which) -> QuerySet[Case]:
    """Archived cases within the reader's reach."""
    within = Belonging.objects.open().filter(unit__in=units_in(reader.scope(Permission.HANDOVER_RECORD)))
    rows = archived().filter(person__in=within.values("person"))
    return rows.filter(is_handed_over()) if which is Which.DONE else rows.exclude(is_handed_over())


@dataclass(frozen=True, slots=True)
class Row:
    """An archived case as a list shows it."""

    case: Case
    name: str
    unit: UnitOnDay | None
    archived_on: Any
    handover: Handover | None


def rows_of(cases: list[Case], reader: Reader) -> list[Row]:
    """Four queries, however many."""
    ids, people = [one.pk for one in cases], [one.person_id for one in cases]
    names = dict(PersonRecord.objects.open().filter(person__in=people).values_list("person_id", "name"))
    units = dict(Belonging.objects.open().filter(person__in=people).values_list("person_id", "unit_id"))
    days = dict(StepRecord.objects.alive().filter(case__in=ids, step=LAST).values_list("case_id", "held_on"))
    given = {one.case_id: one for one in Handover.objects.alive().filter(case__in=ids)}
    tree = reader.tree
    return [
        Row(
            one,
            names.get(one.person_id, ""),
            tree.by_id.get(units.get(one.person_id, 0)),
            days.get(one.pk),
            given.get(one.pk),
        )
        for one in cases
    ]


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as it goes out."""
    which = Which(get.get("state", "")) if get.get("state", "") in list(Which) else Which.OPEN
    rows = cases_of(reader, which).order_by("pk")
    return Going(
        resource=RESOURCE, title=RESOURCE.title, unit=reader.home, day=reader.today, conditions=[which.label], count=rows.count(),
        is_of_people=True, rows=lambda most: [values_of(one) for one in rows_of(list(rows[:most]), reader)], back=page_of("handovers", get),
    )  # fmt: skip


def values_of(row: Row) -> dict[str, Any]:
    """A case by the keys of `RESOURCE`."""
    given = row.handover
    return {
        "name": row.name, "unit_name": row.unit.name if row.unit else None, "archived_on": row.archived_on,
        "handed_on": given.handed_on if given else None, "holder": given.holder if given else None, "giver": given.giver if given else None,
        "receiver": given.receiver if given else None,
    }  # fmt: skip
