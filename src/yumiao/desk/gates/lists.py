"""The matrix of the five gates and the people behind a number, as files. Must not know: how a file is written."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.five_gates import KEYS, TITLES
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.gates.counting import SHOWN, Row, rows_below
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.units.queries import UnitOnDay

RESOURCE: Final = Resource(
    "gates",
    "发展党员五关情况表",
    (
        Field("unit_name", "组织", width=28),
        Field("cases", "在办人数", Kind.NUMBER, width=9),
        *(
            Field(f"{key}_{state.value}", state.label, Kind.NUMBER, width=8, group=TITLES[key])
            for key in KEYS
            for state in SHOWN
        ),
    ),
)


def unit_of(reader: Reader, get: QueryDict) -> UnitOnDay:
    """The unit the address names, else where the reader stands. Raises `OutOfScope`."""
    code = get.get("unit", "")
    unit = reader.tree.by_code.get(code) if code else reader.home
    if unit is None or not reader.may_at(Permission.PERSON_READ, unit):
        raise OutOfScope(_("没有找到这个组织，或不在您的管理范围内。"))
    return unit


def below(reader: Reader, unit: UnitOnDay) -> list[UnitOnDay]:
    """The units the matrix of a unit has rows for: the next below it."""
    return [one for one in reader.tree if one.parent == unit.id]


def going(reader: Reader, get: QueryDict) -> Going:
    """The matrix as it goes out."""
    unit = unit_of(reader, get)
    total, rows = rows_below(reader, unit, below(reader, unit))
    some = [*rows, total]
    return Going(
        resource=RESOURCE, title=RESOURCE.title, unit=unit, day=reader.today, conditions=[unit.name], count=len(some), is_of_people=False,
        rows=lambda most: [values_of(one, is_total=one is total) for one in some[:most]], back=page_of("gates", get),
    )  # fmt: skip


def values_of(row: Row, *, is_total: bool = False) -> dict[str, Any]:
    """A unit by the keys of `RESOURCE`."""
    counts = {f"{key}_{state.value}": row.count(key, state) for key in KEYS for state in SHOWN}
    return {"unit_name": _("合计") if is_total else row.unit.name, "cases": row.cases, **counts}
