"""What joint review leaves to be done: at the county people to send and bodies to remind, for whom a grant was given a conclusion, for a
department its batches. Derived, never stored. Must not know: requests, pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.gate_rules import REV_10, REV_13, REV_14
from yumiao.admission.grant_queries import cases_open_to
from yumiao.admission.joint_queries import Asked, Batch, batches, bodies_of, people_of, standing, states_of
from yumiao.admission.models import JointReviewBody, JointReviewCase
from yumiao.desk.joint.concerned import concerned
from yumiao.desk.joint.lists import State, body_label
from yumiao.journal.facts import ALIVE
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

FEW: Final = 5


def joint_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """At the county whom to send and whom to remind; everywhere, whom the reader himself is to conclude about. From memory while nothing changes."""
    if reader.account is None or not reader.may_at(Permission.JOINT_CONCLUDE, unit):
        return []
    sends = unit.parent is None and reader.may_at(Permission.JOINT_SEND, unit)
    key = (unit.id, reader.today, reader.account.pk, sends)
    return remembered("joint_duties", reader.head, *key, make=lambda: _duties(reader, unit, sends=sends))


def _duties(reader: Reader, unit: UnitOnDay, *, sends: bool) -> list[Duty]:
    found: list[Duty] = []
    standing_now = batches(standing())
    if sends:
        found += _to_send(reader, unit)
        found += [duty for one in standing_now if one.is_overdue(reader.today) for duty in _overdue(one, reader.today)]
    return found + _to_conclude([one for one in standing_now if one.waiting], reader, unit)


def _to_send(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    people = concerned(reader)
    if not people:
        return []
    again = [one.wanted.until for one in people if one.wanted.until is not None]
    title = _("有 %(count)s 人应送部门联审") % {"count": len(people)}
    reason = _("其中 %(count)s 人重新联审") % {"count": len(again)} if again else ""
    due = min(again, default=date(reader.today.year, 12, 31))
    return [Duty(REV_10.id, title, unit.name, due, reason, reverse("joint_review_new"))]


def _overdue(batch: Batch, today: date) -> list[Duty]:
    late = [one for one in batch.parts if one.missing]
    names = _("、").join(body_label(one.body.body) for one in late)
    title = _("联审%(number)s逾期没有答复：%(names)s") % {"number": batch.number, "names": names}
    link = reverse("joint_review", args=[batch.review.uid])
    return [Duty(REV_13.id, title, "", batch.record.due_on, _("催办，或者登记书面答复"), link)]


def _to_conclude(waiting: Sequence[Batch], reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """Those whose answers the reader may read by a grant, and who wait for a conclusion."""
    assert reader.account is not None
    found: list[tuple[Asked, Batch]] = []
    for batch in waiting:
        rows = list(JointReviewCase.objects.filter(review=batch.review.pk).select_related("case__person"))
        states = states_of(rows, len(batch.parts))
        rows = [one for one in rows if states[one.pk] == State.WAITING]
        ids = [one.case_id for one in rows]
        may = cases_open_to(reader.account.pk, Section.JOINT_REVIEW, ids, today=reader.today, now=timezone.now())
        found += [(one, batch) for one in people_of([one for one in rows if one.case_id in may])]
    here = [(one, batch) for one, batch in found if _within(one, reader, unit)]
    return [
        Duty(
            REV_14.id, _("%(name)s的联审答复待结论") % {"name": one.name}, reader.tree.by_id[one.unit].name, batch.record.due_on,
            _("阅看答复，写明结论"), reverse("joint_case", args=[one.row.uid]),
        )
        for one, batch in here
    ]  # fmt: skip


def _within(one: Asked, reader: Reader, unit: UnitOnDay) -> bool:
    place = reader.tree.by_id.get(one.unit)
    return place is not None and unit.subtree.covers(place.path)


def answer_duties(reader: Reader) -> list[Duty]:
    """The batches that a department's reviewer has not answered to the end; nothing, and no query, for whoever answers none."""
    if reader.account is None or not reader.may(Permission.JOINT_ANSWER):
        return []
    found = []
    for body, batch in own_parts(reader):
        part = next(one for one in batch.parts if one.body.pk == body.pk)
        if part.missing:
            title = _("联审%(number)s还有 %(count)s 人待答复") % {"number": batch.number, "count": part.missing}
            link = reverse("joint_body", args=[body.uid])
            found.append(Duty(REV_13.id, title, body_label(body.body), batch.record.due_on, _("逐人答复"), link))
    return found


def own_parts(reader: Reader) -> list[tuple[JointReviewBody, Batch]]:
    """What the batches ask of the bodies the reader answers for, the latest first."""
    assert reader.account is not None
    bodies = bodies_of(reader.account.pk, reader.today)
    if not bodies:
        return []
    rows = JointReviewBody.objects.filter(body__in=bodies, review__records__struck=ALIVE).select_related("review")
    own = list(rows.order_by("-review__year", "-review__serial", "pk"))
    by_review = {one.review.pk: one for one in batches({one.review_id: one.review for one in own}.values())}
    return [(one, by_review[one.review_id]) for one in own]
