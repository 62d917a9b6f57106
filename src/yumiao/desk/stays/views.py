"""Pages of floating members. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.membership.undoing import STAYS
from yumiao.desk.refusals import refusal_on_record
from yumiao.desk.stays import acting, lists
from yumiao.desk.stays.forms import ContactForm, GuestForm, LeaveForm, ReturnForm
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.facts import LIVE
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Belonging, ContactSearch, Membership, Person, PersonRecord, Stay, StayContact
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50


@door(P.PERSON_READ)
def stays(request: Request) -> HttpResponse:
    """Who is away, who of elsewhere is here, who came back."""
    reader = request.reader
    scope = reader.scope(P.PERSON_READ)
    (kind, is_over), is_due = lists.which_of(request.GET), lists.is_due_asked(request.GET)
    months = lists.contact_months(request.today, reader.head)
    due = lists.due_in(scope, months)
    rows = due if is_due else lists.stays_of(scope, kind, is_over=is_over)
    page = first_if_bad(rows, "since", "id", size=PAGE, get=request.GET)
    tabs = [
        (str(one.label), f"?kind={one}", one == kind and not (is_over or is_due), lists.stays_of(scope, one).count())
        for one in Stay.Kind
    ]
    tabs.insert(0, (_("应联系"), "?due=1", is_due, due.count()))
    back = (
        _("已返回"),
        f"?kind={kind}&over=1",
        is_over and not is_due,
        lists.stays_of(scope, kind, is_over=True).count(),
    )
    values = {
        "tabs": [*tabs, back],
        "kind": kind,
        "is_due": is_due,
        "months": months,
        "rows": lists.rows_of(page.rows, reader.tree, request.today, months),
        "count": rows.count(),
        "links": page.links(request.GET),
        "query": request.GET.urlencode(),
        "may_record": reader.may(P.STAY_RECORD),
    }
    return render(request, "desk/stays/list.html", values)


@door(P.STAY_RECORD, methods=("GET", "POST"))
def stay_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A member has gone elsewhere."""
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.STAY_RECORD, see=P.PERSON_READ, uid=uid)
    name = person.records.on(request.today).get().name
    form = LeaveForm(comrades(person, request.today), _sent(request))
    against, status = acting.leave_objections(person, request.today), HTTPStatus.OK
    unit = request.reader.tree.by_id.get(Belonging.objects.open().get(person=person).unit_id)
    if form.is_bound and form.is_valid():
        try:
            made = acting.record_leave(person, form.draft(person.pk), **given_at(request, unit))
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("stays")
        else:
            messages.success(request, _("已登记为流动党员，组织关系不变。"))
            return redirect("stay", made)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    values = {"uid": uid, "name": name, "form": form, "objections": against}
    return render(request, "desk/stays/new.html", values, status=status)


@door(P.STAY_RECORD, methods=("GET", "POST"))
def stay_guest(request: Request) -> HttpResponse:
    """A member of elsewhere lives here."""
    form = GuestForm(branches_of(request), _sent(request))
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            made = acting.record_guest(form.draft, **given_at(request, form.unit))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("stays")
        else:
            messages.success(request, _("已登记流入党员。"))
            return redirect("stay", made)
    return render(request, "desk/stays/guest.html", {"form": form, "objections": against}, status=status)


