"""What the commands answer: exit statuses, standard output, plain Chinese where something is wrong, and never a trace of the code."""

from __future__ import annotations

import json
import re
import resource
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.abuse.program import SERVER, Place
from tests.config.imported import county, here, nowhere, standing
from tests.journal.small_county import UNITS, as_file, cells

__all__ = ["county", "here", "nowhere", "standing"]
pytestmark = pytest.mark.db

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> Path:
    """One member whose branch does not exist."""
    sheets = cells()
    rows = sheets["党员"][1]
    rows[17] = (*rows[17][:7], "001.999", *rows[17][8:])
    return as_file(tmp_path_factory.mktemp("workbooks") / "faulty.xlsx", sheets)


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on standard error, made sure to be Chinese and without a trace of the code."""
    assert "Traceback" not in done.stderr
    assert CHINESE.search(done.stderr)
    return done.stderr


def test_a_clean_import_ends_in_0_and_a_second_one_changes_nothing(here, county) -> None:
    done = here.run("import", county)
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有写入任何数据。" in done.stdout
    assert here.counts() == (1, 28)


def test_the_json_report_is_all_of_standard_output(nowhere, county) -> None:
    done = nowhere.run("import", county, "--report", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["written"], report["faults"]) == (0, True, [])
    assert report["sheets"]["党员"] == {"rows": 18, "new": 18, "changed": 0, "unchanged": 0, "refused": 0}


def test_a_refused_row_ends_in_1_writes_nothing_and_goes_into_the_fault_workbook(nowhere, faulty, tmp_path) -> None:
    done = nowhere.run("import", faulty, "--report", "json", "--faults", tmp_path / "faults.xlsx")
    report = json.loads(done.stdout)
    assert (done.returncode, report["written"], nowhere.counts()) == (1, False, (0, 0))
    assert {(fault["sheet"], fault["row"], fault["rule"]) for fault in report["faults"]} == {("党员", 19, "WBK-07")}
    assert zipfile.is_zipfile(tmp_path / "faults.xlsx")
    assert "什么也没有写入" in told(done)


def test_good_rows_are_taken_where_that_was_asked_for(nowhere, faulty) -> None:
    done = nowhere.run("import", faulty, "--accept-good-rows")
    assert (done.returncode, nowhere.counts()) == (1, (1, 27))
    assert "已写入。" in done.stdout


def test_a_fault_workbook_that_cannot_be_written_does_not_hide_what_was_written(nowhere, faulty, tmp_path) -> None:
    done = nowhere.run("import", faulty, "--accept-good-rows", "--faults", tmp_path / "none" / "faults.xlsx")
    assert (done.returncode, nowhere.counts()) == (2, (1, 27))
    assert "已写入。" in done.stdout
    told(done)


def test_a_units_sheet_without_a_required_column_ends_in_2(nowhere, tmp_path) -> None:
    units = (("组织代码", "组织名称", "上级组织代码"), [(unit[0], unit[1], unit[3]) for unit in UNITS])
    done = nowhere.run("import", as_file(tmp_path / "county.xlsx", cells() | {"组织": units}), "--report", "json")
    assert (done.returncode, json.loads(done.stdout)["written"], nowhere.counts()) == (2, False, (0, 0))
    assert "组织表缺少必填列" in told(done)


def test_a_workbook_without_any_sheet_of_ours_ends_in_2_and_makes_no_folder(nowhere, tmp_path) -> None:
    done = nowhere.run("import", as_file(tmp_path / "county.xlsx", {"花名册": cells()["党员"]}))
    assert done.returncode == 2
    assert "没有可识别的表，表名应为：组织、党员、发展培养、人才库、发展计划" in told(done)
    assert not nowhere.folder.exists()


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_is_no_workbook_ends_in_2_and_makes_no_folder(nowhere, tmp_path, form) -> None:
    (tmp_path / "county.xlsx").write_text("<html></html>")
    done = nowhere.run("import", tmp_path / "county.xlsx", "--report", form)
    assert done.returncode == 2
    assert "不是 .xlsx 工作簿" in told(done)
    assert not nowhere.folder.exists()
    if form == "json":
        [fault] = json.loads(done.stdout)["faults"]
        assert fault["rule"] == "WBK-16"


@pytest.mark.parametrize(
    "words",
    [
        ["import"],
        ["import", "none.xlsx"],
        ["import", "a.xlsx", "b.xlsx"],
        ["import", "a.xlsx", "--on", "2026-13-01"],
        ["import", "a.xlsx", "--report", "xml"],
        ["import", "a.xlsx", "--rep", "json"],
        ["nothing"],
        [],
        ["verify"],
        ["verify", "--all"],
        ["ledger"],
        ["demo", "--scale", "0"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--workers", "0"],
        ["createadmin", "zhou", "--role", "county", "--display-name", "慎" * 61],
    ],
    ids=" ".join,
)
def test_misuse_ends_in_2_and_a_chinese_sentence(nowhere, words) -> None:
    done = nowhere.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    told(done)


def test_a_day_to_come_is_no_day_of_import(here, county) -> None:
    done = here.run("import", county, "--on", "2999-01-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "导入日期不能晚于今天" in told(done)


def test_a_demo_folder_takes_no_import(nowhere, county) -> None:
    nowhere.folder.mkdir()
    (nowhere.folder / "profile").write_text("demo\n")
    done = nowhere.run("import", county)
    assert (done.returncode, nowhere.counts()) == (2, (0, 0))
    assert "这里存放的是演示数据，不能放入正式数据" in told(done)


def test_a_folder_of_a_county_takes_no_demo(here) -> None:
    done = here.run("demo")
    assert (done.returncode, here.counts()) == (2, (1, 28))
    assert "这里存放的是正式数据，不能放入演示数据" in told(done)


@pytest.mark.parametrize("words", [["demo"], ["verify"], ["doctor"]], ids=" ".join)
def test_a_database_for_another_purpose_than_the_folder_is_refused(here, words) -> None:
    (here.folder / "profile").write_text("demo\n")
    done = here.run(*words)
    assert done.returncode == (1 if words == ["doctor"] else 2)
    assert "这里存放的是正式数据，不能放入演示数据" in done.stdout + done.stderr
    assert here.counts() == (1, 28)


def test_a_new_folder_before_a_database_with_entries_lacks_the_keys(here, county, tmp_path) -> None:
    other = Place(tmp_path / "other", here.url)
    if not here.url:
        other.folder.mkdir(mode=0o700)
        (here.folder / "yumiao.sqlite3").rename(other.folder / "yumiao.sqlite3")
    done = other.run("import", county)
    assert (done.returncode, other.counts()) == (2, (1, 28))
    assert "不要新建密钥" in told(done)
    assert list((other.folder / "keys").iterdir()) == []


def test_verify_says_that_the_record_is_whole(here) -> None:
    done = here.run("verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"全程纪实完好：2 条，链头 [0-9A-F]{4}(-[0-9A-F]{4}){2}。\n", done.stdout)


@pytest.mark.parametrize(
    "damage, first",
    [
        ("UPDATE journal_entry SET actor_label = '他人' WHERE seq = 1", 1),
        ("DELETE FROM journal_entry WHERE seq = 1", 1),
        ("DELETE FROM journal_entry", 1),
        ("UPDATE journal_entry SET data = '' WHERE seq = 1", 1),
        ("UPDATE people_personrecord SET name = '他人'", 2),
        ("DELETE FROM units_unitrecord", 2),
        ("UPDATE units_placement SET path = '000001'", 2),
    ],
)
def test_verify_names_the_first_bad_entry_whatever_was_damaged(here, damage, first) -> None:
    execute(here, damage)
    done = here.run("verify")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"第一处不符：第 {first} 条。\n" in done.stdout


def test_verify_finds_the_last_import_cut_off_with_everything_it_wrote(here) -> None:
    tables = here.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if here.url
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    emptied = [name for (name,) in tables if re.match("units_|people_|admission_|talent_|ledger_|journal_imp", name)]
    execute(here, *[f"DELETE FROM {name}" for name in emptied], "DELETE FROM journal_entry WHERE seq = 2")
    assert here.counts() == (0, 0)
    done = here.run("verify")
    assert (done.returncode, done.stderr) == (1, "")
    assert "第一处不符：第 2 条。\n" in done.stdout


def test_a_county_whose_journal_was_emptied_takes_no_import(here, county) -> None:
    execute(here, "DELETE FROM journal_entry")
    done = here.run("import", county)
    assert (done.returncode, here.counts()) == (2, (0, 28))
    assert "全程纪实的第一条缺失或被改动" in told(done)


def execute(here: Place, *statements: str, guarded: bool = False) -> None:
    """Run SQL; unless `guarded`, with no trigger or foreign key in its way, and all of them standing again afterwards."""
    if here.url:
        with psycopg.connect(here.url) as server:
            server.execute(f"SET session_replication_role = {'origin' if guarded else 'replica'}")
            for statement in statements:
                server.execute(statement)
        return
    with closing(sqlite3.connect(here.folder / "yumiao.sqlite3")) as connection, connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = [] if guarded else connection.execute(query).fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _ in triggers]
        for statement in (*drops, *statements, *(text for _, text in triggers)):
            connection.execute(statement)


def test_doctor_finds_a_county_healthy_and_warns_of_keys_beside_the_data_and_of_no_backup(here) -> None:
    done = here.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    warned = [line for line in done.stdout.splitlines() if line.startswith("注意")]
    assert ["密钥与数据放在一起" in warned[0], "从未备份" in warned[1], len(warned)] == [True, True, 2]
    assert "触发器齐全" in done.stdout


def test_doctor_says_where_nothing_stands_yet_and_makes_nothing(nowhere) -> None:
    done = nowhere.run("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "数据目录还没有建立" in done.stdout
    assert not nowhere.folder.exists()


def test_doctor_names_what_others_may_read(here) -> None:
    here.folder.chmod(0o755)
    (here.folder / "keys" / "1.key").chmod(0o644)
    done = here.run("doctor")
    assert done.returncode == 1
    assert re.findall(r"chmod (\d+)", done.stdout) == ["700", "600"]


def test_doctor_names_missing_keys(here) -> None:
    (here.folder / "keys" / "1.key").unlink()
    done = here.run("doctor")
    assert (done.returncode, done.stderr, done.stdout.count("不要新建密钥")) == (1, "", 1)
    assert "触发器齐全" in done.stdout


def test_doctor_names_a_missing_trigger_and_mends_it(here) -> None:
    name = "people_tie_no_delete"
    drop = f"DROP TRIGGER {name}" + (" ON people_tie" if here.url else "")
    execute(here, drop, guarded=True)
    done = here.run("doctor")
    assert (done.returncode, name in done.stdout) == (1, True)
    assert here.run("verify").returncode == 1
    assert here.run("doctor", "--mend").returncode == 0
    assert here.run("verify").returncode == 0


def test_files_of_the_data_folder_are_for_their_owner_only(here) -> None:
    loose = [path.name for path in here.folder.rglob("*") if path.stat().st_mode & 0o077]
    assert loose == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path, county, nowhere) -> None:
    (tmp_path / "file").write_text("")
    done = Place(tmp_path / "file" / "data", nowhere.url).run("import", county)
    assert done.returncode == 2
    told(done)


def test_a_full_disk_during_an_import_leaves_the_record_as_it_was(here, tmp_path) -> None:
    if SERVER:  # the server's disk is its own affair; here the head file cannot be written
        (here.folder / ".head.part").mkdir()
        limit = None
    else:
        size = (here.folder / "yumiao.sqlite3").stat().st_size

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))

    larger = as_file(tmp_path / "larger.xlsx", cells(300, 100))
    done = here.run("import", larger, before=limit)
    assert (done.returncode, done.stdout) == (2, "")
    assert "请检查磁盘空间" in told(done)
    assert here.counts() == (1, 28)
    assert here.run("verify").returncode == 0


def test_where_the_head_cannot_be_written_nothing_is(here, tmp_path) -> None:
    (here.folder / ".head.part").mkdir()
    done = here.run("import", as_file(tmp_path / "larger.xlsx", cells(30, 10)))
    assert (done.returncode, here.counts()) == (2, (1, 28))
    told(done)


NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HOSTILE = {
    "entities": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "far cell": f'<worksheet {NAMESPACE}><sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    "three million rows": f"<worksheet {NAMESPACE}><sheetData>{'<row><c><v>1</v></c></row>' * 3_000_000}</sheetData></worksheet>",
    "breaks off": f"<worksheet {NAMESPACE}><sheetData><row r='1'><c",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_ends_in_2_and_a_chinese_sentence(nowhere, county, tmp_path, kind) -> None:
    with zipfile.ZipFile(county) as honest, zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        for name in honest.namelist():
            made.writestr(name, HOSTILE[kind] if name == "xl/worksheets/sheet1.xml" else honest.read(name))
    done = nowhere.run("import", tmp_path / "a.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "无法读取工作簿" in told(done)
    assert not nowhere.folder.exists()


def test_cells_of_wrong_types_are_refused_row_by_row(nowhere, tmp_path) -> None:
    sheets = cells()
    rows = sheets["党员"][1]
    rows[0] = (998001196001010009, *rows[0][1:])
    rows[1] = (*rows[1][:10], "前年", *rows[1][11:])
    rows[2] = (*rows[2][:9], True, *rows[2][10:])
    rows[3] = (*rows[3][:10], 1e300, *rows[3][11:])
    done = nowhere.run("import", as_file(tmp_path / "county.xlsx", sheets), "--report", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["written"]) == (1, False)
    assert {fault["row"] for fault in report["faults"] if fault["sheet"] == "党员"} == {2, 3, 4, 5}
    told(done)
