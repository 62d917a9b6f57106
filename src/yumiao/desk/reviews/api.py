"""Reviews for machines, each page on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.models import Case, Review
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice
from yumiao.desk.transfers.lists import units_in
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import Belonging

REVIEW: Final = Resource(
    "review",
    "三级审查",
    (
        Field("uid", "标识", note="审查的标识，不变"),
        Field("case", "档案编号", note="发展培养档案的编号"),
        Field("unit", "组织代码", note="本人所在党支部代码"),
        Field("point", "审查环节", note="village_12、township_13、county_13、township_17、county_17、county_24"),
        Field("outcome", "结论", note="approved 审查通过，returned 退回整改"),
        Field("reviewed_on", "审查日期", Kind.DAY),
    ),
)


def _reviews(call: Call) -> Answer:
    reader = call.reader
    within = Belonging.objects.open().filter(unit__in=units_in(call.scope(Permission.PERSON_READ)))
    found = Review.objects.alive().filter(case__person__in=within.values("person")).select_related("case")
    if call.asked["outcome"]:
        found = found.filter(outcome=call.asked["outcome"])

    def values(shown: list[Review]) -> list[dict[str, Any]]:
        people = dict(Case.objects.filter(pk__in=[one.case_id for one in shown]).values_list("pk", "person_id"))
        units = dict(Belonging.objects.open().filter(person__in=people.values()).values_list("person_id", "unit_id"))
        return [_values(one, reader.tree.by_id.get(units.get(people[one.case_id], 0))) for one in shown]

    return Answer(reader.today, call.on_record(call.page_by(found, "uid", values)))


def _values(one: Review, unit: Any) -> dict[str, Any]:
    return {
        "uid": str(one.uid), "case": str(one.case.uid), "unit": unit.code if unit else None, "point": one.point, "outcome": one.outcome,
        "reviewed_on": one.reviewed_on,
    }  # fmt: skip


API_REVIEWS: Final = Endpoint(
    name="api_reviews",
    below="reviews/",
    title=gettext_lazy("三级审查"),
    note=gettext_lazy("各环节现有的审查结论，按标识排列。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=REVIEW,
    answer=_reviews,
    parameters=(
        UNIT,
        choice(
            "outcome",
            gettext_lazy("结论"),
            {"approved": gettext_lazy("审查通过"), "returned": gettext_lazy("退回整改")},
        ),
    ),
)
