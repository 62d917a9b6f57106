"""What an import refuses, row by row, and nothing else: each refusal with its sheet, row, column and rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk.county_cells import (
    COMMUNITY,
    COUNTY,
    FAR_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    County,
    applicant,
    fifteen,
    member,
    number,
    plan,
    talent,
)  # fmt: skip
from tests.desk.county_facts import counts, faults, look, refused, warned
from yumiao.kernel.identity import check_digit, mask_identity

pytestmark = pytest.mark.db

TOMORROW = TODAY + timedelta(days=1)
UNBORN = "998001" + f"{TOMORROW:%Y%m%d}" + "001"
NO_DAY = "99800119900230001"


def test_the_county_of_these_tests_is_taken_without_a_word():
    assert warned(County()) == []


@pytest.mark.parametrize(
    ("sheet", "cells", "column", "rule"),
    [
        ("党员", {"公民身份号码": number(1)[:17] + ("1" if number(1)[17] != "1" else "2")}, "公民身份号码", "IDN-01"),
        ("党员", {"公民身份号码": number(1)[:17]}, "公民身份号码", "IDN-01"),
        ("党员", {"公民身份号码": number(1) + "1"}, "公民身份号码", "IDN-01"),
        ("党员", {"公民身份号码": "韦禾"}, "公民身份号码", "IDN-01"),
        ("党员", {"公民身份号码": fifteen(number(1))}, "公民身份号码", "IDN-03"),
        ("党员", {"公民身份号码": number(1)[:6] + "-" + number(1)[6:]}, "公民身份号码", "IDN-07"),
        ("党员", {"公民身份号码": NO_DAY + check_digit(NO_DAY)}, "公民身份号码", "IDN-04"),
        ("党员", {"公民身份号码": None}, "公民身份号码", "WBK-02"),
        ("党员", {"公民身份号码": int(number(21)[:17]) * 10}, "公民身份号码", "WBK-06"),
        ("党员", {"性别": "女"}, "性别", "IDN-04"),
        ("党员", {"性别": "未知"}, "性别", "WBK-05"),
        ("党员", {"出生日期": date(1980, 5, 7)}, "出生日期", "IDN-04"),
        ("党员", {"所在党支部代码": "001.009.001"}, "所在党支部代码", "WBK-07"),
        ("党员", {"所在党支部代码": None}, "所在党支部代码", "WBK-02"),
        ("党员", {"入党时所在党支部代码": "001.009.001"}, "入党时所在党支部代码", "WBK-07"),
        ("党员", {"姓名": None}, "姓名", "WBK-02"),
        ("党员", {"姓名": "<b>"}, "姓名", "WBK-19"),
        ("党员", {"姓名": "0"}, "姓名", "WBK-19"),
        ("党员", {"人员类别": "积极分子"}, "人员类别", "WBK-05"),
        ("党员", {"入党日期": "2015-02-29"}, "入党日期", "DEV-21"),
        ("党员", {"入党日期": "不详"}, "入党日期", "DEV-21"),
        ("党员", {"入党日期": None}, "入党日期", "WBK-02"),
        ("党员", {"入党日期": TOMORROW, "转正日期": None}, "入党日期", "DEV-21"),
        ("党员", {"转正日期": TOMORROW}, "转正日期", "DEV-21"),
        ("党员", {"转正日期": date(2015, 6, 30)}, "转正日期", "MEM-04"),
        ("党员", {"入党日期": date(1998, 5, 5)}, "入党日期", "DEV-01"),
        ("发展培养", {"姓名": None}, "姓名", "WBK-02"),
        ("发展培养", {"姓名": "韦\\禾"}, "姓名", "WBK-19"),
        ("发展培养", {"递交入党申请书日期": None}, "递交入党申请书日期", "WBK-02"),
        ("发展培养", {"确定为入党积极分子日期": date(2024, 3, 4)}, "确定为入党积极分子日期", "DEV-03"),
        ("发展培养", {"确定为发展对象日期": date(2024, 10, 14)}, "确定为发展对象日期", "DEV-07"),
        ("发展培养", {"确定为发展对象日期": TOMORROW}, "确定为发展对象日期", "DEV-21"),
        ("发展培养", {"确定为入党积极分子日期": TOMORROW}, "确定为入党积极分子日期", "DEV-21"),
        ("发展培养", {"所在党支部代码": "001.009.001"}, "所在党支部代码", "WBK-07"),
        ("人才库", {"姓名": "·"}, "姓名", "WBK-19"),
        ("人才库", {"人才类别": "能人"}, "人才类别", "WBK-05"),
        ("人才库", {"人才类别": None}, "人才类别", "WBK-02"),
        ("人才库", {"入库日期": "2026-13-01"}, "入库日期", "DEV-21"),
        ("人才库", {"入库日期": TOMORROW}, "入库日期", "DEV-21"),
        ("人才库", {"公民身份号码": UNBORN + check_digit(UNBORN), "性别": None, "出生日期": None}, "公民身份号码", "DEV-21"),
        ("发展计划", {"计划发展党员数": -1}, "计划发展党员数", "WBK-04"),
        ("发展计划", {"计划发展党员数": 2.5}, "计划发展党员数", "WBK-04"),
        ("发展计划", {"计划发展党员数": "若干"}, "计划发展党员数", "WBK-04"),
        ("发展计划", {"计划发展党员数": None}, "计划发展党员数", "WBK-02"),
        ("发展计划", {"女": "-1"}, "女", "WBK-04"),
        ("发展计划", {"年度": "今年"}, "年度", "WBK-04"),
        ("发展计划", {"组织代码": "001.009"}, "组织代码", "WBK-07"),
        ("组织", {"组织类别": "村委会"}, "组织类别", "WBK-05"),
        ("组织", {"组织名称": None}, "组织名称", "WBK-02"),
        ("组织", {"组织代码": None}, "组织代码", "WBK-02"),
        ("组织", {"上级组织代码": "001.009"}, "上级组织代码", "WBK-15"),
        ("组织", {"上级组织代码": None}, "上级组织代码", "WBK-15"),
        ("组织", {"组织代码": VILLAGE}, "组织代码", "WBK-08"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_where_it_stands(sheet, cells, column, rule):
    county = County()
    fresh = {
        "组织": {
            "组织代码": "001.001.950",
            "组织名称": "青石镇学校党支部",
            "组织类别": "学校党支部",
            "上级组织代码": TOWN,
        },
        "党员": member(11),
        "发展培养": applicant(25),
        "人才库": talent(35),
        "发展计划": plan(COMMUNITY),
    }[sheet]
    county[sheet].append(fresh | cells)
    row = len(county[sheet]) + 1
    assert refused(county) == [(sheet, row, column, rule)]


@pytest.mark.parametrize(
    ("sheet", "cells"),
    [
        ("党员", {"转正日期": date(2015, 7, 1)}),
        ("党员", {"入党日期": TODAY, "转正日期": None}),
        ("党员", {"入党日期": date(1998, 5, 6), "转正日期": date(1999, 5, 6)}),
        ("党员", {"公民身份号码": number(11).replace("998001", "000000")[:17] + check_digit("000000" + number(11)[6:17])}),
        ("党员", {"手机号码": "没有"}),
        ("党员", {"手机号码": "12300000001"}),
        ("党员", {"原身份证号码": "不详"}),
        ("发展培养", {"确定为入党积极分子日期": date(2024, 3, 5)}),
        ("发展培养", {"确定为发展对象日期": date(2024, 10, 15)}),
        ("发展培养", {"递交入党申请书日期": date(2010, 1, 1)}),
        ("人才库", {"入库日期": TODAY}),
        ("发展计划", {"计划发展党员数": 0}),
        ("发展计划", {"计划发展党员数": " ７ "}),
        ("发展计划", {"计划发展党员数": 1, "女": 2}),
    ],
)  # fmt: skip
def test_what_stands_on_the_edge_is_taken(sheet, cells):
    county = County()
    county[sheet].append(
        {"党员": member(11), "发展培养": applicant(25), "人才库": talent(35), "发展计划": plan(COMMUNITY)}[sheet]
        | cells
    )
    assert refused(county) == []


def test_an_old_number_is_offered_in_eighteen_digits_and_masked():
    county = County()
    county["党员"][0]["公民身份号码"] = fifteen(number(1))
    [fault] = [note for note in look(county).faults if note.sheet == "党员"]
    assert mask_identity(number(1)) in fault.reason
    assert number(1) not in fault.reason
    assert fifteen(number(1)) not in fault.reason


def test_two_faults_of_one_row_are_two_entries():
    county = County()
    county["党员"][1] |= {"姓名": None, "入党日期": "2015-02-30"}
    county["党员"][2] |= {"公民身份号码": number(3)[:17], "转正日期": date(2014, 7, 1)}
    county["发展培养"][2] |= {"递交入党申请书日期": None, "确定为入党积极分子日期": date(2025, 1, 2)}
    county["发展培养"][2] |= {"确定为发展对象日期": date(2025, 1, 1)}
    assert refused(county) == [
        ("党员", 3, "姓名", "WBK-02"),
        ("党员", 3, "入党日期", "DEV-21"),
        ("党员", 4, "公民身份号码", "IDN-01"),
        ("党员", 4, "转正日期", "MEM-04"),
        ("发展培养", 4, "递交入党申请书日期", "WBK-02"),
        ("发展培养", 4, "确定为发展对象日期", "DEV-07"),
    ]


def test_the_first_of_two_rows_of_a_person_is_taken_and_each_later_one_refused():
    county = County()
    county.add("党员", member(1, COMMUNITY), member(1))
    checked = look(county)
    assert faults(checked) == [("党员", 9, "公民身份号码", "WBK-12"), ("党员", 10, "公民身份号码", "WBK-12")]
    assert checked.proposal.people[number(1)].unit == VILLAGE


def test_a_refused_row_still_is_the_first_row_of_its_person():
    county = County()
    county["党员"][1]["姓名"] = None
    county["党员"].append(member(2))
    assert refused(county) == [("党员", 3, "姓名", "WBK-02"), ("党员", 9, "公民身份号码", "WBK-12")]


def test_a_row_that_comes_again_is_refused_once_whatever_else_it_says():
    county = County()
    county["党员"].append(member(1, 姓名=None, 入党日期="不详"))
    assert refused(county) == [("党员", 9, "公民身份号码", "WBK-12")]


@pytest.mark.parametrize("sheet", ["发展培养", "人才库"])
def test_a_member_of_the_same_workbook_is_refused_in_cultivation_and_pool(sheet):
    county = County()
    row = {"发展培养": applicant(8), "人才库": talent(8)}[sheet]
    same = {key: row[key] for key in ("公民身份号码", "出生日期", "性别")}
    county.add("党员", member(8, 入党日期=date(2020, 7, 1), 转正日期=date(2021, 7, 1)) | same)
    county[sheet].append(row)
    assert refused(county) == [(sheet, len(county[sheet]) + 1, "公民身份号码", "WBK-09")]


def test_another_branch_in_a_later_sheet_refuses_that_row():
    county = County()
    county["人才库"].append(talent(22, VILLAGE) | {k: county["发展培养"][1][k] for k in ("公民身份号码", "出生日期")})
    county["人才库"].append(
        talent(23, FAR_VILLAGE) | {k: county["发展培养"][2][k] for k in ("公民身份号码", "出生日期")}
    )
    assert refused(county) == [("人才库", 4, "所在党支部代码", "WBK-13")]


def test_a_plan_given_twice_is_refused_the_second_time():
    county = County()
    county.add("发展计划", plan(TOWN, 9), plan(TOWN, 9, 年度=2025))
    assert refused(county) == [("发展计划", 4, "组织代码", "WBK-08")]


def test_members_of_a_refused_unit_are_refused_as_of_an_unknown_branch():
    county = County()
    county["组织"][7]["组织类别"] = "居委会"
    assert refused(county) == [
        ("组织", 9, "组织类别", "WBK-05"),
        ("党员", 5, "所在党支部代码", "WBK-07"),
        ("发展培养", 3, "所在党支部代码", "WBK-07"),
    ]


def test_a_refusal_names_the_value_with_numbers_masked():
    county = County()
    county["党员"][0]["所在党支部代码"] = "001.009.001"
    county["党员"][1]["人员类别"] = number(2)
    county["党员"][2]["公民身份号码"] = number(3)[:17] + ("0" if number(3)[17] != "0" else "1")
    reasons = [note.reason for note in look(county).faults]
    assert "（填写为“001.009.001”）" in reasons[0]
    assert f"（填写为“{mask_identity(number(2))}”）" in reasons[1]
    assert f"（填写为“{number(3)[:6]}********" in reasons[2]


def test_every_row_is_counted_once():
    county = County()
    county.add("党员", member(1), member(11, "001.009"), member(12))
    checked = look(county)
    assert counts(checked, "党员") == (8, 0, 0, 2)
    assert counts(checked, "组织") == (10, 0, 0, 0)
    assert {title: sum(notes.counts.values()) for title, notes in checked.sheets.items()} == {
        title: len(county[title]) for title in county.sheets
    }


def test_the_root_may_have_no_parent_and_a_second_root_is_refused():
    county = County()
    county["组织"].insert(0, {"组织代码": "002", "组织名称": "白沙镇党委", "组织类别": "乡镇党委"})
    assert refused(county) == [("组织", 2, "上级组织代码", "WBK-15")]
    assert look(County()).proposal.units[0][0].code == COUNTY
