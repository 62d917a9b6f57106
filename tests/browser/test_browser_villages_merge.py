"""Two villages merge: asked for by the township, looked at and carried out by the county, found everywhere, and taken back. By clicks alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import judging
from tests.browser.pages import CLERK, OFFICER
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser
TITLE, NEW_CODE, NEW_NAME = "红潭红洞合村方案", "001.032.011", "红洞潭村党支部"
OLD = {"001.032.003": "红潭村党支部", "001.032.004": "红洞村党支部"}
TOWNSHIP_NAME = "樟泉镇党委"
DOCUMENT = "青岚组发〔2026〕40号"
LAST_YEAR = "2025-12-31"
SAME = ("乡镇", "党员", "入党申请人", "积极分子", "人才库", "今年发展", "村级计划合计")

Cells = list[list[str]]


@dataclass(frozen=True, slots=True)
class Past:
    """What must stay as it was: the ledger as of last year with its villages, the last issue on its page and on paper."""

    ledger: Cells
    issue: str
    digests: tuple[str, str]


def test_two_villages_merge_and_part_again(seats: Windows) -> None:
    officer, clerk = seats.at_home(OFFICER), seats.at_home(CLERK)
    past, today = past_of(officer), ledger_of(officer)
    villages = {code: figures_of_unit(clerk, name) for code, name in OLD.items()}
    people = {code: people_of_unit(clerk, name) for code, name in OLD.items()}

    ask_for_it(clerk)
    look_at_it_and_carry_it_out(officer, villages)

    successor_carries_on(officer, villages, people)
    search_finds(officer, people["001.032.003"][0])
    assert past_of(officer) == past
    take_it_back(officer)
    assert past_of(officer) == past
    assert ledger_of(officer) == today
    assert {code: figures_of_unit(clerk, name) for code, name in OLD.items()} == villages
    assert {code: people_of_unit(clerk, name) for code, name in OLD.items()} == people


def to(page: Page, *names: str) -> None:
    """From link to link, the first of them in the functions beside the page."""
    page.get_by_role("navigation", name="功能").get_by_role("link", name=names[0]).click()
    for name in names[1:]:
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def ledger_of(page: Page, on: str = "") -> Cells:
    """The ledger of a day with the villages of the township open, cell by cell."""
    to(page, "一账两单")
    if on:
        page.get_by_label("统计截至").fill(on)
        page.get_by_role("button", name="查询").click()
        expect(page.get_by_label("统计截至")).to_have_value(on)
    page.locator("#ledger a.drill", has_text=TOWNSHIP_NAME).click()
    expect(page.locator("#ledger tr.is-child").first).to_be_visible()
    page.wait_for_load_state()  # a long page comes in parts
    return page.locator("#ledger tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )


def past_of(page: Page) -> Past:
    ledger = ledger_of(page, LAST_YEAR)
    to(page, "一账两单", "历次印发")
    page.locator("main tbody th a").first.click()
    expect(page.get_by_text("与印发时一致")).to_be_visible()
    page.wait_for_load_state()  # a long page comes in parts
    issue = page.get_by_role("main").inner_text()
    return Past(ledger, issue, (digest(page, "打印 PDF"), digest(page, "下载表格")))


def digest(page: Page, link: str) -> str:
    """Of the file behind a link."""
    address = page.get_by_role("main").get_by_role("link", name=link).evaluate("link => link.href")
    answer = page.request.get(address)
    assert answer.ok
    return hashlib.sha256(answer.body()).hexdigest()


def open_unit(page: Page, name: str) -> None:
    to(page, "组织")
    page.get_by_label("组织名称或代码").fill(name)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("main h1")).to_have_text(name)


def figures_of_unit(page: Page, name: str) -> dict[str, int]:
    """What the page of a unit counts, by label."""
    open_unit(page, name)
    page.wait_for_load_state()  # a long page comes in parts
    found = page.locator(".stat").evaluate_all(
        "all => all.map(one => [one.querySelector('.stat-l').innerText, one.querySelector('.stat-n').firstChild.data])"
    )
    return {label: int(number) for label, number in found}


def people_of_unit(page: Page, name: str) -> list[str]:
    """Names on the list that the page of a unit opens."""
    open_unit(page, name)
    page.get_by_role("main").get_by_role("link", name="看人员").click()
    expect(page.locator("main h1")).to_have_text("人员")
    shown = page.locator("main tbody th")
    page.wait_for_load_state()  # a long page comes in parts
    names = shown.all_inner_texts()
    while (further := page.get_by_role("main").get_by_role("link", name="下一页")).count():
        further.click()
        expect(shown.first).not_to_have_text(names[-shown.count()])
        page.wait_for_load_state()  # a long page comes in parts
        names += shown.all_inner_texts()
    return sorted(names)


def ask_for_it(page: Page) -> None:
    """The township's clerk puts the merger together and asks for it."""
    to(page, "组织", "组织变更", "拟制方案")
    page.get_by_label("方案名称").fill(TITLE)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("link", name="合并", exact=True).click()
    for code in OLD:
        page.get_by_role("checkbox", name=code).check()
    page.get_by_label("组织名称").fill(NEW_NAME)
    page.get_by_label("组织类别").select_option("村党支部")
    page.get_by_label("组织代码").fill(NEW_CODE)
    page.get_by_role("button", name="添加").click()
    page.get_by_role("link", name="看影响").click()
    page.get_by_label("说明").fill("已经镇党委会议研究同意")
    page.get_by_role("button", name="上报").click()
    expect(page.get_by_text("已上报，等县委组织部审核实施")).to_be_visible()
    assert judging.shape_faults(page) == []


