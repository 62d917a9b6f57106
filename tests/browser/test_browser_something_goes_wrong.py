"""Something goes wrong: the power is cut in the middle of an import, a backup is restored, a row is edited behind the program's back."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser import judging
from tests.browser.conftest import PATIENCE
from tests.browser.pages import CLERK, OFFICER, VILLAGE
from tests.browser.served import Served, served
from tests.browser.windows import sign_in, window
from tests.desk.county_cells import County, member

pytestmark = pytest.mark.browser
AUDITOR, MANY, LIMIT = "shenji", 600, 60_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window; pages that do not come because nobody serves them are no fault here."""
    context = window(browser)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


def test_the_power_is_cut_while_an_import_is_written(page: Page, own: Served, tmp_path: Path) -> None:
    sign_in(page, own, CLERK)
    before = members_of_the_village(page)
    upload(page, many_members(tmp_path))
    expect(page.locator(".lead")).to_contain_text(f"新增 {MANY} 行", timeout=LIMIT)
    address = page.url
    page.get_by_role("button", name=f"全部写入（{MANY} 行）").click()
    cut_off_while_it_writes(own, address.rstrip("/").rpartition("/")[2])

    with served(own.folder, own.port):
        with suppress(Error):  # the browser may be just reloading its error page of its own accord
            page.reload()
        expect(page.get_by_text("写入中断，一行也没有写入")).to_be_visible()
        assert judging.shape_faults(page) == []
        assert members_of_the_village(page) == before
        function(page, "导入导出")
        page.get_by_role("row", name=re.compile("没有完成")).get_by_role("link").first.click()
        page.get_by_role("button", name="重新核对").click()
        expect(page.locator(".lead")).to_contain_text(f"新增 {MANY} 行", timeout=LIMIT)
        page.get_by_role("button", name=f"全部写入（{MANY} 行）").click()
        expect(page.get_by_role("heading", name="导入结果")).to_be_visible(timeout=LIMIT)
        assert members_of_the_village(page) == before + MANY
        is_whole(page, own)


def test_a_backup_comes_back_elsewhere_and_says_so(page: Page, own: Served, tmp_path: Path) -> None:
    sign_in(page, own, OFFICER)
    page.get_by_role("navigation", name="功能").get_by_role("link", name="组织").click()
    units = page.get_by_role("main").locator("tbody").inner_text()
    backup, elsewhere = tmp_path / "county.backup", tmp_path / "elsewhere"
    assert own.run("backup", backup).returncode == 0
    shutil.copytree(own.folder / "keys", elsewhere / "keys")
    done = Served(elsewhere, "").run("restore", backup)
    assert (done.returncode, done.stderr) == (0, "")

    with served(elsewhere) as restored:
        sign_in(page, restored, OFFICER)
        function(page, "组织")
        assert page.get_by_role("main").locator("tbody").inner_text() == units
        function(page, "全程纪实")
        expect(page.locator("main tbody tr").first).to_contain_text("从备份恢复")
        is_whole(page, restored)


@pytest.mark.parametrize(
    "damage, where, first",
    [
        ("UPDATE journal_entry SET actor_label = '他人' WHERE seq = 20", "journal_entry", 20),
        ("UPDATE people_personrecord SET name = '他人' WHERE id = 7", "people_personrecord", None),
        ("DELETE FROM people_transferstate WHERE id = 2", "people_transferstate", None),
    ],
)
def test_what_was_edited_behind_the_programs_back_is_named(
    page: Page, own: Served, damage: str, where: str, first: int | None
) -> None:
    first = edit(own, damage, where, first)
    sign_in(page, own, AUDITOR)
    verify(page)
    expect(page.get_by_text(f"第 {first} 条起不符")).to_be_visible()
    page.get_by_role("link", name=f"第 {first} 条").first.click()
    expect(page.locator("main h1")).to_contain_text(f"第 {first} 条")


def many_members(folder: Path) -> Path:
    """A workbook of new members of the village, each on a birthday of his own."""
    county = County().only("党员")
    county["党员"][:] = []
    for place in range(MANY):
        row = member(700 + place % 200, VILLAGE)
        born_on = date(1970, 1, 1) + timedelta(days=place)
        county.add("党员", row | aged(row["公民身份号码"], born_on))
    return county.file(folder / "全村党员.xlsx")


def aged(number: str, born_on: date) -> dict[str, object]:
    from yumiao.kernel.identity import check_digit

    first17 = f"{number[:6]}{born_on:%Y%m%d}{number[14:17]}"
    return {"公民身份号码": first17 + check_digit(first17), "出生日期": born_on}


def function(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="功能").get_by_role("link", name=name).click()


def members_of_the_village(page: Page) -> int:
    """As its page counts them."""
    function(page, "组织")
    page.get_by_label("组织名称或代码").fill(VILLAGE)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("main").locator("tbody th a").first.click()
    expect(page.locator("main h1")).to_contain_text("村")
    return int(re.sub(r"\D", "", page.locator(".stat-n").first.inner_text()))


def upload(page: Page, workbook: Path) -> None:
    function(page, "导入导出")
    page.get_by_label("县工作簿").set_input_files(workbook)
    page.get_by_role("button", name="上传并核对").click()


def cut_off_while_it_writes(county: Served, upload: str) -> None:
    """The moment the writing has begun."""
    state = county.folder / "tmp" / "uploads" / upload / "state.json"
    until = time.monotonic() + LIMIT / 1000
    while json.loads(state.read_text(encoding="utf-8"))["phase"] != "writing":
        assert time.monotonic() < until
    county.cut_off(upload)


def edit(county: Served, damage: str, table: str, first: int | None) -> int:
    """Edit the database as one does who knows his way about it; the entry that had written what was edited."""
    with closing(sqlite3.connect(county.folder / "yumiao.sqlite3")) as database, database:
        if first is None:
            row = damage.rpartition("WHERE ")[2]
            first = int(database.execute(f"SELECT entered FROM {table} WHERE {row}").fetchone()[0])
        for deed in ("update", "delete"):
            database.execute(f"DROP TRIGGER {table}_no_{deed}")
        database.execute(damage)
    return first


def verify(page: Page) -> None:
    function(page, "全程纪实")
    page.get_by_role("main").get_by_role("link", name="查验").click()
    page.get_by_role("button", name="查验", exact=True).click()


def is_whole(page: Page, county: Served) -> None:
    """The record, as its auditor is told."""
    context = window(page.context.browser) if page.context.browser else None
    assert context is not None
    seat = context.new_page()
    seat.set_default_timeout(PATIENCE)
    sign_in(seat, county, AUDITOR)
    verify(seat)
    expect(seat.get_by_text("条纪实和全部数据相符")).to_be_visible(timeout=LIMIT)
    context.close()
