"""Pairs that may be one person, and what was decided, as lists: their columns and rows, numbers masked. Must not know: requests, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.doubles.queue import Decision, rows
from yumiao.desk.journal.words import actor_words
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.candidates import Double
from yumiao.people.queries import Named
from yumiao.ui import spelling
from yumiao.units.queries import UnitOnDay

PAIRS: Final = Resource(
    "doubles",
    "疑似重复人员核对表",
    (
        Field("name", "姓名", width=11, group="一份"),
        Field("identity", "公民身份号码", width=20, group="一份", note="公民身份号码，掩码"),
        Field("born_on", "出生日期", Kind.DAY, 11, "一份"),
        Field("unit_name", "所在组织", width=22, group="一份"),
        Field("other_name", "姓名", width=11, group="另一份"),
        Field("other_identity", "公民身份号码", width=20, group="另一份", note="公民身份号码，掩码"),
        Field("other_born_on", "出生日期", Kind.DAY, 11, "另一份"),
        Field("other_unit_name", "所在组织", width=22, group="另一份"),
        Field("ground", "依据", width=26),
    ),
)
DECISIONS: Final = Resource(
    "double_decisions",
    "疑似重复人员判定表",
    (
        Field("name", "姓名", width=12),
        Field("said", "判定", width=14),
        Field("reason", "理由", width=40),
        Field("actor", "判定人", width=24),
        Field("at", "时间", width=18),
        Field("entry", "纪实条目", Kind.NUMBER, 9),
    ),
)


def pair_values(reader: Reader, pairs: Sequence[Double]) -> list[dict[str, Any]]:
    return [
        {
            **_side(row.one, row.units[0]),
            **{f"other_{key}": value for key, value in _side(row.other, row.units[1]).items()},
            "ground": _(row.ground.label),
        }
        for row in rows(reader, pairs)
    ]


def _side(person: Named, unit: UnitOnDay) -> dict[str, Any]:
    return {
        "name": person.name,
        "identity": person.masked or None,
        "born_on": person.born_on,
        "unit_name": unit.name,
    }


def decision_values(found: Iterable[Decision]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "said": _("合并") if one.gone else _("不是同一人"),
            "reason": one.reason,
            "actor": actor_words(one.entry.actor_label),
            "at": spelling.moment(one.entry.at),
            "entry": one.entry.seq,
        }
        for one in found
    ]
