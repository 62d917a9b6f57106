"""What a backup or a restore cannot do is said, and leaves nothing behind; a place that is not whole serves nobody."""

from __future__ import annotations

import fcntl
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells
from yumiao.config.commands.doctor_command import last_backup

pytestmark = pytest.mark.db

MAGIC = b"YUMIAO-BACKUP\n"
MEMBERS = "SELECT COUNT(*) FROM people_person"
ENOUGH = 3_000_000  # bytes; the tables of the small county take less, its scan more
SCAN = 4_000_000
WSGI = "import yumiao.config.wsgi"
PRODUCTION = {"YUMIAO_SECRET_KEY": "s" * 50, "YUMIAO_HOSTS": "county.test"}


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[Place]:
    """A county with a scan that does not become smaller."""
    folder = tmp_path_factory.mktemp("refusals")
    with place(folder / "data") as here:
        assert here.run("import", as_file(folder / "county.xlsx", cells())).returncode == 0
        (here.folder / "files" / "scan").write_bytes(random.Random(4).randbytes(SCAN))
        yield here


@pytest.fixture(scope="module")
def backup(tmp_path_factory, standing: Place) -> Path:
    target = tmp_path_factory.mktemp("made") / "county.backup"
    assert standing.run("backup", target).returncode == 0
    return target


@pytest.fixture
def nowhere(tmp_path: Path, standing: Place) -> Iterator[Place]:
    """An empty place that has the keys."""
    with place(tmp_path / "elsewhere") as empty:
        shutil.copytree(standing.folder / "keys", empty.folder / "keys")
        yield empty


def small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (ENOUGH, ENOUGH))


def execute(here: Place, statement: str) -> None:
    if here.url:
        with psycopg.connect(here.url) as server:
            server.execute(statement)
        return
    database = sqlite3.connect(here.folder / "yumiao.sqlite3")
    database.execute(statement)
    database.commit()
    database.close()


