"""Without a mouse: to the work, through a form, out of a menu."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CLERK, OFFICER
from tests.browser.served import Served
from tests.browser.windows import PASSWORD, sign_in

pytestmark = pytest.mark.browser
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    label: (one.getAttribute("aria-label") || one.innerText || one.name || "").trim(),
    solid: one.classList.contains("btn-submit"),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0,
  };
}"""


def test_one_signs_in_by_the_keyboard_alone(page: Page, demo: Served) -> None:
    page.goto(demo.url + "/login/")
    page.keyboard.type(CLERK)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def test_the_first_tab_leads_past_the_frame(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == {"label": "跳到正文", "solid": False, "seen": True}
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("address", ["/", "/ledger/", "/import/", "/papers/new/", "/export/"])
def test_tab_reaches_the_one_solid_button_and_the_focus_is_seen_all_along(
    page: Page, demo: Served, address: str
) -> None:
    sign_in(page, demo, OFFICER, onward=address)
    page.evaluate("() => document.getElementById('main').focus()")
    passed = []
    for _step in range(40):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUS))
        if passed[-1]["solid"]:
            break
    assert passed[-1]["solid"], passed
    assert [one for one in passed if not one["seen"]] == []


def test_escape_closes_the_account_menu_and_gives_the_focus_back(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    menu = page.locator("summary.bar-link")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="我的账号")).to_be_hidden()
    expect(menu).to_be_focused()


def test_enter_in_the_search_of_the_bar_searches(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    search = page.locator(".bar-search input")
    if search.is_visible():
        search.fill("云")
        page.keyboard.press("Enter")
    else:
        page.locator(".bar-link.narrow").click()
        page.locator("#q").fill("云")
        page.locator("#q").press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("main tbody tr").first).to_be_visible()


def test_escape_closes_a_dialog(page: Page, demo: Served) -> None:
    page.goto(demo.url + "/gallery/")
    opener = page.locator("main a[href^='#']").filter(has_text="打开")
    opener.first.click()
    expect(page.locator(".dialog:target")).to_be_visible()
    # the script moves the focus after the address has changed, not with it
    expect(page.locator(".dialog:target :focus, .dialog:target:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".dialog:target")).to_have_count(0)
