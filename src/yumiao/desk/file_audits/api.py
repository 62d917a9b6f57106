"""Audits of old files for machines, each page on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice
from yumiao.desk.file_audits.lists import RESOURCE, Row, Which, members_of, picked, rows_of, values_of
from yumiao.kernel.resources import Field, Resource
from yumiao.people.models import Person

FILE_AUDIT: Final = Resource(
    "file_audit",
    "旧档案审核",
    (
        Field("person", "人员编号"),
        Field("unit", "组织代码", note="本人所在组织代码"),
        *RESOURCE.fields,
    ),
)
_STATES: Final = {
    "waiting": gettext_lazy("未审核"), "lacking": gettext_lazy("材料缺少"), "wrong": gettext_lazy("材料有误"),
    "unproven": gettext_lazy("无法证明党员身份"), "complete": gettext_lazy("材料齐全、规范"), "undecided": gettext_lazy("待作出决定"),
}  # fmt: skip


def _file_audits(call: Call) -> Answer:
    reader = call.reader
    people = members_of(call.scope(Permission.PERSON_READ))
    found = picked(people, Which(call.asked["state"])) if call.asked["state"] else people

    def values(shown: list[Person]) -> list[dict[str, Any]]:
        return [_values(row) for row in rows_of(shown, reader)]

    return Answer(reader.today, call.on_record(call.page_by(found, "uid", values)))


def _values(row: Row) -> dict[str, Any]:
    return {"person": str(row.person.uid), "unit": row.unit.code if row.unit else None, **values_of(row)}


API_FILE_AUDITS: Final = Endpoint(
    name="api_file_audits",
    below="file-audits/",
    title=gettext_lazy("旧档案审核"),
    note=gettext_lazy("令牌范围内的党员和其档案最近一次审核的结果，按人员编号排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=FILE_AUDIT,
    answer=_file_audits,
    parameters=(UNIT, choice("state", gettext_lazy("审核结果"), _STATES)),
)
