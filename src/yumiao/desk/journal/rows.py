"""Imported rows and read subjects with the way to them, for those the reader sees. Must not know: requests, templates."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.journal.filters import OF_UNITS
from yumiao.desk.journal.words import place_of
from yumiao.journal.models import ImportedRow
from yumiao.people.models import Belonging, Person
from yumiao.ui.addresses import reverse


@dataclass(frozen=True, slots=True)
class Row:
    """One imported row; `url` leads to the unit or person it touched, None where that lies outside what the reader sees."""

    sheet: str
    number: int
    outcome: str
    url: str | None


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


def subject_url(kind: str, uid: uuid.UUID | None, reader: Reader) -> str | None:
    """The way to what was read; a unit where the reader sees it, a person's page, which looks for itself."""
    if kind == "unit" and reader.may(Permission.UNIT_READ):
        unit = next((unit for unit in reader.tree if unit.uid == uid), None)
        return _unit(unit.id, reader) if unit else None
    return reverse("person", args=[uid]) if kind == "person" and uid and reader.may(Permission.PERSON_READ) else None


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
