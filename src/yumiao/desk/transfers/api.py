"""Transfers for machines, numbers masked, each page on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice
from yumiao.desk.transfers.lists import RESOURCE, Which, rows_of, transfers_of, values_of
from yumiao.kernel.resources import Field, Resource
from yumiao.people.models import Transfer
from yumiao.people.transfer_queries import with_states
from yumiao.units.queries import Tree

ASKED: Final = (Which.ARRIVING, Which.LEAVING, Which.RECEIPT, Which.CLOSED)
TRANSFER: Final = Resource(
    "transfer",
    "组织关系转接",
    (
        Field("uid", "编号", note="转接的编号"),
        Field("person", "人员编号"),
        *RESOURCE.fields,
        Field("from_unit", "转出组织代码", note="转出组织代码；在县外的是 null"),
        Field("to_unit", "接收组织代码", note="接收组织代码；在县外的是 null"),
    ),
)


def _transfers(call: Call) -> Answer:
    reader, which = call.reader, call.asked["state"]
    found = transfers_of(call.scope(Permission.PERSON_READ), Which(which) if which else None)

    def values(shown: list[Transfer]) -> list[dict[str, Any]]:
        return [
            {
                "uid": str(row.one.transfer.uid),
                "person": str(row.one.transfer.person.uid),
                **values_of(row),
                "from_unit": _code(reader.tree, row.one.transfer.from_unit_id),
                "to_unit": _code(reader.tree, row.one.transfer.to_unit_id),
            }
            for row in rows_of(with_states(shown), reader.tree, reader.today)
        ]

    return Answer(reader.today, call.on_record(call.page_by(found, "id", values)))


def _code(tree: Tree, unit: int | None) -> str | None:
    found = tree.by_id.get(unit or 0)
    return found.code if found else None


API_TRANSFERS: Final = Endpoint(
    name="api_transfers",
    below="transfers/",
    title=gettext_lazy("组织关系转接"),
    note=gettext_lazy("从令牌范围内转出或者转入的，先开具的在前。不写 state 就是全部。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=TRANSFER,
    answer=_transfers,
    parameters=(UNIT, choice("state", gettext_lazy("状态"), {one.value: one.label for one in ASKED})),
)
