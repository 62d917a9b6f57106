"""One declaration, four uses: what a field says on paper, to a machine and of itself."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.kernel.official import OfficialColumn
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.kernel.shares import Share

VILLAGE = Resource(
    "village",
    "村",
    (
        Field("code", "组织代码", width=16, on_paper=False),
        Field("name", "村名", width=18),
        Field("members", "党员数", Kind.NUMBER, group="现状"),
        Field("young", "占比", Kind.SHARE, group="现状", note="35 岁以下党员占党员的比例"),
        Field("founded", "成立日期", Kind.DAY),
        Field("is_new", "新设", Kind.FLAG),
    ),
)
ROW = {
    "code": "001.007",
    "name": "青溪村",
    "members": 0,
    "young": Share(3, 8),
    "founded": date(2024, 3, 5),
    "is_new": False,
}


def test_on_paper() -> None:
    assert VILLAGE.columns()[:2] == (OfficialColumn("村名", "", 18), OfficialColumn("党员数", "现状", 10))
    assert VILLAGE.cells(ROW) == ["青溪村", 0, "37.5%", date(2024, 3, 5), "否"]
    assert VILLAGE.cells({"is_new": True}) == [None, None, None, None, "是"]


def test_for_a_machine_every_field_is_there() -> None:
    assert VILLAGE.document(ROW) == {
        "code": "001.007",
        "name": "青溪村",
        "members": 0,
        "young": {"part": 3, "whole": 8},
        "founded": "2024-03-05",
        "is_new": False,
    }
    assert set(VILLAGE.document({}).values()) == {None}


def test_a_schema_names_every_field_and_allows_no_other() -> None:
    schema = VILLAGE.schema()
    assert (schema["required"], schema["additionalProperties"]) == (list(ROW), False)
    assert schema["properties"]["members"] == {
        "anyOf": [{"type": "integer"}, {"type": "null"}],
        "description": "党员数（现状）",
    }
    assert schema["properties"]["young"]["description"] == "35 岁以下党员占党员的比例"


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="members: list"):
        VILLAGE.cells({"members": []})
