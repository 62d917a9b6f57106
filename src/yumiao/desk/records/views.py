"""Pages of what records lack and of their correction. Must not know: SQL, what a rule says."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.people.gaps import Gap
from yumiao.desk.people.places import units_to_choose
from yumiao.desk.records import correcting
from yumiao.desk.records.forms import CorrectionForm
from yumiao.desk.records.lacking import lacking
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Refused
from yumiao.people.models import Person
from yumiao.people.queries import whereabouts


@door(Permission.PERSON_READ)
def gaps(request: Request) -> HttpResponse:
    """What records lack within a unit: how many people each thing concerns, each number with its rows."""
    reader, asked = request.reader, request.GET.get("unit", "")
    found = lacking(reader, asked)
    values = {
        "rows": [(gap, count, found.url(gap)) for gap, count in found.counts.items()],
        "whole": len(Gap),
        "sum": found.whole,
        "below": found.below,
        "place": found.unit.name if found.unit else (reader.home.name if reader.home else ""),
        "asked": asked,
        "query": urlencode({"unit": found.unit.code}) if found.unit else "",
        "units": [("", _("全部")), *((one.code, one.name) for one in units_to_choose(reader, found.unit) or ())],
        "may_merge": reader.may(Permission.PERSON_MERGE),
    }
    return render(request, "desk/records/gaps.html", values)


@door(Permission.PERSON_CORRECT, methods=("GET", "POST"))
def person_correct(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Correct what is recorded of somebody, with the reason."""
    reader = request.reader
    keep_pace(request)
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), reader, Permission.PERSON_CORRECT, see=Permission.PERSON_READ, uid=uid)
    record = correcting.standing_record(person)
    initial = {field: getattr(record, field) for field in correcting.FIELDS}
    initial |= {"explanation": correcting.explanation_of(person), "seen": record.pk}
    initial["seen_number"] = correcting.number_row(person)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    form.begin_at(request.GET.get("field", ""))
    objections: Iterable[Objection] = ()
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, person, form)
        except AlreadyDone:
            return redirect("person", uid)
        except correcting.Unchanged:
            form.add_error(None, _("没有改动。改动一项再提交，或者返回。"))
            status = HTTPStatus.BAD_REQUEST
        except Refused as refused:
            objections, status = refused.objections, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("已更正。更正前的内容见“经过”。"))
            return redirect("person", uid)
    values = {
        "uid": uid,
        "name": record.name,
        "form": form,
        "objections": objections,
        "lacks_confirmation": correcting.unconfirmed(person) is not None,
    }
    return render(request, "desk/records/correct.html", values, status=status)


def _correct(request: Request, person: Person, form: CorrectionForm) -> None:
    place = whereabouts(person.uid)
    unit = request.reader.tree.by_id.get(place[1]) if place else None
    correcting.correct(
        person,
        correcting.Correction(
            form.attributes,
            scrub(form.cleaned_data["explanation"]),
            form.cleaned_data["seen"],
            form.cleaned_data["number"],
            form.cleaned_data["confirmed_on"],
            form.cleaned_data["seen_number"],
        ),
        today=request.today,
        actor=request.reader.acting(Permission.PERSON_CORRECT, unit),
        reason=scrub(form.cleaned_data["reason"]),
        once=parsed_once(request),
    )
