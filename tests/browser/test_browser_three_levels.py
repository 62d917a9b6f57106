"""The county returns a file, by clicks alone: what was found is put right in time and accepted, and a late paper opens the approval anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CLERK, OFFICER
from tests.browser.test_browser_one_dossier import fill, function, photograph, shape_faults
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser
FOUND = "谈话记录没有谈话人签名"


def test_a_file_comes_back_is_put_right_and_is_opened_anew_by_a_late_paper(seats: Windows, tmp_path: Path) -> None:
    officer, clerk = seats.at_home(OFFICER), seats.at_home(CLERK)
    name = returns(officer)
    order(officer)
    put_right(clerk)
    late_paper(clerk, name, tmp_path)
    accepts(officer)
    passes(officer, name)
    late_paper(clerk, name, tmp_path, again=True)
    is_to_be_reviewed_anew(officer, name)
    assert [shape_faults(page) for page in (officer, clerk)] == [[], []]


def returns(page: Page) -> str:
    """The county returns a file of the demo township with a finding."""
    function(page, "公示和审查")
    page.get_by_role("link", name="三级审查", exact=True).first.click()
    row = page.locator("main tbody tr").filter(has_text="沙溪屋村").first
    name = row.get_by_role("link").first.inner_text()
    row.get_by_role("link").first.click()
    for box in page.locator("main form input[type=radio][value=yes]").all():
        box.check()
    page.get_by_label("退回整改").check()
    fill(page, **{"finding1-text": FOUND, "finding1-step": "2", "finding1-slot": "A02"})
    assert shape_faults(page) == []
    page.get_by_role("button", name="登记结论").click()
    expect(page.get_by_text("已登记：退回整改")).to_be_visible()
    return name


def order(page: Page) -> None:
    """An order to the township, due in fifteen working days."""
    function(page, "监督整改")
    page.get_by_role("link", name="发现的问题", exact=True).first.click()
    row = page.locator("main tbody tr").filter(has_text=FOUND)
    row.get_by_role("link", name="发出整改通知").click()
    page.get_by_label(FOUND).first.check()
    page.locator("[name=text]").fill("补正谈话记录，写明真实日期。")
    page.get_by_role("button", name="发出").first.click()
    expect(page.get_by_text("已发出整改通知。")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("待整改")


def put_right(page: Page) -> None:
    """The township says what it did."""
    page.reload()
    function(page, "监督整改")
    page.get_by_role("link", name="限期整改", exact=True).first.click()
    page.locator("main tbody tr").filter(has_text="2026-10-31").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text(FOUND)
    fill(page, note="谈话人补写情况说明并签名，随卷存放。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("待验收")
    assert page.get_by_label("事项").locator("option").all_inner_texts() != ["验收通过"]


def accepts(page: Page) -> None:
    """Somebody else looks and accepts."""
    page.reload()
    page.get_by_label("事项").select_option("accepted")
    fill(page, note="核对情况说明，签名齐全。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("验收通过")


def open_review(page: Page, state: str, name: str) -> None:
    function(page, "公示和审查")
    page.get_by_role("link", name="三级审查", exact=True).first.click()
    page.get_by_role("link", name=state).first.click()
    page.get_by_role("link", name=name, exact=True).first.click()


def passes(page: Page, name: str) -> None:
    """The file is looked at again and passes."""
    open_review(page, "退回整改中", name)
    for box in page.locator("main form input[type=radio][value=yes]").all():
        box.check()
    page.get_by_label("审查通过").check()
    page.get_by_role("button", name="登记结论").click()
    expect(page.get_by_text("已登记：审查通过")).to_be_visible()


def late_paper(page: Page, name: str, folder: Path, *, again: bool = False) -> None:
    """A paper is added with its true date and a word."""
    function(page, "发展党员")
    page.goto(page.url.partition("?")[0] + f"?q={name}")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("link", name="材料", exact=True).first.click()
    page.locator("main tr").filter(has_text="A02").get_by_role("link").last.click()
    page.locator("[name=chosen]").set_input_files(photograph(folder / f"{again}.jpg", 31 + again))
    expect(page.locator("[data-photos-list] > li")).to_have_count(1)
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    fill(page, dated_on="2026-10-30", explanation="谈话人补写的情况说明")
    page.get_by_role("button", name="放入", exact=True).click()
    expect(page.get_by_text("已放入：")).to_be_visible()


def is_to_be_reviewed_anew(page: Page, name: str) -> None:
    """What was approved has changed: the page says which paper, and asks for a new conclusion."""
    open_review(page, "需复审", name)
    said = page.get_by_role("alert").filter(has_text="需复审")
    expect(said).to_contain_text("A02")
