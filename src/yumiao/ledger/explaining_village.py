"""The lines of a village, explained one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from yumiao.bylaws.keys import BottomWindow
from yumiao.kernel.periods import on_screen
from yumiao.kernel.shares import Share
from yumiao.ledger import behind, rules, states
from yumiao.ledger.behind import Admission, Someone
from yumiao.ledger.clocks import Clock, clocks
from yumiao.ledger.figures import Village
from yumiao.ledger.lines import CutOffs
from yumiao.ledger.lines_said import Figure, Line, Number, figure
from yumiao.people.queries import named
from yumiao.ui import spelling
from yumiao.units.queries import Tree


def village_lines(village: Village, tree: Tree) -> Iterator[Line]:
    """Warning line, bottom line, young share, activists, structure, grade."""
    units = [unit.id for unit in tree if unit.village == village.unit.id]
    admitted = behind.admissions(units, village.day, tree)
    yield _warning(village, admitted, units)
    yield _bottom(village, admitted)
    yield _young(village, units)
    yield _activists(village, units)
    yield _structure(village)
    yield _grade(village)


def _between(admitted: list[Admission], first: date, last: date) -> tuple[tuple[Someone, ...], tuple[Someone, ...]]:
    """(counted, not counted) of a period; the year before the period is shown as not counted, so that near misses are seen."""
    counted = [one for one in admitted if one.counts and first <= one.membership_on <= last]
    near = first.replace(year=first.year - 1, day=min(first.day, 28))
    outside = [one for one in admitted if one.counts and near <= one.membership_on < first]
    excluded = [one for one in admitted if not one.counts and near <= one.membership_on <= last]

    def why(one: Admission) -> str:
        return one.why_not or f"入党日期早于 {on_screen(first)}，不在期间内"

    others = sorted([*outside, *excluded], key=lambda one: one.membership_on)
    return tuple(behind.by_name(counted, lambda _one: "入党")), tuple(behind.by_name(others, why))


def _waiting(village: Village, units: list[int]) -> list[Someone]:
    """Who passed the branch meeting and is no member yet."""
    found = behind.waiting(units, village.day) if village.counts.pending else []
    people = named(person for person, _on in found)
    return [Someone(people[person], on, "支部大会已通过，待上级党委审批") for person, on in found if person in people]


def _warning(village: Village, admitted: list[Admission], units: list[int]) -> Line:
    cuts, counts = CutOffs(village.day), village.counts
    counted, others = _between(admitted, cuts.last_year, village.day)
    clear, year = "", village.day.year
    if village.warned is rules.Warned.WARNED:
        clear = f"在 {year}年12月31日前接收 1 名预备党员并经审批，预警即解除"
    return Line(
        rules.WRN_08 if village.warned is rules.Warned.NOT_ASSESSED else rules.WRN_02,
        village.warned.label,
        period=f"{on_screen(cuts.last_year)} 至 {on_screen(village.day)}",
        figures=(
            figure(
                "上年度发展 {} 名，本年度发展 {} 名",
                _admitted(counts.last_year, year - 1),
                _admitted(counts.this_year, year),
            ),
            *_pending(village),
        ),
        counted=counted,
        not_counted=(*others, *_waiting(village, units)),
        to_clear=clear,
        state=states.of_warned(village.warned),
    )


def _admitted(count: int, year: int) -> Number:
    return Number(count, f"admitted={year}")


def _pending(village: Village) -> tuple[Figure, ...]:
    waiting = Number(village.counts.pending, "kind=pending")
    return (figure("另有 {} 名待审批，审批后计入", waiting),) if waiting.count else ()


def _bottom(village: Village, admitted: list[Admission]) -> Line:
    cuts, counts, day = CutOffs(village.day), village.counts, village.day
    rolling = village.settings.bottom_window is BottomWindow.ROLLING_24_MONTHS
    first = cuts.window if rolling else cuts.year_before
    counted, others = _between(admitted, first, day)
    admissions: Figure = f"近 24 个月发展 {counts.in_window} 名" if rolling else _by_year(village)
    verdict, clear = village.bottom.label, ""
    if village.is_at_risk and village.bottom is rules.Bottom.BREACH:
        verdict = f"{verdict}；{rules.Bottom.AT_RISK.label}"
    if village.is_at_risk:
        clear = f"还需在 {day.year}年12月31日前接收 1 名"
    elif village.bottom is rules.Bottom.BREACH and not rolling:
        clear = f"前两个年度已经结束，本年内不再改变；本年度已发展 {counts.this_year} 名，明年起不再突破"
    elif village.bottom is rules.Bottom.BREACH:
        clear = "再接收 1 名即解除"
    rule = rules.WRN_09 if rolling else rules.WRN_08 if village.is_new_for_bottom else rules.WRN_01
    period, state = f"{on_screen(first)} 至 {on_screen(day)}", states.of_bottom(village.bottom)
    both = _clocks(village, admitted, (*counted, *others))
    return Line(rule, verdict, period, (admissions,), counted, others, clear, state, both)


def _clocks(village: Village, admitted: list[Admission], said: tuple[Someone, ...]) -> tuple[Clock, ...]:
    """Both clocks with the people whom each of them counts, out of those already named in the line."""
    counting = {(one.person, one.membership_on) for one in admitted if one.counts}
    people = [one for one in said if one.on and (one.person.id, one.on) in counting]
    return tuple(
        replace(clock, counted=tuple(one for one in people if one.on and clock.first <= one.on <= clock.last))
        for clock in clocks(village)
    )


def _by_year(village: Village) -> Figure:
    counts, year = village.counts, village.day.year
    return figure(
        f"{year - 2} 年发展 {{}} 名，{year - 1} 年 {{}} 名，{year} 年 {{}} 名",
        _admitted(counts.year_before, year - 2),
        _admitted(counts.last_year, year - 1),
        _admitted(counts.this_year, year),
    )


def _young(village: Village, units: list[int]) -> Line:
    counts, settings = village.counts, village.settings
    standing = behind.members(units, village.day, settings.leap_birthday_policy)
    limit = settings.young_max_age
    people = named(one.person for one in standing)
    young = [one for one in standing if not one.is_suspended and one.age is not None and one.age <= limit]
    apart = [one for one in standing if one.is_suspended or one.age is None]
    over = len(standing) - len(young) - len(apart)
    share = Share(counts.young, counts.members)
    floor = settings.village_young_stock_min
    verdict = {None: "没有党员，不评", True: "列入清单", False: "未列入"}[village.is_low_young]
    need = rules.young_needed(young=counts.young, whole=counts.members, ratio=floor)
    return Line(
        rules.WRN_04B,
        verdict,
        period=f"{on_screen(village.day)} 在册",
        figures=(
            figure(
                f"在册党员 {{}} 名，{limit} 周岁及以下 {{}} 名，占 {spelling.share(share)}，下限 {float(floor * 100):g}%",
                Number(counts.members, "kind=member"),
                Number(counts.young, f"kind=member&age=-{limit}"),
            ),
            figure(f"其余 {{}} 名超过 {limit} 周岁", Number(over, f"kind=member&age={limit + 1}-")),
        ),
        counted=tuple(Someone(people[one.person], None, f"{one.age} 周岁") for one in young),
        not_counted=tuple(
            Someone(people[one.person], None, "停止党籍，不在册" if one.is_suspended else "出生日期不明，按非青年计")
            for one in apart
        ),
        to_clear=f"再发展 {need} 名 {limit} 周岁及以下党员" if village.is_low_young else "",
        state=states.of_low_young(village.is_low_young),
    )


def _activists(village: Village, units: list[int]) -> Line:
    cases = behind.cultivated(units, village.day)
    people = named(one.person for one in cases)
    targets_count = village.settings.reserve_count_targets

    def counts(one: behind.Cultivated) -> bool:
        return one.is_activist and (targets_count or one.target_on is None)

    def said(one: behind.Cultivated) -> str:
        return f"确定为发展对象（{on_screen(one.target_on)}）" if one.target_on else "确定为入党积极分子"

    reserve: Figure = f"在培养的入党积极分子 {village.reserve} 名"
    if targets_count:  # then the list of activists, which holds the targets too, shows exactly these
        reserve = figure("在培养的入党积极分子 {} 名（含发展对象）", Number(village.reserve, "kind=activist"))
    return Line(
        rules.RES_03,
        village.band.label,
        period=on_screen(village.day),
        figures=(reserve,),
        counted=tuple(Someone(people[one.person], one.activist_on, said(one)) for one in cases if counts(one)),
        not_counted=tuple(
            Someone(
                people[one.person],
                one.applied_on,
                "已确定为发展对象，按规定不计" if one.is_activist else "申请人，尚未确定为积极分子",
            )
            for one in cases
            if not counts(one)
        ),
        to_clear="从申请人中培养确定 1 名入党积极分子" if village.band is rules.Band.NONE else "",
        state=states.of_band(village.band),
    )


def _structure(village: Village) -> Line:
    counts = village.counts
    mean = f"，平均 {counts.age_sum / counts.known_births:.1f} 周岁" if counts.known_births else ""
    figures = (
        figure(
            f"正式党员 {{}} 名，女党员 {{}} 名，61 周岁及以上 {{}} 名{mean}",
            Number(counts.full_members, "kind=full"),
            Number(counts.women, "kind=member&sex=f"),
            Number(counts.old, "kind=member&age=61-"),
        ),
        figure(
            "初中及以下 {} 名，出生日期不明 {} 名",
            Number(counts.low_education, "kind=member&schooling=junior"),
            Number(counts.unknown_births, "kind=member&age=unknown"),
        ),
    )
    verdict = "、".join(flag.label for flag in village.flags) or "没有突出问题"
    state: states.State = "warn" if village.flags else "ok"
    return Line(rules.PLN_03, verdict, f"{on_screen(village.day)} 在册", figures, state=state)


def _grade(village: Village) -> Line:
    reasons = {
        rules.Grade.SEVERE: "突破底线",
        rules.Grade.SERIOUS: "6 月 30 日后仍须年内发展",
        rules.Grade.GENERAL: "在预警清单、底线提示或年轻党员占比偏低清单上",
        rules.Grade.NONE: "不在任何清单上",
    }
    state = states.of_grade(village.grade)
    return Line(rules.WRN_05B, village.grade.label, figures=(reasons[village.grade],), state=state)
