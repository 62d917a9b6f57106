"""One dossier from the application to the archive, by clicks alone: late entries that a second account confirms, four meetings, papers.

What was held long ago is entered as it would be out of a paper file: it waits until somebody else confirms it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser import judging
from tests.browser.pages import CLERK, OFFICER, SECRETARY
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser
NAME, NUMBER = "蓝向阳", "998001199602149018"
REASON = "按纸质档案补登"
WAITS = re.compile("等待第二人确认")


def test_one_dossier_from_the_application_to_the_archive(seats: Windows, tmp_path: Path) -> None:
    secretary, clerk, officer = (seats.at_home(one) for one in (SECRETARY, CLERK, OFFICER))
    apply(secretary)
    for page in (clerk, officer):
        open_case(page)
    confirm(clerk)
    early(secretary, clerk, officer)
    refused_too_early(secretary)
    enter(secretary, clerk, 7, on="2025-07-14", people="党小组、培养联系人和群众代表")
    enter(clerk, officer, 8, on="2025-07-22", outcome="passed", document="樟泉党发〔2025〕18号")
    # three in any order
    enter(clerk, officer, 11, on="2025-08-06", days="3", hours="24", place="镇党校")
    enter(secretary, clerk, 9, on="2025-07-25", introducer_1=1, introducer_2=2)
    enter(secretary, clerk, 10, on="2025-07-30", outcome="passed", people="政治审查小组")
    enter(secretary, clerk, 12, on="2025-08-15", outcome="passed", people="支部委员会")
    enter(clerk, officer, 13, on="2025-08-25", outcome="passed", document="樟泉党发〔2025〕23号")
    enter(secretary, clerk, 14, on="2025-08-29")  # the next number of the township stands there
    branch_meeting(secretary, "2025-09-20")
    enter(secretary, clerk, 15, motion=1)
    enter(clerk, officer, 16, on="2025-10-10", people="镇党委组织委员")
    committee_sits(clerk, "2025-10-20")
    enter(clerk, officer, 17, motion=1, document="樟泉党发〔2025〕31号")
    enter(secretary, clerk, 19, on="2025-10-24", note="编入第一党小组")
    enter(officer, clerk, 18, on="2025-10-30", document="青岚组备〔2025〕77号")
    enter(secretary, clerk, 20, on="2025-11-10", place="镇党员活动中心", people="镇党委书记")
    enter(secretary, clerk, 21, on="2026-02-10", note="能够履行党员义务，工作积极。")
    confirmation(secretary, clerk)
    papers(secretary, tmp_path)
    shut_without_review(clerk, 25)
    review(officer, "县级审查（转正审批后）")
    enter(clerk, None, 25, on="2026-10-29", note="归入本人档案")
    expect(clerk.get_by_text("材料已归档")).to_be_visible()
    is_full_member(clerk)
    assert [shape_faults(page) for page in (secretary, clerk, officer)] == [[], [], []]


def test_a_secretary_photographs_a_paper_on_his_phone(seats: Windows, tmp_path: Path) -> None:
    page = seats.at_home(SECRETARY, PHONE)
    page.goto(page.url + "cases/")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="材料", exact=True).first.click()
    expect(page.locator("main h1")).to_contain_text("的材料")
    assert shape_faults(page) == []
    page.get_by_role("link", name=re.compile("放.*推荐")).first.click()
    page.locator("[name=camera]").set_input_files([photograph(tmp_path / f"{place}.jpg", place) for place in (1, 2)])
    page.locator("[name=camera]").set_input_files([photograph(tmp_path / "3.jpg", 3)])
    rows = page.locator("[data-photos-list] > li")
    expect(rows).to_have_count(3)
    rows.nth(1).get_by_role("button", name="转").click()
    rows.nth(2).get_by_role("button", name="前移").click()
    page.locator("[name=is_legible]").check()
    page.locator("[name=is_of_person]").check()
    fill(page, dated_on="2026-10-20", explanation="会后补充")
    assert shape_faults(page) == []
    page.get_by_role("button", name="放入", exact=True).click()
    expect(page.get_by_text("已放入：推荐")).to_be_visible()
    expect(page.locator(".photos-whole img")).to_have_count(3)
    assert shape_faults(page) == []


def test_a_late_entry_is_confirmed_by_the_neighbour_s_clerk_alone(seats: Windows) -> None:
    clerk, neighbour = seats.at_home(CLERK), seats.at_home("linzhen")
    function(neighbour, "发展党员")
    neighbour.get_by_role("main").get_by_role("link", name=re.compile("补录")).first.click()
    rows = neighbour.locator("main tbody tr").filter(has_text="第 2 步")
    expect(rows.first).to_be_visible()
    rows.first.get_by_role("link").first.click()
    expect(neighbour.locator("main")).to_contain_text("DEV-22")
    neighbour.get_by_role("button", name="确认生效").click()
    expect(neighbour.get_by_text("已确认：第 2 步")).to_be_visible()
    assert [shape_faults(page) for page in (clerk, neighbour)] == [[], []]


def apply(page: Page) -> None:
    """Somebody the county has never heard of hands in an application."""
    function(page, "发展党员")
    page.get_by_role("link", name="登记入党申请").first.click()
    fill(page, name=NAME, number=NUMBER, applied_on="2024-01-10", reason=REASON)
    page.locator("[name=ethnicity]").select_option(label="瑶族")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text(WAITS).first).to_be_visible()
    expect(page.locator("main h1")).to_have_text(f"发展培养：{NAME}")


def open_case(page: Page) -> None:
    """From what waits for a second person."""
    function(page, "发展党员")
    page.get_by_role("main").get_by_role("link", name=re.compile("补录")).first.click()
    page.get_by_role("link", name=NAME, exact=True).click()
    page.get_by_role("link", name="查看档案").click()
    expect(page.locator("main h1")).to_have_text(f"发展培养：{NAME}")


def early(secretary: Page, clerk: Page, officer: Page) -> None:
    enter(secretary, clerk, 2, on="2024-01-25", people="支部书记、组织委员")
    enter(secretary, clerk, 3, on="2024-07-10", people="党员推荐，支部委员会研究")
    enter(secretary, clerk, 5, on="2024-07-15", contact_1=1, contact_2=2)
    enter(clerk, None, 4, on="2024-07-19", outcome="passed", document="樟泉党发〔2024〕20号", waits=True)
    expect(clerk.get_by_role("link", name="查看、确认")).to_be_visible()
    clerk.get_by_role("link", name="查看、确认").click()
    # who wrote it cannot confirm it
    expect(clerk.get_by_role("button", name="确认生效")).to_have_count(0)
    clerk.get_by_role("link", name="查看档案").click()
    confirm(officer)
    for on in ("2025-01-10", "2025-07-09"):
        enter(secretary, clerk, 6, on=on, note="能够参加党课学习，完成交办的工作。")


def refused_too_early(page: Page) -> None:
    """A target before the year is over: article, days compared, first lawful day."""
    page.reload()
    to_do(page, 7)
    fill(page, on="2025-07-09", people="支部委员会", reason=REASON)
    page.get_by_role("button", name="登记", exact=True).click()
    said = page.get_by_role("main")
    expect(said).to_contain_text("DEV-06")
    expect(said).to_contain_text("第十三条")
    expect(said).to_contain_text("最早为2025年7月10日")
    assert shape_faults(page) == []
    page.get_by_role("link", name="不登记，返回").click()


def confirmation(secretary: Page, clerk: Page) -> None:
    """The probation is over: what is held within thirty days counts at once, and its notice hung before."""
    enter(secretary, None, 22, on="2026-10-01")
    notice(secretary, "2026-09-21")
    branch_meeting(secretary, "2026-10-10", decision="confirmed")
    enter(secretary, None, 23, motion=1)
    committee_sits(clerk, "2026-10-22", decision="confirmed")
    enter(clerk, None, 24, motion=1, document="樟泉党发〔2026〕40号")


def notice(page: Page, on: str) -> None:
    """Posted in the village and online: the case says what is missing, and leads there."""
    case = page.url
    expect(page.get_by_role("main")).to_contain_text("PUB-3")
    page.get_by_role("link", name="发布公示").first.click()
    page.get_by_label(re.compile(f"^{NAME}")).check()
    fill(page, posted_on=on, place="村务公开栏", receiver="樟泉镇党委组织办公室", phone="0000-6112380")
    page.get_by_role("button", name="发布公示").click()
    expect(page.get_by_text(re.compile("已登记公示，截至2026-09-"))).to_be_visible()
    assert shape_faults(page) == []
    page.goto(case)


def shut_without_review(page: Page, step: int) -> None:
    """What the step waits for, and by which rule."""
    page.reload()
    said = page.get_by_role("status").filter(has_text=f"第 {step} 步")
    expect(said).to_contain_text("REV-20")


def review(page: Page, point: str) -> None:
    """The county looks through the checklist and passes it."""
    case = page.url
    function(page, "公示和审查")
    page.get_by_role("link", name="三级审查", exact=True).first.click()
    page.get_by_role("link", name=NAME, exact=True).first.click()
    expect(page.locator("main h1")).to_have_text(f"{point}：{NAME}")
    for name in page.locator("main form input[type=radio][value=yes]").all():
        name.check()
    page.get_by_label("审查通过").check()
    assert shape_faults(page) == []
    page.get_by_role("button", name="登记结论").click()
    expect(page.get_by_text("已登记：审查通过")).to_be_visible()
    page.goto(case)


def papers(page: Page, folder: Path) -> None:
    """Without the core papers nothing is archived: they are supplemented, with their true date and a word."""
    page.reload()
    for place, slot in enumerate(("A01", "A07", "A12", "A16", "A21", "A22"), 20):
        page.get_by_role("link", name="材料", exact=True).first.click()
        page.locator("main tr").filter(has_text=slot).get_by_role("link", name=re.compile("^放入")).click()
        page.locator("[name=chosen]").set_input_files(photograph(folder / f"{slot}.jpg", place))
        expect(page.locator("[data-photos-list] > li")).to_have_count(1)
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        fill(page, dated_on="2025-09-01", explanation="原件在纸质档案，扫描补充")
        page.get_by_role("button", name="放入", exact=True).click()
        expect(page.get_by_text("已放入：")).to_be_visible()
        page.get_by_role("link", name=NAME, exact=True).first.click()


def is_full_member(page: Page) -> None:
    """The membership follows: since the branch meeting, full since the probation ended."""
    page.get_by_role("link", name="本人资料").click()
    expect(page.get_by_role("main")).to_contain_text("2025年9月20日")
    expect(page.get_by_role("main")).to_contain_text("2026年9月20日")


def enter(page: Page, second: Page | None, step: int, *, waits: bool = False, **fields: str | int) -> None:
    """Record a step on its form; where it waits, let the second account confirm it."""
    page.reload()
    to_do(page, step)
    fill(page, reason=REASON, **fields)
    page.get_by_role("button", name="登记", exact=True).click()
    if second is None and not waits:
        expect(page.get_by_text(f"已登记：第 {step} 步")).to_be_visible()
        return
    expect(page.get_by_text(WAITS).first).to_be_visible()
    if second is not None:
        confirm(second)
        page.reload()


def confirm(page: Page) -> None:
    """The second account sees what waits, and confirms it."""
    page.reload()
    page.get_by_role("link", name="查看、确认").first.click()
    page.get_by_role("button", name="确认生效").click()
    expect(page.get_by_text("已确认：").first).to_be_visible()


def to_do(page: Page, step: int) -> None:
    """From the case to the form of a step that can be recorded."""
    line = page.locator("ol.plain > li").filter(has_text=f"第 {step} 步").get_by_role("link", name="登记")
    shut = page.get_by_role("status").filter(has_text=f"第 {step} 步").get_by_role("link", name="按纸质档案补录")
    line.or_(shut).first.click()
    expect(page.locator("main h1")).to_contain_text(f"第 {step} 步")


def branch_meeting(page: Page, on: str, decision: str = "") -> None:
    """The members' meeting: everybody came, everybody was in favour."""
    case = page.url
    begin_meeting(page, on, "members", "村党群服务中心")
    present = int(re.search(r"实到 (\d+) 人", page.get_by_role("main").inner_text())[1])  # type: ignore[index]
    for name, count in (("yes", present), ("no", 0), ("abstain", 0), ("spoilt", 0)):
        page.locator(f"[name$='-{name}']").fill(str(count))
    page.locator("[name$='-tellers']").fill("支部推选的两名党员")
    finish_meeting(page, decision, case)


