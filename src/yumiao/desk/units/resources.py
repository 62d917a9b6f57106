"""Organisations on paper: the columns of the list, and its rows. Must not know: requests, workbooks, how a figure is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.ledger.lines import Counts
from yumiao.ledger.memory import sums_of
from yumiao.units.queries import UnitOnDay

_FIGURES: Final = ("members", "full_members", "women", "young", "applicants", "activists", "targets", "talents")
RESOURCE: Final = Resource(
    "units",
    "党组织名册",
    (
        Field("code", "组织代码", width=16),
        Field("name", "组织名称", width=26),
        Field("kind", "组织类别", width=12),
        Field("parent_name", "上级组织", width=24),
        Field("parent", "上级组织代码", note="上级组织代码；最上一级是 null", on_paper=False),
        Field("township", "乡镇代码", note="属于哪个乡镇，乡镇自己也在内；不属于的是 null", on_paper=False),
        Field(
            "village",
            "村（社区）代码",
            note="属于哪个村（社区），村（社区）自己也在内；不属于的是 null",
            on_paper=False,
        ),
        Field("zone", "片区", width=10),
        Field("members", "党员", Kind.NUMBER, 8, "含下级"),
        Field("full_members", "正式党员", Kind.NUMBER, 8, "含下级"),
        Field("women", "女党员", Kind.NUMBER, 8, "含下级"),
        Field("young", "年轻党员", Kind.NUMBER, 8, "含下级"),
        Field("applicants", "入党申请人", Kind.NUMBER, 9, "含下级"),
        Field("activists", "积极分子", Kind.NUMBER, 8, "含下级"),
        Field("targets", "发展对象", Kind.NUMBER, 8, "含下级"),
        Field("talents", "人才库", Kind.NUMBER, 8, "含下级"),
    ),
)


def rows(reader: Reader, units: Sequence[UnitOnDay]) -> list[dict[str, Any]]:
    """These units by the keys of `RESOURCE`; figures where the reader may read the ledger."""
    counted = reader.scope(Permission.LEDGER_READ)
    sums = sums_of(reader.today, reader.head) if counted.roots else {}
    by_id = reader.tree.by_id

    def values(unit: UnitOnDay) -> dict[str, Any]:
        counts = sums.get(unit.path, Counts()) if counted.covers(unit.path) else None
        above = {"parent": unit.parent, "township": unit.township, "village": unit.village}
        codes = {name: by_id[one].code if one in by_id else None for name, one in above.items()}
        parent = by_id.get(unit.parent or 0)
        return {
            **codes,
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind.label,
            "parent_name": parent.name if parent else None,
            "zone": unit.zone or None,
            **{name: getattr(counts, name) if counts is not None else None for name in _FIGURES},
        }

    return [values(unit) for unit in units]
