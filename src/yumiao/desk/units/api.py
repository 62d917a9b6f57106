"""Organisations for machines: those of the tree of today, and one of them. Must not know: how a figure is made, how an answer is written."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT as WITHIN
from yumiao.api.parameters import code
from yumiao.desk.units.finding import units_by
from yumiao.desk.units.resources import RESOURCE, rows


def _units(call: Call) -> Answer:
    reader, scope = call.reader, call.scope(Permission.UNIT_READ)
    seen = [unit for unit in units_by(reader, "", Permission.UNIT_READ) if scope.covers(unit.path)]
    page = call.page_of(seen, key=lambda unit: (unit.path,), values=lambda unit: rows(reader, [unit])[0])
    return Answer(reader.today, page)


def _unit(call: Call) -> Answer:
    found = call.unit(Permission.UNIT_READ, call.asked["code"])
    assert found is not None
    return Answer(call.reader.today, item=rows(call.reader, [found])[0])


UNITS: Final = Endpoint(
    name="api_units",
    below="units/",
    title=gettext_lazy("组织"),
    note=gettext_lazy("令牌范围内今天的每个组织一条，上级在前，下级在后。令牌不含一账两单权限的，人数都是 null。"),
    need=Permission.UNIT_READ,
    resource=RESOURCE,
    answer=_units,
    parameters=(WITHIN,),
)
UNIT: Final = Endpoint(
    name="api_unit",
    below="units/<str:code>/",
    title=gettext_lazy("一个组织"),
    note=gettext_lazy("内容与组织清单中的一条相同。"),
    need=Permission.UNIT_READ,
    resource=RESOURCE,
    answer=_unit,
    parts=(code("code", gettext_lazy("组织代码")),),
    is_list=False,
)
