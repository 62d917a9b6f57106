"""The path for machines: the 25 steps of an edition as data. It names no person, so no reading is recorded. Must not know: how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.edition_services import in_use
from yumiao.admission.editions import EDITIONS
from yumiao.admission.path import Edition, Step
from yumiao.admission.path_page import guards_of
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import choice
from yumiao.kernel.resources import Field, Kind, Resource

STEPS: Final = Resource(
    "step",
    "发展步骤",
    (
        Field("number", "步骤", Kind.NUMBER),
        Field("stage", "阶段", Kind.NUMBER),
        Field("stage_title", "阶段名称"),
        Field("title", "步骤名称"),
        Field("who", "由谁办理"),
        Field("recorded_by", "由谁登记"),
        Field("after", "前置步骤", note="前置步骤的号码，顿号分开；没有的是 null"),
        Field("term", "期限"),
        Field("says", "要求"),
        Field("papers", "材料", note="材料编号，顿号分开；没有的是 null"),
        Field("rules", "规则", note="规则编号，顿号分开"),
        Field("article", "依据"),
        Field("repeats", "可以多次", Kind.FLAG),
        Field("edition", "版本"),
    ),
)
_OFFERED: Final = {one.key: one.title for one in EDITIONS.values() if not one.is_example}


def _steps(call: Call) -> Answer:
    key = call.asked["edition"] or in_use(call.reader.today)
    edition = EDITIONS[key]
    page = call.page_of(edition.steps, key=lambda one: (one.number,), values=lambda one: _values(edition, one))
    return Answer(call.reader.today, page)


def _values(edition: Edition, one: Step) -> dict[str, Any]:
    stage = next(stage for stage in edition.stages if stage.number == one.stage)
    return {
        "number": one.number,
        "stage": one.stage,
        "stage_title": stage.title,
        "title": one.title,
        "who": one.who,
        "recorded_by": one.level.label,
        "after": "、".join(map(str, one.after)) or None,
        "term": one.term or None,
        "says": one.says or None,
        "papers": "、".join(one.slots) or None,
        "rules": "、".join(rule.id for rule in guards_of(one)) or None,
        "article": one.citation,
        "repeats": one.repeats,
        "edition": edition.title,
    }


API_STEPS: Final = Endpoint(
    name="api_steps",
    below="steps/",
    title=gettext_lazy("发展党员的步骤"),
    note=gettext_lazy("发展党员程序的二十五个步骤，按步骤号排列。不写 edition 就是现在新开始的所用的版本。"),
    need=Permission.BYLAW_READ,
    resource=STEPS,
    answer=_steps,
    parameters=(choice("edition", gettext_lazy("版本"), _OFFERED),),
)
