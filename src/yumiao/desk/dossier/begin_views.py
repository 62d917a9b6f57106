"""The page on which an application is recorded. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.begin_forms import ApplicationForm, NewcomerForm
from yumiao.desk.dossier.beginning import begin_unknown, known_as
from yumiao.desk.dossier.recording import deciding_at, open_case_of
from yumiao.desk.dossier.seeing import deciders
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Person, PersonRecord
from yumiao.people.queries import whereabouts
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

P = Permission


@door(P.CASE_RECORD, methods=("GET", "POST"))
def case_begin(request: Request) -> HttpResponse:
    """An application: of whom `person` names, else of somebody not yet registered."""
    if "person" in request.GET:
        return _known(request, _uid(request.GET["person"]))
    return _unknown(request)


def _uid(said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        raise OutOfScope("没有这样的人员。") from None


def _known(request: Request, uid: uuid.UUID) -> HttpResponse:
    keep_pace(request)
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.CASE_RECORD, see=P.PERSON_READ, uid=uid)
    place = whereabouts(uid)
    unit = request.reader.tree.by_id.get(place[1]) if place else None
    if (there := open_case_of(person.pk)) is not None:
        messages.info(request, _("此人已有正在办理的发展培养，在本页继续办理。"))
        return redirect("case", there)
    form = ApplicationForm(request.POST if request.method == "POST" else None, initial={"applied_on": request.today})
    if not form.is_bound or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, form, person, unit, status=status)
    who, given = deciding_at(request.reader, P.CASE_RECORD, unit), form.cleaned_data
    try:
        made = recording.begin(
            person, given["applied_on"], who=who, ground_for=recording.ground_by(request.today, request.reader), today=request.today,
            once=parsed_once(request), note=given["note"], reason=given["reason"],
        )  # fmt: skip
    except Refused as refused:
        return _page(request, form, person, unit, refused.objections, HTTPStatus.CONFLICT)
    except AlreadyDone:
        return redirect("person_case", uid)
    return _begun(request, made, unit)


def _unknown(request: Request) -> HttpResponse:
    branches = branches_of(request)
    form = NewcomerForm(
        branches, request.POST if request.method == "POST" else None, initial={"applied_on": request.today}
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)
    newcomer, reader = form.newcomer, request.reader
    if (known := known_as(newcomer, reader)) is not None:
        messages.info(request, _("这个号码已经登记，请核对下面的姓名后登记申请。"))
        return redirect(f"{reverse('case_begin')}?person={known.uid}")
    given: dict[str, Any] = {"note": form.cleaned_data["note"], "reason": form.cleaned_data["reason"]}
    try:
        made = begin_unknown(
            newcomer, who=deciding_at(reader, P.CASE_RECORD, newcomer.branch), ground_for=recording.ground_by(request.today, reader),
            today=request.today, once=parsed_once(request), **given,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, form, against=refused.objections, status=HTTPStatus.CONFLICT)
    except AlreadyDone:
        return redirect("cases")
    return _begun(request, made, newcomer.branch)


def _begun(request: Request, made: uuid.UUID, unit: UnitOnDay | None) -> HttpResponse:
    read = recording.read_by(made)
    if read.file.held:
        said = _("已登记入党申请。接下来：一个月内派人谈话。")
        messages.success(request, said)
    else:
        names = "、".join(deciders(request.reader, unit)) or _("县委组织部")
        said = _("入党申请已写下，属于补录：还没有生效，等待第二人确认。可以确认的：%(names)s。")
        messages.success(request, said % {"names": names})
    return redirect("case", made)


def branches_of(request: Request) -> list[UnitOnDay]:
    """The organisations of the reader that take members."""
    reader = request.reader
    return [one for one in reader.tree if reader.may_at(P.CASE_RECORD, one) and not is_committee(one)]


def _page(
    request: Request, form: ApplicationForm | NewcomerForm, person: Person | None = None, unit: UnitOnDay | None = None,
    against: tuple[Objection, ...] = (), status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:  # fmt: skip
    name = ""
    if person is not None:
        name = PersonRecord.objects.on(request.today).get(person=person).name
    values = {
        "form": form,
        "person": person,
        "name": name,
        "unit": unit,
        "objections": against,
        "search_url": reverse("people"),
        "address": reverse("case_begin") + (f"?person={person.uid}" if person else ""),
    }
    return render(request, "desk/dossier/begin.html", values, status=status)
