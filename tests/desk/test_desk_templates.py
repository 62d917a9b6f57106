"""Templates: every sheet alone or all together, blank or filled with what is known; what is filled in imports without a change."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

import tests.cast
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast
from tests.desk.county_cells import number
from tests.desk.importing_pages import clear, lead, shown, upload
from yumiao.journal.models import Reading

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]

cast = tests.cast.cast
PURPOSE = {"purpose": "发石桥镇核对党员信息"}
PEOPLE = ["党员", "发展培养", "人才库"]


@pytest.fixture
def _in_this_process(settings) -> Iterator[None]:
    """The work is done within the request, where the test's own transaction is seen."""
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()


def sheets_of(answer: Any) -> dict[str, Any]:
    return {sheet.title: sheet for sheet in load_workbook(io.BytesIO(answer.content)).worksheets}


def name_of(answer: Any) -> str:
    return unquote(answer["Content-Disposition"]).partition("''")[2]


def column(sheet: Any, place: int = 0) -> list[Any]:
    return [row[place].value for row in sheet.iter_rows(min_row=3) if row[place].value is not None]


def test_each_sheet_alone_and_all_together_import_as_empty(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    page = clerk.get("/import/templates/")
    for title in ("组织", "党员", "发展培养", "人才库", "发展计划"):
        assert f"下载{title}表" in shown(page)
        answer = clerk.get("/import/template/", {"sheet": title})
        assert name_of(answer) == f"{title}(空白模板).xlsx"
        assert list(sheets_of(answer))[:2] == ["填表说明", title]
        preview = upload(clerk, answer.content)
        assert lead(preview)[:5] == "共 0 行"
        assert "以“【示例】”开头的 1 行是示例，已跳过" in shown(preview)
        assert "没有要写入的" in shown(preview)
    whole = clerk.get("/import/template/")
    assert name_of(whole) == "县工作簿(空白模板).xlsx"
    assert lead(upload(clerk, whole.content))[:5] == "共 0 行"


def test_codes_to_choose_from_are_those_of_the_readers_scope(cast: Cast) -> None:
    sheets = sheets_of(cast.client(cast.clerk_a).get("/import/template/"))
    codes = column(sheets["代码对照表"])
    assert (VILLAGE in codes, FAR_VILLAGE in codes, COUNTY in codes) == (True, False, False)
    rules = {str(rule.sqref): rule.formula1 for rule in sheets["党员"].data_validations.dataValidation}
    offered = rules["H2:H20001"].strip('"').split(",")
    assert (VILLAGE in offered, FAR_VILLAGE in offered, TOWN in offered) == (True, False, False)
    everything = sheets_of(cast.client(cast.officer).get("/import/template/"))
    assert FAR_VILLAGE in column(everything["代码对照表"])


def test_units_and_plans_are_filled_in_without_a_reading_and_import_without_a_change(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    answer = clerk.get("/import/template/", {"unit": TOWN, "sheet": ["组织", "发展计划", "党员"]})
    sheets = sheets_of(answer)
    assert list(sheets)[:3] == ["填表说明", "组织", "发展计划"]
    assert name_of(answer) == "青石镇党委组织、发展计划(预填模板).xlsx"
    assert (column(sheets["组织"])[0], column(sheets["发展计划"], 1)) == (TOWN, [TOWN])
    assert Reading.objects.count() == 0
    page = upload(clerk, answer.content)
    assert lead(page).startswith("共 8 行：新增 0 行，变更 0 行，未变 8 行，退回 0 行。")


def test_people_are_never_filled_in_through_the_door_of_the_nameless_sheets(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    for title in PEOPLE:
        assert clerk.get("/import/template/", {"unit": TOWN, "sheet": title}).status_code == 404
    for code in (OTHER_TOWN, FAR_VILLAGE, COUNTY, "999", "' OR 1=1"):
        assert clerk.get("/import/template/", {"unit": code}).status_code == 404
    assert "所以这里不提供" in shown(clerk.get("/import/templates/"))
    assert clerk.get("/import/templates/filled/").status_code == 403
    assert clerk.post("/import/templates/filled/", {"unit": TOWN, "sheets": PEOPLE, **PURPOSE}).status_code == 403


def test_people_are_filled_in_for_a_purpose_that_is_recorded_and_import_without_a_change(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    answer = officer.post("/import/templates/filled/", {"unit": TOWN, "sheets": PEOPLE, **PURPOSE})
    assert name_of(answer) == "青石镇党委党员、发展培养、人才库(预填模板).xlsx"
    reading = Reading.objects.get()
    assert (reading.what, reading.actor, reading.purpose) == ("template", cast.officer.uid, PURPOSE["purpose"])
    assert (reading.count, reading.subject) == (10, cast.unit(TOWN).uid)
    numbers = column(sheets_of(answer)["党员"])
    assert (number(1) in numbers, number(5) in numbers) == (True, False)
    page = upload(officer, answer.content)
    assert lead(page).startswith("共 10 行：新增 0 行，变更 0 行，未变 10 行，退回 0 行。")
    again = upload(cast.client(cast.clerk_a), answer.content)
    assert lead(again).startswith("共 10 行：新增 0 行，变更 0 行，未变 10 行，退回 0 行。")


def test_without_purpose_sheet_or_own_unit_nothing_goes_out(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    full = {"unit": TOWN, "sheets": PEOPLE, **PURPOSE}
    for wrong in ({"purpose": "看"}, {"sheets": []}, {"sheets": ["花名册"]}, {"unit": "999"}, {"unit": ""}):
        answer = officer.post("/import/templates/filled/", full | wrong)
        assert (answer.status_code, "Content-Disposition" in answer) == (422, False)
    assert Reading.objects.count() == 0


def test_the_whole_county_filled_in_changes_nothing(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    sheets = ["组织", *PEOPLE, "发展计划"]
    answer = officer.post("/import/templates/filled/", {"unit": COUNTY, "sheets": sheets, **PURPOSE})
    assert lead(upload(officer, answer.content)).startswith("共 28 行：新增 0 行，变更 0 行，未变 28 行，退回 0 行。")
