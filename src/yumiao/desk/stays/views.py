"""Pages of floating members. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.membership.undoing import UNDOABLE
from yumiao.desk.refusals import refusal_on_record
from yumiao.desk.stays import acting, lists
from yumiao.desk.stays.forms import ContactForm, GuestForm, LeaveForm, ReturnForm
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.facts import LIVE
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Belonging, Membership, Person, PersonRecord, Stay, StayContact
from yumiao.ui.paging import first_if_bad

P = Permission
PAGE: Final = 50


@door(P.PERSON_READ)
def stays(request: Request) -> HttpResponse:
    """Who is away, who of elsewhere is here, who came back."""
    reader = request.reader
    scope = reader.scope(P.PERSON_READ)
    kind, is_over = lists.which_of(request.GET)
    rows = lists.stays_of(scope, kind, is_over=is_over)
    page = first_if_bad(rows, "since", "id", size=PAGE, get=request.GET)
    tabs = [
        (str(one.label), f"?kind={one}", one == kind and not is_over, lists.stays_of(scope, one).count())
        for one in Stay.Kind
    ]
    back = (_("已返回"), f"?kind={kind}&over=1", is_over, lists.stays_of(scope, kind, is_over=True).count())
    values = {
        "tabs": [*tabs, back],
        "kind": kind,
        "is_over": is_over,
        "rows": lists.rows_of(page.rows, reader.tree, request.today),
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
    form = LeaveForm(_comrades(person, request), _sent(request))
    against, status = acting.leave_objections(person, request.today), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            made = acting.record_leave(person, form.draft(person.pk), **_given(request))
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
    reader = request.reader
    mine = [one for one in reader.tree if reader.may_at(P.STAY_RECORD, one) and not is_committee(one)]
    form = GuestForm(mine, _sent(request))
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            made = acting.record_guest(form.draft, **_given(request))
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
    return _stay_page(request, _seen(request, uid, P.PERSON_READ))


@door(P.STAY_RECORD, methods=("POST",))
def stay_contact(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The branch was in touch with him."""
    row, form = _seen(request, uid, P.STAY_RECORD), ContactForm(request.POST)
    if not form.is_valid():
        return _stay_page(request, row, HTTPStatus.UNPROCESSABLE_ENTITY, contact=form)
    given = form.cleaned_data
    try:
        acting.record_touch(uid, given["on"], given["channel"], given["note"], **_given(request))
    except Refused as refused:
        return _stay_page(request, row, HTTPStatus.CONFLICT, refused.objections, contact=form)
    except AlreadyDone:
        pass
    return redirect("stay", uid)


@door(P.STAY_RECORD, methods=("POST",))
def stay_return(request: Request, uid: uuid.UUID) -> HttpResponse:
    """He came back."""
    row, form = _seen(request, uid, P.STAY_RECORD), ReturnForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _stay_page(request, row, HTTPStatus.UNPROCESSABLE_ENTITY, back=form)
    try:
        acting.record_return(uid, form.cleaned_data["on"], **_given(request))
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
    may = row.until is None and row.unit is not None and reader.may_at(P.STAY_RECORD, row.unit)
    values = {
        "row": row,
        "contacts": StayContact.objects.filter(LIVE, stay=row.stay.uid).order_by("-made_on", "-id"),
        "contact": forms.get("contact") or ContactForm(initial={"on": request.today}),
        "back": forms.get("back") or ReturnForm(initial={"on": request.today}, auto_id="back_%s"),
        "objections": against,
        "may_record": may,
        "undo_seq": _undo_seq(request, row),
        "may_transfer": row.should_transfer and reader.may(P.MEMBERSHIP_CHANGE),
    }
    return render(request, "desk/stays/stay.html", values, status=status)


def _undo_seq(request: Request, row: lists.Row) -> int | None:
    """The entry that wrote the stay as it stands, where the reader may take it back."""
    if row.person is None or not request.reader.may(P.MEMBERSHIP_CHANGE):
        return None
    known = Entry.objects.filter(seq=row.stay.entered, verb__in=UNDOABLE, subject_kind="person")
    return row.stay.entered if known.exists() else None


def _seen(request: Request, uid: uuid.UUID, permission: Permission) -> lists.Row:
    """The stay, where its unit is within the reader's reach."""
    found = Stay.objects.filter(LIVE, uid=uid).first()
    if found is None:
        raise OutOfScope(str(uid))
    (row,) = lists.rows_of([found], request.reader.tree, request.today)
    if row.unit is None or not request.reader.may_at(permission, row.unit):
        raise OutOfScope(str(uid))
    return row


def _comrades(person: Person, request: Request) -> list[tuple[int, str]]:
    """(id, name) of the other members of his branch."""
    unit = Belonging.objects.on(request.today).filter(person=person).values_list("unit", flat=True).first()
    there = Belonging.objects.on(request.today).filter(unit=unit).exclude(person=person).values("person")
    day = request.today
    members = (
        Membership.objects.alive().filter(person__in=there, membership_on__lte=day, ended_on__gt=day).values("person")
    )
    rows = PersonRecord.objects.on(day).filter(person__in=members).order_by("name", "person")
    return list(rows.values_list("person_id", "name"))


def _given(request: Request) -> dict[str, Any]:
    return {"actor": request.reader.actor, "today": request.today, "once": parsed_once(request)}


def _sent(request: Request) -> QueryDict | None:
    """What was sent, also where it is empty; None for a page that is opened."""
    return request.POST if request.method == "POST" else None
