"""The same work where scripts are switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import CLERK, OFFICER, TOWNSHIP
from tests.browser.served import Served
from tests.browser.windows import Rendering, sign_in, window
from tests.desk.county_cells import County

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(browser: Browser, rendering: Rendering) -> Iterator[Page]:
    """A window without scripts."""
    context = window(browser, rendering, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_people_are_filtered(plain: Page, demo: Served) -> None:
    sign_in(plain, demo, CLERK)
    plain.goto(demo.url + "/people/")
    plain.locator("#q").fill("韦")
    plain.get_by_role("button", name="查询").click()
    expect(plain.locator("main tbody th").first).to_contain_text("韦")
    plain.get_by_role("link", name="下一页").or_(plain.locator("main tbody th a")).first.click()
    expect(plain.locator("main h1")).to_be_visible()


def test_a_township_of_the_ledger_is_opened(plain: Page, demo: Served) -> None:
    sign_in(plain, demo, OFFICER)
    plain.goto(demo.url + "/ledger/")
    plain.locator("#ledger a.drill").first.click()
    plain.wait_for_url(re.compile("open="))
    expect(plain.locator("#ledger tr.is-child").first).to_be_visible()


def test_a_workbook_is_uploaded_and_looked_at(plain: Page, demo: Served, tmp_path: Path) -> None:
    sign_in(plain, demo, OFFICER)
    plain.goto(demo.url + "/import/")
    workbook = County().only("组织").file(tmp_path / "组织.xlsx")
    plain.get_by_label("县工作簿").set_input_files(workbook)
    plain.get_by_role("button", name="上传并核对").click()
    expect(plain.locator(".lead")).to_be_visible(timeout=60_000)
    plain.get_by_role("button", name="不导入，删除暂存").click()
    expect(plain.get_by_text("暂存的文件已删除")).to_be_visible()


def test_the_menu_of_the_account_opens_and_leads_out(plain: Page, demo: Served) -> None:
    sign_in(plain, demo, OFFICER, onward=f"/units/{TOWNSHIP}/")
    plain.locator("summary.bar-link").click()
    plain.get_by_role("button", name="退出").click()
    expect(plain.get_by_text("已退出登录。")).to_be_visible()
