"""Resources: one declaration of the fields of a thing feeds its export, its print, its API document and the API's description.

Must not know any thing of the domain, the database or a request: rows come as mappings of field keys to plain values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, Final

from yumiao.kernel.official import Cell, OfficialColumn
from yumiao.kernel.shares import Share

Values = Mapping[str, Any]


class Kind(StrEnum):
    """What a value is: str, int, date, `Share`, bool. Any may be None: not known."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    SHARE = "share"
    FLAG = "flag"


_SCHEMA: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "integer"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.SHARE: {
        "type": "object",
        "properties": {"part": {"type": "integer"}, "whole": {"type": "integer"}},
        "required": ["part", "whole"],
        "additionalProperties": False,
    },
    Kind.FLAG: {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `label` heads its column, `note` describes it in the API, `width` is in characters; without `on_paper` only machines get it."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    width: float = 10
    group: str = ""
    note: str = ""
    on_paper: bool = True

    def cell(self, value: Any) -> Cell:
        """The value on paper: shares as 75.0%, flags as 是 and 否."""
        match value:
            case Share():
                return value.percent()
            case bool():
                return "是" if value else "否"
            case None | str() | int() | float() | date():
                return value
        raise TypeError(f"{self.key}: {type(value).__name__} has no place in a cell")

    def plain(self, value: Any) -> Any:
        """The value for JSON: days as 2024-03-05, shares as their two integers."""
        if isinstance(value, Share):
            return {"part": value.part, "whole": value.whole}
        return value.isoformat() if isinstance(value, date) else value

    def schema(self) -> dict[str, Any]:
        """The field in JSON Schema (2020-12); null stands for what is not known."""
        meaning = self.note or (f"{self.label}（{self.group}）" if self.group else self.label)
        return {"anyOf": [dict(_SCHEMA[self.kind]), {"type": "null"}], "description": meaning}


_AS_THEY_ARE: Final = frozenset({str, int, float, date, NoneType})


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing with its fields in official order; `name` is the term of the glossary, `title` stands on paper."""

    name: str
    title: str
    fields: Sequence[Field]

    def columns(self) -> tuple[OfficialColumn, ...]:
        return tuple(OfficialColumn(one.label, one.group, one.width) for one in self.fields if one.on_paper)

    def cells(self, row: Values) -> list[Cell]:
        """One row on paper; a missing key is a blank."""
        found: list[tuple[Field, Any]] = [(one, row.get(one.key)) for one in self.fields if one.on_paper]
        cells: list[Any] = [value if value.__class__ in _AS_THEY_ARE else one.cell(value) for one, value in found]
        return cells

    def document(self, row: Values) -> dict[str, Any]:
        """One row for JSON: every field, whether known or not."""
        return {one.key: one.plain(row.get(one.key)) for one in self.fields}

    def schema(self) -> dict[str, Any]:
        """The document in JSON Schema: nothing beyond the fields, and all of them."""
        return {
            "type": "object",
            "title": self.title,
            "properties": {one.key: one.schema() for one in self.fields},
            "required": [one.key for one in self.fields],
            "additionalProperties": False,
        }
