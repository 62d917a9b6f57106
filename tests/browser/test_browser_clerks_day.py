"""A day of the county, a township and a village: from the number to the village, to the people, and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CLERK, OFFICER, SECRETARY, TOWNSHIP, VILLAGE
from tests.browser.served import Served
from tests.browser.windows import sign_in

pytestmark = pytest.mark.browser


def test_the_officer_goes_from_a_warning_to_a_person_and_back(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    said = page.locator(".lead a").first
    count = int(re.sub(r"\D", "", said.inner_text()))
    said.click()
    expect(page.locator("main h1")).to_have_text("上年度未发展党员村清单")
    villages = page.locator("main tbody tr")
    expect(villages).to_have_count(count)  # a long table comes in parts
    name = villages.first.locator("th").inner_text()
    villages.first.locator("th a").click()
    expect(page.locator("main h1")).to_contain_text(name)
    page.locator("main tbody th a").first.click()
    expect(page.get_by_role("heading", name="基本情况")).to_be_visible()
    page.go_back()
    expect(page.locator("main h1")).to_contain_text(name)
    page.get_by_role("link", name="一账两单").locator("visible=true").first.click()
    expect(page.locator("main h1")).to_have_text("一账两单")


@pytest.mark.parametrize("account", [OFFICER, CLERK])
def test_every_number_of_the_home_opens_as_many_rows(page: Page, demo: Served, account: str) -> None:
    sign_in(page, demo, account)
    found = page.locator("a.stat").evaluate_all(
        "all => all.map(one => [one.href, one.querySelector('.stat-n').firstChild.data.trim()])"
    )
    counted = [(address, int(number)) for address, number in found if number.isdigit()]
    assert len(counted) >= 3
    assert [address for address, number in counted if number not in counts_at(page, address)] == []


def counts_at(page: Page, address: str) -> list[int]:
    """How many rows a list has; the sums where the address is the ledger's."""
    if "/ledger/?" not in address and not address.endswith("/ledger/"):
        return [rows_at(page, address)]
    page.goto(address)
    sums = page.locator("#ledger tfoot td").all_inner_texts()
    return [int(one) for one in sums if one.isdigit()]


def rows_at(page: Page, address: str) -> int:
    """How many the list says it has; it shows as many rows, where they fit on a page."""
    page.goto(address)
    rows = page.locator("main tbody tr").count()
    total = re.search(r"共 (\d+) [人个名]", page.locator("main").inner_text())
    whole = int(total[1]) if total else 0
    assert rows in (whole, min(whole, 50)), (address, rows, whole)
    return whole


def test_the_clerk_sees_his_township_and_no_other(page: Page, demo: Served) -> None:
    sign_in(page, demo, CLERK)
    codes = page.goto(demo.url + "/units/?q=党支部") and page.locator("main tbody th a").evaluate_all(
        "all => all.map(one => decodeURIComponent(one.pathname.split('/')[2]))"
    )
    assert codes
    assert {code[: len(TOWNSHIP)] for code in codes} == {TOWNSHIP}
    for address in ("/units/001.001/", "/ledger/explanation/001.001/"):
        response = page.goto(demo.url + address)
        assert response is not None
        assert response.status == 404
        expect(page.get_by_role("heading", name="没有这一页")).to_be_visible()
    response = page.goto(demo.url + "/journal/readings/")
    assert response is not None
    assert response.status == 403


def test_the_secretary_sees_why_and_his_people(page: Page, demo: Served) -> None:
    sign_in(page, demo, SECRETARY)
    page.get_by_role("link", name="为什么，怎么消除").click()
    page.wait_for_url(f"**/ledger/explanation/{VILLAGE}/")
    expect(page.get_by_text("怎样消除").first).to_be_visible()
    page.goto(demo.url + "/")
    count = int(page.locator("dt:has-text('正式党员') + dd a").inner_text())
    page.locator("dt:has-text('正式党员') + dd a").click()
    expect(page.locator("main tbody tr")).to_have_count(count)
    page.locator("main tbody th a").first.click()
    expect(page.get_by_role("heading", name="经过")).to_be_visible()


def test_the_phone_has_a_dock_and_the_desk_a_side(page: Page, demo: Served) -> None:
    sign_in(page, demo, SECRETARY)
    assert page.viewport_size is not None
    is_phone = page.viewport_size["width"] < 820
    assert page.locator(".dock").is_visible() == is_phone
    assert page.locator(".side").is_visible() != is_phone
    if is_phone:
        page.locator(".bar-menu").click()
        expect(page.locator(".side")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".side")).to_be_hidden()


def test_a_filter_of_people_is_an_address_and_each_condition_comes_off(page: Page, demo: Served) -> None:
    sign_in(page, demo, CLERK)
    page.goto(f"{demo.url}/people/?unit={VILLAGE}&kind=member&sex=f")
    women = rows_at(page, page.url)
    page.locator(".chosen a", has_text="女").first.click()
    page.wait_for_url(lambda url: "sex=f" not in url)
    assert rows_at(page, page.url) > women


def test_opening_a_township_shows_its_villages_in_place(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/ledger/")
    townships = page.locator("#ledger tbody tr").count()
    page.locator("#ledger a.drill").first.click()
    page.wait_for_url(re.compile("open="))
    expect(page.locator("#ledger tr.is-child").first).to_be_visible()
    assert page.locator("#ledger tbody tr").count() > townships
    page.go_back()
    expect(page.locator("#ledger tr.is-child")).to_have_count(0)
