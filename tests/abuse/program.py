"""The real command in processes of its own: with a data folder of its own and, on PostgreSQL, a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SERVER = os.environ.get("YUMIAO_DATABASE_URL", "")
COMMAND = [sys.executable, "-m", "yumiao.config.command"]
SEVERAL = """
import json, sys
from yumiao.config.command import main
print(json.dumps([main(words) for words in json.loads(sys.argv[1])]), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one county's data lie; `url` is empty on SQLite."""

    folder: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {"YUMIAO_DATA": str(self.folder)} | ({"YUMIAO_DATABASE_URL": self.url} if self.url else {})

    def run(
        self, *words: str | Path, before: Callable[[], None] | None = None, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end; `environment` stands above our own."""
        return subprocess.run(
            [*COMMAND, *map(str, words)],
            env=self.environment | dict(environment or {}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=before,
        )

    def run_each(self, *commands: list[str]) -> tuple[list[int], str]:
        """Run commands one after the other in one process, which saves the starts: exit statuses, and all that was said."""
        done = subprocess.run(
            [sys.executable, "-c", SEVERAL, json.dumps(commands)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        statuses: list[int] = json.loads(done.stderr.splitlines()[-1])
        return statuses, done.stdout + done.stderr

    def kill(self, *words: str | Path, after: float) -> bool:
        """Start one command and kill it with all its children after that many seconds; whether it was still running."""
        process = subprocess.Popen(
            [*COMMAND, *map(str, words)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
        return False

    def rows(self, query: str) -> list[Any]:
        """What the database answers; nothing where the tables do not exist."""
        try:
            if self.url:
                with psycopg.connect(self.url) as server:
                    return server.execute(query).fetchall()
            database = self.folder / "yumiao.sqlite3"
            if not database.exists():
                return []
            connection = sqlite3.connect(database)
            try:
                return connection.execute(query).fetchall()
            finally:
                connection.close()
        except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
            return []

    def counts(self) -> tuple[int, int]:
        """(imports, persons), of one moment: a server may still be committing what a killed process asked for."""
        imports = "SELECT COUNT(*) FROM journal_entry WHERE verb = 'workbook_imported'"
        found = self.rows(f"SELECT ({imports}), (SELECT COUNT(*) FROM people_person)")
        return (found[0][0], found[0][1]) if found else (0, 0)


@contextmanager
def place(folder: Path, *, like: Place | None = None) -> Iterator[Place]:
    """A new place, empty or a copy of another; its database is dropped at the end."""
    if like is not None:
        shutil.copytree(like.folder, folder)
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
    if not SERVER:
        yield Place(folder)
        return
    name = f"scratch_{uuid.uuid4().hex[:12]}"
    template = sql.Identifier(urlsplit(like.url).path[1:] if like is not None else "template1")
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
        try:
            yield Place(folder, urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
