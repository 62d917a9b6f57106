"""Pages of what is recorded of many at once: inspections due, a branch's inspection, a training class. Must not know: SQL, rules."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.cultivation import due
from yumiao.desk.cultivation.batches import Outcome, record_batch
from yumiao.desk.cultivation.forms import InspectionForm, TrainingForm
from yumiao.desk.dossier.recording import deciding_at, ground_by
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused
from yumiao.units.queries import UnitOnDay

P = Permission


@door(P.CASE_RECORD)
def inspections_due(request: Request) -> HttpResponse:
    """The branches whose activists are to be inspected, the earliest due first."""
    found = due.branches(request.reader)
    values = {
        "rows": found,
        "overdue": sum(one.overdue for one in found),
        "soon": sum(one.soon for one in found),
        "count": sum(len(one.people) for one in found),
        "may_train": request.reader.may(P.CASE_DECIDE),
    }
    return render(request, "desk/cultivation/due.html", values)


@door(P.CASE_RECORD, methods=("GET", "POST"))
def inspections_new(request: Request, code: str) -> HttpResponse:
    """One branch's inspection: one day, who was inspected, a note of each."""
    unit = request.reader.tree.by_code.get(code)
    admit(unit, request.reader, P.CASE_RECORD)
    assert unit is not None
    people = due.of_branch(request.reader, unit)
    first = [str(one.case) for one in people if one.is_overdue or one.is_soon]
    form = InspectionForm(
        [(one.case, one.name) for one in people], _sent(request), initial={"on": request.today, "people": first}
    )
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            outcome = record_batch(
                form.asked, form.cleaned_data["people"], form.notes, unit=unit, who=deciding_at(request.reader, P.CASE_RECORD, unit),
                ground_for=ground_by(request.today, request.reader), once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("inspections_due")
        else:
            return _done(request, outcome, "inspections_due", _("培养教育考察"))
    values = {"unit": unit, "people": people, "form": form, "objections": against}
    return render(request, "desk/cultivation/inspect.html", values, status=status)


@door(P.CASE_DECIDE, methods=("GET", "POST"))
def training_new(request: Request) -> HttpResponse:
    """One class of targets."""
    people = due.untrained(request.reader)
    listed = [(one.case, f"{one.name}（{one.unit.name}）" if one.unit else one.name) for one in people]
    form = TrainingForm(listed, _sent(request), initial={"on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        unit = _home(request)
        try:
            outcome = record_batch(
                form.asked, form.cleaned_data["people"], {}, unit=unit, who=deciding_at(request.reader, P.CASE_DECIDE, None),
                ground_for=ground_by(request.today, request.reader), once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("training_new")
        else:
            return _done(request, outcome, "training_new", _("集中培训"))
    values = {"people": people, "form": form, "objections": against}
    return render(request, "desk/cultivation/training.html", values, status=status)


def _done(request: Request, outcome: Outcome, back: str, what: str) -> HttpResponse:
    """Back to the list where everybody was recorded; who was left out is named on a page of its own."""
    if not outcome.left_out:
        messages.success(request, _("已登记%(what)s %(count)s 人。") % {"what": what, "count": len(outcome.recorded)})
        return redirect(back)
    return render(request, "desk/cultivation/done.html", {"outcome": outcome, "back": back, "what": what})


def _home(request: Request) -> UnitOnDay:
    """In whose name a class is recorded."""
    unit = request.reader.home or request.reader.tree.root
    assert unit is not None
    return unit


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
