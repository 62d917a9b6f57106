"""Cases for machines: those that go on, and one with the days of its steps, each on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.models import Case
from yumiao.admission.path_2014 import STEPS
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, uid
from yumiao.desk.dossier.lists import RESOURCE, cases_in, open_cases_in, values_of
from yumiao.desk.dossier.standing import Row, rows_of
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Kind, Resource

HEAD: Final = (
    Field("uid", "编号", note="这份发展党员档案的编号"),
    Field("person", "人员编号", note="人员编号"),
    Field("unit", "组织代码", note="本人所在党支部代码"),
    *RESOURCE.fields,
)
CASE: Final = Resource("case", "发展党员", HEAD)
CASE_WITH_STEPS: Final = Resource(
    "case_steps",
    "发展党员（含各步骤日期）",
    (
        *HEAD,
        *(
            Field(f"step_{one.number}", one.short, Kind.DAY, note=f"{one.label}的日期，重复办理的是最近一次")
            for one in STEPS
        ),
    ),
)


def _values(row: Row) -> dict[str, Any]:
    around = row.read.around
    return {
        "uid": str(around.uid),
        "person": str(around.person_uid),
        "unit": row.unit.code if row.unit else None,
        **values_of(row),
    }


def _cases(call: Call) -> Answer:
    found = open_cases_in(call.scope(Permission.PERSON_READ))

    def values(shown: list[Case]) -> list[dict[str, Any]]:
        return [_values(row) for row in rows_of([one.pk for one in shown], call.reader)]

    return Answer(call.reader.today, call.on_record(call.page_by(found, "uid", values)))


def _case(call: Call) -> Answer:
    rows = cases_in(call.reader.scope(Permission.PERSON_READ)).filter(uid=call.asked["uid"])
    case = rows.values_list("pk", flat=True).first()
    if case is None:
        raise OutOfScope(str(call.asked["uid"]))
    (row,) = rows_of([case], call.reader)
    call.recorded("person", row.read.around.person_uid, 1)
    days = {f"step_{one.step}": one.on for one in row.read.file.held}
    return Answer(call.reader.today, item=_values(row) | days)


API_CASES: Final = Endpoint(
    name="api_cases",
    below="cases/",
    title=gettext_lazy("正在办理的发展党员"),
    note=gettext_lazy("没有结束、没有归档的，按编号排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=CASE,
    answer=_cases,
    parameters=(UNIT,),
)
API_CASE: Final = Endpoint(
    name="api_case",
    below="cases/<uuid:uid>/",
    title=gettext_lazy("一份发展党员档案"),
    note=gettext_lazy("各步骤的日期；材料和意见不在接口里。每一次读取都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=CASE_WITH_STEPS,
    answer=_case,
    parts=(uid("uid", gettext_lazy("发展党员档案的编号")),),
    is_list=False,
)
