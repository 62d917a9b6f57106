"""The triggers that make tables append-only on both databases.

Logs and identities refuse every UPDATE and DELETE; facts allow one UPDATE only: `struck` from alive to an entry's number.
On PostgreSQL a third one refuses TRUNCATE. Django knows nothing of them: they are re-made after every migration, and `doctor` and
`verify` compare what stands with what should.
"""

from __future__ import annotations

import re

from django.db import connections, models

from yumiao.journal.facts import ALIVE, kinds

REFUSED = "append-only: facts and records are never changed in place"
BODY = f" BEGIN RAISE EXCEPTION '{REFUSED}'; END "
STANDING = """
    SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace
"""


def _striking(model: type[models.Model], vendor: str) -> str:
    """Condition under which an UPDATE of a fact is the one allowed."""
    same = 'NEW."{0}" IS OLD."{0}"' if vendor == "sqlite" else 'NOT (NEW."{0}" IS DISTINCT FROM OLD."{0}")'
    columns = [field.column for field in model._meta.local_concrete_fields if field.column != "struck"]
    unchanged = " AND ".join(same.format(name) for name in columns)
    return f"OLD.struck = {ALIVE} AND NEW.struck < {ALIVE} AND {unchanged}"


def definitions(model: type[models.Model], kind: str, vendor: str) -> dict[str, str]:
    """What makes each trigger of one table, by name."""
    table = model._meta.db_table
    unless = f"WHEN (NOT ({_striking(model, vendor)})) " if kind == "fact" else ""
    wanted = [("update", "FOR EACH ROW", unless), ("delete", "FOR EACH ROW", "")]
    if vendor == "postgresql":
        wanted.append(("truncate", "FOR EACH STATEMENT", ""))
        refuse = "EXECUTE FUNCTION journal_refuse()"
    else:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return {
        f"{table}_no_{event}": f'CREATE TRIGGER "{table}_no_{event}" BEFORE {event.upper()} ON "{table}" {each} {unless}{refuse}'
        for event, each, unless in wanted
    }


def install(using: str = "default") -> None:
    """Make every trigger; running it again changes nothing."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
            )
        for model, kind in kinds().items():
            if model._meta.db_table in tables:
                for name, made in definitions(model, kind, connection.vendor).items():
                    cursor.execute(_drop(model, name, connection.vendor))
                    cursor.execute(made)


def remove(using: str = "default") -> None:
    """Take the triggers away: for restoring into a database and for clearing one between tests, nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model, kind in kinds().items():
            for name in definitions(model, kind, connection.vendor):
                cursor.execute(_drop(model, name, connection.vendor))


def _drop(model: type[models.Model], name: str, vendor: str) -> str:
    target = f' ON "{model._meta.db_table}"' if vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{target}'


def missing(using: str = "default") -> list[str]:
    """Names of triggers that should stand and do not, or stand disabled or with another text."""
    connection = connections[using]
    vendor = connection.vendor
    with connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(STANDING)
            standing = {name: _plain(text) for name, text, body in cursor.fetchall() if body == BODY}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = dict(cursor.fetchall())
    wanted = {name: text for model, kind in kinds().items() for name, text in definitions(model, kind, vendor).items()}
    if vendor == "postgresql":
        wanted = {name: _plain(text) for name, text in wanted.items()}
    return sorted(name for name, text in wanted.items() if standing.get(name) != text)


def _plain(text: str) -> str:
    """A definition without what PostgreSQL adds when it tells one: casts, schema, brackets, quotes."""
    bare = re.sub(r"::\w+", "", text)
    bare = re.sub(r" ON \w+\.", " ON ", bare)
    return re.sub(r"[()\"'\s]", "", bare).lower()
