"""Pages of the log of search for one member: what was tried, by whom, with what outcome (MOB-09). Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yumiao.access.door import Request, door, fetch
from yumiao.access.permissions import Permission
from yumiao.bylaws.memory import settings_of
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.desk.stays import acting
from yumiao.desk.stays.forms import SearchForm
from yumiao.desk.stays.views import given_at
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused
from yumiao.people.models import Person
from yumiao.people.search_log import search_log
from yumiao.people.status_rules import MOB_09
from yumiao.units.queries import UnitOnDay

P = Permission


@door(P.PERSON_READ)
def person_searches(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What was done to find somebody."""
    keep_pace(request)
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.PERSON_READ, uid=uid)
    actor = request.reader.acting(P.PERSON_READ, _unit(request, person))
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=uid, count=1)
    return _page(request, person, SearchForm(initial={"on": request.today}))


@door(P.STAY_RECORD, methods=("POST",))
def person_search_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Somebody was looked for."""
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.STAY_RECORD, see=P.PERSON_READ, uid=uid)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        acting.record_looking(person, form.cleaned_data, **given_at(request, _unit(request, person)))
    except Refused as refused:
        return _page(request, person, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        pass
    return redirect("person_searches", uid)


def _unit(request: Request, person: Person) -> UnitOnDay | None:
    place = person.belongings.on(request.today).first()
    return request.reader.tree.by_id.get(place.unit_id) if place else None


def _page(
    request: Request,
    person: Person,
    form: SearchForm,
    status: HTTPStatus = HTTPStatus.OK,
    against: tuple[Objection, ...] = (),
) -> HttpResponse:
    reader, log = request.reader, search_log(person.pk)
    unit = _unit(request, person)
    fewest = int(str(settings_of(request.today, reader.head).value("lost.search_channels")))
    values = {
        "uid": person.uid,
        "name": person.records.on(request.today).get().name,
        "log": log,
        "is_enough": MOB_09.holds(channels=len(log.channels), fewest=fewest),
        "fewest": fewest,
        "form": form,
        "objections": against,
        "may_record": unit is not None and reader.may_at(P.STAY_RECORD, unit),
        "may_change": unit is not None and reader.may_at(P.MEMBERSHIP_CHANGE, unit),
    }
    return render(request, "desk/stays/searches.html", values, status=status)