@door(P.PERSON_READ)
def stay(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One stay with its contacts."""
    return _stay_page(request, seen(request, uid, P.PERSON_READ))


@door(P.STAY_RECORD, methods=("POST",))
def stay_contact(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The branch was in touch with him."""
    row, form = seen(request, uid, P.STAY_RECORD), ContactForm(request.POST)
    if not form.is_valid():
        return _stay_page(request, row, HTTPStatus.UNPROCESSABLE_ENTITY, contact=form)
    given = form.cleaned_data
    try:
        acting.record_touch(uid, given["on"], given["channel"], given["note"], **given_at(request, row.unit))
    except Refused as refused:
        return _stay_page(request, row, HTTPStatus.CONFLICT, refused.objections, contact=form)
    except AlreadyDone:
        pass
    return redirect("stay", uid)


@door(P.STAY_RECORD, methods=("POST",))
def stay_return(request: Request, uid: uuid.UUID) -> HttpResponse:
    """He came back."""
    row, form = seen(request, uid, P.STAY_RECORD), ReturnForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _stay_page(request, row, HTTPStatus.UNPROCESSABLE_ENTITY, back=form)
    try:
        acting.record_return(uid, form.cleaned_data["on"], **given_at(request, row.unit))
    except Refused as refused:
        return _stay_page(request, row, HTTPStatus.CONFLICT, refused.objections, back=form)
    except AlreadyDone:
        pass
    return redirect("stay", uid)


def _stay_page(
    request: Request,
    row: lists.Row,
    status: HTTPStatus = HTTPStatus.OK,
    against: tuple[Objection, ...] = (),
    **forms: Any,
) -> HttpResponse:
    reader = request.reader
    may = row.unit is not None and reader.may_at(P.STAY_RECORD, row.unit)
    contacts = list(StayContact.objects.filter(LIVE, stay=row.stay.uid).order_by("-made_on", "-id"))
    entries = Entry.objects.filter(seq__in=[row.stay.entered, *(one.entered for one in contacts)], verb__in=STAYS)
    values = {
        "row": row,
        "contacts": contacts,
        "searches": ContactSearch.objects.alive().filter(person=row.stay.person_id).count() if row.person else 0,
        "contact": forms.get("contact") or ContactForm(initial={"on": request.today}),
        "back": forms.get("back") or ReturnForm(initial={"on": request.today}, auto_id="back_%s"),
        "objections": against,
        "may_record": may and row.until is None,
        "may_correct": may,
        "undoable": set(entries.values_list("seq", flat=True)) if may else set(),
        "may_transfer": row.should_transfer and reader.may(P.MEMBERSHIP_CHANGE),
    }
    return render(request, "desk/stays/stay.html", values, status=status)


def seen(request: Request, uid: uuid.UUID, permission: Permission) -> lists.Row:
    """The stay, where its unit is within the reader's reach."""
    found = Stay.objects.filter(LIVE, uid=uid).first()
    if found is None:
        raise OutOfScope(str(uid))
    reader = request.reader
    (row,) = lists.rows_of([found], reader.tree, request.today, lists.contact_months(request.today, reader.head))
    if row.unit is None or not reader.may_at(permission, row.unit):
        raise OutOfScope(str(uid))
    return row


def branches_of(request: Request) -> list[UnitOnDay]:
    """Who may help a guest: the organisations of the reader that take members."""
    reader = request.reader
    return [one for one in reader.tree if reader.may_at(P.STAY_RECORD, one) and not is_committee(one)]


def comrades(person: Person, day: date) -> list[tuple[int, str]]:
    """(id, name) of the other members of his branch."""
    unit = Belonging.objects.on(day).filter(person=person).values_list("unit", flat=True).first()
    there = Belonging.objects.on(day).filter(unit=unit).exclude(person=person).values("person")
    members = (
        Membership.objects.alive().filter(person__in=there, membership_on__lte=day, ended_on__gt=day).values("person")
    )
    rows = PersonRecord.objects.on(day).filter(person__in=members).order_by("name", "person")
    return list(rows.values_list("person_id", "name"))


def given_at(request: Request, unit: UnitOnDay | None) -> dict[str, Any]:
    """Who acts at a unit, when, by which form."""
    actor = request.reader.acting(P.STAY_RECORD, unit)
    return {"actor": actor, "today": request.today, "once": parsed_once(request)}


def _sent(request: Request) -> QueryDict | None:
    """What was sent, also where it is empty; None for a page that is opened."""
    return request.POST if request.method == "POST" else None
