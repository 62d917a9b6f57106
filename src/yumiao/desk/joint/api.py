"""Batches of joint review for machines: how far each is. It names nobody, and no answer is among it. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.admission.joint_queries import Batch, batches, standing
from yumiao.admission.models import JointReview
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.desk.joint.letters import label_of
from yumiao.kernel.resources import Field, Kind, Resource

JOINT_REVIEW: Final = Resource(
    "joint_review",
    "部门联审批次",
    (
        Field("uid", "标识", note="批次的标识，不变"),
        Field("number", "批次"),
        Field("round", "类别"),
        Field("sent_on", "发出日期", Kind.DAY),
        Field("due_on", "答复期限", Kind.DAY),
        Field("asked", "送审人数", Kind.NUMBER),
        Field("bodies", "部门数", Kind.NUMBER),
        Field("missing", "未答复", Kind.NUMBER, note="还没有答复的人次，各部门合计"),
        Field("closed", "已办结人数", Kind.NUMBER),
    ),
)


def _joint_reviews(call: Call) -> Answer:
    def values(shown: list[JointReview]) -> list[dict[str, Any]]:
        return [_values(one) for one in batches(shown)]

    root = call.reader.tree.root
    is_county = root is not None and call.reader.may_at(Permission.PERSON_READ, root)
    found = standing() if is_county else standing().none()  # a batch is the county's: it goes across townships
    return Answer(call.reader.today, call.page_by(found, "uid", values))


def _values(one: Batch) -> dict[str, Any]:
    return {
        "uid": str(one.review.uid),
        "number": one.number,
        "round": label_of(one.review.round),
        "sent_on": one.record.sent_on,
        "due_on": one.record.due_on,
        "asked": one.asked,
        "bodies": len(one.parts),
        "missing": one.missing,
        "closed": one.asked - one.open,
    }


API_JOINT_REVIEWS: Final = Endpoint(
    name="api_joint_reviews",
    below="joint-reviews/",
    title=gettext_lazy("部门联审"),
    note=gettext_lazy("已发出的联审批次和进度，按标识排列；不含人员名单和答复内容。"),
    need=Permission.PERSON_READ,
    resource=JOINT_REVIEW,
    answer=_joint_reviews,
)
