"""The reasons behind the ledger: everybody who counts, everybody who does not and why, and the same numbers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.ledger.explained_county import DAY, FAR, explained_county
from yumiao.bylaws.keys import BottomWindow
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.journal.acts import Actor
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger.explanation import Explanation, Line, explain
from yumiao.ledger.lines_said import Number
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db

CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
DAYS = (
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2026, 6, 30),
    date(2026, 8, 31),
    DAY,
    date(2026, 12, 31),
    date(2028, 1, 1),
)


@pytest.fixture(autouse=True)
def _county() -> None:
    county = explained_county()
    county.founded[FAR] = date(2025, 3, 1)
    county.write(CLERK)


def line(said: Explanation, rule: str) -> Line:
    return next(line for line in said.lines if line.rule.id == rule)


def counted(line: Line) -> list[str]:
    return [one.person.name for one in line.counted]


def not_counted(line: Line) -> dict[str, str]:
    return {one.person.name: one.said for one in line.not_counted}


def set_to(key: str, value: str) -> None:
    record_paper(
        number="青组发〔2026〕3号", issuing_body="县委组织部", title="通知", in_force_from=date(2020, 1, 1), actor=CLERK
    )
    change_setting(
        key=key,
        value=value,
        since=date(2020, 1, 1),
        paper_number="青组发〔2026〕3号",
        reason="按通知调整",
        actor=CLERK,
        today=DAY,
    )


def assert_same_as_ledger(day: date) -> None:
    found = ledger(day)
    for village in found.villages:
        said, counts = explain(village.unit.code, day), village.counts
        warning, bottom, young, reserve, *_ = said.lines
        rolling = village.settings.bottom_window is BottomWindow.ROLLING_24_MONTHS
        calendar = counts.year_before + counts.last_year + counts.this_year
        assert len(warning.counted) == counts.last_year + counts.this_year
        assert len(bottom.counted) == (counts.in_window if rolling else calendar)
        assert len(young.counted) == counts.young
        assert len(reserve.counted) == village.reserve
        assert said.grade == village.grade
    for township in found.townships:
        said = explain(township.unit.code, day)
        assert len(line(said, "WRN-03").counted) == township.counts.young_this_year
        assert len(line(said, "RES-01").counted) == township.reserve
        assert said.grade == township.grade


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_numbers_are_those_of_the_ledger(day: date) -> None:
    assert_same_as_ledger(day)


def test_the_numbers_are_those_of_the_ledger_when_the_window_rolls_and_targets_do_not_count() -> None:
    set_to("bottom.window", "rolling_24_months")
    change_setting(
        key="reserve.count_targets",
        value="false",
        since=date(2020, 1, 1),
        paper_number="青组发〔2026〕3号",
        reason="按通知调整",
        actor=CLERK,
        today=DAY,
    )
    for day in (date(2025, 1, 1), DAY, date(2026, 12, 31)):
        assert_same_as_ledger(day)


def test_everybody_who_does_not_count_for_the_warning_line_has_a_reason() -> None:
    warning = line(explain("001.001.001", DAY), "WRN-02")
    assert warning.verdict == "未预警"
    assert warning.period == "2025-01-01 至 2026-10-31"
    assert counted(warning) == ["辛已走", "甲在内", "乙二支", "丙不明"]
    assert not_counted(warning) == {
        "癸前年": "入党日期早于 2025-01-01，不在期间内",
        "戊取消": "自 2026-09-01 起不再计入（取消或不予承认）",
        "己外村": "计入白水镇党委 柳湾村党支部（按入党时所在党支部）",
        "庚外县": "入党时不在本县，不计入",
        "丁待批": "待上级党委审批",
        "午已会": "支部大会已通过，待上级党委审批",
    }
    assert warning.sentences == ("上年度发展 1 名，本年度发展 3 名", "另有 2 名待审批，审批后计入")


def test_an_admission_undone_later_counts_up_to_the_day_before_that_decision() -> None:
    assert "戊取消" in counted(line(explain("001.001.001", date(2026, 8, 31)), "WRN-02"))
    assert "戊取消" not in counted(line(explain("001.001.001", date(2026, 9, 1)), "WRN-02"))


def test_an_admission_counts_from_the_day_of_its_approval_on() -> None:
    assert "丁待批" not in counted(line(explain("001.001.001", date(2026, 11, 4)), "WRN-02"))
    assert "丁待批" in counted(line(explain("001.001.001", date(2026, 11, 5)), "WRN-02"))


def test_a_village_in_breach_is_told_what_clears_it() -> None:
    said = explain("001.001.002", DAY)
    bottom = line(said, "WRN-01")
    assert (bottom.verdict, bottom.to_clear) == ("突破底线；年内须发展", "还需在 2026年12月31日前接收 1 名")
    assert line(said, "WRN-02").to_clear == "在 2026年12月31日前接收 1 名预备党员并经审批，预警即解除"
    assert said.grade is not None and said.grade.label == "严重"


def test_a_breach_of_closed_years_does_not_change_within_the_year() -> None:
    bottom = line(explain("001.001.002", date(2026, 12, 1)), "WRN-01")
    assert bottom.verdict == "突破底线"
    assert bottom.to_clear == "前两个年度已经结束，本年内不再改变；本年度已发展 1 名，明年起不再突破"


def test_a_new_village_is_told_from_when_on_its_lines_are_assessed() -> None:
    def first_two(day: date) -> list[tuple[str, str]]:
        return [(one.rule.id, one.verdict) for one in explain("001.002.001", day).lines[:2]]

    assert first_two(date(2025, 12, 31)) == [("WRN-08", "新建村，不评"), ("WRN-08", "新建村，不评")]
    assert first_two(date(2026, 1, 1)) == [("WRN-02", "未预警"), ("WRN-08", "新建村，不评")]
    assert first_two(date(2027, 12, 31))[1] == ("WRN-08", "新建村，不评")
    assert [rule for rule, _ in first_two(date(2028, 1, 1))] == ["WRN-02", "WRN-01"]


def test_the_young_needed_are_the_fewest_that_reach_the_floor() -> None:
    young = line(explain("001.001.002", DAY), "WRN-04b")
    assert young.verdict == "列入清单"
    assert young.to_clear == "再发展 2 名 35 周岁及以下党员"


def test_suspended_members_and_unknown_births_are_shown_apart_from_the_young() -> None:
    young = line(explain("001.001.001", DAY), "WRN-04b")
    assert counted(young) == ["甲在内", "丁待批"]
    assert not_counted(young) == {"丙不明": "出生日期不明，按非青年计", "壬停籍": "停止党籍，不在册"}
    assert young.sentences == (
        "在册党员 8 名，35 周岁及以下 2 名，占 25.0%，下限 10%",
        "其余 5 名超过 35 周岁",
    )


def numbers(line: Line) -> dict[str, int]:
    """What the numbers of people in the figures ask of the list of people, and how many they are."""
    return {part.rows: part.count for figure in line.figures for part in figure if isinstance(part, Number)}


def test_the_numbers_of_people_say_which_list_shows_them() -> None:
    said = explain("001.001.001", DAY)
    assert numbers(line(said, "WRN-02")) == {"admitted=2025": 1, "admitted=2026": 3, "kind=pending": 2}
    assert numbers(line(said, "WRN-01")) == {"admitted=2024": 1, "admitted=2025": 1, "admitted=2026": 3}
    assert numbers(line(said, "WRN-04b")) == {"kind=member": 8, "kind=member&age=-35": 2, "kind=member&age=36-": 5}
    assert numbers(line(said, "RES-03")) == {"kind=activist": 2}
    township = line(explain("001.001", DAY), "WRN-03")
    assert numbers(township) == {"admitted=2026&rural=1": 3, "admitted=2026&rural=1&young=1": 1}


def test_a_number_that_no_list_shows_exactly_is_only_said() -> None:
    set_to("bottom.window", "rolling_24_months")
    change_setting(
        key="reserve.count_targets",
        value="false",
        since=date(2020, 1, 1),
        paper_number="青组发〔2026〕3号",
        reason="按通知调整",
        actor=CLERK,
        today=DAY,
    )
    said = explain("001.001.001", DAY)
    assert (line(said, "WRN-09").sentences, numbers(line(said, "WRN-09"))) == (("近 24 个月发展 4 名",), {})
    assert (line(said, "RES-03").sentences, numbers(line(said, "RES-03"))) == (("在培养的入党积极分子 1 名",), {})


def test_a_village_without_members_is_not_assessed_for_the_young_share() -> None:
    young = line(explain("001.001.003", DAY), "WRN-04b")
    assert (young.verdict, young.to_clear) == ("没有党员，不评", "")


def test_applicants_are_shown_as_not_yet_activists_and_ended_cases_not_at_all() -> None:
    reserve = line(explain("001.001.001", DAY), "RES-03")
    assert counted(reserve) == ["辰积极", "巳对象"]
    assert not_counted(reserve) == {
        "卯申请": "申请人，尚未确定为积极分子",
        "申明日": "申请人，尚未确定为积极分子",
    }


def test_the_guidance_line_names_the_age_at_the_meeting_and_what_is_needed() -> None:
    guidance = line(explain("001.001", DAY), "WRN-03")
    assert guidance.verdict == "未达到"
    assert counted(guidance) == ["甲在内"]
    assert not_counted(guidance)["乙二支"] == "大会当日 56 周岁，超过 35 周岁"
    assert not_counted(guidance)["丙不明"] == "出生日期不明，按非青年计"
    assert guidance.to_clear == "年内再发展 5 名 35 周岁及以下党员且不再发展其他年龄的"


def test_the_reserve_of_a_township_is_held_against_three_times_its_plan() -> None:
    reserve = line(explain("001.001", DAY), "RES-01")
    assert reserve.verdict == "缺 4 名"
    assert reserve.sentences == ("计划发展 2 名，应储备 6 名，现有 2 名，比例 1:1.00",)


def test_a_township_without_a_plan_is_not_assessed_for_its_reserve() -> None:
    reserve = line(explain("001.002", DAY), "RES-01")
    assert (reserve.verdict, reserve.to_clear) == ("未下达计划，不评", "")


def test_a_branch_below_a_village_is_explained_by_its_village() -> None:
    assert explain("001.001.001.002", DAY).as_json() == explain("001.001.001", DAY).as_json()


def test_a_county_is_summed_up_without_people() -> None:
    said = explain("001", DAY)
    assert (said.grade, said.people_count) == (None, 0)
    assert line(said, "WRN-02").verdict == "2 个列入清单，其中 0 个已解除"
    assert line(said, "WRN-01").verdict == "2 个突破底线，2 个须在 2026年12月31日前发展"
    assert line(said, "WRN-01").sentences == (
        "村（社区）4 个，在列 2 个，占 50.0%",
        "石桥村党支部（001.001.002）、松坪社区党支部（001.001.003）",
    )
    assert line(said, "WRN-04b").verdict == "1 个列入清单，1 个没有党员、不评"
    assert line(said, "WRN-03").verdict == "2 个未达到"


def test_an_office_branch_and_an_unknown_code_stand_in_no_line() -> None:
    with pytest.raises(OutOfScope, match="青石镇机关党支部不在三线之内"):
        explain("001.001.004", DAY)
    with pytest.raises(OutOfScope, match="没有代码为 009 的组织"):
        explain("009", DAY)


def test_the_text_names_people_by_masked_numbers_and_writes_days_as_numbers() -> None:
    text = explain("001.001.001", DAY).as_lines()
    assert text[0] == "青石镇党委 云岭村党总支（001.001.001）  2026-10-31  预警等级：无"
    assert text[2:4] == ["【预警线：上年度未发展党员】未预警", "  依据：江华瑶族自治县“引选留”育苗法（WRN-02）"]
    assert any(re.fullmatch(r"    甲在内（999001[*]{8}001[0-9X]） 2026-03-01 入党", row) for row in text)
    assert not any("19950501" in row for row in text)


def test_the_people_named_are_counted_once_each() -> None:
    said = explain("001.001.002", DAY)
    assert said.people_count == 0
    assert explain("001.001.002", date(2026, 11, 20)).people_count == 1
    assert explain("001.001.001", DAY).people_count == 16


def test_the_json_holds_one_object_for_each_line() -> None:
    said = explain("001.001.002", date(2026, 11, 20)).as_json()
    assert (said["unit"], said["as_of"], said["grade"]) == ("001.001.002", "2026-11-20", "severe")
    assert [one["rule"] for one in said["lines"]] == ["WRN-02", "WRN-01", "WRN-04b", "RES-03", "PLN-03", "WRN-05b"]
    (counted,) = said["lines"][0]["counted"]
    assert {key: counted[key] for key in ("name", "on", "said")} == {
        "name": "丑未来",
        "on": "2026-11-20",
        "said": "入党",
    }