def committee_sits(page: Page, on: str, decision: str = "") -> None:
    """The committee of the township votes openly."""
    case = page.url
    begin_meeting(page, on, "committee", "镇党委会议室")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("没有填写的都填")).click()
    page.wait_for_load_state()
    finish_meeting(page, decision, case)


def begin_meeting(page: Page, on: str, kind: str, place: str) -> None:
    function(page, "会议")
    page.get_by_role("link", name="登记会议").first.click()
    if kind == "committee":
        page.locator("[name=unit]").select_option("001.032")
    page.locator("[name=kind]").select_option(kind)
    fill(page, held_on=on, place=place, chair="会议主持人", recorder="会议记录人")
    page.get_by_role("button", name="下一步：到会").click()
    with page.expect_navigation():
        page.get_by_role("button", name="全部到会").click()
    page.get_by_role("button", name="下一步：表决事项").click()
    page.get_by_label(re.compile(f"^{NAME}")).check()
    page.get_by_role("button", name="下一步：票数").click()
    expect(page.get_by_role("button", name="下一步：核对")).to_be_visible()
    page.wait_for_load_state()


def finish_meeting(page: Page, decision: str, case: str) -> None:
    if decision:
        page.locator("[name$='-decision']").select_option(decision)
    if page.locator("[name=document]").count():
        page.locator("[name=document]").fill("会议纪要〔2025〕9号")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("button", name="提交", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("通过")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("会议已登记")).to_be_visible()
    assert shape_faults(page) == []
    page.goto(case)


def function(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="功能").get_by_role("link", name=name, exact=True).click()


def shape_faults(page: Page) -> list[str]:
    """Once the page is there whole."""
    page.wait_for_load_state()
    return judging.shape_faults(page)


def fill(page: Page, **fields: str | int) -> None:
    """Fill in the fields of a form by their names: a text, or the place in a list."""
    for name, value in fields.items():
        field = page.locator(f"main form [name={name}]")
        if isinstance(value, int):
            field.select_option(index=value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def photograph(path: Path, place: int) -> Path:
    """A page as a telephone takes it, each another one."""
    sheet = Image.new("RGB", (900, 1200), (244, 240 - place, 226))
    pen = ImageDraw.Draw(sheet)
    for line in range(14):
        pen.rectangle(
            (90, 120 + 70 * line, 250 + 37 * ((place * 7 + line * 5) % 15), 132 + 70 * line), fill=(60, 58, 66)
        )
    pen.ellipse((600 - 20 * place, 900, 760 - 20 * place, 1060), outline=(190, 40, 40), width=9)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=82)
    path.write_bytes(out.getvalue())
    return path
