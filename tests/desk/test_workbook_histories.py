"""The further columns of 发展培养: the past of a case, also of somebody who is a member by now, in and out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.desk.county_cells import TODAY, County, applicant, member, number
from tests.desk.county_facts import CLERK, counts, faults, look, refused, row_counts, take, taken, warned
from tests.desk.test_workbook_three_rounds import stays_itself
from yumiao.admission.columns import BRIEF, CASES
from yumiao.admission.models import Case, CaseEnd, FormUse, StepDetail, StepRecord
from yumiao.desk.workbook.changes import Changes
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.desk.workbook.importing import import_workbook
from yumiao.desk.workbook.undoing import undo_import
from yumiao.journal.models import Entry
from yumiao.people.models import Membership, Tie
from yumiao.sheets.reading import read_workbook

pytestmark = pytest.mark.db

BORN = date(1995, 2, 3)
WHOLE = {
    "递交入党申请书日期": date(2022, 1, 20), "党组织派人谈话日期": date(2022, 2, 10), "确定为入党积极分子日期": date(2022, 3, 10),
    "积极分子备案日期": date(2022, 3, 20), "指定培养联系人日期": date(2022, 3, 12), "培养教育考察日期": "2022-09-10、2023-03-09",
    "支部委员会讨论确定发展对象日期": date(2023, 3, 10), "确定为发展对象日期": date(2023, 3, 16), "确定入党介绍人日期": date(2023, 3, 20),
    "政治审查日期": date(2023, 4, 10), "集中培训日期": date(2023, 4, 12), "集中培训天数": 3, "集中培训学时": 24.5,
    "支部委员会审查日期": date(2023, 4, 20), "上级党委预审日期": date(2023, 4, 28), "填写入党志愿书日期": date(2023, 5, 6),
    "入党志愿书编号": "甲0012345", "支部大会接收日期": date(2023, 5, 15), "上级党委派人谈话日期": date(2023, 6, 10),
    "上级党委审批日期": date(2023, 7, 1), "审批文号": "青石委〔2023〕5号", "县委组织部备案日期": date(2023, 7, 10),
    "编入党支部日期": date(2023, 7, 8), "入党宣誓日期": date(2023, 7, 20), "预备期教育考察日期": "2023-08-15、2023-11-15",
    "转正申请日期": date(2024, 5, 10), "支部大会讨论转正日期": date(2024, 5, 16), "转正结果": "延长预备期", "延长月数": 6,
    "上级党委审批转正日期": date(2024, 6, 20), "延长后转正申请日期": date(2024, 11, 10), "延长后支部大会讨论转正日期": date(2024, 11, 16),
    "延长后转正结果": "按期转正", "延长后上级党委审批转正日期": date(2024, 12, 20), "材料归档日期": date(2025, 1, 10),
}  # fmt: skip
UNTIL_REVIEW = dict(list(WHOLE.items())[:10])
CONTACTS = {"培养联系人一": number(1), "培养联系人二": number(4), "入党介绍人一": number(1), "入党介绍人二": number(4)}


def told(*rows: dict[str, object]) -> County:
    """A county whose sheet has every column, with these rows."""
    county = County()
    county.headers["发展培养"] = tuple(column.header for column in CASES.columns)
    county.sheets["发展培养"] = list(rows)
    return county


def past_member(**cells: object) -> dict[str, object]:
    """Who is on the sheet of members too."""
    return {**applicant(41), **WHOLE, **CONTACTS, **cells}


def with_member(**cells: object) -> County:
    county = told(past_member(**cells))
    row = member(41, 入党日期=date(2023, 5, 15), 转正日期=date(2024, 11, 15))
    county.add("党员", row | {"公民身份号码": number(41, BORN), "出生日期": BORN})
    return county


def steps() -> dict[tuple[int, int], date]:
    rows = StepRecord.objects.alive().values_list("step", "occurrence", "held_on")
    return {(step, occurrence): on for step, occurrence, on in rows}


def test_the_whole_way_of_a_member_comes_in_as_history() -> None:
    assert warned(with_member()) == []
    taken(with_member())
    found = steps()
    assert len(found) == 25 + 1 + 1 + 3  # two inspections, two observations, three steps once more
    assert {place: on for place, on in found.items() if place[0] in (6, 21, 22, 24)} == {
        (6, 1): date(2022, 9, 10), (6, 2): date(2023, 3, 9), (21, 1): date(2023, 8, 15), (21, 2): date(2023, 11, 15),
        (22, 1): date(2024, 5, 10), (22, 2): date(2024, 11, 10), (24, 1): date(2024, 6, 20), (24, 2): date(2024, 12, 20),
    }  # fmt: skip
    details = StepDetail.objects.alive()
    assert details.filter(is_imported=True).count() == details.count() == len(found) - 3
    trained, approved, extended = details.get(step=11), details.get(step=17), details.get(step=24, occurrence=1)
    assert (trained.days, trained.hours, approved.document) == (3, Decimal("24.5"), "青石委〔2023〕5号")
    assert (extended.outcome, extended.months) == ("extended", 6)
    assert FormUse.objects.alive().values_list("prefix", "number", "given_on").get() == ("甲", 12345, date(2023, 5, 6))
    assert Tie.objects.alive().filter(kind="introducer").count() == 2
    assert Membership.objects.alive().filter(membership_on=date(2023, 5, 15)).count() == 1
    assert not CaseEnd.objects.alive().exists()


def test_the_same_again_changes_nothing() -> None:
    taken(with_member())
    before = row_counts()
    result = take(with_member())
    assert (result.written, counts(result.checked, "发展培养"), row_counts()) == (False, (0, 0, 1, 0), before)


def test_history_stays_itself_three_times_round(tmp_path: Path) -> None:
    stays_itself(with_member().workbook(), TODAY, tmp_path, rounds=3)


def test_an_export_has_the_further_columns_only_where_they_are_needed(tmp_path: Path) -> None:
    taken(County())
    export_workbook(tmp_path / "brief.xlsx", actor=CLERK, purpose="核对")
    brief = read_workbook(tmp_path / "brief.xlsx").sheets["发展培养"].header
    assert brief == tuple(column.header for column in BRIEF.columns)
    county = told({**applicant(21), **UNTIL_REVIEW})
    import_workbook(county.workbook(), today=TODAY, actor=CLERK)
    export_workbook(tmp_path / "full.xlsx", actor=CLERK, purpose="核对")
    full = read_workbook(tmp_path / "full.xlsx").sheets["发展培养"].header
    assert full == tuple(column.header for column in CASES.columns)


def test_a_known_case_is_told_further_and_the_preview_says_how() -> None:
    taken(County())
    county = told({**applicant(21), "政治审查日期": date(2025, 12, 1), "培养教育考察日期": "2025-04-15；2025/10/14"})
    checked = look(county)
    assert (faults(checked), counts(checked, "发展培养")) == ([], (0, 1, 0, 0))
    changed = next(one for one in Changes(checked.proposal, checked.known).changed() if "发展培养" in one.sheets)
    assert changed.fields == (
        ("培养教育考察日期", "", "2025-04-15、2025-10-14"), ("政治审查日期", "", "2025-12-01"),
    )  # fmt: skip
    taken(county)
    assert Case.objects.count() == 3
    taken(told({**applicant(21), "培养教育考察日期": "2025-04-15"}))
    assert {place for place in steps() if place[0] in (6, 10)} == {(6, 1), (10, 1)}


def test_an_import_of_history_is_taken_back() -> None:
    taken(County())
    before = steps()
    taken(told({**applicant(21), **UNTIL_REVIEW}))
    undo_import(Entry.objects.latest("seq").seq, actor=CLERK, reason="表格有误")
    assert (steps(), StepDetail.objects.alive().count()) == (before, 0)


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"支部大会接收日期": date(2023, 5, 16)}, ("支部大会接收日期", "WBK-20")),
        ({"支部大会接收日期": None}, ("公民身份号码", "WBK-20")),
        ({"上级党委审批日期": None, "审批文号": None}, ("公民身份号码", "WBK-20")),
        ({"材料归档日期": date(2026, 11, 21)}, ("材料归档日期", "DEV-21")),
        ({"党组织派人谈话日期": date(1995, 2, 2)}, ("党组织派人谈话日期", "DEV-21")),
        ({"政治审查日期": "未办"}, ("政治审查日期", "DEV-21")),
        ({"集中培训日期": None}, ("集中培训天数", "WBK-02")),
        ({"填写入党志愿书日期": None}, ("入党志愿书编号", "WBK-02")),
        ({"入党志愿书编号": "无"}, ("入党志愿书编号", "FRM-02")),
        ({"转正结果": "按期转正", "延长月数": None}, ("延长后转正申请日期", "WBK-20")),
        ({"集中培训学时": "很多"}, ("集中培训学时", "WBK-04")),
    ],
)
def test_what_cannot_be_is_refused(cells: dict[str, object], place: tuple[str, str]) -> None:
    assert ("发展培养", 2, *place) in refused(with_member(**cells))


def test_a_member_with_the_three_days_alone_is_refused_as_before() -> None:
    county = County()
    county.add("发展培养", applicant(42))
    county.add("党员", member(42) | {"公民身份号码": number(42, BORN), "出生日期": BORN})
    assert refused(county) == [("发展培养", 5, "公民身份号码", "WBK-09")]


def test_nobody_is_made_a_member_by_this_sheet() -> None:
    rows = {**applicant(41), **WHOLE}
    found = refused(told(rows))
    assert ("发展培养", 2, "上级党委审批日期", "WBK-20") in found
    waits = dict(list(WHOLE.items())[:18])
    assert refused(told({**applicant(41), **waits})) == []


def test_one_number_of_a_form_belongs_to_one_person() -> None:
    waits = dict(list(WHOLE.items())[:18])
    assert refused(told({**applicant(41), **waits}, {**applicant(43), **waits})) == [
        ("发展培养", 3, "入党志愿书编号", "FRM-02")
    ]  # fmt: skip


def test_what_breaks_an_order_or_a_term_is_taken_and_said() -> None:
    county = with_member(
        党组织派人谈话日期=date(2022, 3, 1), 支部委员会讨论确定发展对象日期=date(2023, 3, 9), 政治审查日期=date(2023, 3, 1), 集中培训天数=1,
        集中培训学时=8, 上级党委审批日期=date(2023, 11, 20), 县委组织部备案日期=date(2023, 11, 30), 编入党支部日期=date(2023, 11, 28),
        入党宣誓日期=date(2023, 11, 30), 预备期教育考察日期="2023-12-15", 支部大会讨论转正日期=date(2024, 5, 14),
    )  # fmt: skip
    assert warned(county) == [
        ("发展培养", 2, "党组织派人谈话日期", "DEV-02"), ("发展培养", 2, "支部委员会讨论确定发展对象日期", "DEV-06"),
        ("发展培养", 2, "政治审查日期", "DEV-08"), ("发展培养", 2, "集中培训日期", "DEV-09"),
        ("发展培养", 2, "上级党委审批日期", "DEV-15"), ("发展培养", 2, "支部大会讨论转正日期", "DEV-18"),
    ]  # fmt: skip
    taken(county)


def test_an_introducer_who_was_no_full_member_is_taken_and_said() -> None:
    assert warned(with_member(入党介绍人二=number(7))) == [("发展培养", 2, "入党介绍人二", "STP-09")]


def test_a_case_that_ended_with_the_sheet_of_members_goes_on_once_its_history_is_told() -> None:
    first = County()
    first.add("发展培养", applicant(41))
    taken(first)
    second = County().only("党员")
    row = member(41, 入党日期=date(2023, 5, 15), 转正日期=date(2024, 11, 15)) | {
        "公民身份号码": number(41, BORN),
        "出生日期": BORN,
    }
    second.sheets["党员"] = [row]
    ended = import_workbook(second.workbook(), today=TODAY, actor=CLERK)
    assert (faults(ended.checked), ended.written) == ([], True)
    assert CaseEnd.objects.alive().count() == 1
    third = told(past_member(确定为入党积极分子日期=date(2022, 3, 10))).only("发展培养")
    result = import_workbook(third.workbook(), today=TODAY, actor=CLERK)
    assert (faults(result.checked), result.written) == ([], True)
    assert (CaseEnd.objects.alive().count(), Case.objects.count()) == (0, 4)


def test_other_names_of_the_columns_are_read() -> None:
    county = told({**applicant(41), "政审日期": date(2025, 3, 1), "预审日期": date(2025, 4, 1)})
    county.headers["发展培养"] = (*(column.header for column in BRIEF.columns), "政审日期", "预审日期")
    taken(county)
    assert {place for place in steps() if place[0] >= 10} == {(10, 1), (13, 1)}
