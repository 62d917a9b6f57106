"""What records lack as a table: how many people, and what is to be done. Must not know: requests, files."""

from __future__ import annotations

from typing import Any, Final

from yumiao.desk.records.lacking import Lacking
from yumiao.kernel.resources import Field, Kind, Resource

GAPS: Final = Resource(
    "people_gaps",
    "人员信息核对表",
    (
        Field("item", "项目", width=28),
        Field("count", "人数", Kind.NUMBER, 8),
        Field("mending", "怎么办", width=60),
    ),
)


def gap_values(found: Lacking) -> list[dict[str, Any]]:
    return [{"item": gap.label, "count": count, "mending": gap.mending} for gap, count in found.counts.items()]
