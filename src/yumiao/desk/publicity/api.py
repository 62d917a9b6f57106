"""Notices for machines: what hangs there, without what was objected. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT
from yumiao.desk.transfers.lists import units_in
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.publicity.models import Notice, NoticeRecord
from yumiao.publicity.queries import posted

NOTICE: Final = Resource(
    "notice",
    "发展党员公示",
    (
        Field("uid", "标识", note="公示的标识，不变"),
        Field("unit", "组织代码", note="公示单位的代码"),
        Field("kind", "公示事项", note="target、admission、confirmation"),
        Field("names", "公示人员"),
        Field("posted_on", "张贴日期", Kind.DAY),
        Field("closes_on", "截止日期", Kind.DAY),
        Field("objections", "异议件数", Kind.NUMBER),
    ),
)


def _notices(call: Call) -> Answer:
    reader = call.reader
    live = NoticeRecord.objects.alive().values("notice")
    found = Notice.objects.filter(pk__in=live, unit__in=units_in(call.scope(Permission.PERSON_READ)))

    def values(shown: list[Notice]) -> list[dict[str, Any]]:
        records = {
            one.notice_id: one
            for one in NoticeRecord.objects.alive()
            .filter(notice__in=[one.pk for one in shown])
            .select_related("notice")
        }
        some = posted([records[one.pk] for one in shown if one.pk in records])
        tree = reader.tree
        return [
            {
                "uid": str(one.notice.uid), "unit": tree.by_id[one.notice.unit_id].code if one.notice.unit_id in tree.by_id else None,
                "kind": one.notice.kind, "names": one.names, "posted_on": one.record.posted_on, "closes_on": one.record.closes_on,
                "objections": one.count,
            }
            for one in some
        ]  # fmt: skip

    return Answer(reader.today, call.on_record(call.page_by(found, "uid", values)))


API_NOTICES: Final = Endpoint(
    name="api_notices",
    below="notices/",
    title=gettext_lazy("发展党员公示"),
    note=gettext_lazy("公示的事项、人员和期间，按标识排列；不含异议的来源和内容。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=NOTICE,
    answer=_notices,
    parameters=(UNIT,),
)
