"""The lists of floating members, out and in, on the page and as a file. Must not know: how a file is written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.bylaws.memory import settings_of
from yumiao.desk.exports.going import Going
from yumiao.desk.transfers.lists import units_in
from yumiao.journal.chain import Head
from yumiao.journal.facts import LIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Stay, StayContact
from yumiao.people.queries import Named, named
from yumiao.people.stay_rules import CONTACT_MONTHS, MOB_02, contact_due, contacted_by
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

SOON: Final = timedelta(days=31)
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
    """A stay as a list shows it; `contacted_on` is the day he left where nobody was in touch since, `months` how long that may be ago."""

    stay: Stay
    person: Named | None
    unit: UnitOnDay | None
    contact: Named | None
    contacted_on: date
    day: date
    months: int

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
        return contact_due(self.contacted_on, self.months)

    @property
    def is_late(self) -> bool:
        """Nobody was in touch for as long as is allowed."""
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


def due_in(scope: Scope, months: int) -> QuerySet[Stay]:
    """Those away with whom the branch should be in touch by now or soon; `months` for those in the country."""
    last = StayContact.objects.filter(LIVE, stay=OuterRef("uid")).order_by("-made_on").values("made_on")[:1]
    rows = stays_of(scope, Stay.Kind.OUT).annotate(contacted=Greatest("since", Coalesce(Subquery(last), F("since"))))
    horizon = scope.day + SOON
    here = Q(is_abroad=False, contacted__lte=contacted_by(horizon, months))
    return rows.filter(here | Q(is_abroad=True, contacted__lte=contacted_by(horizon, CONTACT_MONTHS)))


def contact_months(day: date, head: Head) -> int:
    """After how many months the county wants its members in the country spoken to again."""
    return int(str(settings_of(day, head).value("stay.contact_months")))


def rows_of(stays: Iterable[Stay], tree: Tree, day: date, months: int = CONTACT_MONTHS) -> list[Row]:
    """With names, units and the latest contact, in four queries; `months` as in `due_in`."""
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
            CONTACT_MONTHS if one.is_abroad else months,
        )
        for one in found
    ]


def last_contacts(stays: Iterable[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The day of the latest contact, by stay."""
    rows = StayContact.objects.filter(LIVE, stay__in=list(stays)).values("stay").annotate(last=Max("made_on"))
    return {row["stay"]: row["last"] for row in rows}


def is_due_asked(get: QueryDict) -> bool:
    """Whether an address names the list of those to be spoken to."""
    return get.get("due") == "1"


def which_of(get: QueryDict) -> tuple[Stay.Kind, bool]:
    """The list an address names: (out or in, whether of those who came back)."""
    return (Stay.Kind.IN if get.get("kind") == "in" else Stay.Kind.OUT, get.get("over") == "1")


def going(reader: Reader, get: QueryDict) -> Going:
    """A list as it goes out."""
    (kind, is_over), is_due = which_of(get), is_due_asked(get)
    scope, months = reader.scope(Permission.PERSON_READ), contact_months(reader.today, reader.head)
    found = due_in(scope, months) if is_due else stays_of(scope, kind, is_over=is_over)
    rows = found.order_by("since", "id")
    words = [_("应联系")] if is_due else [str(kind.label), *([_("已返回")] if is_over else [])]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=words,
        count=rows.count(),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_of(rows[:most], reader.tree, reader.today)],
        back=f"{reverse('stays')}?{'due=1' if is_due else f'kind={kind}'}",
    )


def values_of(row: Row) -> dict[str, Any]:
    """A stay by the keys of `RESOURCE`."""
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
