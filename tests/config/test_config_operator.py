"""What the operator's commands answer to wrong settings, wrong files, half a wish, and a program newer than the data."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing

import psycopg
import pytest

from tests.abuse.program import Place
from tests.config.imported import county, here, nowhere, standing

__all__ = ["county", "here", "nowhere", "standing"]
pytestmark = pytest.mark.db


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on standard error, without a trace of the code."""
    assert "Traceback" not in done.stderr
    return done.stderr


def forget_a_migration(here: Place) -> None:
    """As if the program knew one more than the database has seen."""
    forget = "DELETE FROM django_migrations WHERE app = 'ledger' AND name LIKE '0002%'"
    if here.url:
        with psycopg.connect(here.url) as server:
            server.execute(forget)
        return
    with closing(sqlite3.connect(here.folder / "yumiao.sqlite3")) as connection, connection:
        connection.execute(forget)


@pytest.mark.parametrize(
    "environment",
    [
        {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.production"},
        {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.produktion"},
        {"YUMIAO_DATABASE_URL": "mysql://county"},
        {"YUMIAO_DATABASE_URL": "postgresql://a:b:c/d"},
        {"YUMIAO_DATABASE_URL": "postgresql://"},
        {"YUMIAO_TRUSTED_PROXIES": "one"},
    ],
    ids=lambda environment: " ".join(environment.values()),
)
def test_settings_that_are_wrong_end_in_2_and_name_the_variable(nowhere, environment) -> None:
    done = nowhere.run("doctor", environment=environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert ("YUMIAO_" in told(done)) or ("DJANGO_SETTINGS_MODULE" in environment)


def test_doctor_warns_of_folders_named_that_are_not_there(here) -> None:
    done = here.run("doctor", environment={"YUMIAO_FONTS": "/nowhere/fonts", "YUMIAO_DOCS": "/nowhere/docs"})
    assert (done.returncode, done.stdout.count("/nowhere/")) == (0, 2)


def test_a_text_of_a_paper_that_is_no_text_is_told(here, tmp_path) -> None:
    (tmp_path / "text").write_bytes(b"\xd6\xd0")
    done = here.run("paper", "青组发〔2026〕1号", "办法", "--from", "2026-01-01", "--text-file", tmp_path / "text")
    assert (done.returncode, done.stdout) == (2, "")
    assert "UTF-8" in told(done)


def test_days_off_without_a_day_are_not_silently_left_out(here) -> None:
    done = here.run("daysoff", "--name", "盘王节", "--source", "自治条例")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有写明日期" in told(done)


@pytest.mark.parametrize("words", [["import"], ["backup"], ["verify"], ["serve", "--port", "1"]], ids=" ".join)
def test_nothing_upgrades_a_standing_county_but_the_doctor(here, county, tmp_path, words) -> None:
    forget_a_migration(here)
    files = {"import": [county], "backup": [tmp_path / "made.backup"]}
    done = here.run(*words, *files.get(words[0], []))
    assert (done.returncode, done.stdout, "用原来的程序运行 yumiao backup" in told(done)) == (2, "", True)
