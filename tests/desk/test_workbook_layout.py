"""How a workbook may be laid out: columns in any order, dates in five forms, empty rows, sheets unknown, absent or without a needed column."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.county_cells import County, member, number, person
from tests.desk.county_facts import CLERK, Entry, counts, faults, look, refused, take, taken, warned, warnings
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.importing import import_workbook
from yumiao.sheets.reading import read_workbook

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    "written",
    [
        date(2015, 7, 1), "2015-07-01", "2015/7/1", "2015.7.1", "20150701", "2015年7月1日", 20150701, "２０１５－０７－０１",
    ],
)  # fmt: skip
def test_a_date_is_taken_in_each_of_its_forms(written):
    county = County()
    county.add("党员", member(11, 入党日期=written, 转正日期=None))
    checked = look(county)
    assert faults(checked) == []
    assert checked.proposal.people[number(11)].membership.membership_on == date(2015, 7, 1)


@pytest.mark.parametrize(
    "written", ["2015-07", "2015", "01/07/2015", "二〇一五年七月一日", "2015-7/1", 42186, "2015-07-01 08:00"]
)
def test_any_other_form_of_a_date_is_refused(written):
    county = County()
    county.add("党员", member(11, 入党日期=written))
    assert refused(county) == [("党员", 9, "入党日期", "DEV-21")]


def test_numbers_are_normalised_before_they_are_judged():
    with_x = next(n for n in map(number, range(41, 99)) if n.endswith("X"))
    county = County()
    row = member(int(with_x[14:17]))
    written = f" {with_x[:6]} {with_x[6:14]}\u3000{with_x[14:17]}x "
    county.add("党员", row | {"公民身份号码": written.translate({48 + n: 0xFF10 + n for n in range(10)})})
    county["党员"][0]["所在党支部代码"] = " ００１.001.００１ "
    checked = look(county)
    assert faults(checked) == []
    assert checked.proposal.people[with_x].unit == "001.001.001"


def test_columns_come_in_any_order_and_with_spaces_in_their_names():
    county = County()
    county.headers["党员"] = tuple(reversed(county.headers["党员"]))
    plain = look(county).proposal
    assert plain.people[number(1)].attributes == look(County()).proposal.people[number(1)].attributes
    county.sheets["党员"] = [
        {("入党 日期" if k == "入党日期" else k): v for k, v in row.items()} for row in county["党员"]
    ]
    county.headers["党员"] = tuple("入党 日期" if h == "入党日期" else h for h in county.headers["党员"])
    assert refused(county) == []
    county["党员"][0]["入党 日期"] = "不详"
    assert refused(county) == [("党员", 2, "入党 日期", "DEV-21")]


def test_an_unknown_column_and_an_unknown_sheet_are_reported_and_ignored():
    county = County()
    county.headers["党员"] = (*county.headers["党员"], "备注")
    county["党员"][0]["备注"] = "已核对"
    county.sheets["说明"], county.headers["说明"] = [], ()
    assert warned(county) == [("党员", 1, "备注", "WBK-11"), ("说明", 1, "", "WBK-11")]
    assert taken(county).written


def test_the_sheets_of_a_template_that_hold_no_rows_are_passed_over_in_silence():
    county = County()
    for title in ("填表说明", "可选内容"):
        county.sheets[title], county.headers[title] = [], ()
    assert warned(county) == []


def test_each_missing_required_column_is_a_fault_of_row_1_and_other_sheets_are_still_judged():
    county = County()
    county.headers["党员"] = tuple(h for h in county.headers["党员"] if h not in ("姓名", "入党日期"))
    county["人才库"][0]["人才类别"] = "能人"
    checked = look(county)
    assert faults(checked) == [
        ("党员", 1, "姓名", "WBK-01"),
        ("党员", 1, "入党日期", "WBK-01"),
        ("人才库", 2, "人才类别", "WBK-05"),
    ]
    assert counts(checked, "党员") == (0, 0, 0, 0)
    assert not checked.units_unreadable


def test_a_missing_optional_column_is_no_fault():
    county = County()
    for title in ("党员", "发展培养", "人才库"):
        kept = {"公民身份号码", "姓名", "所在党支部代码", "人员类别", "入党日期", "转正日期", "递交入党申请书日期"}
        kept |= {"人才类别", "入库日期"}
        county.headers[title] = tuple(h for h in county.headers[title] if h in kept)
    assert refused(county) == []


def test_organisations_without_a_required_column_make_the_workbook_unreadable():
    county = County()
    county.headers["组织"] = tuple(h for h in county.headers["组织"] if h != "组织类别")
    result = take(county, accept=True)
    assert result.checked.units_unreadable
    assert faults(result.checked)[0] == ("组织", 1, "组织类别", "WBK-01")
    assert (result.written, Entry.objects.count()) == (False, 0)


@pytest.mark.parametrize("sheet", ["党员", "发展培养", "人才库", "发展计划"])
def test_an_absent_sheet_is_no_fault(sheet):
    county = County().without(sheet)
    assert refused(county) == []
    assert taken(county).written


def test_without_organisations_those_already_known_are_meant():
    taken(County().only("组织"))
    assert refused(County().without("组织")) == []


def test_empty_rows_are_skipped_and_rows_are_numbered_as_excel_shows_them(tmp_path):
    county = County()
    county.sheets["党员"] = [None, *county["党员"], None, None, member(11, 姓名=None)]
    workbook = read_workbook(county.file(tmp_path / "county.xlsx"))
    result = import_workbook(workbook, today=date(2026, 11, 20), actor=CLERK)
    assert faults(result.checked) == [("党员", 12, "姓名", "WBK-02")]
    assert counts(result.checked, "党员") == (7, 0, 0, 1)


def test_a_name_of_spaces_alone_is_blank(tmp_path):
    county = County()
    county.add("党员", member(11, 姓名=" \u3000 "))
    workbook = read_workbook(county.file(tmp_path / "county.xlsx"))
    result = import_workbook(workbook, today=date(2026, 11, 20), actor=CLERK)
    assert faults(result.checked) == [("党员", 9, "姓名", "WBK-02")]


def test_an_unknown_ethnicity_education_or_occupation_keeps_its_text_with_a_warning():
    county = County()
    county.add("党员", member(11, 民族="穿青人", 学历="党校大专班", 职业="护林员"))
    checked = look(county)
    assert (faults(checked), warnings(checked)) == (
        [],
        [("党员", 9, column, "WBK-11") for column in ("民族", "学历", "职业")],
    )
    kept = checked.proposal.people[number(11)].attributes
    assert (kept["ethnicity"], kept["education"], kept["occupation"]) == ("穿青人", "党校大专班", "护林员")


def test_other_usual_words_are_kept_under_the_listed_one():
    county = County()
    county.add("党员", member(11, 民族="瑶", 学历="大学专科", 职业="务农", 性别="男性"))
    checked = look(county)
    kept = checked.proposal.people[number(11)].attributes
    assert warnings(checked) == []
    assert (kept["ethnicity"], kept["education"], kept["occupation"]) == ("瑶族", "大专", "农牧渔民")


def test_what_an_empty_cell_does_not_say_the_number_says():
    county = County()
    county.add("党员", member(11, 性别=None, 出生日期=None))
    kept = look(county).proposal.people[number(11)].attributes
    assert (kept["sex"], kept["born_on"]) == ("m", person(11, "")["出生日期"])


def test_a_roster_under_headers_of_the_office_is_read_and_the_preview_says_as_what():
    county = County()
    renamed = {"公民身份号码": "身份证号", "入党日期": "入党时间", "手机号码": "联系电话（必填）"}
    county.sheets["党员"] = [{renamed.get(k, k): v for k, v in row.items()} for row in county["党员"]]
    county.headers["党员"] = tuple(renamed.get(header, header) for header in county.headers["党员"])
    checked = look(county)
    assert faults(checked) == []
    assert checked.proposal.people.keys() == look(County()).proposal.people.keys()
    assert [note.reason for note in checked.warnings if note.sheet == "党员" and note.row == 1] == [
        "“身份证号”按“公民身份号码”读取",
        "“联系电话（必填）”按“手机号码”读取",
        "“入党时间”按“入党日期”读取",
    ]


def test_a_fault_under_a_header_of_the_office_stands_in_its_column():
    county = County()
    county.add("党员", member(11, 入党日期="2015-07"))
    county.sheets["党员"] = [
        {("入党时间" if k == "入党日期" else k): v for k, v in row.items()} for row in county["党员"]
    ]
    county.headers["党员"] = tuple("入党时间" if header == "入党日期" else header for header in county.headers["党员"])
    assert refused(county) == [("党员", 9, "入党时间", "DEV-21")]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_no_header_or_alias_of_a_form_means_two_columns(form):
    names = [name for column in form.columns for name in (column.header, *column.aliases)]
    assert sorted(names) == sorted(set(names))
