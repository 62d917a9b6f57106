"""A backup made while a county is being imported belongs to a moment before the import or after it, never between."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.abuse.program import COMMAND, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

PEOPLE = 400
BACKUPS = 5


def test_a_backup_during_an_import_is_of_one_moment(tmp_path: Path) -> None:
    header_only = {title: (header, []) for title, (header, _) in cells().items()}
    workbook = as_file(tmp_path / "county.xlsx", cells(300, PEOPLE - 300))
    files = [tmp_path / f"{number}.backup" for number in range(BACKUPS)]
    with place(tmp_path / "data") as here:
        assert here.run("import", as_file(tmp_path / "empty.xlsx", header_only)).returncode == 0
        importing = subprocess.Popen(
            [*COMMAND, "import", str(workbook)],
            env=here.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        backups = []
        for file in files:
            time.sleep(0.3)
            backups.append(
                subprocess.Popen([*COMMAND, "backup", str(file)], env=here.environment, stdout=subprocess.DEVNULL)
            )
        assert [one.wait(120) for one in (importing, *backups)] == [0] * (1 + BACKUPS)
        assert here.counts() == (1, PEOPLE)
        assert here.run("verify").returncode == 0
        for number, file in enumerate(files):
            with place(tmp_path / f"place{number}") as elsewhere:
                shutil.copytree(here.folder / "keys", elsewhere.folder / "keys")
                statuses, said = elsewhere.run_each(["restore", str(file)], ["verify"])
                assert statuses == [0, 0], said
                assert elsewhere.counts() in ((0, 0), (1, PEOPLE))
