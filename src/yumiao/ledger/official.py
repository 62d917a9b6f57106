"""The ledger and the two lists as the tables an office prints, signs and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yumiao.journal.acts import last
from yumiao.journal.chain import short_code
from yumiao.kernel.official import Cell, OfficialColumn, OfficialTable
from yumiao.kernel.shares import Share
from yumiao.ledger.figures import Ledger, Plan, Township, Village
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger

NOT_ISSUED = "未下达"

LEDGER = (
    OfficialColumn("乡镇", width=14),
    OfficialColumn("村（社区）", width=18),
    OfficialColumn("计划发展", "年度计划", 9),
    OfficialColumn("35岁以下", "年度计划", 9),
    OfficialColumn("女", "年度计划", 6),
    OfficialColumn("大专以上", "年度计划", 9),
    OfficialColumn("积极分子", "储备", 9),
    OfficialColumn("发展对象", "储备", 9),
    OfficialColumn("已发展", "落实", 8),
    OfficialColumn("35岁以下", "落实", 9),
    OfficialColumn("差额", "落实", 7),
    OfficialColumn("预警", width=12),
    OfficialColumn("底线", width=14),
    OfficialColumn("等级", width=8),
    OfficialColumn("备注", width=26),
)
WARNED = (
    OfficialColumn("乡镇", width=14),
    OfficialColumn("村（社区）", width=20),
    OfficialColumn("组织代码", width=16),
    OfficialColumn("前年", "发展党员数", 8),
    OfficialColumn("上年", "发展党员数", 8),
    OfficialColumn("本年", "发展党员数", 8),
    OfficialColumn("在培养积极分子", width=10),
    OfficialColumn("状态", width=12),
    OfficialColumn("等级", width=8),
    OfficialColumn("一村一策", width=24),
)
YOUNG = (
    OfficialColumn("乡镇", width=14),
    OfficialColumn("村（社区）", width=20),
    OfficialColumn("组织代码", width=16),
    OfficialColumn("党员数", width=9),
    OfficialColumn("35岁以下", width=9),
    OfficialColumn("占比", width=9),
    OfficialColumn("女党员", width=9),
    OfficialColumn("61岁以上", width=9),
    OfficialColumn("备注", width=24),
)


def write_ledger_xlsx(target: Path, ledger: Ledger, mark: Mark | None = None) -> None:
    """One workbook with the ledger and the two lists, each ready to print; the footer carries the short code of the journal's head."""
    write_ledger(target, official_tables(ledger, f"全程纪实 {short_code(last().hash)}"), mark=mark)


def official_tables(ledger: Ledger, code: str) -> list[OfficialTable]:
    """The ledger and the two lists; `code` stands in the footer of each."""
    unit = ledger.unit.name if ledger.unit else ""
    names = {township.unit.id: township.unit.name for township in ledger.townships}
    tables = (
        ("落实台账", "农村发展党员指导性计划落实台账", LEDGER, _ledger_rows(ledger), _ledger_totals(ledger)),
        ("未发展党员村", "上年度未发展党员村清单", WARNED, _warned_rows(ledger, names), None),
        ("年轻党员偏低村", "年轻党员占比偏低村清单", YOUNG, _young_rows(ledger, names), None),
    )
    return [
        OfficialTable(title, heading, unit, ledger.day, columns, rows, totals, code, _groups(columns, rows))
        for title, heading, columns, rows, totals in tables
    ]


def _groups(columns: tuple[OfficialColumn, ...], rows: list[list[Cell]]) -> frozenset[int]:
    """The places of the townships' rows in the ledger; the lists have none."""
    return frozenset(place for place, row in enumerate(rows) if columns is LEDGER and row[0])


def _ledger_rows(ledger: Ledger) -> list[list[Cell]]:
    """Each township, then its villages; villages of a part of a township stand alone."""
    rows: list[list[Cell]] = []
    for township in ledger.townships:
        rows.append(_township_row(township))
        rows += [_village_row(village) for village in township.villages]
    if not ledger.townships:
        rows += [_village_row(village) for village in ledger.villages]
    return rows


def _plan_cells(plan: Plan | None, missing: Cell) -> list[Cell]:
    return [missing, None, None, None] if plan is None else [plan.planned, plan.young, plan.women, plan.college]


def _gap(planned: int | None, admitted: int) -> int | None:
    return None if planned is None else max(0, planned - admitted)


def _sum(parts: Iterable[int | None]) -> int | None:
    """The sum of what was said; nothing where nothing was."""
    said = [part for part in parts if part is not None]
    return sum(said) if said else None


def _township_row(township: Township) -> list[Cell]:
    counts, planned = township.counts, township.planned
    guidance = {None: "指导线不评", True: "达到指导线", False: "未达指导线"}[township.guidance_met]
    reserve = {None: "", True: "储备达标", False: f"储备缺 {township.reserve_gap} 名"}[township.reserve_met]
    return [
        township.unit.name,
        f"小计（{len(township.villages)} 个）",
        *_plan_cells(township.plan, NOT_ISSUED),
        counts.activists,
        counts.targets,
        counts.this_year,
        counts.young_this_year,
        _gap(planned, counts.this_year),
        None,
        None,
        township.grade.label,
        "；".join(said for said in (guidance, reserve) if said),
    ]


def _village_row(village: Village) -> list[Cell]:
    counts = village.counts
    planned = village.plan.planned if village.plan else None
    return [
        None,
        village.unit.name,
        *_plan_cells(village.plan, None),
        counts.activists,
        counts.targets,
        counts.this_year,
        counts.young_this_year,
        _gap(planned, counts.this_year),
        village.warned.label,
        village.bottom.label,
        village.grade.label,
        "、".join(flag.label for flag in village.flags) or None,
    ]


def _ledger_totals(ledger: Ledger) -> list[Cell]:
    plans = [township.plan for township in ledger.townships if township.plan is not None]
    gaps = [_gap(township.planned, township.counts.this_year) for township in ledger.townships]
    counts = [village.counts for village in ledger.villages]
    return [
        f"{len(ledger.townships)} 个乡镇",
        f"{len(ledger.villages)} 个村（社区）",
        _sum(plan.planned for plan in plans),
        _sum(plan.young for plan in plans),
        _sum(plan.women for plan in plans),
        _sum(plan.college for plan in plans),
        sum(one.activists for one in counts),
        sum(one.targets for one in counts),
        sum(one.this_year for one in counts),
        sum(one.young_this_year for one in counts),
        _sum(gaps),
        f"{len(ledger.warning_line_listed)} 列 {len(ledger.warning_line_cleared)} 解除",
        f"{len(ledger.bottom_line_breach)} 突破",
        None,
        None,
    ]


def _warned_rows(ledger: Ledger, names: dict[int, str]) -> list[list[Cell]]:
    return [
        [
            names.get(village.unit.township or 0),
            village.unit.name,
            village.unit.code,
            village.counts.year_before,
            village.counts.last_year,
            village.counts.this_year,
            village.reserve,
            village.warned.label,
            village.grade.label,
            None,
        ]
        for village in ledger.warning_line_listed
    ]


def _young_rows(ledger: Ledger, names: dict[int, str]) -> list[list[Cell]]:
    """The listed villages, then those without members, which are not assessed and shown apart."""
    return [
        [
            names.get(village.unit.township or 0),
            village.unit.name,
            village.unit.code,
            village.counts.members,
            village.counts.young,
            Share(village.counts.young, village.counts.members).percent(),
            village.counts.women,
            village.counts.old,
            None if village.counts.members else "没有党员，不评",
        ]
        for village in (*ledger.low_young_share, *ledger.without_members)
    ]
