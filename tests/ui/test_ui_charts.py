"""Charts: every mark a link with a sentence, at noughts, missing values and a single row."""

from __future__ import annotations

import re
import time
from fractions import Fraction

import pytest

from yumiao.ui.charts import (
    Band,
    Cell,
    LegendItem,
    Part,
    PlanRow,
    PlanWords,
    legend,
    meter,
    plan_bars,
    pyramid,
    stacked,
    tiles,
)
from yumiao.ui.trend import TrendPoint, Value, scale_of, trend

WORDS = PlanWords("计划", "已发展", "其中青年", "未达", "75%", "未下达")
THREE_QUARTERS = Fraction(3, 4)


def widths(markup: str, kind: str) -> list[float]:
    return [float(found) for found in re.findall(rf'<rect class="{kind}"[^>]* width="([0-9.]+)"', markup)]


def labels(markup: str) -> list[str]:
    return re.findall(r'<a [^>]*aria-label="([^"]*)"', markup)


def sentences(markup: str) -> list[str]:
    return re.findall(r'<span class="hide-text">([^<]*)</span>', markup)


def test_a_meter_shares_its_length_and_leaves_a_gap() -> None:
    drawn = meter([Part("甲", 3, "/a", "clear"), Part("乙", 1, "/b", "warn")], unit=" 个村")
    assert (widths(drawn, "f-clear"), widths(drawn, "f-warn")) == ([657.8], [219.2])
    assert labels(drawn) == ["甲 3 个村", "乙 1 个村"]
    assert 'role="group" aria-label="甲 3 个村，乙 1 个村"' in drawn


def test_a_part_of_nought_leaves_no_mark_but_is_said() -> None:
    drawn = meter([Part("甲", 0, "/a", "clear"), Part("乙", 1, "/b", "warn")])
    assert (widths(drawn, "f-clear"), widths(drawn, "f-warn")) == ([], [880.0])
    assert 'aria-label="甲 0，乙 1"' in drawn


def test_a_meter_of_nothing_is_an_empty_track() -> None:
    assert (labels(meter([])), widths(meter([]), "c-track")) == ([], [880.0])


def test_a_stacked_bar_has_a_link_with_number_and_share_for_every_part() -> None:
    drawn = stacked([Part("初中", 1, "/a", "a"), Part("高中", 2, "/b", "b"), Part("大专", 0, "/c", "c")], said="学历")
    assert re.findall(r"<span>(.*?)</span><b>(.*?)</b><small>(.*?)</small>", drawn) == [
        ("初中", "1", "33.3%"),
        ("高中", "2", "66.7%"),
        ("大专", "0", "0.0%"),
    ]


def test_a_stacked_bar_of_nothing_claims_no_share() -> None:
    assert "<b>0</b><small>–</small>" in stacked([Part("初中", 0, "/a", "a")], said="学历")


def test_plan_bars_share_the_scale_of_the_greatest_number() -> None:
    drawn = plan_bars(
        [PlanRow("甲镇", "/a", 8, 4, 3), PlanRow("乙镇", "/b", 2, 2, 1, is_below=True)], WORDS, guide=THREE_QUARTERS
    )
    assert widths(drawn, "c-plan") == [392.0, 98.0]
    assert widths(drawn, "c-young") == [196.0, 98.0]
    assert (widths(drawn, "c-done"), widths(drawn, "c-miss")) == ([147.0], [49.0])
    assert re.findall(r'c-line" d="M([0-9.]+) 0', drawn) == ["151", "77.5"]


def test_plan_bars_say_what_they_show() -> None:
    drawn = plan_bars(
        [PlanRow("甲镇", "/a", 8, 4, 3), PlanRow("乙镇", "/b", None, 2, 1, is_below=True)], WORDS, guide=THREE_QUARTERS
    )
    assert sentences(drawn) == [
        "：计划 8，已发展 4，其中青年 3（75.0%）",
        "：计划 未下达，已发展 2，其中青年 1（50.0%），未达",
    ]
    assert re.findall(r"<b>(.*?)</b><small>([^<]*)", drawn) == [("4/8", "75.0%"), ("2/未下达", "50.0%")]
    assert re.findall(r'<li><a href="([^"]*)"', drawn) == ["/a", "/b"]


def test_a_row_with_nobody_has_a_frame_and_neither_share_nor_guide() -> None:
    drawn = plan_bars([PlanRow("甲镇", "/a", 8, 0, 0)], WORDS, guide=THREE_QUARTERS)
    assert (widths(drawn, "c-plan"), widths(drawn, "c-young"), "c-line" in drawn) == ([392.0], [], False)
    assert sentences(drawn) == ["：计划 8，已发展 0，其中青年 0"]


def test_rows_without_any_number_are_drawn_all_the_same() -> None:
    assert sentences(plan_bars([PlanRow("甲镇", "/a", None, 0, 0)], WORDS, guide=THREE_QUARTERS)) == [
        "：计划 未下达，已发展 0，其中青年 0"
    ]
    assert plan_bars([], WORDS, guide=THREE_QUARTERS) == '<ol class="bars"></ol>'