def wsgi(here: Place, **otherwise: str) -> subprocess.CompletedProcess[str]:
    environment = here.environment | PRODUCTION | otherwise
    return subprocess.run(
        [sys.executable, "-c", WSGI], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_backup_of_a_newer_format_is_not_guessed_at(backup: Path, nowhere: Place, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    start = len(MAGIC) + 4
    end = start + int.from_bytes(whole[len(MAGIC) : start])
    header = json.dumps(json.loads(whole[start:end]) | {"format": 2, "program": "9.9"}).encode()
    newer = tmp_path / "newer.backup"
    newer.write_bytes(MAGIC + len(header).to_bytes(4) + header + whole[end:])
    done = nowhere.run("restore", newer)
    assert (done.returncode, "由更新的程序（育苗 9.9）写成" in done.stderr) == (2, True)
    assert (nowhere.rows(MEMBERS), (nowhere.folder / "restoring").exists()) == ([], False)


def test_a_backup_of_another_structure_is_not_squeezed_in(standing: Place, nowhere: Place, tmp_path: Path) -> None:
    with place(tmp_path / "other", like=standing) as other:
        execute(
            other, "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '2026-01-01')"
        )
        made = other.run("backup", tmp_path / "other.backup")
        assert made.returncode == 0, made.stderr
    done = nowhere.run("restore", tmp_path / "other.backup")
    assert (done.returncode, "数据库结构与本程序不同" in done.stderr) == (2, True)
    assert (nowhere.rows(MEMBERS), (nowhere.folder / "restoring").exists()) == ([], False)


def test_a_disk_that_fills_up_leaves_no_backup_and_the_next_one_is_whole(standing: Place, tmp_path: Path) -> None:
    target = tmp_path / "county.backup"
    done = standing.run("backup", target, before=small_disk)
    assert (done.returncode, "文件读写失败" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])
    statuses, said = standing.run_each(["backup", str(target)], ["verify"])
    assert statuses == [0, 0], said


def test_a_disk_too_small_is_known_before_anything_is_written(standing: Place, tmp_path: Path) -> None:
    huge = standing.folder / "files" / "huge"
    try:
        with huge.open("wb") as file:
            file.truncate(1 << 43)  # a hole: it takes no room and would not fit
        done = standing.run("backup", tmp_path / "county.backup")
    finally:
        huge.unlink()
    assert (done.returncode, "磁盘空间不足" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_a_disk_that_fills_up_under_a_restore_opens_nothing_until_it_was_run_again(
    backup: Path, nowhere: Place
) -> None:
    done = nowhere.run("restore", backup, before=small_disk)
    assert done.returncode == 2
    assert "磁盘" in done.stderr and "Traceback" not in done.stderr
    statuses, said = nowhere.run_each(["verify"], ["ledger"], ["restore", str(backup)], ["verify"])
    assert statuses == [2, 2, 0, 0], said
    assert (nowhere.folder / "files" / "scan").stat().st_size == SCAN


def test_a_second_backup_to_the_same_file_waits_for_nobody(standing: Place, tmp_path: Path) -> None:
    target = tmp_path / "county.backup"
    with (tmp_path / "county.backup.part").open("wb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        first.write(b"mine")
        first.flush()
        done = standing.run("backup", target)
        assert (done.returncode, "另一次备份正在写入" in done.stderr) == (2, True)
        assert (target.exists(), (tmp_path / "county.backup.part").read_bytes()) == (False, b"mine")


def test_backups_to_two_files_at_once_are_both_whole(standing: Place, nowhere: Place, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "yumiao.config.command", "backup"]
    files = [tmp_path / "one", tmp_path / "two"]
    running = [
        subprocess.Popen([*command, str(file)], env=standing.environment, stdout=subprocess.DEVNULL) for file in files
    ]
    assert [one.wait(60) for one in running] == [0, 0]
    assert nowhere.run("restore", files[0]).returncode == 0
    with place(tmp_path / "third") as other:
        shutil.copytree(standing.folder / "keys", other.folder / "keys")
        assert other.run("restore", files[1]).returncode == 0


@pytest.mark.parametrize("has_profile", [False, True])
def test_a_half_restored_place_serves_nobody_by_any_way(has_profile: bool, standing: Place, tmp_path: Path) -> None:
    with place(tmp_path / "half", like=standing) as half:
        (half.folder / "restoring").write_text("0" * 64 + "\n", encoding="ascii")
        if not has_profile:
            (half.folder / "profile").unlink()
        served, doctor, application = half.run("serve"), half.run("doctor"), wsgi(half)
    assert (served.returncode, "恢复没有完成" in served.stderr) == (2, True)
    assert (doctor.returncode, "恢复没有完成" in doctor.stdout) == (1, True)
    assert (application.returncode, "恢复没有完成" in application.stderr) == (1, True)


def test_the_wsgi_application_starts_where_data_stand_and_nowhere_else(standing: Place, nowhere: Place) -> None:
    assert wsgi(standing).returncode == 0
    assert (standing.folder / "static" / "ui" / "look.css").exists()  # nothing else need have served before
    assert "这里还没有数据" in wsgi(nowhere).stderr
    assert not (nowhere.folder / "profile").exists()


def test_a_database_that_does_not_answer_yet_stops_no_server(standing: Place) -> None:
    done = wsgi(standing, YUMIAO_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (done.returncode, "the database does not answer yet: OperationalError" in done.stderr) == (0, True)


def test_a_restore_does_not_go_into_a_place_that_is_being_prepared(backup: Path, nowhere: Place) -> None:
    """The lock of the folder lets one go on; the other finds data."""
    command = [sys.executable, "-m", "yumiao.config.command", "restore", str(backup)]
    running = [
        subprocess.Popen(command, env=nowhere.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert sorted(one.wait(120) for one in running) == [0, 2]
    assert nowhere.run("verify").returncode == 0
    assert nowhere.rows("SELECT COUNT(*) FROM journal_entry WHERE verb = 'restored'") == [(1,)]


def test_the_doctor_says_when_no_backup_was_ever_made(standing: Place, tmp_path: Path) -> None:
    county = as_file(tmp_path / "county.xlsx", cells())
    with place(tmp_path / "data") as here:
        assert here.run("import", county).returncode == 0
        assert "注意  从未备份" in here.run("doctor").stdout
        assert here.run("backup", tmp_path / "county.backup").returncode == 0
        assert "正常  最近一次备份" in here.run("doctor").stdout


@pytest.mark.parametrize(("days", "grade"), [(0, "正常"), (2, "正常"), (3, "注意")])
def test_a_backup_older_than_two_days_is_a_warning(days: int, grade: str) -> None:
    made = datetime(2026, 10, 1, tzinfo=UTC)
    assert last_backup(made, made + timedelta(days=days, hours=23))[0] == grade


def test_a_wrong_place_for_the_file_is_named(standing: Place, tmp_path: Path) -> None:
    done = standing.run("backup", tmp_path / "nothing" / "county.backup")
    assert (done.returncode, "文件夹或文件不存在" in done.stderr) == (2, True)
    done = standing.run("restore", tmp_path)
    assert (done.returncode, "指定的是文件夹" in done.stderr) == (2, True)
