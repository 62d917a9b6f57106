"""Floating members for machines, each page on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice, flag
from yumiao.desk.stays.lists import RESOURCE, Row, rows_of, stays_of, values_of
from yumiao.kernel.resources import Field, Resource
from yumiao.people.models import Stay

STAY: Final = Resource(
    "stay",
    "流动党员",
    (
        Field("uid", "编号", note="登记的编号，更正后不变"),
        Field("person", "人员编号", note="人员编号；流入的没有，是 null"),
        Field("unit", "组织代码", note="所在党支部代码；流入的是联系的党支部"),
        *RESOURCE.fields,
    ),
)


def _stays(call: Call) -> Answer:
    reader, kind = call.reader, Stay.Kind(call.asked["kind"] or Stay.Kind.OUT)
    found = stays_of(call.scope(Permission.PERSON_READ), kind, is_over=bool(call.asked["over"]))

    def values(shown: list[Stay]) -> list[dict[str, Any]]:
        return [_values(row) for row in rows_of(shown, reader.tree, reader.today)]

    return Answer(reader.today, call.on_record(call.page_by(found, "uid", values)))


def _values(row: Row) -> dict[str, Any]:
    return {
        "uid": str(row.stay.uid),
        "person": str(row.person.uid) if row.person else None,
        "unit": row.unit.code if row.unit else None,
        **values_of(row),
    }


API_STAYS: Final = Endpoint(
    name="api_stays",
    below="stays/",
    title=gettext_lazy("流动党员"),
    note=gettext_lazy("流出、流入的党员，按登记的编号排列。不写 kind 就是流出的。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=STAY,
    answer=_stays,
    parameters=(
        UNIT,
        choice("kind", gettext_lazy("流向"), {one.value: one.label for one in Stay.Kind}),
        flag("over", gettext_lazy("已经返回的")),
    ),
)
