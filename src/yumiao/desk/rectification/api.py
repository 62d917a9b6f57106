"""Findings and orders for machines. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT
from yumiao.desk.rectification.lists import finding_rows, order_rows, state_words
from yumiao.desk.transfers.lists import units_in
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.oversight.models import Finding, FindingRecord, Order
from yumiao.oversight.queries import live_findings, live_orders

FINDING: Final = Resource(
    "finding",
    "审查发现的问题",
    (
        Field("uid", "标识", note="问题的标识，不变"),
        Field("unit", "组织代码", note="问题所在的组织"),
        Field("name", "姓名"),
        Field("text", "问题"),
        Field("step", "步骤", Kind.NUMBER),
        Field("slot", "材料编号"),
        Field("grade", "性质", note="irregular、principle"),
        Field("source", "来源", note="review、peer、audit"),
        Field("found_on", "发现日期", Kind.DAY),
    ),
)
ORDER: Final = Resource(
    "order",
    "限期整改通知",
    (
        Field("uid", "标识", note="通知的标识，不变"),
        Field("number", "编号"),
        Field("unit", "组织代码", note="整改的组织"),
        Field("issued_on", "发出日期", Kind.DAY),
        Field("until", "整改期限", Kind.DAY),
        Field("findings", "问题数", Kind.NUMBER),
        Field("state", "状态"),
    ),
)


def _findings(call: Call) -> Answer:
    scope = call.scope(Permission.PERSON_READ)
    live = FindingRecord.objects.alive().values("finding")
    found = Finding.objects.filter(pk__in=live, unit__in=units_in(scope))

    def values(shown: list[Finding]) -> list[dict[str, Any]]:
        rows = finding_rows(live_findings().filter(finding__in=[one.pk for one in shown]), call.reader)
        by_id = {one.record.finding_id: one for one in rows}
        return [
            {
                "uid": str(one.uid), "unit": row.unit.code if row.unit else None, "name": row.name or None, "text": row.record.text,
                "step": row.record.step, "slot": row.record.slot or None, "grade": row.record.grade, "source": one.source,
                "found_on": row.record.found_on,
            }
            for one in shown
            for row in [by_id[one.pk]]
        ]  # fmt: skip

    return Answer(call.reader.today, call.on_record(call.page_by(found, "uid", values)))


def _orders(call: Call) -> Answer:
    reader = call.reader
    found = live_orders().filter(unit__in=units_in(call.scope(Permission.PERSON_READ)))

    def values(shown: list[Order]) -> list[dict[str, Any]]:
        return [
            {
                "uid": str(one.uid), "number": one.number, "unit": one.unit.code, "issued_on": one.one.term.issued_on,
                "until": one.one.term.until, "findings": len(one.one.findings), "state": state_words(one, reader.today)[1],
            }
            for one in order_rows(Order.objects.filter(pk__in=[row.pk for row in shown]).order_by("uid"), reader)
        ]  # fmt: skip

    return Answer(reader.today, call.page_by(found, "uid", values))


API_FINDINGS: Final = Endpoint(
    name="api_findings",
    below="findings/",
    title=gettext_lazy("审查发现的问题"),
    note=gettext_lazy("审查、互审和旧档案审核发现的问题，按标识排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=FINDING,
    answer=_findings,
    parameters=(UNIT,),
)
API_ORDERS: Final = Endpoint(
    name="api_orders",
    below="orders/",
    title=gettext_lazy("限期整改通知"),
    note=gettext_lazy("发给各组织的整改通知和办理状态，按标识排列；不含人员。"),
    need=Permission.PERSON_READ,
    resource=ORDER,
    answer=_orders,
    parameters=(UNIT,),
)
