"""The lines of a township, explained one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yumiao.kernel.periods import on_screen
from yumiao.ledger import behind, rules, states
from yumiao.ledger.behind import Admission, Someone
from yumiao.ledger.figures import Township
from yumiao.ledger.lines import CutOffs
from yumiao.ledger.lines_said import Line, Number, figure
from yumiao.people.queries import named
from yumiao.ui import spelling
from yumiao.units.queries import Tree


def township_lines(township: Township, day: date, tree: Tree) -> Iterator[Line]:
    """Guidance line, reserve against the plan, grade."""
    units = [unit.id for unit in tree if unit.village is not None and unit.township == township.unit.id]
    yield _guidance(township, day, behind.admissions(units, day, tree))
    yield _reserve(township, day, units)
    yield _grade(township)


def _guidance(township: Township, day: date, admitted: list[Admission]) -> Line:
    cuts, counts = CutOffs(day), township.counts
    limit = township.settings.young_max_age + township.settings.young_tolerance
    ratio = township.settings.guidance_ratio
    this_year = [one for one in admitted if one.membership_on >= cuts.this_year]
    young = [one for one in this_year if one.counts and one.age_years is not None and one.age_years <= limit]
    rest = [one for one in this_year if one not in young]

    def why(one: Admission) -> str:
        if one.why_not:
            return one.why_not
        if one.age_years is None:
            return "出生日期不明，按非青年计"
        return f"大会当日 {one.age_years} 周岁，超过 {limit} 周岁"

    rows = f"admitted={day.year}&rural=1"
    verdict = {None: "本年度没有发展，不评", True: "达到", False: "未达到"}[township.guidance_met]
    need = rules.young_needed(young=counts.young_this_year, whole=counts.this_year, ratio=ratio)
    return Line(
        rules.WRN_03,
        verdict,
        period=f"{on_screen(cuts.this_year)} 至 {on_screen(day)}",
        figures=(
            figure(
                f"新发展农村党员 {{}} 名，其中 {limit} 周岁及以下 {{}} 名，"
                f"占 {spelling.share(township.young_share)}，应达 {float(ratio * 100):g}%",
                Number(counts.this_year, rows),
                Number(counts.young_this_year, f"{rows}&young=1"),
            ),
        ),
        counted=tuple(behind.by_name(young, lambda one: f"大会当日 {one.age_years} 周岁")),
        not_counted=tuple(behind.by_name(rest, why)),
        to_clear=f"年内再发展 {need} 名 {limit} 周岁及以下党员且不再发展其他年龄的"
        if township.guidance_met is False
        else "",
        state=states.of_guidance(township.guidance_met),
    )


def _reserve(township: Township, day: date, units: list[int]) -> Line:
    targets_count = township.settings.reserve_count_targets
    cases = [one for one in behind.cultivated(units, day) if one.is_activist]
    people = named(one.person for one in cases)
    verdict = {None: "未下达计划，不评", True: "达标", False: f"缺 {township.reserve_gap} 名"}[township.reserve_met]
    planned = "未下达" if township.planned is None else str(township.planned)
    ratio = f"，比例 {township.reserve_ratio}" if township.reserve_ratio else ""
    return Line(
        rules.RES_01,
        verdict,
        period=f"{day.year} 年度计划，{on_screen(day)} 在培养",
        figures=(
            f"计划发展 {planned} 名，应储备 {township.reserve_required if township.reserve_required is not None else '–'} 名，"
            f"现有 {township.reserve} 名{ratio}",
        ),
        counted=tuple(
            Someone(people[one.person], one.activist_on, "发展对象" if one.target_on else "入党积极分子")
            for one in cases
            if targets_count or one.target_on is None
        ),
        not_counted=tuple(
            Someone(people[one.person], one.target_on, "已确定为发展对象，按规定不计")
            for one in cases
            if not targets_count and one.target_on is not None
        ),
        to_clear=f"再培养确定 {township.reserve_gap} 名入党积极分子" if township.reserve_gap else "",
        state=states.of_reserve(township.reserve_met),
    )


def _grade(township: Township) -> Line:
    grave = [village for village in township.villages if village.grade.gravity >= rules.Grade.SERIOUS.gravity]
    names = "、".join(village.unit.name for village in grave)
    figures = [
        f"共 {len(township.villages)} 个村（社区），其中较重、严重 {len(grave)} 个" + (f"：{names}" if names else "")
    ]
    state = states.of_grade(township.grade)
    return Line(rules.WRN_05B, township.grade.label, figures=tuple(figures), state=state)
