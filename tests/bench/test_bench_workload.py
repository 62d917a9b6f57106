"""The bench compares like with like, and says what it measured."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from bench.clerk import village_counts
from bench.cost import Cost, Figure, exponent
from bench.report import memory_row, seconds, table, time_row
from yumiao.desk.demo.county import county
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.demo.figures import Figures

DAY = date(2026, 10, 31)
UNITS: list[tuple[object, ...]] = [
    ("组织代码", "组织类别", "上级组织代码"),
    ("1", "县委", None),
    ("1.1", "乡镇党委", "1"),
    ("1.1.1", "村党总支", "1.1"),
    ("1.1.1.1", "村党支部", "1.1.1"),
    ("1.2", "机关党支部", "1"),
]
MEMBERS: list[tuple[object, ...]] = [
    ("公民身份号码", "性别", "出生日期", "学历", "所在党支部代码", "人员类别", "入党日期", "入党时所在党支部代码"),
    ("999001199110310013", "男", None, "大专", "1.1.1.1", "正式党员", datetime(2024, 1, 1), None),  # noqa: DTZ001
    ("999001199010300026", "女", date(1990, 10, 30), "初中", "1.1.1", "预备党员", date(2025, 12, 31), "1.2"),
    ("999001199001010038", "女", date(1990, 1, 1), "初中", "1.2", "预备党员", date(2026, 6, 1), None),
]
CASES: list[tuple[object, ...]] = [
    ("所在党支部代码", "确定为入党积极分子日期", "确定为发展对象日期"),
    ("1.1.1.1", None, None),
    ("1.1.1", None, date(2026, 5, 1)),
]
TALENTS: list[tuple[object, ...]] = [("所在党支部代码",), ("1.1.1",)]
PLANS: list[tuple[object, ...]] = [("年度", "组织代码", "计划发展党员数"), (2026, "1.1.1", 2), (2025, "1.1.1", 7)]


def test_the_clerk_counts_a_village_with_all_below_it_and_nothing_else() -> None:
    sheets = {"组织": UNITS, "党员": MEMBERS, "发展培养": CASES, "人才库": TALENTS, "发展计划": PLANS}
    assert village_counts(sheets, DAY) == {
        "1.1.1": Counter(
            members=2, full_members=1, women=1, low_education=1, known_births=2, age_sum=35 + 36, young=1,
            year_before=1, applicants=2, activists=1, targets=1, talents=1, planned=2,
        )
    }  # fmt: skip


def test_the_clerk_finds_in_the_demo_county_what_it_was_made_to_hold() -> None:
    counts = village_counts({title: [header, *rows] for title, (header, rows) in county().items()}, DEMO_DAY).values()
    figures = Figures.at(1)
    assert len(counts) == figures.villages
    assert sum(one["this_year"] for one in counts) == figures.admitted_this_year
    assert sum(one["last_year"] == 0 for one in counts) == figures.without_admission_last_year
    assert sum(one["activists"] == 0 for one in counts) == figures.villages_without_activist


def test_a_figure_is_the_median_and_the_least_of_its_runs() -> None:
    assert Figure.of([Cost(3.0, 1.0), Cost(1.0, 2.0), Cost(9.0, 3.0)]) == Figure(median=3.0, least=1.0, cpu=2.0)


@pytest.mark.parametrize(("large", "grown"), [(20.0, 1.0), (200.0, 2.0), (2.0, 0.0)])
def test_the_exponent_says_how_a_cost_grows(large: float, grown: float) -> None:
    assert exponent(2.0, large, factor=10) == pytest.approx(grown)


@pytest.mark.parametrize(("value", "said"), [(0.0004, "0.4 ms"), (0.9994, "999.4 ms"), (1.0, "1.00 s")])
def test_seconds_are_said_in_fitting_units(value: float, said: str) -> None:
    assert seconds(value) == said


@pytest.mark.parametrize(("median", "met"), [(2.0, "yes"), (2.001, "NO")])
def test_a_target_is_met_up_to_its_very_value(median: float, met: str) -> None:
    ours, floor = Figure(median, 1.5, 1.25), Figure(0.5, 0.5, 0.5)
    row = time_row("write", ours, floor=floor, target=2.0)
    assert row == ("write", "500.0 ms", "2.00 s", "1.50 s", "1.25 s", "4.0", "<= 2.00 s", met)


def test_memory_is_held_against_250_megabytes() -> None:
    assert memory_row("memory", 250_000_001)[2:] == ("250 MB", "-", "-", "-", "<= 250 MB", "NO")


def test_what_was_not_measured_is_a_dash() -> None:
    assert time_row("verify", None) == ("verify", "-", "-", "-", "-", "-", "-", "-")


def test_a_table_sets_names_to_the_left_and_figures_to_the_right() -> None:
    assert table(("what", "ours"), [("a", "1"), ("abcdef", "")]) == "what    ours\n------------\na          1\nabcdef"
