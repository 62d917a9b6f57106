"""The lists of floating members, out and in, on the page and as a file. Must not know: how a file is written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going
from yumiao.desk.transfers.lists import units_in
from yumiao.journal.facts import LIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Stay, StayContact
from yumiao.people.queries import Named, named
from yumiao.people.stay_rules import MOB_02, contact_due
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

RESOURCE: Final = Resource(
    "stays",
    "流动党员登记表",
    (
        Field("kind", "流向", width=6),
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=24, note="流出党员所在党支部；流入党员联系的党支部"),
        Field("place", "流往何处（流入的为原党组织）", width=30),
        Field("is_abroad", "国（境）外", Typed.FLAG, width=8),
        Field("is_fixed", "地点固定", Typed.FLAG, width=8),
        Field("since", "外出日期", Typed.DAY, width=11),
        Field("planned_on", "预计返回", Typed.DAY, width=11),
        Field("until", "返回日期", Typed.DAY, width=11),
        Field("contact", "联系人", width=13),
        Field("contacted_on", "最近联系", Typed.DAY, width=11),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A stay as a list shows it; `contacted_on` is the day he left where nobody was in touch since."""

    stay: Stay
    person: Named | None
    unit: UnitOnDay | None
    contact: Named | None
    contacted_on: date
    day: date

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.stay.guest

    @property
    def until(self) -> date | None:
        return None if self.stay.until == FOREVER else self.stay.until

    @property
    def is_out(self) -> bool:
        return self.stay.kind == Stay.Kind.OUT

    @property
    def due_on(self) -> date:
        return contact_due(self.contacted_on)

    @property
    def is_late(self) -> bool:
        """Nobody was in touch for half a year."""
        return self.is_out and self.until is None and self.due_on < self.day

    @property
    def should_transfer(self) -> bool:
        return (
            self.is_out
            and self.until is None
            and not self.stay.is_abroad
            and not MOB_02.holds(is_fixed=self.stay.is_fixed, since=self.stay.since, on=self.day)
        )


def stays_of(scope: Scope, kind: Stay.Kind, *, is_over: bool = False) -> QuerySet[Stay]:
    """Those who are away (or here), or were and came back, within a scope."""
    units = units_in(scope)
    rows = Stay.objects.filter(LIVE, kind=kind)
    rows = rows.exclude(until=FOREVER) if is_over else rows.filter(until=FOREVER)
    if kind == Stay.Kind.IN:
        return rows.filter(unit__in=units)
    return rows.filter(person__in=Belonging.objects.on(scope.day).filter(unit__in=units).values("person"))


def rows_of(stays: Iterable[Stay], tree: Tree, day: date) -> list[Row]:
    """With names, units and the latest contact, in four queries."""
    found = list(stays)
    people = [one.person_id for one in found if one.person_id is not None]
    names = named([*people, *(one.contact_id for one in found if one.contact_id is not None)])
    units = dict(Belonging.objects.on(day).filter(person__in=people).values_list("person", "unit"))
    contacts = last_contacts([one.uid for one in found])
    return [
        Row(
            one,
            names.get(one.person_id or 0),
            tree.by_id.get(units.get(one.person_id or 0, one.unit_id or 0)),
            names.get(one.contact_id or 0),
            max(one.since, contacts.get(one.uid, one.since)),
            day,
        )
        for one in found
    ]


def last_contacts(stays: Iterable[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The day of the latest contact, by stay."""
    rows = StayContact.objects.filter(LIVE, stay__in=list(stays)).values("stay").annotate(last=Max("made_on"))
    return {row["stay"]: row["last"] for row in rows}


def which_of(get: QueryDict) -> tuple[Stay.Kind, bool]:
    """The list an address names: (out or in, whether of those who came back)."""
    return (Stay.Kind.IN if get.get("kind") == "in" else Stay.Kind.OUT, get.get("over") == "1")


def going(reader: Reader, get: QueryDict) -> Going:
    """A list as it goes out."""
    kind, is_over = which_of(get)
    rows = stays_of(reader.scope(Permission.PERSON_READ), kind, is_over=is_over).order_by("since", "id")
    words = [str(kind.label), *([_("已返回")] if is_over else [])]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=words,
        count=rows.count(),
        is_of_people=True,
        rows=lambda most: [_values(one) for one in rows_of(rows[:most], reader.tree, reader.today)],
        back=f"{reverse('stays')}?kind={kind}",
    )


def _values(row: Row) -> dict[str, Any]:
    stay = row.stay
    return {
        "kind": str(Stay.Kind(stay.kind).label),
        "name": row.name,
        "unit_name": row.unit.name if row.unit else None,
        "place": stay.place,
        "is_abroad": stay.is_abroad,
        "is_fixed": stay.is_fixed,
        "since": stay.since,
        "planned_on": stay.planned_on,
        "until": row.until,
        "contact": row.contact.name if row.contact else None,
        "contacted_on": row.contacted_on,
    }
