"""A reform of a whole county by workbook: 38 townships and 289 villages become 20 and 175, and are 38 and 289 again. By clicks alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import judging
from tests.browser.pages import OFFICER
from tests.browser.windows import Windows

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE, DOCUMENT = "全县合乡并村方案", "青岚组发〔2026〕50号"
TOWNSHIPS, VILLAGES = 38 - 20, 289 - 175  # that end
LIMIT = 120_000  # milliseconds for what concerns the whole county, on a busy machine


def test_a_county_is_reformed_in_one_evening_and_taken_back(seats: Windows, tmp_path: Path) -> None:
    page = seats.at_home(OFFICER)
    page.set_default_timeout(LIMIT)
    before = counted(page)
    page.get_by_role("navigation", name="功能").get_by_role("link", name="组织").click()
    main = page.get_by_role("main")
    main.get_by_role("link", name="组织变更").click()
    main.get_by_role("link", name="拟制方案").first.click()
    page.get_by_label("方案名称").fill(TITLE)
    page.get_by_role("button", name="下一步").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载空白模板").click()
    download.value.save_as(tmp_path / "方案.xlsx")
    rows = fill_in(tmp_path / "方案.xlsx")
    page.get_by_label("方案工作簿").set_input_files(tmp_path / "方案.xlsx")
    page.get_by_role("button", name="读入").click()
    expect(page.get_by_text(re.compile(r"已读入 \d+ 项变更"))).to_be_visible()
    assert judging.shape_faults(page) == []

    page.get_by_role("link", name="看影响").click()
    assert (total(page, "乡镇"), total(page, "村（社区）")) == ((38, 20), (319, 319 - VILLAGES))
    for label in ("党员", "积极分子", "今年发展"):
        assert len(set(total(page, label))) == 1
    assert judging.shape_faults(page) == []
    page.get_by_label("批准文件文号").fill(DOCUMENT)
    page.get_by_label("批准日期").fill("2026-10-30")
    page.get_by_role("button", name="实施").click()
    expect(page.get_by_text("组织变更已实施")).to_be_visible(timeout=LIMIT)
    expect(page.get_by_role("table", name="前身和承接").locator("tbody tr")).to_have_count(rows)
    assert counted(page) == [20, 319 - VILLAGES, before[2]]

    page.get_by_role("navigation", name="功能").get_by_role("link", name="组织").click()
    main.get_by_role("link", name="组织变更").click()
    main.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="撤销这次变更").click()
    page.get_by_label("撤销理由").fill("上级要求分两年实施")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("已恢复到变更之前").first).to_be_visible(timeout=LIMIT)
    assert counted(page) == before


def counted(page: Page) -> list[int]:
    """Townships, villages and members, as the ledger says."""
    page.get_by_role("navigation", name="功能").get_by_role("link", name="一账两单").click()
    said = page.get_by_text(re.compile("统计截至.*党员")).first.inner_text()
    villages, townships, members = re.findall(r"(\d+) [个名]", said)
    return [int(townships), int(villages), int(members)]


def total(page: Page, label: str) -> tuple[int, int]:
    page.wait_for_load_state()  # a long page comes in parts
    row = page.locator(".cols-2 tbody tr").filter(has=page.get_by_role("rowheader", name=label, exact=True))
    before, after = row.locator("td").all_inner_texts()
    return int(before), int(after)


def fill_in(path: Path) -> int:
    """Fill in the template as a clerk does, with the codes that stand beside; how many units end."""
    book = load_workbook(path)
    listed = next(sheet for sheet in book if sheet["A1"].value == "组织代码")
    units = [(row[0], row[2]) for row in listed.iter_rows(min_row=2, max_col=3, values_only=True) if row[0]]
    sheet = book["组织变更"]
    header = [str(cell.value).removeprefix("★") for cell in sheet[1]]
    mergers = [
        *itertools.islice(pairs(units, "乡镇党委", 2), TOWNSHIPS),
        *itertools.islice(pairs(units, "村党支部", 3), VILLAGES),
    ]
    sheet.delete_rows(2)
    for place, (old, new) in enumerate(mergers, 2):
        for title, value in {"变更方式": "合并", "原组织代码": old, "新组织代码": new}.items():
            sheet.cell(place, header.index(title) + 1, value)
    book.save(path)
    return len(mergers)


def pairs(units: list[tuple[str, str]], kind: str, most: int) -> Iterator[tuple[str, str]]:
    """Of neighbours under the same township, or the county, so many at most into one, one after another; branches of a village stay."""
    groups: dict[str, list[str]] = {}
    for code, one in units:
        group = groups.setdefault(code.rpartition(".")[0], [])
        if one != kind or code.count(".") > 2:
            continue
        group.append(code)
        if len(group) > 1:
            yield code, group[0]
        if len(group) == most:
            group.clear()
