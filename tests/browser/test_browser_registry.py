"""The registry's daily work by clicks alone: a transfer, two doubles, somebody standing in, a floating member, a term, a local day off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import judging
from tests.browser.pages import CLERK, OFFICER, SECRETARY, TOWNSHIP
from tests.browser.windows import PHONE, Windows, fill_in

pytestmark = pytest.mark.browser
NEIGHBOUR, SCHOOL, NEXT = "linzhen", "樟泉镇中心学校党支部", "古坳镇党委"
NEXT_VILLAGE = "银坪庄村党支部"


def test_a_member_goes_from_one_township_to_another(seats: Windows) -> None:
    clerk, neighbour = seats.at_home(CLERK), seats.at_home(NEIGHBOUR)
    name = open_first_person(clerk, SCHOOL)
    clerk.get_by_role("link", name="转接组织关系").click()
    clerk.get_by_label("接收党委").select_option(label=NEXT)
    clerk.get_by_role("button", name="开具").click()
    expect(clerk.get_by_role("main")).to_contain_text("在途")
    letter = clerk.request.get(clerk.get_by_role("link", name="打印介绍信").evaluate("link => link.href"))
    assert (letter.status, letter.body()[:5]) == (200, b"%PDF-")
    assert (found_by(clerk, name), found_by(neighbour, name)) == ([SCHOOL], [SCHOOL])  # who stands in for the clerk

    function(neighbour, "今日")
    neighbour.get_by_role("link", name=re.compile(f"接收{name}")).first.click()
    neighbour.get_by_role("link", name="接收", exact=True).click()
    branch = neighbour.get_by_label("编入的党支部").locator("option").nth(1).inner_text()
    neighbour.get_by_label("编入的党支部").select_option(label=branch)
    neighbour.get_by_role("button", name="接收").click()
    expect(neighbour.get_by_text("已登记：接收")).to_be_visible()
    assert (found_by(clerk, name), found_by(neighbour, name)) == ([], [branch])

    function(clerk, "今日")
    clerk.get_by_role("link", name=re.compile(f"登记{name}转接的回执")).first.click()
    clerk.get_by_role("link", name="登记回执", exact=True).click()
    clerk.get_by_role("button", name="登记回执").click()
    expect(clerk.get_by_text("已登记：登记回执")).to_be_visible()
    clerk.wait_for_load_state()
    steps = clerk.locator(".timeline h3").all_inner_texts()
    assert len(steps) == 3
    assert [judging.shape_faults(page) for page in (clerk, neighbour)] == [[], []]


def test_two_records_of_one_person_become_one_and_two_again(seats: Windows) -> None:
    page = seats.at_home(CLERK)
    pairs = doubles(page)
    page.locator("main tbody th a").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_label("理由").fill("核对了入党志愿书和户口簿")
    page.get_by_role("button", name="合并为一份").click()
    expect(page.get_by_role("heading", name="并入的档案")).to_be_visible()
    assert judging.shape_faults(page) == []
    assert len(doubles(page)) == len(pairs) - 1

    page.get_by_role("link", name=re.compile("已判定")).click()
    page.get_by_role("main").get_by_role("link", name="合并", exact=True).first.click()
    assert judging.shape_faults(page) == []
    page.get_by_role("link", name="撤销合并").click()
    assert judging.shape_faults(page) == []
    page.get_by_label("理由").fill("两人同名同日生，不是一人")
    page.get_by_role("button", name="撤销判定").click()
    expect(page.get_by_text("已撤销").first).to_be_visible()
    assert doubles(page) == pairs


def test_who_stands_in_acts_by_that_name_until_it_is_taken_back(seats: Windows) -> None:
    neighbour = seats.at_home(NEIGHBOUR)
    own_account(neighbour, "我的代办", "委托代办")
    neighbour.get_by_label("代办人").fill(CLERK)
    neighbour.get_by_label("事由").fill("参加县委党校培训")
    neighbour.get_by_role("button", name="委托代办").click()
    expect(neighbour.get_by_text("本人下次登录时生效")).to_be_visible()

    clerk = seats.at_home(CLERK)
    expect(clerk.locator(".notice")).to_contain_text("代莫远山")
    open_first_person(clerk, NEXT_VILLAGE)
    clerk.get_by_role("link", name="登记流动").click()
    fill_in_stay(clerk)
    expect(clerk.locator("main h1")).to_contain_text("流动党员：")
    officer = seats.at_home(OFFICER)
    function(officer, "全程纪实")
    expect(officer.locator("main tbody tr").first).to_contain_text(re.compile("盘云舟.*代.*莫远山"))

    function(neighbour, "今日")
    own_account(neighbour, "我的代办")
    row = neighbour.get_by_role("row", name=re.compile("盘云舟.*代办中"))
    row.get_by_role("link", name=re.compile("收回")).click()
    neighbour.get_by_role("button", name="收回代办").click()
    expect(neighbour.get_by_text("已收回").first).to_be_visible()
    clerk.reload()
    expect(clerk.get_by_text("任职已变更，请重新登录")).to_be_visible()
    fill_in(clerk, CLERK)
    expect(clerk.get_by_role("heading", name="没有这一页")).to_be_visible()
    function(clerk, "组织")
    assert {code[:7] for code in units_shown(clerk)} == {TOWNSHIP}


def test_a_secretary_records_on_his_phone_that_a_member_is_away(seats: Windows) -> None:
    page = seats.at_home(SECRETARY, PHONE)
    page.get_by_role("navigation", name="常用").get_by_role("link", name="人员").click()
    row = page.locator("main tbody th a").first
    name = row.inner_text()
    row.click()
    expect(page.locator("main h1")).to_have_text(name)
    page.get_by_role("link", name="登记流动").click()
    assert judging.shape_faults(page) == []
    fill_in_stay(page)
    expect(page.locator("main h1")).to_have_text(f"流动党员：{name}")
    assert judging.shape_faults(page) == []
    page.get_by_role("link", name="流动党员", exact=True).click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    assert judging.shape_faults(page) == []


def test_a_term_that_runs_out_is_on_the_home_page(seats: Windows) -> None:
    page = seats.at_home(CLERK)
    page.get_by_role("main").get_by_role("link", name=re.compile("莲滩村党支部 届满")).first.click()
    expect(page.get_by_role("main")).to_contain_text("2026年12月20日")
    expect(page.get_by_text("六个月内届满").first).to_be_visible()
    expect(page.get_by_role("link", name="登记换届")).to_be_visible()


def test_a_local_day_off_is_counted_at_once_and_taken_back(seats: Windows) -> None:
    page = seats.at_home(OFFICER)
    function(page, "县级文件和参数")
    page.get_by_role("main").get_by_role("link", name="工作日历").click()
    before = working_days(page)
    page.get_by_role("link", name="登记放假安排").click()
    page.get_by_label("日期").fill("2026-12-07 放假 盘王节")
    page.get_by_label("依据").fill("青岚政办发〔2026〕21号")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已登记 1 天")).to_be_visible()
    assert working_days(page) == before - 1
    page.get_by_role("row", name=re.compile("2026-12-07")).get_by_role("link", name="删去").click()
    page.get_by_label("理由").fill("县里改在次年放假")
    page.get_by_role("button", name="删去").click()
    expect(page.get_by_text("工作日按国家安排重新计算")).to_be_visible()
    assert working_days(page) == before


def function(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="功能").get_by_role("link", name=name).click()


def own_account(page: Page, *names: str) -> None:
    """Through the menu of the account."""
    page.locator("summary.bar-link").click()
    page.get_by_role("link", name="我的账号").click()
    for name in names:
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def open_first_person(page: Page, unit: str) -> str:
    """The page of the first member of a branch; his name."""
    function(page, "组织")
    page.get_by_label("组织名称或代码").fill(unit)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("main").get_by_role("link", name=unit, exact=True).click()
    page.get_by_role("main").get_by_role("link", name="看人员").click()
    row = page.locator("main tbody th a").first
    name = row.inner_text()
    row.click()
    expect(page.locator("main h1")).to_have_text(name)
    return name


def found_by(page: Page, name: str) -> list[str]:
    """Where whoever has exactly that name stands, by what the search shows to the reader."""
    page.get_by_role("searchbox", name="查找").first.fill(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    rows = page.locator("main tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))
    return [text.split()[-1] for text in rows.locator("td[data-l='支部']").all_inner_texts()]


def doubles(page: Page) -> list[str]:
    function(page, "人员")
    page.get_by_role("main").get_by_role("link", name="疑似重复人员").click()
    expect(page.locator("main h1")).to_have_text("疑似重复人员")
    page.wait_for_load_state()  # a long page comes in parts
    return page.locator("main tbody tr").all_inner_texts()


def fill_in_stay(page: Page) -> None:
    page.get_by_label("外出日期").fill("2026-03-01")
    page.get_by_label("流往何处").fill("南城市东湖区，电子厂务工")
    page.get_by_label("党支部确定的联系人").select_option(index=1)
    page.get_by_role("button", name="登记", exact=True).click()


def units_shown(page: Page) -> list[str]:
    """Codes of the units on the page and in the tree beside it."""
    page.wait_for_load_state()  # a long page comes in parts
    return page.locator("a[href^='/units/0']").evaluate_all("all => all.map(one => one.pathname.split('/')[2])")


def working_days(page: Page) -> int:
    said = page.get_by_text(re.compile(r"全年 \d+ 个工作日")).inner_text()
    return int(re.sub(r"\D", "", said))
