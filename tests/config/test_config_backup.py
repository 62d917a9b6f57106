"""A backup comes back whole, on either database, and is refused where it is damaged, foreign, or would overwrite."""

from __future__ import annotations

import random
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = pytest.mark.db

MEMBERS = "SELECT COUNT(*) FROM people_person"
ROWS = (
    "SELECT id, entered, struck, name FROM people_personrecord ORDER BY id",
    "SELECT id, keyed, cell FROM people_personsecret ORDER BY id",
    "SELECT id, path FROM units_placement ORDER BY id",
)


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[Place]:
    """A county with one file beside its tables."""
    folder = tmp_path_factory.mktemp("backup")
    with place(folder / "data") as here:
        assert here.run("import", as_file(folder / "county.xlsx", cells())).returncode == 0
        (here.folder / "files" / "scans").mkdir()
        (here.folder / "files" / "scans" / "a").write_bytes(bytes(range(256)) * 5000)
        yield here


@pytest.fixture(scope="module")
def backup(tmp_path_factory, standing: Place) -> Path:
    target = tmp_path_factory.mktemp("made") / "county.backup"
    done = standing.run("backup", target)
    assert (done.returncode, done.stderr) == (0, "")
    return target


@pytest.fixture
def nowhere(tmp_path: Path, standing: Place) -> Iterator[Place]:
    """An empty place that has the keys."""
    with place(tmp_path / "elsewhere") as empty:
        shutil.copytree(standing.folder / "keys", empty.folder / "keys")
        yield empty


def plain(here: Place) -> list[list[tuple[object, ...]]]:
    return [[tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in here.rows(q)] for q in ROWS]


def refused(here: Place, source: Path) -> str:
    """What a refused restore says; nothing may lie in the place afterwards."""
    done = here.run("restore", source)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (here.rows(MEMBERS) or [(0,)]) == [(0,)]
    assert not (here.folder / "profile").exists()
    return done.stderr.strip()


def test_everything_comes_back_and_is_proved(standing: Place, backup: Path, nowhere: Place) -> None:
    done = nowhere.run("restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    assert plain(nowhere) == plain(standing)
    assert (nowhere.folder / "files/scans/a").read_bytes() == (standing.folder / "files/scans/a").read_bytes()
    assert nowhere.rows("SELECT verb FROM journal_entry ORDER BY seq DESC LIMIT 1") == [("restored",)]
    assert not (nowhere.folder / "restoring").exists()
    statuses, said = nowhere.run_each(["verify"], ["doctor"])
    assert statuses == [0, 0], said


def test_a_folder_that_is_not_there_yet_is_made(backup: Path, standing: Place, nowhere: Place, tmp_path: Path) -> None:
    fresh = Place(tmp_path / "fresh", nowhere.url)
    done = fresh.run("restore", backup, environment={"YUMIAO_KEYS": str(standing.folder / "keys")})
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"备份于 \d{4}-\d\d-\d\d \d\d:\d\d）", done.stdout)


def test_an_interrupted_restore_says_how_to_go_on(backup: Path, nowhere: Place) -> None:
    words = [sys.executable, "-m", "yumiao.config.command", "restore", str(backup), "--progress"]
    # tests that run in the background would hand down that the signal is ignored
    interruptible = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        words, env=nowhere.environment, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible
    ) as started:
        assert started.stderr is not None
        said = iter(started.stderr)
        while "正在建立数据库" not in next(said):
            pass
        started.send_signal(signal.SIGINT)
        assert (started.wait(60), "再次运行同样的命令即可接着恢复" in "".join(said)) == (130, True)
    assert nowhere.run("restore", backup).returncode == 0


def test_a_restored_county_is_worked_in_and_backed_up_again(backup: Path, nowhere: Place, tmp_path: Path) -> None:
    county = as_file(tmp_path / "county.xlsx", cells())
    again = tmp_path / "again.backup"
    statuses, said = nowhere.run_each(
        ["restore", str(backup)], ["import", str(county)], ["verify"], ["backup", str(again)]
    )
    assert statuses == [0, 0, 0, 0], said


