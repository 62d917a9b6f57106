"""People in several sheets and in a second file: what is corrected, what is refused, what stays, who arrives in the Party."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk.county_cells import (
    COMMUNITY,
    FAR_VILLAGE,
    FIRST_BRANCH,
    OFFICE,
    TODAY,
    VILLAGE,
    County,
    applicant,
    fifteen,
    member,
    number,
    talent,
)  # fmt: skip
from tests.desk.county_facts import (
    all_facts,
    counts,
    faults,
    imported_rows,
    look,
    people_facts,
    refused,
    row_counts,
    struck,
    take,
    taken,
    warned,
    warnings,
)  # fmt: skip
from yumiao.admission.models import StepRecord
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.people.models import Attribution, Belonging, Membership, PersonRecord, PersonSecret, Statement
from yumiao.talent.models import Talent

pytestmark = pytest.mark.db

BORN = date(1995, 2, 3)
WHO = number(11)
ACTIVIST = number(21, BORN)
LATER = TODAY + timedelta(days=10)


def with_member(**cells) -> County:
    county = County()
    county.add("党员", member(11, **cells))
    return county


def of(who: str) -> dict:
    return people_facts()[who]


def record(who: str) -> tuple:
    [(since, until, *attributes)] = of(who)["record"]
    assert (since, until) == (BEGIN, FOREVER)
    return tuple(attributes)


def arriving(**cells) -> County:
    """The county in which the activist has become a member."""
    county = County()
    person = {key: value for key, value in county["发展培养"].pop(0).items() if key in county.headers["党员"]}
    county.add("党员", member(21, 入党日期=date(2026, 6, 1), 转正日期=None, 人员类别="预备党员") | person | cells)
    return county


def test_an_imported_member_stands_in_the_branch_since_admission_as_far_as_known():
    taken(with_member())
    facts = of(WHO)
    assert record(WHO) == ("韦禾下", "m", date(1980, 5, 6), 19800506, "汉族", "大专", "农牧渔民")
    assert facts["belonging"] == [(VILLAGE, date(2015, 7, 1), FOREVER, False)]
    assert facts["attribution"] == [(VILLAGE, date(2015, 7, 1), FOREVER, "admitted")]
    joined, full = date(2015, 7, 1), date(2016, 7, 1)
    assert facts["membership"] == [(1, joined, "assumed", joined, joined, full, full, FOREVER, 35)]
    assert facts["numbers"] == [("identity", WHO), ("phone", "12300000011")]


def test_an_applicant_stands_in_the_branch_since_the_application_and_a_talent_since_the_pool_day():
    taken(County())
    assert of(ACTIVIST)["belonging"] == [(VILLAGE, date(2024, 3, 5), FOREVER, False)]
    assert of(ACTIVIST)["steps"] == [(1, date(2024, 3, 5)), (3, date(2024, 10, 15))]
    who = number(31, date(1998, 8, 9))
    assert of(who)["belonging"] == [(VILLAGE, date(2026, 3, 5), FOREVER, False)]
    assert of(who)["talents"] == [("wealth_leader", date(2026, 3, 5), FOREVER)]


def test_the_day_of_the_development_target_is_step_8():
    taken(County())
    assert of(number(22, BORN))["steps"] == [(1, date(2024, 3, 5)), (3, date(2024, 10, 15)), (8, date(2025, 10, 15))]


def test_a_person_in_two_sheets_is_one_person_since_the_earlier_day():
    county = County()
    county.add("人才库", applicant(21, 人才类别="返乡大学生", 入库日期=date(2023, 2, 1)))
    taken(county)
    facts = of(ACTIVIST)
    assert facts["belonging"] == [(VILLAGE, date(2023, 2, 1), FOREVER, False)]
    assert facts["talents"] == [("returning_graduate", date(2023, 2, 1), FOREVER)]
    assert len(facts["steps"]) == 2


def test_sheets_that_say_different_things_of_a_person_are_warned_of_and_the_earlier_stands():
    county = County()
    county.add(
        "人才库",
        applicant(21, 姓名="韦苗", 学历="本科", 手机号码="12399999999", 人才类别="其他", 入库日期=date(2026, 2, 1)),
    )
    assert warned(county) == [("人才库", 4, column, "WBK-10") for column in ("姓名", "学历", "手机号码")]
    taken(county)
    assert record(ACTIVIST)[5] == "大专"
    assert ("phone", "12300000021") in of(ACTIVIST)["numbers"]
    before = row_counts()
    assert (take(county).written, row_counts()) == (False, before)


def test_a_known_person_in_another_branch_is_refused():
    taken(with_member())
    assert refused(with_member(所在党支部代码=COMMUNITY)) == [("党员", 9, "所在党支部代码", "WBK-13")]
    county = County()
    county["发展培养"][0]["所在党支部代码"] = FIRST_BRANCH
    county["人才库"][0]["所在党支部代码"] = FIRST_BRANCH
    assert refused(county) == [
        ("发展培养", 2, "所在党支部代码", "WBK-13"),
        ("人才库", 2, "所在党支部代码", "WBK-13"),
    ]


def test_another_admission_day_of_a_known_member_is_refused():
    taken(with_member())
    assert refused(with_member(入党日期=date(2015, 7, 2))) == [("党员", 9, "入党日期", "WBK-14")]


@pytest.mark.parametrize("sheet", ["发展培养", "人才库"])
def test_a_known_member_is_refused_in_cultivation_and_pool(sheet):
    county = County()
    dates = {"入党日期": date(2020, 7, 1), "转正日期": date(2021, 7, 1)}
    county.add("党员", {**member(11), **dates})
    taken(county)
    county = County()
    row = {"发展培养": applicant(11), "人才库": talent(11)}[sheet]
    county.add(sheet, row | {key: member(11)[key] for key in ("公民身份号码", "出生日期")})
    assert refused(county) == [(sheet, len(county[sheet]) + 1, "公民身份号码", "WBK-09")]


def test_changed_facts_of_a_known_person_are_corrections_with_the_same_valid_time():
    taken(with_member())
    before = row_counts()
    result = taken(with_member(姓名="韦青禾", 学历="本科", 手机号码="12300001111", 转正日期=date(2016, 8, 1)))
    assert counts(result.checked, "党员") == (0, 1, 7, 0)
    assert record(WHO)[0] == "韦青禾"
    assert record(WHO)[5] == "本科"
    assert ("phone", "12300001111") in of(WHO)["numbers"]
    assert of(WHO)["membership"][0][5:7] == (date(2016, 8, 1), date(2016, 8, 1))
    assert (struck(PersonRecord), struck(PersonSecret), struck(Membership)) == (1, 1, 1)
    after = row_counts()
    written = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert written == dict.fromkeys(("PersonRecord", "PersonSecret", "Membership", "Entry", "ImportedRow"), 1)
    assert imported_rows() == [("党员", 9, "person", "changed")]


def test_a_corrected_birth_date_corrects_the_age_at_admission():
    taken(with_member())
    taken(with_member(出生日期=date(1980, 8, 6), 与证件不一致说明="档案登记为八月"))
    assert of(WHO)["membership"][0][8] == 34


def test_corrected_days_of_a_case_and_of_the_pool():
    taken(County())
    county = County()
    county["发展培养"][0]["确定为入党积极分子日期"] = date(2024, 11, 1)
    county["人才库"][0] |= {"人才类别": "退役军人", "入库日期": date(2026, 3, 9)}
    result = taken(county)
    assert (counts(result.checked, "发展培养"), counts(result.checked, "人才库")) == ((0, 1, 2, 0), (0, 1, 1, 0))
    assert of(ACTIVIST)["steps"] == [(1, date(2024, 3, 5)), (3, date(2024, 11, 1))]
    assert of(number(31, date(1998, 8, 9)))["talents"] == [("veteran", date(2026, 3, 9), FOREVER)]
    assert (struck(StepRecord), struck(Talent)) == (1, 1)


def test_a_step_that_a_later_file_adds_is_a_correction_of_the_case():
    taken(County())
    county = County()
    county["发展培养"][2]["确定为入党积极分子日期"] = date(2025, 9, 1)
    result = taken(county)
    assert counts(result.checked, "发展培养") == (0, 1, 2, 0)
    assert of(number(23, BORN))["steps"] == [(1, date(2024, 3, 5)), (3, date(2025, 9, 1))]
    assert struck(StepRecord) == 0


def test_an_earlier_application_moves_the_day_since_when_the_person_stands_there():
    taken(County())
    county = County()
    county["发展培养"][0]["递交入党申请书日期"] = date(2023, 12, 1)
    taken(county)
    assert of(ACTIVIST)["belonging"] == [(VILLAGE, date(2023, 12, 1), FOREVER, False)]
    assert struck(Belonging) == 1


def test_an_empty_cell_never_erases():
    county = County()
    county.add("党员", member(11, 原身份证号码=fifteen(WHO), 入党时所在党支部代码=COMMUNITY))
    taken(county)
    before, rows = all_facts(), row_counts()
    empty = County()
    empty.add("党员", member(11, 原身份证号码=None, 入党时所在党支部代码=None))
    needed = {
        "公民身份号码",
        "姓名",
        "所在党支部代码",
        "人员类别",
        "入党日期",
        "递交入党申请书日期",
        "人才类别",
        "入库日期",
    }
    for title in ("党员", "发展培养", "人才库"):
        empty.sheets[title] = [{key: row[key] for key in row if key in needed} for row in empty[title]]
    empty.sheets["发展计划"] = [
        {key: row[key] for key in ("年度", "组织代码", "计划发展党员数")} for row in empty["发展计划"]
    ]
    result = take(empty)
    assert (faults(result.checked), result.written) == ([], False)
    assert (all_facts(), row_counts()) == (before, rows)


def test_a_person_no_longer_listed_stays():
    taken(with_member())
    result = take(County())
    assert (faults(result.checked), result.written) == ([], False)
    assert WHO in people_facts()


def test_an_explained_difference_keeps_both_values_with_a_warning():
    county = with_member(性别="女", 出生日期=date(1981, 1, 2), 与证件不一致说明="以档案为准")
    assert warned(county) == [("党员", 9, "性别", "IDN-04"), ("党员", 9, "出生日期", "IDN-04")]
    taken(county)
    assert record(WHO)[1:4] == ("f", date(1981, 1, 2), 19810102)
    assert of(WHO)["statements"] == [("born_on", "1980-05-06", "以档案为准"), ("sex", "m", "以档案为准")]
    assert not take(county).written


def test_another_explanation_is_a_correction():
    taken(with_member(性别="女", 与证件不一致说明="以档案为准"))
    result = taken(with_member(性别="女", 与证件不一致说明="已函询公安机关"))
    assert counts(result.checked, "党员") == (0, 1, 7, 0)
    assert of(WHO)["statements"] == [("sex", "m", "已函询公安机关")]


def test_a_difference_that_is_gone_takes_its_statement_back():
    taken(with_member(性别="女", 出生日期=date(1981, 1, 2), 与证件不一致说明="以档案为准"))
    result = taken(with_member(出生日期=date(1981, 1, 2), 与证件不一致说明="以档案为准"))
    assert counts(result.checked, "党员") == (0, 1, 7, 0)
    assert record(WHO)[1] == "m"
    assert of(WHO)["statements"] == [("born_on", "1980-05-06", "以档案为准")]
    assert struck(Statement) == 1


def test_a_difference_that_a_later_file_does_not_speak_of_keeps_its_statement():
    taken(with_member(性别="女", 与证件不一致说明="以档案为准"))
    result = take(with_member(性别=None))
    assert (faults(result.checked), result.written) == ([], False)
    assert of(WHO)["statements"] == [("sex", "m", "以档案为准")]


def test_a_full_member_without_confirmation_counts_from_the_day_of_import_and_keeps_that_day():
    county = with_member(转正日期=None)
    assert warned(county) == [("党员", 9, "转正日期", "MEM-10")]
    taken(county)
    assert of(WHO)["membership"][0][5:7] == (TODAY, None)
    assert not take(county, today=LATER).written
    taken(with_member())
    assert of(WHO)["membership"][0][5:7] == (date(2016, 7, 1), date(2016, 7, 1))


def test_a_probationary_member_with_a_confirmation_day_stays_probationary():
    county = with_member(人员类别="预备党员")
    assert warned(county) == [("党员", 9, "转正日期", "MEM-10")]
    taken(county)
    assert of(WHO)["membership"][0][5:7] == (FOREVER, date(2016, 7, 1))


def test_a_probationary_member_is_confirmed_by_a_later_file():
    county = County()
    county["党员"][6] |= {"入党日期": date(2025, 5, 15)}
    taken(county)
    county["党员"][6] |= {"人员类别": "正式党员", "转正日期": date(2026, 5, 15)}
    assert counts(taken(county).checked, "党员") == (0, 1, 6, 0)
    assert of(number(7))["membership"][0][5:7] == (date(2026, 5, 15), date(2026, 5, 15))


@pytest.mark.parametrize(
    ("confirmed_on", "expected"),
    [(date(2016, 6, 30), [("党员", 9, "转正日期", "MEM-03")]), (date(2016, 7, 1), [])],
)
def test_a_confirmation_a_day_early_is_taken_with_a_warning(confirmed_on, expected):
    assert warned(with_member(转正日期=confirmed_on)) == expected


@pytest.mark.parametrize(
    ("applied_on", "expected"),
    [(date(2013, 2, 2), [("发展培养", 2, "递交入党申请书日期", "DEV-01")]), (date(2013, 2, 3), [])],
)
def test_an_application_under_18_is_taken_with_a_warning(applied_on, expected):
    county = County()
    county["发展培养"][0]["递交入党申请书日期"] = applied_on
    assert warned(county) == expected


def test_a_target_after_less_than_a_year_or_without_activist_day_is_taken_with_a_warning():
    county = County()
    county["发展培养"][1]["确定为发展对象日期"] = date(2025, 10, 14)
    county["发展培养"][2]["确定为发展对象日期"] = date(2025, 10, 14)
    assert warned(county) == [
        ("发展培养", 3, "确定为发展对象日期", "DEV-06"),
        ("发展培养", 4, "确定为发展对象日期", "DEV-06"),
    ]


def test_a_former_number_of_somebody_else_is_kept_with_a_warning():
    county = with_member(原身份证号码=fifteen(number(13)))
    assert warned(county) == [("党员", 9, "原身份证号码", "IDN-03")]
    taken(county)
    assert ("former", fifteen(number(13))) in of(WHO)["numbers"]


def test_an_activist_who_arrives_among_the_members_ends_his_case_as_admitted():
    taken(County())
    result = taken(arriving())
    assert counts(result.checked, "党员") == (0, 1, 7, 0)
    facts = of(ACTIVIST)
    assert facts["ends"] == [(date(2026, 6, 1), "admitted")]
    assert facts["membership"][0][1] == date(2026, 6, 1)
    assert facts["belonging"] == [(VILLAGE, date(2024, 3, 5), FOREVER, False)]
    assert facts["attribution"] == [(VILLAGE, date(2026, 6, 1), FOREVER, "admitted")]
    assert imported_rows() == [("党员", 9, "person", "changed")]
    assert not take(arriving()).written


def test_an_activist_who_arrives_among_the_members_of_another_branch_is_refused():
    taken(County())
    assert refused(arriving(所在党支部代码=COMMUNITY)) == [("党员", 9, "所在党支部代码", "WBK-13")]


def test_a_talent_who_arrives_among_the_members_leaves_the_pool_on_that_day():
    county = County()
    county.add("人才库", applicant(21, 人才类别="其他", 入库日期=date(2025, 2, 1)))
    taken(county)
    taken(arriving())
    assert of(ACTIVIST)["talents"] == [("other", date(2025, 2, 1), date(2026, 6, 1))]


def test_a_talent_who_entered_the_pool_after_admission_was_never_in_it():
    county = County()
    county.add("人才库", applicant(21, 人才类别="其他", 入库日期=date(2026, 6, 1)))
    taken(county)
    taken(arriving())
    assert "talents" not in of(ACTIVIST)


def test_a_member_admitted_elsewhere_stands_here_and_counts_there():
    taken(with_member(入党时所在党支部代码=FAR_VILLAGE))
    assert of(WHO)["belonging"] == [(VILLAGE, date(2015, 7, 1), FOREVER, False)]
    assert of(WHO)["attribution"] == [(FAR_VILLAGE, date(2015, 7, 1), FOREVER, "stated")]
    result = taken(with_member(入党时所在党支部代码=OFFICE))
    assert counts(result.checked, "党员") == (0, 1, 7, 0)
    assert of(WHO)["attribution"] == [(OFFICE, date(2015, 7, 1), FOREVER, "stated")]
    assert struck(Attribution) == 1


def test_a_corrected_plan_keeps_the_parts_that_the_new_row_leaves_empty():
    taken(County())
    county = County()
    county["发展计划"][0] |= {"计划发展党员数": 9, "女": None}
    result = taken(county)
    assert counts(result.checked, "发展计划") == (0, 1, 1, 0)
    assert all_facts()[2] == {("001.001", 2026, 9, 6, 4, 3), (FAR_VILLAGE, 2026, 2, None, None, None)}


def test_a_part_larger_than_the_plan_is_taken_with_a_warning():
    county = County()
    county["发展计划"][1]["女"] = 3
    checked = look(county)
    assert (faults(checked), warnings(checked)) == ([], [("发展计划", 3, "女", "PLN-04")])


def test_an_import_in_the_past_judges_dates_by_that_day():
    county = County().without("人才库", "发展计划")
    day = date(2026, 5, 14)
    assert refused(county, today=day) == [("党员", 8, "入党日期", "DEV-21")]
    assert refused(county, today=date(2026, 5, 15)) == []
