"""The tracker of letters: what waits for a reply, what is overdue, what is done; on the page and as a file. Findings stand in neither.

Must not know: how a file is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.cultivation_queries import names_of
from yumiao.admission.inquiry_queries import Standing, closed, serial_of, with_events
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.desk.exports.going import Going
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Person
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay


class Which(StrEnum):
    """One list, as the address names it."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"open": _("待回函"), "overdue": _("逾期未回"), "done": _("已办结")}[self.value]


RESOURCE: Final = Resource(
    "inquiries",
    "政治审查函调登记表",
    (
        Field("number", "编号", width=28),
        Field("kind", "方式", width=8),
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=24),
        Field("about", "了解对象", width=22),
        Field("addressee", "发往", width=28),
        Field("sent_on", "发出日期", Typed.DAY, width=11),
        Field("due_on", "回函期限", Typed.DAY, width=11),
        Field("reminders", "催办次数", Typed.NUMBER, width=8),
        Field("state", "状态", width=12),
        Field("closed_on", "办结日期", Typed.DAY, width=11),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A letter as a list shows it."""

    one: Standing
    name: str
    unit: UnitOnDay | None
    issuer: str
    day: date

    @property
    def number(self) -> str:
        return f"{self.issuer}{serial_of(self.one.inquiry)}"

    @property
    def is_overdue(self) -> bool:
        return self.one.is_overdue(self.day)

    @property
    def state(self) -> str:
        """Without what it found: that is for those who decide."""
        ended = self.one.closed_by
        if ended is not None:
            return str(InquiryEvent.What(ended.what).label)
        return _("逾期未回") if self.is_overdue else _("待回函")

    @property
    def tone(self) -> str:
        ended = self.one.closed_by
        if ended is None:
            return "floor" if self.is_overdue else "warn"
        return "ok" if ended.what == InquiryEvent.What.ANSWERED else "na"


def inquiries_of(scope: Scope, which: Which | None, day: date, kind: str = "") -> QuerySet[Inquiry]:
    """One list, or all of them, about the people within a scope."""
    rows = Inquiry.objects.filter(case__person__in=Person.objects.visible_to(scope).values("pk"))
    if kind:
        rows = rows.filter(kind=kind)
    if which is Which.DONE:
        return rows.filter(closed())
    if which is not None:
        rows = rows.filter(~closed())
    return rows.filter(due_on__lt=day) if which is Which.OVERDUE else rows


def rows_of(found: Iterable[Inquiry], tree: Tree, day: date) -> list[Row]:
    """With events, names and units, in four queries."""
    standing = with_events(found)
    people = {one.inquiry.case.person_id for one in standing}
    names = names_of(people)
    units = dict(Belonging.objects.open().filter(person__in=people).values_list("person_id", "unit_id"))
    rows = []
    for one in standing:
        person = one.inquiry.case.person_id
        issuer = tree.by_id.get(one.inquiry.issuer_id)
        name = names[person][0] if person in names else ""
        rows.append(Row(one, name, tree.by_id.get(units.get(person, 0)), issuer.name if issuer else "", day))
    return rows


def which_of(get: QueryDict) -> Which:
    """The list an address names."""
    asked = get.get("state", "")
    return Which(asked) if asked in set(Which) else Which.OPEN


def kind_of(get: QueryDict) -> str:
    """By letter or by visit, as an address asks; empty for both."""
    asked = get.get("kind", "")
    return asked if asked in Inquiry.Kind.values else ""


def going(reader: Reader, get: QueryDict) -> Going:
    """A list as it goes out."""
    which, kind = which_of(get), kind_of(get)
    scope = reader.scope(Permission.CASE_RECORD)
    found = inquiries_of(scope, which, reader.today, kind).order_by("due_on", "pk").select_related("case")
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=[which.label, *([str(Inquiry.Kind(kind).label)] if kind else [])],
        count=found.count(),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_of(found[:most], reader.tree, reader.today)],
        back=f"{reverse('inquiries')}?state={which}",
    )


def values_of(row: Row) -> dict[str, Any]:
    """A letter by the keys of `RESOURCE`."""
    one = row.one.inquiry
    ended = row.one.closed_by
    return {
        "number": row.number,
        "kind": str(Inquiry.Kind(one.kind).label),
        "name": row.name,
        "unit_name": row.unit.name if row.unit else None,
        "about": str(Inquiry.About(one.about).label),
        "addressee": one.addressee,
        "sent_on": one.sent_on,
        "due_on": one.due_on,
        "reminders": row.one.reminders,
        "state": row.state,
        "closed_on": ended.happened_on if ended else None,
    }
