"""The triggers that make tables append-only on both databases.

Logs and identities refuse every UPDATE and DELETE; facts allow one UPDATE only: `struck` from alive to an entry's number.
Django knows nothing of them: they are re-made after every migration, and `doctor` and `verify` compare what stands with what should.
"""

from __future__ import annotations

from django.db import connections, models

from yumiao.journal.facts import ALIVE, kinds

REFUSED = "append-only: facts and records are never changed in place"


def _names(model: type[models.Model]) -> tuple[str, str]:
    table = model._meta.db_table
    return f"{table}_no_update", f"{table}_no_delete"


def _unchanged(model: type[models.Model]) -> str:
    columns = [field.column for field in model._meta.local_concrete_fields if field.column != "struck"]
    return " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in columns)


def _striking(model: type[models.Model], vendor: str) -> str:
    """Condition under which an UPDATE of a fact is the one allowed."""
    same = _unchanged(model)
    if vendor == "sqlite":
        same = same.replace("IS NOT DISTINCT FROM", "IS")
    return f"OLD.struck = {ALIVE} AND NEW.struck < {ALIVE} AND {same}"


def statements(model: type[models.Model], kind: str, vendor: str) -> list[str]:
    """What makes the two triggers of one table, safe to run again."""
    table, (no_update, no_delete) = model._meta.db_table, _names(model)
    unless = f"WHEN (NOT ({_striking(model, vendor)}))" if kind == "fact" else ""
    found = []
    for name, event, condition in ((no_update, "UPDATE", unless), (no_delete, "DELETE", "")):
        if vendor == "sqlite":
            found += [
                f'DROP TRIGGER IF EXISTS "{name}"',
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {condition} BEGIN SELECT RAISE(ABORT, \'{REFUSED}\'); END',
            ]
        else:
            found.append(
                f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {condition} EXECUTE FUNCTION journal_refuse()'
            )
    return found


def install(using: str = "default") -> None:
    """Make every trigger; running it again changes nothing."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
            )
        for model, kind in kinds().items():
            if model._meta.db_table in tables:
                for statement in statements(model, kind, connection.vendor):
                    cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the triggers away: for restoring into a database and for clearing one between tests, nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in kinds():
            for name in _names(model):
                target = f' ON "{model._meta.db_table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{target}')


def missing(using: str = "default") -> list[str]:
    """Names of triggers that should stand and do not, or stand disabled or with another text."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
            standing = {row[0] for row in cursor.fetchall()}
            return sorted({name for model in kinds() for name in _names(model)} - standing)
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        texts = dict(cursor.fetchall())
    wanted = {}
    for model, kind in kinds().items():
        makes = [text for text in statements(model, kind, "sqlite") if text.startswith("CREATE")]
        wanted.update(zip(_names(model), makes, strict=True))
    return sorted(name for name, text in wanted.items() if texts.get(name) != text)
