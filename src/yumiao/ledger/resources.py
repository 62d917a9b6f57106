"""Lists of the ledger on paper, whose columns differ by list and day, and the list of what was issued. Must not know: requests, workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.ledger.issue_pages import Row
from yumiao.ledger.lists import Listed, Listing
from yumiao.ui import spelling

ISSUES: Final = Resource(
    "issues",
    "一账两单印发登记表",
    (
        Field("number", "期号", width=16),
        Field("unit_name", "组织", width=26),
        Field("for_day", "统计截至", Kind.DAY, width=12),
        Field("actor", "印发人", width=28),
        Field("at", "印发时间", width=17),
        Field("note", "说明", width=36),
    ),
)


def resource(listing: Listing[Any], day: date) -> Resource:
    """The declaration of one list on a day: the unit, its figures, the grade, and why it is listed."""
    figures = [Field(f"figure_{place}", label, width=9) for place, label in enumerate(listing.columns(day))]
    return Resource(
        "ledger_list",
        str(listing.title),
        (
            Field("township", "乡镇", width=16),
            Field("unit_name", "单位", width=22),
            Field("unit", "组织代码", width=16),
            *figures,
            Field("grade", "等级", width=8),
            Field("why", "为什么列入", width=40),
        ),
    )


def rows(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """Rows of a list by the keys of its resource."""
    return [
        {
            "township": row.township or None,
            "unit_name": row.unit.name,
            "unit": row.unit.code,
            **{f"figure_{place}": _figure(cell.text) for place, cell in enumerate(row.cells)},
            "grade": row.grade,
            "why": row.why,
        }
        for row in listed
    ]


def _figure(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def issue_rows(issues: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {
            "number": f"{one.issue.year}年第{one.issue.number}期",
            "unit_name": one.unit,
            "for_day": one.issue.for_day,
            "actor": one.actor,
            "at": spelling.moment(one.at),
            "note": one.issue.note or None,
        }
        for one in issues
    ]
