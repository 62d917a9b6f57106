"""The five gates by unit for machines. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.five_gates import KEYS, TITLES
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT
from yumiao.desk.gates.counting import SHOWN, rows_below
from yumiao.desk.gates.lists import values_of
from yumiao.kernel.resources import Field, Kind, Resource

GATES: Final = Resource(
    "gates",
    "发展党员五关",
    (
        Field("unit", "组织代码"),
        Field("unit_name", "组织"),
        Field("cases", "在办人数", Kind.NUMBER),
        *(
            Field(f"{key}_{state.value}", f"{TITLES[key]}：{state.label}", Kind.NUMBER)
            for key in KEYS
            for state in SHOWN
        ),
    ),
)


def _gates(call: Call) -> Answer:
    reader = call.reader
    scope = call.scope(Permission.PERSON_READ)
    units = [one for one in reader.tree if scope.covers(one.path)]
    root = reader.tree.root
    rows = sorted(rows_below(reader, root, units)[1] if root is not None else [], key=lambda one: one.unit.path)
    page = call.page_of(
        rows, key=lambda one: (one.unit.path,), values=lambda one: {"unit": one.unit.code, **values_of(one)}
    )
    return Answer(reader.today, page)


API_GATES: Final = Endpoint(
    name="api_gates",
    below="gates/",
    title=gettext_lazy("五关"),
    note=gettext_lazy("各党支部在办的发展培养在推荐、培训、公示、考察、票决五关的人数。"),
    need=Permission.PERSON_READ,
    resource=GATES,
    answer=_gates,
    parameters=(UNIT,),
)
