"""Imported rows and read subjects with the way to them, for those the reader sees. Must not know: requests, templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.journal.filters import OF_UNITS
from yumiao.desk.journal.words import place_of, subject_label
from yumiao.journal.models import Entry, ImportedRow, Reading
from yumiao.people.models import Belonging, Person
from yumiao.ui.addresses import reverse


@dataclass(frozen=True, slots=True)
class Row:
    """One imported row; `url` leads to the unit or person it touched, None where that lies outside what the reader sees."""

    sheet: str
    number: int
    outcome: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a reading opened: its kind in words, its name (a unit's; a person's is never said here), the way to it."""

    kind: str
    name: str
    url: str | None


_OPENED = {  # by kind of subject: who may open its page, the page's name, what the link says
    "issue": (Permission.LEDGER_READ, "issue", _("看这一期")),
    "county_paper": (Permission.BYLAW_READ, "paper", _("看这份文件")),
    "account": (Permission.ACCOUNT_READ, "account", _("看这个账号")),
}


def page_of(entry: Entry, reader: Reader) -> tuple[str, str] | None:
    """(words, address) of the page of what an entry is about; None where it has none or the reader may not open it."""
    permission, name, words = _OPENED.get(entry.subject_kind, (None, "", ""))
    if permission is None or entry.subject is None or not reader.may(permission):
        return None
    return str(words), reverse(name, args=[entry.subject])


def sheets_of(seq: int) -> dict[str, int]:
    """How many rows of each sheet entry `seq` took in, in the order of the workbook."""
    counts = ImportedRow.objects.filter(entered=seq).values_list("sheet").annotate(rows=Count("id")).order_by()
    return dict(sorted(counts, key=lambda pair: place_of(pair[0])))


def imported(rows: Iterable[ImportedRow], reader: Reader) -> list[Row]:
    """The rows of one page with their links: one query for the people among them, none for units."""
    found = list(rows)
    people = _people({row.subject for row in found if row.kind not in OF_UNITS}, reader)
    return [
        Row(
            row.sheet,
            row.row,
            row.get_outcome_display(),
            _unit(row.subject, reader) if row.kind in OF_UNITS else people.get(row.subject),
        )
        for row in found
    ]


def subjects(rows: Iterable[Reading], reader: Reader) -> list[Subject]:
    """What each of these readings opened: a unit by its name where the reader sees it, a person by a page that looks for itself."""
    found, scope = list(rows), reader.scope(Permission.UNIT_READ)
    wanted = {row.subject for row in found if row.subject_kind == "unit"}
    units = {unit.uid: unit for unit in reader.tree if unit.uid in wanted and scope.covers(unit.path)}
    may_open = reader.may(Permission.PERSON_READ)

    def subject(row: Reading) -> Subject:
        kind = subject_label(row.subject_kind)
        if row.subject_kind == "unit" and row.subject and (unit := units.get(row.subject)):
            return Subject(kind, reader.tree.label(unit), reverse("unit", args=[unit.code]))
        if row.subject_kind == "person" and row.subject and may_open:
            return Subject(kind, "", reverse("person", args=[row.subject]))
        return Subject(kind, "", None)

    return [subject(row) for row in found]


def _people(ids: set[int], reader: Reader) -> dict[int, str]:
    """Addresses of those people, by id, who stand in a unit that the reader sees."""
    scope = reader.scope(Permission.PERSON_READ)
    if not ids or not scope.roots:
        return {}
    units = dict(Belonging.objects.open().filter(person__in=ids).values_list("person_id", "unit_id"))
    seen = {
        person
        for person, unit in units.items()
        if unit in reader.tree.by_id and scope.covers(reader.tree.by_id[unit].path)
    }
    uids = Person.objects.filter(pk__in=seen).values_list("pk", "uid")
    return {person: reverse("person", args=[uid]) for person, uid in uids}


def _unit(unit_id: int, reader: Reader) -> str | None:
    unit = reader.tree.by_id.get(unit_id)
    if unit is None or not reader.scope(Permission.UNIT_READ).covers(unit.path):
        return None
    return reverse("unit", args=[unit.code])
