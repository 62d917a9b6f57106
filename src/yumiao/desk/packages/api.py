"""Archives for machines: which were handed over, to whom. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.models import Case
from yumiao.admission.package_queries import archived
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT
from yumiao.desk.packages.lists import rows_of
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import Person

ARCHIVE: Final = Resource(
    "archive",
    "发展党员档案",
    (
        Field("uid", "标识", note="发展档案的标识，不变"),
        Field("unit", "组织代码", note="本人所在党支部"),
        Field("name", "姓名"),
        Field("archived_on", "归档日期", Kind.DAY),
        Field("handed_on", "移交日期", Kind.DAY),
        Field("holder", "归入"),
        Field("receiver", "接收人"),
    ),
)


def _archives(call: Call) -> Answer:
    people = Person.objects.visible_to(call.scope(Permission.PERSON_READ)).values("pk")
    found = archived().filter(person__in=people)

    def values(shown: list[Case]) -> list[dict[str, Any]]:
        return [
            {
                "uid": str(row.case.uid), "unit": row.unit.code if row.unit else None, "name": row.name, "archived_on": row.archived_on,
                "handed_on": row.handover.handed_on if row.handover else None, "holder": row.handover.holder if row.handover else None,
                "receiver": row.handover.receiver if row.handover else None,
            }
            for row in rows_of(shown, call.reader)
        ]  # fmt: skip

    return Answer(call.reader.today, call.on_record(call.page_by(found, "uid", values)))


API_HANDOVERS: Final = Endpoint(
    name="api_handovers",
    below="handovers/",
    title=gettext_lazy("发展党员档案的归档和移交"),
    note=gettext_lazy("已经归档的档案和移交情况，按标识排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=ARCHIVE,
    answer=_archives,
    parameters=(UNIT,),
)
