"""The demo county's own papers: an invented paper, a setting that stands on it, and the local holidays of its fixed year."""

from __future__ import annotations

from datetime import date

from yumiao.bylaws.queries import papers
from yumiao.bylaws.services import change_setting, record_days_off, record_paper
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Actor

PAPER = "青岚组发〔2026〕3号"
TEXT = """一、各村（社区）每两年至少发展 1 名党员；上年度未发展的列入预警。
二、乡镇新发展农村党员中 35 周岁及以下的应占 75% 以上。
三、审核发现不规范档案的，乡镇党委应在 10 个工作日内整改完毕。"""
TORCH_FESTIVAL = (date(2026, 8, 6), date(2026, 8, 7))
NEW_YEAR = (date(2026, 11, 20),)


def record_bylaws(*, actor: Actor) -> None:
    """Record them once; a second run finds the paper there."""
    if any(paper.number == PAPER for paper in papers()):
        return
    record_paper(
        number=PAPER,
        issuing_body="青岚县委组织部",
        title="发展党员预警和审核办法（试行）",
        in_force_from=date(2026, 1, 1),
        text=TEXT,
        actor=actor,
    )
    change_setting(
        key="rectification.working_days",
        value="10",
        since=date(2026, 3, 1),
        paper_number=PAPER,
        reason="办法第三条",
        actor=actor,
        today=DEMO_DAY,
    )
    days = [(day, False, "火把节") for day in TORCH_FESTIVAL] + [(day, False, "彝族年") for day in NEW_YEAR]
    record_days_off(days=days, source="自治条例（演示）", actor=actor)
