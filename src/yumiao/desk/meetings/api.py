"""Meetings for machines: numbers, nobody named. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice, number
from yumiao.desk.meetings.lists import FIRST_YEAR, RESOURCE, Asked, Row, meetings_of, rows_of, values_of
from yumiao.kernel.resources import Field, Resource
from yumiao.meetings.models import Meeting, MeetingRecord

MEETING: Final = Resource(
    "meeting",
    "会议",
    (Field("uid", "编号", note="会议的编号"), Field("unit", "组织代码", note="召开会议的组织代码"), *RESOURCE.fields),
)


def _meetings(call: Call) -> Answer:
    reader = call.reader
    asked = Asked(kind=call.asked["kind"] or "", year=call.asked["year"])
    found = meetings_of(call.scope(Permission.PERSON_READ), asked)

    def values(shown: list[MeetingRecord]) -> list[dict[str, Any]]:
        return [_values(row) for row in rows_of(shown, reader.tree)]

    return Answer(reader.today, call.page_by(found, "id", values))


def _values(row: Row) -> dict[str, Any]:
    return {"uid": str(row.record.meeting.uid), "unit": row.unit.code if row.unit else None, **values_of(row)}


API_MEETINGS: Final = Endpoint(
    name="api_meetings",
    below="meetings/",
    title=gettext_lazy("会议"),
    note=gettext_lazy("登记的会议和表决事项的数目，按登记先后排列，不含到会人员和表决人姓名。"),
    need=Permission.PERSON_READ,
    resource=MEETING,
    answer=_meetings,
    parameters=(
        UNIT,
        choice("kind", gettext_lazy("会议类别"), {one.value: one.label for one in Meeting.Kind}),
        number("year", gettext_lazy("年度"), least=FIRST_YEAR, most=date.max.year),
    ),
)
