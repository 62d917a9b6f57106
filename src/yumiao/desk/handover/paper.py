"""The hand-over sheet as the table that both sides sign. Must not know: requests, how a table is written."""

from __future__ import annotations

from datetime import date
from typing import Final

from yumiao.desk.handover.sheet import Sheet
from yumiao.journal.chain import Head, short_code
from yumiao.kernel.official import OfficialTable
from yumiao.kernel.periods import on_paper
from yumiao.kernel.resources import Field, Kind, Resource

RESOURCE: Final = Resource(
    "handover",
    "工作交接清单",
    (
        Field("section", "类别", width=16),
        Field("title", "事项", width=34),
        Field("unit", "单位", width=24),
        Field("due_on", "期限", Kind.DAY, 12),
        Field("note", "说明", width=34),
        Field("taken", "交接情况", width=14, note="双方交接时填写"),
    ),
)


def table_of(found: Sheet, day: date, head: Head) -> OfficialTable:
    """One row for each matter, in the order of the page; the last column is left for the pen."""
    rows = [
        RESOURCE.cells(
            {
                "section": section.title,
                "title": one.title,
                "unit": one.unit,
                "due_on": one.due_on,
                "note": one.note,
                "taken": "",
            }
        )
        for section in found.sections
        for one in section.matters
    ]
    heading = f"{found.role.label}工作交接清单（{found.account.display_name}）"
    return OfficialTable(
        RESOURCE.title,
        heading,
        found.unit.name,
        day,
        RESOURCE.columns(),
        rows,
        code=f"全程纪实 {short_code(head.hash)}",
    )


def file_name(found: Sheet, day: date, ending: str) -> str:
    """`青石镇党委乡镇组织干事工作交接清单（2026年10月31日）.xlsx`"""
    return f"{found.unit.name}{found.role.label}工作交接清单（{on_paper(day)}）.{ending}"
