"""The register of changes (变动登记): what was decided of whom, the latest first, and as a list that goes out. Must not know: how a file is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going
from yumiao.journal.facts import LIVE
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import Belonging, Person, StatusChange
from yumiao.people.queries import Named, named
from yumiao.people.status import CHANGES, GROUNDS, Change
from yumiao.ui.addresses import reverse
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

PAGE: Final = 50
FIRST_YEAR: Final = 1900
RESOURCE: Final = Resource(
    "status_changes",
    "党籍变动登记表",
    (
        Field("on", "变动日期", Kind.DAY, width=11),
        Field("name", "姓名", width=13),
        Field("identity", "公民身份号码", width=20, note="公民身份号码，掩码"),
        Field("unit_name", "所在组织", width=24),
        Field("change", "变动", width=16),
        Field("ground", "情形", width=30),
        Field("document", "决定文号", width=22),
        Field("term_on", "期满日", Kind.DAY, width=11),
        Field("reason", "理由", width=36),
        Field("article", "依据", width=30),
        Field("entry", "纪实条目", Kind.NUMBER, width=9),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One change; `may_undo`: its own entry can be taken back from here."""

    fact: StatusChange
    person: Named | None
    unit: UnitOnDay | None
    may_undo: bool

    @property
    def change(self) -> Change:
        return CHANGES[self.fact.change]

    @property
    def ground(self) -> str:
        return GROUNDS.get(self.fact.ground, "")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes, as the address says."""

    change: str = ""
    year: int = 0
    unit: str = ""

    @classmethod
    def of(cls, get: QueryDict) -> Asked:
        change, year, unit = get.get("change", ""), get.get("year", ""), get.get("unit", "")
        is_year = len(year) == len("2026") and year.isascii() and year.isdigit() and int(year) >= FIRST_YEAR
        return cls(change if change in CHANGES else "", int(year) if is_year else 0, unit)

    def chips(self, unit: UnitOnDay | None) -> list[tuple[str, str]]:
        """Each condition with the address without it."""
        given = {"change": self.change, "year": str(self.year or ""), "unit": unit.code if unit else ""}
        words = {
            "change": CHANGES[self.change].title if self.change else "",
            "year": _("%(year)s年") % {"year": self.year},
            "unit": unit.name if unit else "",
        }
        base = reverse("changes")
        return [
            (words[name], f"{base}?{urlencode({key: one for key, one in given.items() if one and key != name})}")
            for name, value in given.items()
            if value
        ]


def unit_asked(reader: Reader, asked: Asked) -> UnitOnDay | None:
    """The unit of the address, where the reader sees it."""
    unit = reader.tree.by_code.get(asked.unit)
    return unit if unit is not None and reader.may_at(Permission.PERSON_READ, unit) else None


def changes_of(reader: Reader, asked: Asked) -> QuerySet[StatusChange]:
    """The changes of everybody the reader sees, under the conditions."""
    seen = Person.objects.visible_to(reader.scope(Permission.PERSON_READ))
    rows = StatusChange.objects.filter(LIVE, person__in=seen)
    if asked.change:
        rows = rows.filter(change=asked.change)
    if asked.year:
        rows = rows.filter(changed_on__year=asked.year)
    if (unit := unit_asked(reader, asked)) is not None:
        below = [one.id for one in reader.tree if unit.subtree.covers(one.path)]
        rows = rows.filter(person__in=Belonging.objects.on(reader.today).filter(unit__in=below).values("person"))
    return rows


def rows_of(facts: Iterable[StatusChange], reader: Reader) -> list[Row]:
    """With names and units, in three queries."""
    found = list(facts)
    people = [one.person_id for one in found]
    names = named(people)
    units = dict(Belonging.objects.on(reader.today).filter(person__in=people).values_list("person", "unit"))
    own = _undoable(found)
    return [
        Row(one, names.get(one.person_id), reader.tree.by_id.get(units.get(one.person_id, 0)), one.entered in own)
        for one in found
    ]


def own_register(person: int) -> list[Row]:
    """What was decided of one person, the latest first."""
    found = list(StatusChange.objects.filter(LIVE, person=person).order_by("-changed_on", "-id"))
    own = _undoable(found)
    return [Row(one, None, None, one.entered in own) for one in found]


def _undoable(found: list[StatusChange]) -> set[int]:
    entries = Entry.objects.filter(seq__in=[one.entered for one in found], verb=Verb.STATUS_CHANGED)
    return set(entries.values_list("seq", flat=True))


@door(Permission.PERSON_READ)
def changes(request: Request) -> HttpResponse:
    """The register, by the conditions of its address."""
    reader, asked = request.reader, Asked.of(request.GET)
    rows = changes_of(reader, asked)
    page = first_if_bad(rows, "-changed_on", "-id", size=PAGE, get=request.GET)
    unit = unit_asked(reader, asked)
    values = {
        "asked": asked,
        "chips": asked.chips(unit),
        "kinds": [(one.key, one.title) for one in CHANGES.values() if not one.by_transfer],
        "years": range(request.today.year, request.today.year - 6, -1),
        "rows": rows_of(page.rows, reader),
        "count": rows.count(),
        "links": page.links(request.GET),
        "query": request.GET.urlencode(),
        "may_change": reader.may(Permission.MEMBERSHIP_CHANGE),
    }
    return render(request, "desk/membership/register.html", values)


def going(reader: Reader, get: QueryDict) -> Going:
    """The register as a list that goes out."""
    asked = Asked.of(get)
    unit, rows = unit_asked(reader, asked), changes_of(reader, asked)
    ordered = rows.order_by("-changed_on", "-id")
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=unit or reader.home,
        day=reader.today,
        conditions=[words for words, _url in asked.chips(unit)],
        count=rows.count(),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_of(ordered[:most], reader)],
        back=reverse("changes"),
    )


def values_of(row: Row) -> dict[str, Any]:
    """A change by the keys of `RESOURCE`."""
    fact = row.fact
    term: date | None = fact.term_on
    return {
        "on": fact.changed_on,
        "name": row.person.name if row.person else None,
        "identity": row.person.masked if row.person else None,
        "unit_name": row.unit.name if row.unit else None,
        "change": row.change.title,
        "ground": row.ground or None,
        "document": fact.document or None,
        "term_on": term,
        "reason": fact.reason,
        "article": row.change.citation,
        "entry": fact.entered,
    }
