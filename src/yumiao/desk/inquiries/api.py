"""Letters of the political review for machines, each page on record; what they found is not among it. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.models import Inquiry
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice
from yumiao.desk.inquiries.lists import RESOURCE, Row, Which, inquiries_of, rows_of, values_of
from yumiao.kernel.resources import Field, Resource

INQUIRY: Final = Resource(
    "inquiry",
    "政治审查函调",
    (
        Field("uid", "标识", note="函调的标识，不变"),
        Field("case", "档案编号", note="发展培养档案的编号"),
        Field("unit", "组织代码", note="本人所在党支部代码"),
        *RESOURCE.fields,
    ),
)


def _inquiries(call: Call) -> Answer:
    reader = call.reader
    which = Which(call.asked["state"]) if call.asked["state"] else None
    found = inquiries_of(call.scope(Permission.PERSON_READ), which, reader.today).select_related("case")

    def values(shown: list[Inquiry]) -> list[dict[str, Any]]:
        return [_values(row) for row in rows_of(shown, reader.tree, reader.today)]

    return Answer(reader.today, call.on_record(call.page_by(found, "uid", values)))


def _values(row: Row) -> dict[str, Any]:
    one = row.one.inquiry
    return {
        "uid": str(one.uid),
        "case": str(one.case.uid),
        "unit": row.unit.code if row.unit else None,
        **values_of(row),
    }


API_INQUIRIES: Final = Endpoint(
    name="api_inquiries",
    below="inquiries/",
    title=gettext_lazy("政治审查函调"),
    note=gettext_lazy("发出的函调、外调和办理状态，按标识排列；不含回函结论。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=INQUIRY,
    answer=_inquiries,
    parameters=(
        UNIT,
        choice(
            "state",
            gettext_lazy("状态"),
            {"open": gettext_lazy("待回函"), "overdue": gettext_lazy("逾期未回"), "done": gettext_lazy("已办结")},
        ),
    ),
)
