"""One batch to four departments, by clicks alone: a workbook that was touched is refused, an adverse answer is seen by two people, a person concludes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import CLERK, OFFICER, SECRETARY
from tests.browser.test_browser_one_dossier import fill, function, shape_faults
from tests.browser.windows import PHONE, Windows
from tests.joint.test_joint_workbooks import locked, plain

pytestmark = pytest.mark.browser
CANARY = "金丝雀：因经济纠纷被列为被执行人，尚未履行。"


def test_one_batch_to_four_departments(seats: Windows, tmp_path: Path) -> None:
    officer, police, clerk = seats.at_home(OFFICER), seats.at_home("lianshen", PHONE), seats.at_home(CLERK)
    name = send(officer)
    batch = officer.url
    password, workbook = exported(officer, "人民法院", tmp_path)
    touched = filled(workbook, password, name, tmp_path / "改动.xlsx", lambda sheet: sheet.cell(2, 3, "另一人"))
    back(officer, batch, "人民法院", touched, password)
    expect(officer.get_by_role("group", name="第 2 行的名单内容被改动")).to_be_visible()
    expect(officer.get_by_role("button", name="收入答复")).to_have_count(0)
    good = filled(workbook, password, name, tmp_path / "交回.xlsx", lambda sheet: None)
    back(officer, batch, "人民法院", good, password)
    expect(officer.get_by_role("main")).to_contain_text("3 人")
    assert CANARY not in officer.content()
    officer.get_by_role("button", name="收入答复").click()
    for body in ("纪检监察机关", "人民检察院"):
        officer.goto(batch)
        on_paper(officer, body)
    answers_the_rest(police)
    officer.goto(batch)
    expect(row(officer, name)).to_contain_text("待结论")
    assert CANARY not in officer.content()
    names_a_reader(officer, name)
    answers = concludes(clerk, name)
    officer.goto(batch)
    expect(row(officer, name)).to_contain_text("已办结")
    nobody_else_reads_it(seats, answers)
    assert [shape_faults(page) for page in (officer, police, clerk)] == [[], [], []]


def send(page: Page) -> str:
    """Three of those who wait, three bodies in the system and one by workbook. Returns who is of the demo's township."""
    function(page, "公示和审查")
    page.get_by_role("link", name="部门联审", exact=True).first.click()
    page.get_by_role("link", name="发送一批").first.click()
    page.get_by_label("乡镇").select_option("001.032")
    page.get_by_role("button", name="查询").click()
    name = page.locator("main tbody th a").first.inner_text()
    page.get_by_label("乡镇").select_option("")
    page.get_by_role("button", name="查询").click()
    page.get_by_label("人民法院").check()
    for place, one in enumerate(page.locator("main tbody tr").all()):
        if place > 1 and name not in one.inner_text():
            one.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator("main h1")).to_contain_text("部门联审〔2026〕第6批")
    return name


def body_of(page: Page, body: str) -> Locator:
    return page.locator("section.panel").filter(has=page.get_by_role("heading", name=body, exact=True))


def exported(page: Page, body: str, folder: Path) -> tuple[str, Path]:
    """The password, which is shown once, and the workbook."""
    body_of(page, body).get_by_role("link", name="导出加密工作簿").click()
    found = re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", page.get_by_role("main").inner_text())
    assert found is not None
    with page.expect_download() as download:
        page.get_by_role("button", name="下载加密工作簿").click()
    path = folder / "名单.xlsx"
    download.value.save_as(path)
    return found[0], path


def filled(path: Path, password: str, name: str, target: Path, change: Callable[[Any], object]) -> Path:
    """As the department fills it in: one has a record, nobody else."""
    book = plain(path.read_bytes(), password)
    sheet = book["联审名单"]
    assert sheet.max_row == 4
    for at in range(2, 5):
        has_record = sheet.cell(at, 3).value == name
        sheet.cell(at, 7, "有不良记录" if has_record else "未发现不良记录")
        if has_record:
            sheet.cell(at, 8, CANARY)
    change(sheet)
    target.write_bytes(locked(book, password))
    return target


def back(page: Page, batch: str, body: str, file: Path, password: str) -> None:
    page.goto(batch)
    body_of(page, body).get_by_role("link", name="导入工作簿").click()
    page.get_by_label("部门交回的工作簿").set_input_files(file)
    page.get_by_label("打开密码").fill(password)
    page.get_by_role("button", name="上传").click()


def on_paper(page: Page, body: str) -> None:
    """A letter that found nothing about anybody, written down by the county."""
    body_of(page, body).get_by_role("link", name="登记书面答复").click()
    for one in page.locator("main select[name^=answer-]").all():
        one.select_option("no_adverse_record")
    fill(page, on="2026-10-31")
    page.get_by_role("button", name="保存本页").click()
    expect(page.get_by_text("已登记 3 人的书面答复。")).to_be_visible()


def answers_the_rest(page: Page) -> None:
    """The department's own reviewer, on a phone: only its rows, the rest at once."""
    page.reload()
    page.get_by_role("main").get_by_role("link", name="查看").first.click()
    page.goto(page.url.partition("/joint/")[0] + "/joint/answers/")
    newest = page.locator("section.panel").filter(has_text="第6批")
    newest.get_by_role("link", name="打开名单").click()
    assert shape_faults(page) == []
    page.get_by_role("link", name="其余均未发现不良记录").click()
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("未发现不良记录")


def row(page: Page, name: str) -> Locator:
    return page.locator("main tbody tr").filter(has_text=name)


def names_a_reader(page: Page, name: str) -> None:
    """The county lets one person of the township read this person's answers."""
    row(page, name).get_by_role("link", name="阅看答复").click()
    expect(page.get_by_role("main")).to_contain_text(CANARY)
    page.get_by_label("指定阅看、作出结论的人员").select_option(index=0)
    fill(page, until="2026-12-01")
    page.get_by_role("button", name="指定", exact=True).click()
    expect(page.get_by_text("已指定。对方的今日页会列出这件事。")).to_be_visible()


def concludes(page: Page, name: str) -> str:
    """From what is to be done at home: read, decide, say why, tell the person. Returns where the answers stand."""
    page.goto(page.url)
    duty = page.locator("main li, main article, main tr").filter(has_text=f"{name}的联审答复待结论").last
    duty.get_by_role("link", name="查看").click()
    expect(page.get_by_role("main")).to_contain_text(CANARY)
    page.locator("[name=effect]").select_option("continue")
    page.get_by_label("理由").fill("已经履行完毕，本人作了说明，群众反映良好，继续培养。")
    fill(page, concluded_on="2026-10-31", told_on="2026-10-31")
    page.get_by_role("button", name="作出结论").click()
    expect(page.get_by_text("已写明结论。")).to_be_visible()
    return page.url


def nobody_else_reads_it(seats: Windows, answers: str) -> None:
    """The village, the neighbour, whoever inspects and another department are not let in, also by the address."""
    for account in (SECRETARY, "linzhen", "jiancha", "lianshen"):
        page = seats.at_home(account)
        shown = page.goto(answers)
        assert shown is not None
        assert (account, shown.status in (403, 404), CANARY in page.content()) == (account, True, False)
