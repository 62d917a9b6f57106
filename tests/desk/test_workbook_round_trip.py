"""Out and in again: the returned rows, the export, and the demo county at its real size."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.desk.county_cells import FAR_VILLAGE, TODAY, County, fifteen, member, number
from tests.desk.county_facts import CLERK, all_facts, counts, faults, row_counts, take, taken
from yumiao.desk.demo.county import DEMO_DAY
from yumiao.desk.demo.workbook import demo_workbook
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.desk.workbook.importing import import_workbook, write_faulty_rows
from yumiao.journal.models import Entry, Reading
from yumiao.sheets.reading import Workbook, read_workbook
from yumiao.units.queries import standing

pytestmark = pytest.mark.db

SHEETS = ["组织", "党员", "发展培养", "人才库", "发展计划"]


def with_oddities() -> County:
    county = County()
    county.add(
        "党员",
        member(11, 性别="女", 与证件不一致说明="以档案为准", 原身份证号码=fifteen(number(11))),
        member(12, 入党时所在党支部代码=FAR_VILLAGE, 转正日期=None, 民族="穿青人"),
        member(13, 学历=None, 职业=None, 手机号码=None, 姓名="阿吉·木果"),
    )
    county["发展培养"][0]["培养联系人二"] = number(77)
    return county


def again(workbook: Workbook, today: date = TODAY):
    return import_workbook(workbook, today=today, actor=CLERK)


def test_refused_rows_come_back_in_the_senders_layout_with_their_reasons(tmp_path):
    county = County()
    county.headers["党员"] = ("备注", *reversed(county.headers["党员"]))
    county.add("党员", member(11, 姓名=None, 入党日期="不详", 备注="核"))
    county["人才库"][0]["人才类别"] = "能人"
    target = tmp_path / "faulty.xlsx"
    write_faulty_rows(target, take(county))
    returned = openpyxl.load_workbook(target)
    assert returned.sheetnames == ["党员", "人才库"]
    header, row = returned["党员"].values
    assert header == (*county.headers["党员"], "退回原因")
    assert (row[0], row[-2], row[header.index("入党日期")]) == ("核", number(11), "不详")
    assert (
        row[-1]
        == "姓名：必填项为空（WBK-02）；入党日期：不是日期，请按 2024-03-05 的样式填写（填写为“不详”）（DEV-21）"
    )
    assert len(list(returned["人才库"].values)) == 2


def test_the_returned_workbook_imports_once_it_is_corrected(tmp_path):
    county = County()
    county.add("党员", member(11, 姓名=None))
    target = tmp_path / "faulty.xlsx"
    write_faulty_rows(target, take(county, accept=True))
    returned = openpyxl.load_workbook(target)
    returned["党员"].cell(2, county.headers["党员"].index("姓名") + 1).value = "韦禾苗"
    returned.save(target)
    result = again(read_workbook(target))
    assert (faults(result.checked), result.checked.warnings, result.written) == ([], [], True)
    assert counts(result.checked, "党员") == (1, 0, 0, 0)


def test_a_sheet_without_a_required_column_comes_back_with_its_header_and_the_reason(tmp_path):
    county = County()
    county.headers["党员"] = tuple(h for h in county.headers["党员"] if h != "姓名")
    target = tmp_path / "faulty.xlsx"
    write_faulty_rows(target, take(county))
    header, row = openpyxl.load_workbook(target)["党员"].values
    assert header == (*county.headers["党员"], "退回原因")
    assert row[-1] == "姓名：缺少必填列，本表未读取（WBK-01）"


def test_what_was_exported_imports_again_without_change(tmp_path):
    county = with_oddities()
    taken(county)
    before = all_facts(), row_counts()
    target = tmp_path / "export.xlsx"
    assert export_workbook(target, actor=CLERK, purpose="核对") == 15
    result = again(read_workbook(target))
    assert (faults(result.checked), result.written) == ([], False)
    assert {title: counts(result.checked, title) for title in SHEETS} == {
        title: (0, 0, len(county[title]), 0) for title in SHEETS
    }
    after = row_counts()
    assert (all_facts(), after | {"Reading": 0}) == (before[0], before[1] | {"Reading": 0})


def test_what_was_exported_is_the_county_of_the_file(tmp_path):
    taken(County())
    target = tmp_path / "export.xlsx"
    export_workbook(target, actor=CLERK, purpose="核对")
    exported, given = read_workbook(target), County().workbook()
    assert list(exported.sheets) == [*SHEETS, "任职", "流动党员"]
    for title in SHEETS:
        assert exported.sheets[title].header == given.sheets[title].header
        written = {tuple(cells) for _, cells in exported.sheets[title].rows}
        assert written == {tuple(cells) for _, cells in given.sheets[title].rows}


def test_an_export_is_recorded_as_a_reading_of_everybody(tmp_path):
    taken(County())
    export_workbook(tmp_path / "export.xlsx", actor=CLERK, purpose="半年核对")
    reading = Reading.objects.get()
    assert (reading.what, reading.subject_kind, reading.count, reading.purpose, reading.actor_label) == (
        "export", "unit", 12, "半年核对", CLERK.label,
    )  # fmt: skip
    assert reading.subject == standing().root.uid
    assert Entry.objects.count() == 1


def test_an_export_that_cannot_be_written_is_recorded_all_the_same(tmp_path):
    taken(County())
    with pytest.raises(FileNotFoundError):
        export_workbook(tmp_path / "nowhere" / "export.xlsx", actor=CLERK, purpose="核对")
    assert Reading.objects.count() == 1


@pytest.mark.slow
def test_the_demo_county_comes_in_whole_and_its_export_changes_nothing(tmp_path):
    result = again(demo_workbook(), DEMO_DAY)
    assert (faults(result.checked), result.written) == ([], True)
    before = row_counts()
    target = tmp_path / "export.xlsx"
    assert export_workbook(target, actor=CLERK, purpose="核对") == 10_174 + 1_643 + 734
    result = again(read_workbook(target), DEMO_DAY)
    assert (faults(result.checked), result.written) == ([], False)
    assert [counts(result.checked, title)[:2] for title in SHEETS] == [(0, 0)] * 5
    assert row_counts() == before | {"Reading": 1}
