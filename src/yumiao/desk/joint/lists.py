"""Batches of joint review as a list and as a file: how far each body is. What anybody answered stands in neither. Must not know: how a file is written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.joint_queries import Asked, Batch, Part, batches, people_of, rows_of, standing, states_of
from yumiao.admission.models import JointReview
from yumiao.bylaws.keys import BODIES
from yumiao.desk.exports.going import Going
from yumiao.desk.joint.letters import label_of
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

RESOURCE: Final = Resource(
    "joint_reviews",
    "部门联审进度表",
    (
        Field("number", "批次", width=18),
        Field("round", "类别", width=18),
        Field("sent_on", "发出日期", Typed.DAY, width=11),
        Field("due_on", "答复期限", Typed.DAY, width=11),
        Field("body", "部门", width=18),
        Field("asked", "送审人数", Typed.NUMBER, width=9),
        Field("answered", "已答复", Typed.NUMBER, width=9),
        Field("missing", "未答复", Typed.NUMBER, width=9),
        Field("reminders", "催办次数", Typed.NUMBER, width=9),
        Field("state", "状态", width=12),
    ),
)


class State(StrEnum):
    """How somebody of a batch stands, without which answer it was."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {"open": _("待答复"), "waiting": _("待结论"), "closed": _("已办结")}[self.value]

    @property
    def tone(self) -> str:
        return {"open": "na", "waiting": "warn", "closed": "ok"}[self.value]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a batch on its page; `number` is not among it."""

    asked: Asked
    unit: UnitOnDay | None
    state: State

    @property
    def uid(self) -> uuid.UUID:
        return self.asked.row.uid


def reviews() -> QuerySet[JointReview]:
    """Every batch that stands."""
    return standing()


def people_in(batch: Batch, tree: Tree) -> Sequence[Person]:
    """The list of a batch, where each stands; five queries."""
    rows = list(rows_of(batch.review.pk))
    states = states_of(rows, len(batch.parts))
    return [Person(one, tree.by_id.get(one.unit), State(states[one.row.pk])) for one in people_of(rows)]


def state_of(part: Part, batch: Batch, day: date) -> str:
    """How far a body is, in words."""
    if not part.missing:
        return _("已全部答复")
    return _("逾期未答复") if batch.record.due_on < day else _("待答复")


def body_label(body: str) -> str:
    """A body by its name."""
    return _(BODIES[body]) if body in BODIES else body


def values_of(batch: Batch, part: Part, day: date) -> dict[str, Any]:
    """A body of a batch by the keys of `RESOURCE`."""
    return {
        "number": batch.number,
        "round": label_of(batch.review.round),
        "sent_on": batch.record.sent_on,
        "due_on": batch.record.due_on,
        "body": body_label(part.body.body),
        "asked": part.asked,
        "answered": part.answered,
        "missing": part.missing,
        "reminders": part.reminders,
        "state": state_of(part, batch, day),
    }


def going(reader: Reader, get: QueryDict) -> Going:
    """The progress of every body as it goes out."""
    del get  # the list has no conditions
    found = batches(reviews().order_by("-year", "-serial"))
    rows = [values_of(one, part, reader.today) for one in found for part in one.parts]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=[],
        count=len(rows),
        is_of_people=False,
        rows=lambda most: rows[:most],
        back=reverse("joint_reviews"),
    )
