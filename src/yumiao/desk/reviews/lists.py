"""The reviewers' queue as a file. Must not know: how a file is written."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from yumiao.access.readers import Reader
from yumiao.admission.models import Review
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.reviews.queue import Asked, Row, queue_of, rows_of
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed

RESOURCE: Final = Resource(
    "reviews",
    "发展党员档案审查登记表",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=26),
        Field("point", "审查环节", width=24),
        Field("since", "到达日期", Typed.DAY, width=11),
        Field("reviewed_on", "审查日期", Typed.DAY, width=11),
        Field("state", "状态", width=12),
    ),
)


def going(reader: Reader, get: QueryDict) -> Going:
    """What waits, or was reviewed, within the reader's reach and level."""
    asked = Asked.parsed(get)
    rows = queue_of(reader, asked)[asked.state]
    words = [asked.state.label, *([str(Review.Point(asked.point).label)] if asked.point else [])]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.tree.by_code.get(asked.unit) or reader.home,
        day=reader.today,
        conditions=words,
        count=len(rows),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_of(rows[:most], reader)],
        back=page_of("reviews", get),
    )


def values_of(row: Row) -> dict[str, Any]:
    """A line of the queue by the keys of `RESOURCE`."""
    return {
        "name": row.name,
        "unit_name": row.unit.name if row.unit else None,
        "point": row.one.label,
        "since": row.one.since,
        "reviewed_on": row.one.reviewed_on,
        "state": row.one.state.label,
    }