def test_texts_are_escaped() -> None:
    drawn = plan_bars([PlanRow("<甲>", '/a?x="1"&y=2', 1, 1, 1)], WORDS, guide=THREE_QUARTERS)
    assert '<span class="bars-label">&lt;甲&gt;</span>' in drawn
    assert 'href="/a?x=&#34;1&#34;&amp;y=2"' in drawn


def test_38_rows_take_less_than_3_milliseconds() -> None:
    rows = [PlanRow(f"镇{number}", "/a", 8, number % 9, number % 5, is_below=True) for number in range(38)]

    def spent() -> float:
        start = time.perf_counter()
        plan_bars(rows, WORDS, guide=THREE_QUARTERS)
        return time.perf_counter() - start

    assert min(spent() for _ in range(20)) < 0.003


def test_both_sides_of_a_pyramid_share_one_scale() -> None:
    drawn = pyramid(
        [Band("青年", 10, 5, "/m", "/w"), Band("老年", 0, 20, "/n", "/v")],
        left="男",
        right="女",
        unit=" 人",
        said="年龄",
    )
    assert (widths(drawn, "c-man"), widths(drawn, "c-woman")) == ([58.0, 0.0], [29.0, 116.0])
    assert labels(drawn) == ["男 青年 10 人", "女 青年 5 人", "男 老年 0 人", "女 老年 20 人"]
    assert ("男 10</text>" in drawn, "女 25</text>" in drawn) == (True, True)


def test_a_pyramid_of_nobody_is_drawn() -> None:
    assert labels(pyramid([Band("青年", 0, 0, "/m", "/w")], left="男", right="女", unit="", said="年龄")) == [
        "男 青年 0",
        "女 青年 0",
    ]


def test_a_tile_counts_its_states_in_the_order_of_the_words() -> None:
    drawn = tiles(
        [Cell("甲镇", "/a", "未消除 1", ("ok", "warn", "ok"))],
        {"warn": "预警", "floor": "底线", "ok": "达标"},
        unit="个村",
    )
    assert sentences(drawn) == ["：3 个村，预警 1，达标 2"]
    assert re.findall(r'<a class="map-cell" href="(.*?)"><b>(.*?)<i>(.*?)</i></b>', drawn) == [
        ("/a", "甲镇", "未消除 1")
    ]
    assert (drawn.count('class="f-ok"'), drawn.count('class="f-warn"')) == (2, 1)


def test_more_than_ten_shapes_go_on_in_a_second_line() -> None:
    drawn = tiles([Cell("甲镇", "/a", "", ("ok",) * 11), Cell("乙镇", "/b", "", ())], {"ok": "达标"}, unit="个村")
    assert re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn) == [("140", "32"), ("140", "16")]
    assert sentences(drawn) == ["：11 个村，达标 11", "：0 个村"]


def test_a_legend_names_shapes_and_links_only_with_an_address() -> None:
    drawn = legend([LegendItem("达标", "ok"), LegendItem("预警", "warn", "/w")])
    assert (drawn.count("<li>"), re.findall(r'href="(.*?)"', drawn)) == (2, ["/w"])


@pytest.mark.parametrize(
    "greatest, step, lines",
    [(0, 1, 1), (1, 1, 1), (4, 1, 4), (5, 2, 3), (20, 5, 4), (21, 10, 3), (41, 20, 3), (627, 200, 4), (2000, 500, 4)],
)
def test_at_most_four_grid_lines_reach_the_greatest_number(greatest: int, step: int, lines: int) -> None:
    assert scale_of(greatest) == (step, lines)


def test_every_point_of_a_trend_is_a_link_with_a_sentence() -> None:
    points = [
        TrendPoint("2025", (Value(4, "/a"), Value(3, "/b", "75%"))),
        TrendPoint("2026", (Value(2, "/c"), None), "至 10 月"),
    ]
    drawn = trend(points, ("全部", "青年"), unit=" 人", said="两年")
    assert labels(drawn) == ["2025 全部 4 人", "2025 青年 3 人，75%", "2026至 10 月 全部 2 人"]
    assert re.findall(r'<a href="(.*?)"', drawn) == ["/a", "/b", "/c"]
    assert re.findall(r'c-path(?:-2)?" d="(.*?)"', drawn) == ["M56 30L360 107", "M56 68"]


def test_a_year_without_a_number_interrupts_the_line() -> None:
    points = [TrendPoint(str(year), (Value(1, "/") if year != 2024 else None,)) for year in (2023, 2024, 2025)]
    assert re.findall(r'c-path" d="(.*?)"', trend(points, ("全部",), unit="", said="三年")) == ["M56 30M360 30"]


def test_a_number_of_the_second_line_keeps_off_the_years() -> None:
    drawn = trend([TrendPoint("2026", (Value(1, "/a"), Value(0, "/b", "0%")))], ("全部", "青年"), unit="", said="一年")
    assert '<text class="end" x="199" y="180">0%</text>' in drawn


def test_a_single_year_stands_in_the_middle() -> None:
    assert 'cx="208"' in trend([TrendPoint("2026", (Value(0, "/"),))], ("全部",), unit="", said="一年")


@pytest.mark.parametrize("lines", [(), ("a", "b", "c"), ("a", "b")])
def test_a_trend_refuses_lines_without_their_values(lines: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one or two lines"):
        trend([TrendPoint("2026", (Value(1, "/"),))], lines, unit="", said="")