def test_a_backup_is_a_reading_and_no_entry(standing: Place, backup: Path) -> None:
    said = standing.rows("SELECT what, count FROM journal_reading ORDER BY id DESC LIMIT 1")
    assert said == [("backup", standing.rows(MEMBERS)[0][0])]
    assert "最近一次备份" in standing.run("doctor").stdout


def test_the_file_is_the_owners_alone_and_holds_no_name_and_no_number(standing: Place, backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    written = backup.read_bytes()
    names = [row[0] for row in standing.rows("SELECT DISTINCT name FROM people_personrecord")]
    rows = cells()["党员"][1]
    numbers = [str(value) for row in rows for value in row if str(value).isdigit() and len(str(value)) in (11, 18)]
    assert numbers != []
    assert [said for said in (*names, *numbers) if said.encode() in written] == []
    assert not any(key.read_bytes().strip() in written for key in (standing.folder / "keys").glob("*.key"))


def test_an_existing_file_is_not_overwritten(standing: Place, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    done = standing.run("backup", there)
    assert (done.returncode, "已存在" in done.stderr, there.read_bytes()) == (2, True, b"mine")


def test_any_flipped_byte_is_refused(backup: Path, nowhere: Place, tmp_path: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(20261125)
    damaged = []
    for number, at in enumerate([0, 20, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(17))]):
        body = bytearray(whole)
        body[at] ^= 1 << chance.randrange(8)
        (tmp_path / f"flip{number}").write_bytes(body)
        damaged.append(["restore", str(tmp_path / f"flip{number}")])
    statuses, said = nowhere.run_each(*damaged)
    assert statuses == [2] * 20, said
    assert nowhere.rows(MEMBERS) == []


def test_any_cut_and_anything_added_is_refused(backup: Path, nowhere: Place, tmp_path: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(7)
    bodies = [whole[:at] for at in (0, 10, 200, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(6)))]
    bodies.append(whole + b"\0")
    for number, body in enumerate(bodies):
        (tmp_path / f"cut{number}").write_bytes(body)
    statuses, said = nowhere.run_each(*(["restore", str(tmp_path / f"cut{n}")] for n in range(len(bodies))))
    assert statuses == [2] * 11, said
    assert nowhere.rows(MEMBERS) == []


def test_without_the_key_nothing_opens(backup: Path, nowhere: Place) -> None:
    shutil.rmtree(nowhere.folder / "keys")
    assert "没有可用的密钥" in refused(nowhere, backup)


def test_another_key_is_named_as_such(backup: Path, nowhere: Place) -> None:
    (nowhere.folder / "keys" / "1.key").write_bytes(b"A" * 43 + b"=\n")
    assert "密钥不是制作这份备份时的密钥" in refused(nowhere, backup)


def test_a_missing_version_of_the_key_is_named(standing: Place, nowhere: Place, tmp_path: Path) -> None:
    with place(tmp_path / "two", like=standing) as two:
        (two.folder / "keys" / "2.key").write_bytes(b"A" * 43 + b"=\n")
        assert two.run("backup", tmp_path / "two.backup").returncode == 0
    assert "缺少第 2 版密钥" in refused(nowhere, tmp_path / "two.backup")


def test_a_place_with_data_is_not_overwritten(standing: Place, backup: Path) -> None:
    before = plain(standing)
    done = standing.run("restore", backup)
    assert (done.returncode, "这里已有数据" in done.stderr) == (2, True)
    assert plain(standing) == before


def test_an_empty_folder_before_a_filled_database_is_refused(standing: Place, backup: Path, tmp_path: Path) -> None:
    other = Place(tmp_path / "folder", standing.url)
    shutil.copytree(standing.folder / "keys", other.folder / "keys")
    if not standing.url:
        shutil.copy(standing.folder / "yumiao.sqlite3", other.folder)
    done = other.run("restore", backup)
    assert (done.returncode, "这里已有数据" in done.stderr) == (2, True)


def test_an_unfinished_place_says_so_and_lets_nobody_in(nowhere: Place, tmp_path: Path) -> None:
    (nowhere.folder / "restoring").write_text("0" * 64 + "\n", encoding="ascii")
    workbook = as_file(tmp_path / "county.xlsx", cells())
    for words in (["verify"], ["ledger"], ["import", str(workbook)]):
        done = nowhere.run(*words)
        assert (done.returncode, "恢复没有完成" in done.stderr) == (2, True)
