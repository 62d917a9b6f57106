"""What an issue freezes: the official tables, the ledger's document and the settings, as canonical JSON; and how it is read again.

Must not know: who issues, pages. Reading needs the payload alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.rules import Settings
from yumiao.journal.acts import last
from yumiao.journal.chain import canonical, short_code
from yumiao.journal.models import Entry
from yumiao.kernel.official import Cell, OfficialColumn, OfficialTable
from yumiao.ledger.figures import Ledger
from yumiao.ledger.memory import roots_on
from yumiao.ledger.models import Issue
from yumiao.ledger.official import official_tables

_DAY: Final = "day"  # {"day": "2026-06-30"}: a day among the cells, which JSON knows no word for

Frozen = Mapping[str, Any]


class Altered(ValueError):
    """The payload is not what was issued."""


def to_json(table: OfficialTable) -> dict[str, Any]:
    """A table as plain values; `from_json` makes the same table of it."""
    return {
        "title": table.title,
        "heading": table.heading,
        "unit": table.unit,
        "on": table.on.isoformat(),
        "columns": [asdict(column) for column in table.columns],
        "rows": [[_plain(cell) for cell in row] for row in table.rows],
        "totals": None if table.totals is None else [_plain(cell) for cell in table.totals],
        "code": table.code,
        "groups": sorted(table.groups),
    }


def from_json(said: Mapping[str, Any]) -> OfficialTable:
    """The table that was written."""
    return OfficialTable(
        title=said["title"],
        heading=said["heading"],
        unit=said["unit"],
        on=date.fromisoformat(said["on"]),
        columns=tuple(OfficialColumn(**column) for column in said["columns"]),
        rows=[[_cell(cell) for cell in row] for row in said["rows"]],
        totals=None if said["totals"] is None else [_cell(cell) for cell in said["totals"]],
        code=said["code"],
        groups=frozenset(said["groups"]),
    )


def _plain(cell: Cell) -> Any:
    return {_DAY: cell.isoformat()} if isinstance(cell, date) else cell


def _cell(said: Any) -> Cell:
    return date.fromisoformat(said[_DAY]) if isinstance(said, dict) else said


def content(ledger: Ledger) -> dict[str, Any]:
    """What is frozen of a ledger, without number and code: equal contents are equal ledgers."""
    return {
        "tables": [to_json(table) for table in official_tables(ledger, "")],
        "ledger": ledger.as_json(),
        "settings": settings_said(ledger.settings),
    }


def settings_said(settings: Settings) -> dict[str, str]:
    """Every key with its value of the day, defaults written out: a default may become another one with the program."""
    return {name: settings.texts.get(name, key.default) for name, key in KEYS.items()}


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def code_of(year: int, number: int, known: bytes) -> str:
    """What the footer of a printed issue says; `known` is the hash of the last entry the figures knew."""
    return f"{year}年第{number}期 · 全程纪实 {short_code(known)}"


def packed(value: Frozen) -> bytes:
    return zlib.compress(canonical(value).encode(), 9)


@dataclass(frozen=True)
class Opened:
    """An issue with who issued it and when; what was frozen is read, and compared with its digest, when it is asked for."""

    issue: Issue
    entry: Entry

    @cached_property
    def frozen(self) -> Frozen:
        """What was frozen. Raises `Altered` where it, its digest or the entry was changed since."""
        try:
            text = zlib.decompress(bytes(self.issue.payload))
            said = json.loads(self.entry.data)["digest"]
        except (zlib.error, ValueError, TypeError, KeyError) as fault:
            raise Altered(str(self.issue.uid)) from fault
        if not hashlib.sha256(text).hexdigest() == self.issue.digest == said:
            raise Altered(str(self.issue.uid))
        found: Frozen = json.loads(text)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether it is as it was issued."""
        try:
            return bool(self.frozen)
        except Altered:
            return False

    @cached_property
    def tables(self) -> list[OfficialTable]:
        return [from_json(table) for table in self.frozen["tables"]]

    @property
    def unit_name(self) -> str:
        """As it was called then."""
        return str(self.frozen["unit"]["name"])

    @property
    def short_code(self) -> str:
        """Of the digest: what names this issue on paper and over the telephone."""
        return short_code(bytes.fromhex(self.issue.digest))


def opened(issue: Issue) -> Opened:
    return Opened(issue, Entry.objects.get(seq=issue.entered))


def visible(reader: Reader) -> QuerySet[Issue]:
    """The issues whose unit's ledger the reader may read today; of a unit that no longer stands, whose place on its day was his."""
    scope, standing = reader.scope(Permission.LEDGER_READ), reader.tree.by_id
    his = {unit.id for unit in standing.values() if scope.covers(unit.path)}
    gone = Issue.objects.exclude(unit__in=standing).values_list("unit_id", "for_day").distinct()
    his |= {unit for unit, day in gone if _was_his(reader, unit, day)}
    return Issue.objects.filter(unit__in=his)


def _was_his(reader: Reader, unit: int, day: date) -> bool:
    roots = roots_on(reader, reader.scope(Permission.LEDGER_READ), day)
    then = tree_of(day, reader.head).by_id.get(unit)
    return then is not None and any(root.covers(then.path) for root in roots)


def entries_of(issues: Collection[Issue]) -> dict[int, Entry]:
    """The entries by which they were issued, by number."""
    return {entry.seq: entry for entry in Entry.objects.filter(seq__in={issue.entered for issue in issues})}


def head_before() -> tuple[int, bytes]:
    """Number and hash of the last entry: within an open act, the one the figures know last."""
    head = last()
    return head.seq, head.hash
