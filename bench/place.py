"""A temporary county: a data folder and, on PostgreSQL, a database; copied where a measurement needs a fresh one.

Must not know what is measured, and never touches the user's own data folder or database.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_numbers = itertools.count(1)


class Failed(Exception):
    """A measuring process broke off; the text is the last of what it said."""


@dataclass(frozen=True, slots=True)
class Place:
    """`url` is empty on SQLite, whose database lies in `folder`; the copies of a place lie beside it."""

    folder: Path
    url: str = ""

    def copy(self) -> Place:
        """The same county once more. Nobody may be connected to this one."""
        number = next(_numbers)
        folder = self.folder.with_name(f"place-{number}")
        shutil.copytree(self.folder, folder)
        return Place(folder, self._copy_database(f"place_{number}") if self.url else "")

    def _copy_database(self, name: str) -> str:
        import psycopg

        parts = urlsplit(self.url)
        with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {parts.path[1:]}".encode())
        return parts._replace(path=f"/{name}").geturl()

    def measure(self, name: str, **options: object) -> dict[str, Any]:
        """What `bench.measure` found. Raises `Failed`."""
        words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("YUMIAO_")}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local",
            "YUMIAO_DATA": str(self.folder),
            "YUMIAO_DATABASE_URL": self.url,
        }
        command = [sys.executable, "-m", "bench.measure", name, *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{name}: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found
