"""Pages of who is left out of those due at meetings (MTG-10): the list, a new one, its end. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.meetings import recording
from yumiao.desk.meetings.forms import EndExclusionForm, ExclusionForm
from yumiao.desk.meetings.lists import of_units
from yumiao.desk.meetings.places import roll, units_for
from yumiao.desk.posts.faces import Face, faces
from yumiao.desk.units.ended import heir_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.meetings.models import Exclusion, Meeting
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One exclusion of the list."""

    row: Exclusion
    face: Face
    unit: UnitOnDay | None
    day: date

    @property
    def ground(self) -> str:
        return str(Exclusion.Ground(self.row.ground).label)

    @property
    def until(self) -> date | None:
        return None if self.row.until == FOREVER else self.row.until

    @property
    def lasts(self) -> bool:
        return self.row.until > self.day


@door(P.PERSON_READ)
def exclusions(request: Request) -> HttpResponse:
    """Who is left out now, or was."""
    reader, is_over = request.reader, bool(request.GET.get("over"))
    found = Exclusion.objects.alive().filter(of_units("unit", reader.scope(P.PERSON_READ)))
    now, over = found.filter(until__gt=request.today), found.filter(until__lte=request.today)
    page = first_if_bad(over if is_over else now, "-since", "-id", size=SIZE, get=request.GET)
    known = faces((one.person_id for one in page.rows), reader)
    units = {unit.id for unit in units_for(reader)}
    counts = (now.count(), over.count())
    values = {
        "tabs": [(_("现在不计入"), "?", not is_over, counts[0]), (_("已经结束"), "?over=1", is_over, counts[1])],
        "rows": [
            Row(one, known[one.person_id], reader.tree.by_id.get(one.unit_id), request.today) for one in page.rows
        ],
        "count": counts[is_over],
        "links": page.links(request.GET),
        "mine": units,
        "may_record": reader.may(P.MEETING_RECORD),
    }
    return render(request, "desk/meetings/exclusions.html", values)


@door(P.MEETING_RECORD, methods=("GET", "POST"))
def exclusion_new(request: Request) -> HttpResponse:
    """Leave a member out, on a resolution and an approval. Without a unit in the address, it is chosen first."""
    units = [one for one in units_for(request.reader) if one.parent is not None]
    unit = _chosen(request, units)
    if unit is None:
        return render(request, "desk/meetings/exclusion_unit.html", {"units": units})
    there = roll(unit, Meeting.Kind.MEMBERS, request.today)
    form = ExclusionForm(there, request.POST if request.method == "POST" else None)
    against, status = tuple[Objection, ...](), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = {
            "roll_for": lambda: roll(unit, Meeting.Kind.MEMBERS, request.today),
            "who": deciding_at(request.reader, P.MEETING_RECORD, unit), "today": request.today, "once": parsed_once(request),
        }  # fmt: skip
        try:
            recording.exclude(form.cleaned_data, unit.id, **given)
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("exclusions")
        else:
            messages.success(request, _("已登记，从所填日期起不计入应到会。"))
            return redirect("exclusions")
    values = {"unit": unit, "form": form, "objections": against}
    return render(request, "desk/meetings/exclusion_new.html", values, status=status)


def _chosen(request: Request, units: list[UnitOnDay]) -> UnitOnDay | None:
    """The unit of the address, else the only one there is."""
    code = request.GET.get("unit", "")
    if not code:
        return units[0] if len(units) == 1 else None
    unit = next((one for one in units if one.code == code), None)
    admit(unit, request.reader, P.MEETING_RECORD)
    return unit


@door(P.MEETING_RECORD, methods=("GET", "POST"))
def exclusion_end(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Somebody is due again."""
    row, unit = _seen(request, uid)
    form = EndExclusionForm(request.POST if request.method == "POST" else None, initial={"on": request.today})
    against, status = tuple[Objection, ...](), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        who = deciding_at(request.reader, P.MEETING_RECORD, unit)
        given, once = form.cleaned_data, parsed_once(request)
        try:
            recording.include(uid, given["on"], reason=given["reason"], who=who, today=request.today, once=once)
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("exclusions")
        else:
            messages.success(request, _("已登记，从所填日期起重新计入应到会。"))
            return redirect("exclusions")
    known = faces([row.person_id], request.reader)[row.person_id]
    values = {"one": Row(row, known, unit, request.today), "form": form, "objections": against}
    return render(request, "desk/meetings/exclusion_end.html", values, status=status)


def _seen(request: Request, uid: uuid.UUID) -> tuple[Exclusion, UnitOnDay]:
    row = recording.exclusion_by(uid)
    unit = request.reader.tree.by_id.get(row.unit_id) or heir_of(request.reader, row.unit_id)
    if unit is None or not request.reader.may_at(P.PERSON_READ, unit):
        raise OutOfScope(str(uid))
    if not request.reader.may_at(P.MEETING_RECORD, unit):
        raise NotAllowed(f"您的任职不含“{P.MEETING_RECORD.label}”。")
    return row, unit
