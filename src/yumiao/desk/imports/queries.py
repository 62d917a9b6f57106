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
from yumiao.bylaws.queries import live_header_names
from yumiao.desk.workbook.checking import FORMS, column_label
from yumiao.desk.workbook.reach import Reach
from yumiao.desk.workbook.undoing import UNIT_KINDS
from yumiao.journal.models import Entry, ImportedRow
from yumiao.journal.verbs import Verb
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging
from yumiao.people.queries import named
from yumiao.units.queries import UnitOnDay

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


def office(reader: Reader) -> UnitOnDay | None:
    """The unit somebody imports for: that of the widest appointment that grants it."""
    scope = reader.scope(Permission.WORKBOOK_IMPORT)
    return next((one.unit for one in reader.appointments if scope.covers(one.unit.path)), None)


def units_within(reader: Reader, permission: Permission, top: UnitOnDay | None = None) -> list[UnitOnDay]:
    """The units over which the reader holds a permission, those at and below `top` alone if one is given, each after what is above it."""
    scope = reader.scope(permission)
    seen = [unit for unit in reader.tree if scope.covers(unit.path) and (top is None or top.subtree.covers(unit.path))]
    return sorted(seen, key=lambda unit: unit.path)


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name of a column in the record, with where it holds, who chose it and when."""

    uid: uuid.UUID
    sheet: str
    header: str
    column: str
    unit: str
    who: str
    at: datetime | None
    may_remove: bool


def own_names_seen(reader: Reader) -> list[OwnName]:
    """Own names of columns at the reader's units and those that reach him from above: two queries."""
    scope, tree = reader.scope(Permission.WORKBOOK_IMPORT), reader.tree
    above = {unit.id for unit in tree.line(office(reader))}
    rows = [
        (row, tree.by_id[row.unit_id])
        for row in live_header_names()
        if row.unit_id in tree.by_id and (row.unit_id in above or scope.covers(tree.by_id[row.unit_id].path))
    ]
    entries = Entry.objects.filter(seq__in={row.entered for row, _ in rows}).values_list("seq", "actor_label", "at")
    by_seq = {seq: (who, at) for seq, who, at in entries}
    found = []
    for row, unit in sorted(rows, key=lambda pair: (pair[1].path, pair[0].form, pair[0].header)):
        who, at = by_seq.get(row.entered, ("", None))
        label = column_label(row.form, row.column) if row.column else ""
        found.append(OwnName(row.uid, row.form, row.header, label, unit.name, who, at, scope.covers(unit.path)))
    return found


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
