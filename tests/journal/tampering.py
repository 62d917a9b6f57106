"""What somebody does who holds the database itself: triggers and checks out of the way, rows changed with SQL, triggers back in place."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Field

from yumiao.journal import chain, triggers
from yumiao.journal.facts import kinds
from yumiao.journal.models import Entry
from yumiao.journal.proof import Finding, findings


def seen(change: Callable[[], object]) -> list[Finding]:
    """What the journal's proof finds after the change; the change is undone."""
    with transaction.atomic():
        _unguarded(True)
        change()
        _unguarded(False)
        found = list(findings())
        transaction.set_rollback(True)
    return found


def _unguarded(on: bool) -> None:
    if connection.vendor == "postgresql":
        if on:
            run(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # nothing may be pending while a check is dropped; the rollback puts all back
            run("".join(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}";' for table, name in _checks()))
        run(f"SET LOCAL session_replication_role = {'replica' if on else 'origin'}")
    else:
        run(f"PRAGMA ignore_check_constraints = {'ON' if on else 'OFF'}")
        (triggers.remove if on else triggers.install)()


def _checks() -> list[tuple[str, str]]:
    """(table, name) of the checks of facts between columns, of which a changed value could fall foul."""
    everywhere = ("_struck_later", "_since_before_until")  # no change of these tests comes near them
    return [
        (model._meta.db_table, one.name)
        for model in kinds()
        for one in model._meta.constraints
        if isinstance(one, models.CheckConstraint) and not one.name.endswith(everywhere)
    ]


def run(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def set_value(model: type[models.Model], key: int, column: str, value: Any) -> None:
    table, pk = model._meta.db_table, model._meta.pk
    assert pk is not None
    run(f'UPDATE "{table}" SET "{column}" = %s WHERE "{pk.column}" = %s', value, key)


def as_stored(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def another(field: Field[Any, Any], value: Any, chance: random.Random) -> Any:
    """A value of the column's type that is not the one that stands there."""
    if isinstance(field, models.ForeignKey):
        return (value or 0) + 1000
    match value:
        case bool():
            return not value
        case int():
            return value + 1 if value < 2**15 else chance.randrange(2, 6)
        case Decimal():
            return value + Decimal("0.5")
        case datetime():
            return value - timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1) if value.year < 9999 else value - timedelta(days=1)
        case uuid.UUID():
            return uuid.UUID(int=value.int ^ (1 << chance.randrange(128)))
        case bytes() | memoryview():
            content = bytearray(value)
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            return bytes(content)
        case str():
            return "x" if not value else value[:-1] + ("y" if value.endswith("x") else "x")
    return {
        "DateField": date(2020, 1, 1), "UUIDField": uuid.UUID(int=1), "SmallIntegerField": 1, "IntegerField": 1,
        "BigIntegerField": 1, "DecimalField": Decimal(1),
    }[type(field).__name__]  # fmt: skip


def forge_entry(seq: int, prev: bytes) -> bytes:
    """Write an entry that the program never wrote, with a hash that is right; returns the hash."""
    said = chain.canonical({"file": "county.xlsx"})
    row = {
        "seq": seq, "at": datetime.fromisoformat("2026-11-20T01:02:03+00:00"), "verb": "workbook_imported",
        "actor": None, "actor_label": "他人", "subject_kind": "", "subject": None, "reason": "", "data": said,
    }  # fmt: skip
    digest = chain.link(prev, row)
    Entry.objects.create(**row, prev=prev, hash=digest)
    return digest


def relink(since: int) -> None:
    """Make every hash right again from entry `since` on, as somebody would who knows how the chain is made."""
    prev = bytes(Entry.objects.get(seq=since - 1).hash) if since > 1 else chain.GENESIS
    for row in list(Entry.objects.filter(seq__gte=since).order_by("seq").values(*chain.ENTRY_FIELDS)):
        digest = chain.link(prev, row)
        Entry.objects.filter(seq=row["seq"]).update(prev=prev, hash=digest)
        prev = digest


def shift(since: int) -> None:
    """Make room for one entry before `since`."""
    for seq in Entry.objects.filter(seq__gte=since).order_by("-seq").values_list("seq", flat=True):
        run("UPDATE journal_entry SET seq = %s WHERE seq = %s", seq + 1, seq)


def said_by(seq: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(Entry.objects.get(seq=seq).data)
    return said
