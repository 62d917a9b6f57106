"""From SQLite to PostgreSQL and back: the same rows, by digest, on every side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.server]

QUERIES = (
    "SELECT id, entered, struck, since, until, name, born_on FROM people_personrecord ORDER BY id",
    "SELECT id, keyed, cell, key_version FROM people_personsecret ORDER BY id",
    "SELECT seq, verb, data, prev, hash FROM journal_entry ORDER BY seq",
)


def plain(here: Place, query: str) -> list[tuple[str, ...]]:
    return [
        tuple(bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for v in row) for row in here.rows(query)
    ]


def moved(source: Place, target: Place, file: Path) -> None:
    assert source.run("backup", file).returncode == 0
    shutil.copytree(source.folder / "keys", target.folder / "keys")
    done = target.run("restore", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.run("verify").returncode == 0


def test_nothing_is_lost_on_the_way_there_and_back(tmp_path: Path) -> None:
    first, last = Place(tmp_path / "first"), Place(tmp_path / "last")
    assert first.run("import", as_file(tmp_path / "county.xlsx", cells())).returncode == 0
    with place(tmp_path / "server") as server:
        moved(first, server, tmp_path / "there")
        moved(server, last, tmp_path / "back")
        for query in QUERIES:
            rows = plain(first, query)
            assert rows != []
            assert plain(server, query)[: len(rows)] == rows
            assert plain(last, query)[: len(rows)] == rows
