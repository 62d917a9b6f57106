"""Imports as the record has them: the list, one with its counts, the rows it wrote. Reads only."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.reach import Reach
from yumiao.desk.workbook.undoing import UNIT_KINDS
from yumiao.journal.models import Entry, ImportedRow
from yumiao.journal.verbs import Verb
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging
from yumiao.people.queries import named

OUTCOMES = ("new", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class Import:
    """An import in the record; `undone_by` is the entry that took it back."""

    seq: int
    at: datetime
    who: str
    file: str
    day: date
    sheets: dict[str, dict[str, int]]
    undone_by: int | None

    def total(self, outcome: str) -> int:
        return sum(counts[outcome] for counts in self.sheets.values())


def reaches_all(reader: Reader, permission: Permission) -> bool:
    """Whether the reader holds a permission over the whole tree."""
    root = reader.tree.root
    return root is not None and reader.scope(permission).covers(root.path)


def visible_imports(reader: Reader) -> QuerySet[Entry]:
    """Imports the reader may look at: all, for whoever imports for the whole county, else his own."""
    entries = Entry.objects.filter(verb=Verb.WORKBOOK_IMPORTED)
    if reaches_all(reader, Permission.WORKBOOK_IMPORT):
        return entries
    return entries.filter(actor=reader.account.uid) if reader.account is not None else entries.none()


def as_imports(entries: Iterable[Entry]) -> list[Import]:
    """Entries with what they say, and whether they were taken back: one query more."""
    listed = list(entries)
    undone = dict(Entry.objects.filter(undoes__in=[one.seq for one in listed]).values_list("undoes", "seq"))
    return [_import(entry, undone.get(entry.seq)) for entry in listed]


def _import(entry: Entry, undone_by: int | None) -> Import:
    said = json.loads(entry.data)
    sheets = {form.title: said["sheets"][form.title] for form in FORMS if form.title in said["sheets"]}
    day = date.fromisoformat(said["day"])
    return Import(entry.seq, entry.at, entry.actor_label, said["file"], day, sheets, undone_by)


def row_counts(seq: int) -> dict[tuple[str, str], int]:
    """How many rows of an import wrote something, by sheet and outcome."""
    rows = ImportedRow.objects.filter(entered=seq).values_list("sheet", "outcome").annotate(Count("id"))
    return {(sheet, outcome): count for sheet, outcome, count in rows}


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row of the file and what it wrote; a subject taken back or out of the reader's scope has neither name nor link."""

    sheet: str
    row: int
    outcome: str
    name: str
    unit_code: str = ""
    person: uuid.UUID | None = None
    masked: str = ""


def written_rows(rows: Sequence[ImportedRow], reader: Reader) -> list[WrittenRow]:
    """The rows with the names of what they wrote, as far as the reader sees persons and units: at most three queries."""
    people = named(row.subject for row in rows if row.kind not in UNIT_KINDS)
    seen = _seen(people, reader.scope(Permission.PERSON_READ), reader)
    units = {unit.id: unit for unit in reader.tree if reader.scope(Permission.UNIT_READ).covers(unit.path)}
    found = []
    for row in rows:
        written = WrittenRow(row.sheet, row.row, ImportedRow.Outcome(row.outcome).label, "")
        if row.kind in UNIT_KINDS and (unit := units.get(row.subject)) is not None:
            written = WrittenRow(row.sheet, row.row, written.outcome, unit.name, unit_code=unit.code)
        elif row.kind not in UNIT_KINDS and row.subject in seen:
            one = people[row.subject]
            written = WrittenRow(row.sheet, row.row, written.outcome, one.name, person=one.uid, masked=one.masked)
        found.append(written)
    return found


def _seen(people: Iterable[int], scope: Scope, reader: Reader) -> set[int]:
    reach = Reach.of(reader.tree, scope)
    if not reach.is_limited:
        return set(people)
    belongings = Belonging.objects.open().filter(person__in=list(people)).values_list("person_id", "unit_id")
    return {person for person, unit in belongings if reach.covers(unit)}
