"""A county arrives: from the one-time code of its first officer to a ledger, and an import taken back again."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import judging
from tests.browser.served import Served, served
from tests.browser.windows import fill_in
from tests.desk.county_cells import COUNTY, VILLAGE, County, member

pytestmark = pytest.mark.browser
PASSWORD = "青石溪畔种新苗，三年成林"
OFFICER = "weiqinghe"
LIMIT = 60_000  # milliseconds for the work beside the pages, on a busy machine


@dataclass(frozen=True, slots=True)
class Arriving:
    """A real county that knows its own committee and nothing else, and the code its first officer was handed."""

    county: Served
    code: str
    folder: Path


@pytest.fixture
def arriving(tmp_path: Path) -> Iterator[Arriving]:
    folder = tmp_path / "county"
    place = Served(folder, "")
    first = ("--display-name", "韦清禾", "--county", "青岚县委", "--code", COUNTY)
    opened = place.run("createadmin", OFFICER, "--role", "county", *first)
    assert opened.returncode == 0, opened.stderr
    with served(folder) as county:
        yield Arriving(county, opened.stdout.split()[-1], tmp_path)


def test_a_county_arrives(page: Page, arriving: Arriving) -> None:
    page.goto(arriving.county.url + "/invitation/")
    first_login(page, arriving.code)
    expect(page.get_by_text("还没有登记组织和人员")).to_be_visible()
    is_in_order(page)
    page.get_by_role("main").get_by_role("link", name="导入工作簿").click()
    whole = county().file(arriving.folder / "青岚县工作簿.xlsx")
    upload(page, whole)
    expect(page.locator(".lead")).to_contain_text("退回 2 行")
    is_in_order(page)
    refused_rows_are_those(page, arriving.folder)
    page.get_by_role("button", name=re.compile("只写入合格的")).click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible(timeout=LIMIT)
    result = page.url
    is_in_order(page)
    figures_stand(page, arriving.county.url)
    page.goto(arriving.county.url + "/import/")
    upload(page, whole)
    expect(page.locator(".lead")).to_contain_text("新增 0 行，变更 0 行")
    page.goto(result)
    take_back(page)
    page.goto(arriving.county.url + "/")
    expect(page.get_by_text("还没有登记组织和人员")).to_be_visible()


def is_in_order(page: Page) -> None:
    """As every page of the demo is; these are seen only on the way."""
    assert judging.shape_faults(page) == []


def first_login(page: Page, code: str) -> None:
    """Code, password, authenticator, recovery codes."""
    page.get_by_label("开户码").fill(code.lower())
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("韦清禾")).to_be_visible()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=again]").fill(PASSWORD)
    page.get_by_role("button", name="设定密码").click()
    fill_in(page, OFFICER, PASSWORD)
    expect(page.get_by_role("img", name="动态口令二维码")).to_be_visible()
    is_in_order(page)
    page.get_by_role("textbox", name="动态口令").fill(one_time_code(page.locator("code").inner_text()))
    page.get_by_role("button", name="启用并登录").click()
    expect(page.locator("main code")).to_have_count(10)
    is_in_order(page)
    page.get_by_role("link", name="已抄好，继续").click()


def one_time_code(secret: str) -> str:
    totp = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30)  # noqa: S303 as RFC 6238 has it
    return totp.generate(int(time.time())).decode()


def county() -> County:
    """The small county with two rows that are refused: no such branch, and a number with a wrong check digit."""
    made = County()
    wrong = member(9)
    wrong["公民身份号码"] = wrong["公民身份号码"][:-1] + ("1" if wrong["公民身份号码"][-1] != "1" else "2")
    made.add("党员", member(8, "001.009.009"), wrong)
    return made


def upload(page: Page, workbook: Path) -> None:
    """Send a workbook and wait for its preview."""
    page.get_by_label("县工作簿").set_input_files(workbook)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.locator(".lead")).to_be_visible(timeout=LIMIT)


def refused_rows_are_those(page: Page, folder: Path) -> None:
    """The workbook of refused rows opens in Excel and holds exactly them, each with its reason."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 2 行退回行").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    book = load_workbook(path)
    rows = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]
    names = [member(place)["姓名"] for place in (8, 9)]
    assert sorted(name for row in rows for name in names if name in row) == sorted(names)
    assert len(rows) == 2
    assert all(row[-1] for row in rows)


def figures_stand(page: Page, url: str) -> None:
    """Ledger, the two lists and an explanation."""
    page.goto(url + "/ledger/")
    expect(page.locator("#ledger tbody tr")).to_have_count(2)
    for name in ("warning", "bottom"):
        page.goto(f"{url}/ledger/lists/{name}/")
        expect(page.locator("main tbody tr").first).to_be_visible()
    page.goto(f"{url}/ledger/explanation/{VILLAGE}/")
    expect(page.get_by_text("怎样消除").first).to_be_visible()
    page.goto(f"{url}/units/{COUNTY}/")
    expect(page.get_by_role("heading", name="青岚县委")).to_be_visible()


def take_back(page: Page) -> None:
    """Undo the import whose result the page shows."""
    page.get_by_role("link", name="撤销本次导入").click()
    page.get_by_label("撤销理由").fill("误传了去年的工作簿")
    page.get_by_role("button", name="撤销本次导入").click()
    expect(page.get_by_text("本次导入已撤销")).to_be_visible()
