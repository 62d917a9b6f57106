"""At the door: wrong password, where one is led on to, leaving, a session that ended over an open form, proving oneself again, twice at once."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import CLERK, OFFICER, VILLAGE, ask
from tests.browser.served import Served
from tests.browser.windows import DESK, PASSWORD, fill_in, sign_in, window

pytestmark = pytest.mark.browser
AN_HOUR_LATER = """
import django
django.setup()
from yumiao.config.installation import opened
opened()
from yumiao.access.models import LoginSession
from yumiao.access.sessions import FRESH_AT, SessionStore
for row in LoginSession.objects.filter(account__username="{account}"):
    session = SessionStore(row.session_key)
    session[FRESH_AT] -= 3600
    session.save()
"""


def test_a_wrong_password_is_said_and_the_name_stays(page: Page, demo: Served) -> None:
    page.goto(demo.url + "/login/?next=/ledger/")
    fill_in(page, CLERK, "not-it")
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不对。")
    expect(page.get_by_label("登录名")).to_have_value(CLERK)
    fill_in(page, CLERK)
    page.wait_for_url("**/ledger/")


def test_whoever_asked_for_a_page_gets_it_after_the_login(page: Page, demo: Served) -> None:
    page.goto(f"{demo.url}/units/{VILLAGE}/")
    fill_in(page, CLERK)
    page.wait_for_url(f"**/units/{VILLAGE}/")


def test_a_login_leads_to_no_other_host(page: Page, demo: Served) -> None:
    sign_in(page, demo, CLERK, onward="//elsewhere.example/")
    assert page.url == demo.url + "/"


def test_a_demo_account_is_one_click_away(page: Page, demo: Served) -> None:
    page.goto(demo.url + "/login/")
    page.get_by_role("button", name="以党支部书记登录").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def test_after_leaving_the_back_button_shows_nobody(page: Page, demo: Served) -> None:
    sign_in(page, demo, CLERK)
    page.goto(demo.url + "/people/")
    name = page.locator("tbody th a").first.inner_text()
    leave(page)
    expect(page.get_by_text("已退出登录。")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("密码")).to_be_visible()
    assert name not in page.content()


def test_the_colours_chosen_hold_before_the_login_too(page: Page, demo: Served) -> None:
    sign_in(page, demo, CLERK)
    page.goto(demo.url + "/account/")
    page.get_by_label("深色").check()
    page.get_by_role("button", name="采用").click()
    expect(page.locator("html")).to_have_class("theme-dark")
    leave(page)
    expect(page.get_by_label("密码")).to_be_visible()
    expect(page.locator("html")).to_have_class("theme-dark")


def test_a_form_left_open_over_the_end_of_the_session_leads_back_to_the_work(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/account/password/")
    end_sessions(demo, OFFICER)
    page.get_by_label("现用密码").fill("anything")
    for name in ("wanted", "again"):
        page.locator(f"input[name={name}]").fill("稻花香里说丰年，听取蛙声")
    page.get_by_role("button", name="更改密码").click()
    expect(page.get_by_text("没有保存")).to_be_visible()
    fill_in(page, OFFICER)
    page.wait_for_url("**/account/password/")


def test_a_part_asked_for_after_the_session_ended_leads_to_the_login_and_back(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/ledger/")
    end_sessions(demo, OFFICER)
    page.get_by_role("link", name="全部展开").click()
    fill_in(page, OFFICER)
    page.wait_for_url(re.compile("/ledger/"))
    expect(page.get_by_role("heading", name="一账两单")).to_be_visible()


def test_an_old_proof_is_asked_for_again_and_the_form_goes_on(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/export/")
    page.get_by_label("导出用途").fill("核对花名册")
    assert demo.run_python(AN_HOUR_LATER.format(account=OFFICER)) == 0
    page.get_by_role("button", name="导出").click()
    expect(page.get_by_role("heading", name="确认是本人操作")).to_be_visible()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认，继续").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="继续提交").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_double_click_does_one_thing(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/papers/new/")
    before = papers(demo)
    fill_in_paper(page, number=f"青组发〔2026〕{before + 40}号")
    page.get_by_role("button", name="提交").dblclick()
    expect(page.get_by_role("status").first).to_be_visible()
    assert papers(demo) == before + 1


def test_a_form_sent_twice_by_going_back_does_one_thing(page: Page, demo: Served) -> None:
    sign_in(page, demo, OFFICER)
    page.goto(demo.url + "/papers/new/")
    before = papers(demo)
    once = page.locator("main input[name=once]").input_value()
    fill_in_paper(page, number=f"青组发〔2026〕{before + 60}号")
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()
    page.goto(demo.url + "/papers/new/")
    fill_in_paper(page, number=f"青组发〔2026〕{before + 60}号")
    page.locator("main input[name=once]").evaluate("(one, value) => { one.value = value; }", once)
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()
    assert papers(demo) == before + 1


def test_whoever_is_overtaken_sees_both_versions(browser: Browser, demo: Served) -> None:
    first, second = (window(browser, DESK).new_page() for _ in range(2))
    for one in (first, second):
        sign_in(one, demo, OFFICER)
        one.goto(demo.url + "/settings/study.hours/change/")
    ready = [(first, "41"), (second, "42")]
    for one, value in ready:
        one.get_by_label("新值").fill(value)
        one.get_by_label("依据的县级文件").select_option(index=1)
        one.get_by_role("button", name="看影响").click()
        one.get_by_label("理由").fill("年度考核办法调整")
    first.get_by_role("button", name="提交").click()
    expect(first.get_by_text("已调整")).to_be_visible()
    second.get_by_role("button", name="提交").click()
    expect(second.get_by_role("heading", name="内容已经变动")).to_be_visible()
    row = second.locator("main table tbody tr").first
    expect(row).to_contain_text("42")
    expect(row).to_contain_text("41")
    for one in (first, second):
        one.context.close()


def leave(page: Page) -> None:
    page.locator("summary.bar-link").click()
    page.get_by_role("button", name="退出").click()


def fill_in_paper(page: Page, *, number: str) -> None:
    page.get_by_label("文号").fill(number)
    page.get_by_label("发文机关").fill("青岚县委组织部")
    page.get_by_label("标题").fill("关于做好发展党员工作的通知")
    page.get_by_label("生效日").fill("2026-10-08")


def papers(county: Served) -> int:
    return int(ask(county, "SELECT COUNT(*) FROM bylaws_countypaper"))


def end_sessions(county: Served, account: str) -> None:
    """As if twelve hours had gone by."""
    with closing(sqlite3.connect(county.folder / "yumiao.sqlite3", timeout=10)) as connection, connection:
        connection.execute(
            "DELETE FROM access_loginsession WHERE account_id = (SELECT id FROM access_account WHERE username = ?)",
            (account,),
        )
