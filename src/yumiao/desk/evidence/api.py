"""The slots of a case for machines: what is there, what is missing; no bytes, no names of papers. Must not know: how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.door import fetch
from yumiao.access.permissions import Permission
from yumiao.admission.case_file import Read, case_of, read_case
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import uid
from yumiao.desk.evidence.slots import SlotState, slots_of
from yumiao.desk.refusals import refusal_on_record
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import Person

SLOT: Final = Resource(
    "slot",
    "档案材料",
    (
        Field("code", "编号", note="材料清单的编号，A01 至 A24"),
        Field("title", "材料"),
        Field("need", "要求", note="核心材料、应有，或者按本县规定"),
        Field("steps", "步骤", note="所属步骤的编号，多个用顿号分开"),
        Field("papers", "份数", Kind.NUMBER, note="已放入、没有收回的份数"),
        Field("due", "应有", Kind.FLAG, note="所属步骤已经登记"),
        Field("missing", "缺少", Kind.FLAG, note="应有而没有，或者看不清、不是本人的"),
        Field("incomplete", "要补正", note="核对发现的问题；没有的是空的"),
    ),
)


def _papers(call: Call) -> Answer:
    read = _read(call)
    states = slots_of(read.around.case, read.file)
    call.recorded("person", read.around.person_uid, 1)
    return Answer(call.reader.today, call.page_of(states, key=lambda one: (one.slot.code,), values=_values))


def _read(call: Call) -> Read:
    asked = call.asked["uid"]
    found = case_of(asked)
    with refusal_on_record(call.request, found[2] if found else asked):
        if found is None:
            raise OutOfScope(str(asked))
        fetch(Person.objects.all(), call.reader, Permission.PERSON_READ, pk=found[1])
    return read_case(found[0], asked, found[1], found[2])


def _values(one: SlotState) -> dict[str, Any]:
    return {
        "code": one.slot.code, "title": one.slot.title, "need": one.need.label, "steps": "、".join(map(str, one.steps)),
        "papers": len(one.papers), "due": one.is_due, "missing": one.missing, "incomplete": "、".join(one.incomplete_why),
    }  # fmt: skip


API_CASE_PAPERS: Final = Endpoint(
    name="api_case_papers",
    below="cases/<uuid:uid>/papers/",
    title=gettext_lazy("一份档案的材料"),
    note=gettext_lazy("按材料清单逐项列出有没有、缺不缺；不含扫描件。每一次读取都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=SLOT,
    answer=_papers,
    parts=(uid("uid", gettext_lazy("发展培养档案的编号")),),
)