def totals(page: Page) -> dict[str, tuple[int, int]]:
    """What a preview says of the draft's range before and after, by label."""
    page.wait_for_load_state()  # a long page comes in parts
    rows = page.locator(".cols-2 tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return {label: (int(before), int(after)) for label, before, after in rows if before.isdigit()}


def look_at_it_and_carry_it_out(page: Page, villages: dict[str, dict[str, int]]) -> None:
    """The county's officer comes from his home page, compares the figures and carries it out."""
    page.get_by_role("navigation", name="功能").get_by_role("link", name="今日").click()
    page.get_by_role("main").get_by_role("link", name=re.compile(TITLE)).first.click()
    page.get_by_role("link", name="看影响").click()
    found = totals(page)
    assert {label: after - before for label, (before, after) in found.items() if label in SAME} == dict.fromkeys(
        SAME, 0
    )
    assert found["村（社区）"] == (9, 8)  # of the township that asked
    row = page.get_by_role("row", name=re.compile(NEW_NAME))
    assert [code in row.inner_text() for code in (*OLD, NEW_CODE)] == [True, True, True]
    figures = [figure.splitlines() for figure in row.locator("td.num").all_inner_texts()]
    assert figures[0][1] == "＋".join(str(one["党员"]) for one in villages.values())
    assert [added(parts) for _whole, parts in figures] == [added(whole) for whole, _parts in figures]
    assert judging.shape_faults(page) == []
    page.get_by_label("批准文件文号").fill(DOCUMENT)
    page.get_by_label("批准日期").fill("2026-10-28")
    page.get_by_role("button", name="实施").click()
    expect(page.get_by_text("组织变更已实施")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(DOCUMENT)
    assert judging.shape_faults(page) == []


def added(parts: str) -> int:
    """What is said of both villages in one; a plan that neither has is none."""
    return sum(int(one) for one in parts.split("＋") if one != "—")


def successor_carries_on(page: Page, villages: dict[str, dict[str, int]], people: dict[str, list[str]]) -> None:
    """The page of what was done leads to the new village: figures, people and history of both."""
    page.get_by_role("main").get_by_role("link", name=NEW_NAME).first.click()
    expect(page.locator("main h1")).to_have_text(NEW_NAME)
    history = page.get_by_role("table", name="沿革").inner_text()
    assert [name in history for name in OLD.values()] == [True, True]
    summed = {label: sum(one[label] for one in villages.values()) for label in villages["001.032.003"]}
    assert figures_of_unit(page, NEW_NAME) == summed
    assert people_of_unit(page, NEW_NAME) == sorted([*people["001.032.003"], *people["001.032.004"]])


def search_finds(page: Page, name: str) -> None:
    """Somebody of a village that is no more stands in the new one, also on his own page."""
    page.get_by_role("searchbox", name="查找").fill(name)
    page.keyboard.press("Enter")
    row = page.get_by_role("row", name=re.compile(name)).filter(has_text=NEW_NAME)
    row.get_by_role("link", name=name).click()
    expect(page.locator("main h1")).to_have_text(name)
    expect(page.get_by_role("main")).to_contain_text(NEW_NAME)


def take_it_back(page: Page) -> None:
    to(page, "组织", "组织变更", TITLE, "撤销这次变更")
    page.get_by_label("撤销理由").fill("两村群众意见未统一")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("已恢复到变更之前").first).to_be_visible()
    assert judging.shape_faults(page) == []
