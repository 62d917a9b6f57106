"""Whoever may see a notice, and that he did. Must not know: forms, templates."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.publicity.acting import standing_notice
from yumiao.desk.refusals import refusal_on_record
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed
from yumiao.kernel.periods import today_in_china
from yumiao.publicity.queries import Posted
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice and the unit that posted it, as it stands today."""

    one: Posted
    unit: UnitOnDay


def seen_notice(request: Request, uid: uuid.UUID, need: Permission = Permission.PERSON_READ) -> Seen:
    """The notice of that uid. Raises `OutOfScope` where the reader does not reach it, `NotAllowed` where he does without the right."""
    with refusal_on_record(request, uid):
        one = standing_notice(uid)
        unit = request.reader.tree.by_id.get(one.notice.unit_id)
        admit(unit, request.reader, Permission.PERSON_READ)
        assert unit is not None
        if not request.reader.may_at(need, unit):
            raise NotAllowed(_("您的任职不含“%(what)s”。") % {"what": need.label})
    return Seen(one, unit)


def reading_of(request: Request, found: Seen, what: What) -> None:
    """Put on record that somebody looked at whom a notice names."""
    count = len(found.one.people)
    record_reading(what, actor=request.reader.actor, subject_kind="unit", subject=found.unit.uid, count=count)


def was_done(request: Request) -> bool:
    """Whether the form that was sent is an act already: whom it named can be chosen no more."""
    once = parsed_once(request) if request.method == "POST" else None
    return once is not None and Entry.objects.filter(once=once).exists()


def is_entered_late(found: Seen, today: date) -> bool:
    """Whether the window was over before anybody wrote the notice down: it hung on paper, and whoever reviews should see that."""
    at = Entry.objects.filter(seq=found.one.record.entered).values_list("at", flat=True).first()
    return at is not None and min(today_in_china(at), today) > found.one.record.closes_on
