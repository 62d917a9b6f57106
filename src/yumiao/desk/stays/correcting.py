"""Pages on which what was registered of a floating member, a guest or a search is corrected or taken back. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.membership.forms import UndoForm
from yumiao.desk.membership.undoing import obstacles, undo_change, undoable_stay
from yumiao.desk.refusals import refusal_on_record
from yumiao.desk.stays import acting
from yumiao.desk.stays.forms import GuestForm, LeaveForm, corrected
from yumiao.desk.stays.lists import Row
from yumiao.desk.stays.views import branches_of, comrades, given_at, seen
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.facts import LIVE
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Person, Stay, StayContact
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

P = Permission


@door(P.STAY_RECORD, methods=("GET", "POST"))
def stay_correct(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What was registered of a stay was wrong."""
    row = seen(request, uid, P.STAY_RECORD)
    form = _form(request, row)
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        draft = form.draft if isinstance(form, GuestForm) else form.draft(row.stay.person_id or 0)
        try:
            acting.correct_stay(uid, draft, reason=form.cleaned_data["reason"], **given_at(request, row.unit))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("stay", uid)
        else:
            messages.success(request, _("已更正。"))
            return redirect("stay", uid)
    return render(request, "desk/stays/correct.html", {"row": row, "form": form, "objections": against}, status=status)


def _form(request: Request, row: Row) -> LeaveForm | GuestForm:
    sent = request.POST if request.method == "POST" else None
    if row.is_out:
        person = Person.objects.get(pk=row.stay.person_id or 0)
        others = comrades(person, request.today)
        if row.contact is not None and row.stay.contact_id not in dict(others):
            others.append((row.stay.contact_id or 0, row.contact.name))
        return corrected(LeaveForm(others, sent, initial=_initial(row)))
    return corrected(GuestForm(branches_of(request), sent, initial=_initial(row)))


def _initial(row: Row) -> dict[str, object]:
    stay = row.stay
    return {
        "since": stay.since, "place": stay.place, "is_fixed": stay.is_fixed, "is_abroad": stay.is_abroad,
        "contact": str(stay.contact_id or ""), "planned_on": stay.planned_on, "guest": stay.guest,
        "branch": row.unit.code if row.unit else "",
    }  # fmt: skip


@door(P.STAY_RECORD, methods=("GET", "POST"))
def stay_undo(request: Request, seq: int) -> HttpResponse:
    """Take back what was registered, with a reason; refused while something stands on it."""
    entry = undoable_stay(seq)
    unit, name, back = _about(request, entry)
    form = UndoForm(request.POST if request.method == "POST" else None)
    against, status = obstacles(seq), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        actor = request.reader.acting(P.STAY_RECORD, unit)
        try:
            undo_change(seq, actor=actor, reason=form.cleaned_data["reason"], once=parsed_once(request))
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect(_after(entry))
        else:
            messages.success(request, _("已撤销，原有内容已恢复。"))
            return redirect(_after(entry))
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    values = {
        "entry": entry, "what": Verb(entry.verb).label, "name": name, "back": back, "form": form, "objections": against,
    }  # fmt: skip
    return render(request, "desk/stays/undo.html", values, status=status)


def _about(request: Request, entry: Entry) -> tuple[UnitOnDay | None, str, str]:
    """The unit at which an entry is taken back, whom it is about, and the page to go back to. Raises `OutOfScope`."""
    reader = request.reader
    if entry.subject_kind == "person" and entry.subject is not None:
        with refusal_on_record(request, entry.subject):
            person = fetch(Person.objects.all(), reader, P.STAY_RECORD, see=P.PERSON_READ, uid=entry.subject)
        place = person.belongings.on(request.today).get()
        return reader.tree.by_id.get(place.unit_id), person.records.on(request.today).get().name, _after(entry)
    stay = _guest(entry)
    unit = reader.tree.by_id.get(stay.unit_id or 0)
    if unit is None or not reader.may_at(P.STAY_RECORD, unit):
        raise OutOfScope(str(entry.seq))
    return unit, stay.guest, _after(entry)


def _guest(entry: Entry) -> Stay:
    """The guest an entry is about."""
    stay = Stay.objects.filter(entered=entry.seq).first()
    if stay is None:
        touched = StayContact.objects.filter(entered=entry.seq).values("stay")
        stay = Stay.objects.filter(LIVE, uid__in=touched).first()
    if stay is None:
        raise OutOfScope(str(entry.seq))
    return stay


def _after(entry: Entry) -> str:
    """Where what is left can be seen."""
    if entry.verb == Verb.CONTACT_SEARCHED and entry.subject is not None:
        return reverse("person_searches", args=[entry.subject])
    uids = Stay.objects.filter(entered=entry.seq).values_list("uid", flat=True).first()
    uids = uids or StayContact.objects.filter(entered=entry.seq).values_list("stay", flat=True).first()
    live = uids is not None and Stay.objects.filter(LIVE, uid=uids).exists()
    return reverse("stay", args=[uids]) if live else reverse("stays")
