"""Scans go into a backup and come back with it; one that is gone or altered is named, one that nobody knows of is swept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = pytest.mark.db

ADD = """
import io, os, uuid
from datetime import date
os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
import django
django.setup()
from PIL import Image
from yumiao.files import store
from yumiao.files.intake import take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.units.models import Unit
out = io.BytesIO()
Image.linear_gradient("L").save(out, "JPEG")
taken, uid = take_in([out.getvalue()] * 2), uuid.uuid4()
store.put(uid, taken.content)
with act(Verb.PAPER_ADDED, actor=Actor(None, "x")) as done:
    write_scan(done, uid, Unit.objects.earliest("pk").pk, taken, date(2026, 3, 2))
print(uid)
"""


def added(here: Place) -> Path:
    """The file of a scan that was taken in there."""
    done = subprocess.run(
        [sys.executable, "-c", ADD], env=here.environment, capture_output=True, text=True, check=True, timeout=120
    )
    uid = done.stdout.strip()
    return here.folder / "files" / uid[:2] / uid


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[tuple[Place, Path]]:
    folder = tmp_path_factory.mktemp("scans")
    with place(folder / "data") as here:
        assert here.run("import", as_file(folder / "county.xlsx", cells())).returncode == 0
        yield here, added(here)


def test_a_scan_comes_back_sealed_as_it_was(standing: tuple[Place, Path], tmp_path: Path) -> None:
    here, file = standing
    half = file.with_name(".half.part")
    half.write_bytes(b"half")
    assert here.run("backup", tmp_path / "county.backup").returncode == 0
    half.unlink()
    keys = {"YUMIAO_KEYS": str(here.folder / "keys")}
    with place(tmp_path / "elsewhere") as other:
        done = other.run("restore", tmp_path / "county.backup", environment=keys)
        assert (done.returncode, done.stderr) == (0, "")
        found = sorted(one for one in (other.folder / "files").rglob("*") if one.is_file())
        assert [one.relative_to(other.folder) for one in found] == [file.relative_to(here.folder)]
        assert found[0].read_bytes() == file.read_bytes()
        verified = other.run("verify", environment=keys)
        assert (verified.returncode, verified.stderr) == (0, "")


def test_a_missing_or_altered_file_is_named(standing: tuple[Place, Path]) -> None:
    here, file = standing
    whole = file.read_bytes()
    assert "扫描件的文件齐全" in here.run("doctor").stdout
    try:
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        verified = here.run("verify")
        assert (verified.returncode, file.name in verified.stdout) == (1, True)
        file.unlink()
        looked = here.run("doctor")
        assert (looked.returncode, file.name in looked.stdout) == (1, True)
    finally:
        file.write_bytes(whole)


def test_what_an_interrupted_upload_left_is_swept_by_mending(standing: tuple[Place, Path]) -> None:
    here, file = standing
    stray = file.with_name("11111111-2222-4333-8444-555555555555")
    stray.write_bytes(b"stray")
    os.utime(stray, (time.time() - 9000, time.time() - 9000))
    assert "有 1 个文件没有对应的登记" in here.run("doctor").stdout
    here.run("doctor", "--mend")
    assert (stray.exists(), file.exists()) == (False, True)
