"""Reforms and who carries on whose record, as lists: their columns and rows. Must not know: requests, how a file is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from yumiao.desk.reforms.queries import CarriedOut
from yumiao.desk.reforms.successions import Link
from yumiao.kernel.resources import Field, Kind, Resource

REFORMS: Final = Resource(
    "reforms",
    "组织变更登记表",
    (
        Field("entry", "纪实条目", Kind.NUMBER, 9, note="全程纪实中的条目"),
        Field("title", "变更", width=28),
        Field("document", "批准文件", width=24),
        Field("approved_on", "批准日期", Kind.DAY, 12),
        Field("effective_on", "生效日期", Kind.DAY, 12),
        Field("ended", "撤销组织", Kind.NUMBER, 9),
        Field("founded", "新设组织", Kind.NUMBER, 9),
        Field("changed", "调整组织", Kind.NUMBER, 9),
        Field("people", "涉及人数", Kind.NUMBER, 9),
        Field("actor", "办理人", width=20),
        Field("undone_by", "撤销条目", Kind.NUMBER, 9, note="撤销这次变更的条目；有效的是 null"),
    ),
)
SUCCESSIONS: Final = Resource(
    "successions",
    "组织前身和承接对照表",
    (
        Field("entry", "纪实条目", Kind.NUMBER, 9, note="实施变更的条目"),
        Field("effective_on", "生效日期", Kind.DAY, 12),
        Field("predecessor", "原组织代码", width=16),
        Field("predecessor_name", "原组织", width=26),
        Field("way", "方式", width=8),
        Field("successor", "承接组织代码", width=16),
        Field("successor_name", "承接组织", width=26),
        Field("is_main", "承接计划", Kind.FLAG, 9, note="拆分的，计划和其余各项由主要承接的一个接下去"),
        Field("document", "批准文件", width=24),
    ),
)


def reform_values(found: Iterable[CarriedOut]) -> list[dict[str, Any]]:
    same = (
        "title",
        "document",
        "approved_on",
        "effective_on",
        "ended",
        "founded",
        "changed",
        "people",
        "actor",
        "undone_by",
    )
    return [{"entry": one.seq} | {key: getattr(one, key) for key in same} for one in found]


def succession_values(found: Iterable[Link]) -> list[dict[str, Any]]:
    same = ("effective_on", "predecessor", "predecessor_name", "successor", "successor_name", "is_main", "document")
    return [
        {"entry": one.seq, "way": "拆分" if one.is_split else "合并"} | {key: getattr(one, key) for key in same}
        for one in found
    ]
