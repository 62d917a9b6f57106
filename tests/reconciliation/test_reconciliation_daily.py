"""The daily backup deletes what is over, so that no backup holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.abuse.program import place
from tests.journal.small_county import as_file, cells

pytestmark = pytest.mark.db

BEGUN = """
from datetime import timedelta
import django
django.setup()
from yumiao.config.installation import opened
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.rules import KEPT_DAYS
from yumiao.units.models import Unit

today = opened().today
for days in (KEPT_DAYS, KEPT_DAYS - 1):
    made = Comparison.objects.create(
        unit=Unit.objects.get(code="001.001"), name=f"{days}.xlsx", cell=b"", key_version=1, there=1, outside=0,
        made_on=today - timedelta(days=days), made_by_label="", entry=days,
    )
    Tick.objects.create(comparison=made, key="here.1.", deed="left", by_label="", on=today)
"""


def test_a_backup_deletes_what_is_over_and_leaves_what_still_opens(tmp_path: Path) -> None:
    with place(tmp_path / "data") as here:
        assert here.run("import", as_file(tmp_path / "county.xlsx", cells())).returncode == 0
        around = here.environment | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
        assert subprocess.run([sys.executable, "-c", BEGUN], env=around, check=False).returncode == 0
        assert here.run("backup", tmp_path / "county.backup").returncode == 0
        assert here.rows("SELECT name FROM reconciliation_comparison") == [("29.xlsx",)]
        assert here.rows("SELECT COUNT(*) FROM reconciliation_tick") == [(1,)]
