"""The ledger on a terminal: the figures first, then the townships, then the two lists by name."""

from __future__ import annotations

from gettext import gettext as _

from yumiao.config.tables import table
from yumiao.kernel.periods import on_screen
from yumiao.kernel.shares import Share
from yumiao.ledger.figures import Ledger, Township, Village


def ledger_text(ledger: Ledger) -> str:
    """Everything a clerk looks for first; each list names its villages by township."""
    name = ledger.unit.name if ledger.unit else ""
    lines = [_("{name}  {day}  一账两单").format(name=name, day=on_screen(ledger.day)), "", *_figures(ledger), ""]
    if ledger.townships:
        lines += [_("《农村发展党员指导性计划落实台账》"), _townships(ledger), ""]
    for title, villages in (
        (_("《上年度未发展党员村清单》"), ledger.warning_line_listed),
        (_("《年轻党员占比偏低村清单》"), ledger.low_young_share),
    ):
        lines.append(_("{title} {count} 个").format(title=title, count=len(villages)))
        lines += [_villages(ledger, villages), ""] if villages else [_("  无"), ""]
    lines.append(_("看某村或某乡镇的依据：yumiao ledger --explain 组织代码"))
    return "\n".join(lines)


def _figures(ledger: Ledger) -> list[str]:
    total = ledger.total
    probationary = total.members - total.full_members
    admitted = sum(village.counts.this_year for village in ledger.villages)
    warned, cleared = len(ledger.warning_line_listed), len(ledger.warning_line_cleared)
    share = Share(warned, len(ledger.villages)).percent()
    return [
        _(
            "村（社区） {villages} 个，乡镇 {townships} 个；党员 {members} 名，其中预备党员 {probationary} 名，女党员 {women} 名"
        ).format(
            villages=len(ledger.villages),
            townships=len(ledger.townships),
            members=total.members,
            probationary=probationary,
            women=total.women,
        ),
        _(
            "入党申请人 {applicants} 名，其中积极分子 {activists} 名、发展对象 {targets} 名；人才库 {talents} 名；本年度发展 {admitted} 名"
        ).format(
            applicants=total.applicants,
            activists=total.activists,
            targets=total.targets,
            talents=total.talents,
            admitted=admitted,
        ),
        _(
            "预警 {warned} 个（占 {share}），已解除 {cleared} 个；突破底线 {breach} 个，年内须发展 {risk} 个；没有积极分子 {none} 个"
        ).format(
            warned=warned,
            share=share,
            cleared=cleared,
            breach=len(ledger.bottom_line_breach),
            risk=len(ledger.bottom_line_at_risk),
            none=len(ledger.villages_without_activist),
        ),
    ]


def _townships(ledger: Ledger) -> str:
    header = (
        _("代码"),
        _("乡镇"),
        _("计划"),
        _("已发展"),
        _("35岁以下"),
        _("占比"),
        _("指导线"),
        _("储备"),
        _("应储备"),
        _("等级"),
    )
    return table(header, [_township(township) for township in ledger.townships])


def _township(township: Township) -> tuple[object, ...]:
    counts = township.counts
    guidance = {None: "–", True: _("达到"), False: _("未达到")}[township.guidance_met]
    required = "–" if township.reserve_required is None else township.reserve_required
    return (
        township.unit.code,
        township.unit.name,
        _("未下达") if township.planned is None else township.planned,
        counts.this_year,
        counts.young_this_year,
        township.young_share.percent(),
        guidance,
        township.reserve,
        required,
        township.grade.label,
    )


def _villages(ledger: Ledger, villages: list[Village]) -> str:
    names = {township.unit.id: township.unit.name for township in ledger.townships}
    header = (
        _("代码"),
        _("乡镇"),
        _("村（社区）"),
        _("上年"),
        _("本年"),
        _("党员"),
        _("青年"),
        _("积极分子"),
        _("预警"),
        _("等级"),
    )
    rows = [
        (
            village.unit.code,
            names.get(village.unit.township or 0, ""),
            village.unit.name,
            village.counts.last_year,
            village.counts.this_year,
            village.counts.members,
            village.counts.young,
            village.reserve,
            village.warned.label,
            village.grade.label,
        )
        for village in villages
    ]
    return table(header, rows)
