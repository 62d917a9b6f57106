import uuid
from datetime import date

import pytest

from yumiao.bylaws.rules import RULES, Paper, day_objections, paper_objections, setting_objections
from yumiao.kernel.periods import FOREVER
from yumiao.rulebook import examples_that_disagree

TODAY = date(2026, 6, 30)
SPRING = Paper(
    uuid.UUID(int=1), "青组发〔2026〕1号", "县委组织部", "关于明确有关标准的通知", date(2026, 3, 1), date(2027, 3, 1)
)
NEW_YEAR = (date(2027, 1, 1), False, "元旦")


def ids(objections):
    return [objection.rule for objection in objections]


def against(**changed):
    given = {"key": "young.max_age", "value": "40", "since": TODAY, "papers": [SPRING], "reason": "县委常委会决定"}
    return ids(setting_objections(**{**given, "today": TODAY, **changed}))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_of_the_bylaws_agrees_with_its_examples(rule):
    assert examples_that_disagree(rule) == []


def test_a_setting_on_a_paper_in_force_meets_no_objection():
    assert against() == []


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (date(2026, 2, 28), ["BYL-02"]),
        (date(2026, 3, 1), []),
        (date(2027, 2, 28), []),
        (date(2027, 3, 1), ["BYL-02"]),
        (FOREVER, ["BYL-02"]),
    ],
)
def test_the_paper_must_be_in_force_on_the_first_day(since, found):
    assert against(since=since) == found


def test_a_number_that_no_paper_or_two_papers_bear_is_an_objection():
    assert (against(papers=[]), against(papers=[SPRING, SPRING])) == (["BYL-02"], ["BYL-02"])


@pytest.mark.parametrize(
    ("since", "found"), [(date(2026, 6, 29), ["BYL-03"]), (date(2026, 6, 30), []), (date(2026, 7, 1), [])]
)
def test_the_leap_day_policy_changes_only_from_today_on(since, found):
    assert against(key="leap_birthday_policy", value="feb_28", since=since) == found


def test_any_other_setting_may_begin_on_a_past_day():
    assert against(since=date(2026, 3, 1)) == []


def test_a_reason_is_neither_blank_nor_longer_than_500_characters():
    assert [against(reason=" "), against(reason="据" * 500), against(reason="据" * 501)] == [["BYL-05"], [], ["BYL-05"]]


def test_every_objection_is_told_at_once():
    found = against(key="leap_birthday_policy", value="29", since=date(2026, 1, 1), reason="")
    assert found == ["BYL-01", "BYL-02", "BYL-03", "BYL-05"]


def test_an_objection_to_a_value_names_the_key_in_chinese():
    [objection] = setting_objections(
        key="young.tolerance", value="4", since=TODAY, papers=[SPRING], reason="县委常委会决定", today=TODAY
    )
    assert objection.text == "“年龄上限的放宽（岁）”应为 0 至 3 的整数"


def test_a_complete_paper_meets_no_objection_and_an_empty_one_meets_all():
    empty = Paper(SPRING.uid, "", "", "", date(2026, 3, 1), date(2026, 3, 1), scan="卷" * 201)
    assert paper_objections(SPRING, is_registered=False) == []
    assert [objection.text for objection in paper_objections(empty, is_registered=False)] == [
        "请填写文号",
        "请填写发文机关",
        "请填写标题",
        "扫描件位置不得超过 200 个字",
        "失效日应当晚于生效日",
    ]


def test_a_paper_is_registered_once():
    [objection] = paper_objections(SPRING, is_registered=True)
    assert (objection.rule, objection.text) == ("BYL-04", "县委组织部的青组发〔2026〕1号已经登记")


def test_a_whole_year_holds_a_day_off_of_that_year():
    eve = (date(2026, 12, 31), False, "元旦")
    worked = (date(2027, 1, 2), True, "元旦调休")
    assert day_objections([eve, NEW_YEAR], source="通知", whole_year=2027) == []
    assert ids(day_objections([eve, worked], source="通知", whole_year=2027)) == ["CAL-07"]
    assert day_objections([eve, worked], source="通知", whole_year=None) == []


def test_every_fault_of_a_list_of_days_is_told_at_once():
    found = day_objections([NEW_YEAR, (date(2027, 1, 1), True, " ")], source="", whole_year=2028)
    assert [objection.text for objection in found] == [
        "2027年1月1日填写了不止一次",
        "每天都要写明名称，不超过 60 个字",
        "请写明依据，不超过 200 个字",
        "2028 年的全年安排中没有一天是放假日",
    ]
