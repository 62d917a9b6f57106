"""`kill -9` at any moment while a ledger is issued: a whole issue stands there, with its entry, or none; and the record is proven."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

KILLS = 14
ISSUE = """
import sys
import django
django.setup()
from datetime import date
from itertools import cycle
from yumiao.journal.acts import Actor
from yumiao.ledger.issuing import issue
from yumiao.units.queries import tree
today = date(2026, 10, 31)
unit = tree(today).by_code["001"].id
print("ready", flush=True)
for day in cycle((today, date(2026, 10, 30))):
    issue(unit=unit, day=day, today=today, note="", actor=Actor(None, "abuse"))
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("issued")
    workbook = as_file(folder / "county.xlsx", cells(80, 20))
    with place(folder / "data") as made:
        assert made.run("import", workbook).returncode == 0
        yield made


def kill_issuing(here: Place, after: float) -> None:
    """Issue again and again, and kill the process so many seconds after it began."""
    environment = here.environment | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
    process = subprocess.Popen(
        [sys.executable, "-c", ISSUE], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    time.sleep(after)
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_issuing_leaves_whole_issues_and_their_entries(kill: int, prepared: Place, tmp_path: Path) -> None:
    with place(tmp_path / "here", like=prepared) as here:
        kill_issuing(here, random.Random(20261126 + kill).uniform(0, 0.4))
        assert here.run("verify").returncode == 0
        made = here.rows("SELECT number, payload, digest FROM ledger_issue ORDER BY id")
        entries = here.rows("SELECT data FROM journal_entry WHERE verb = 'issued' ORDER BY seq")
        assert [number for number, _, _ in made] == list(range(1, len(made) + 1))
        assert [sha256(zlib.decompress(bytes(payload))).hexdigest() for _, payload, _ in made] == [
            digest for _, _, digest in made
        ]
        assert [json.loads(data)["digest"] for (data,) in entries] == [digest for _, _, digest in made]
