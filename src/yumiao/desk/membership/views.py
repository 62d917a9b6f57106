"""Pages of changes of status: what is possible of a person, one change by way of its preview, taking one back. Must not know: SQL, rules."""

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
from yumiao.bylaws.memory import settings_of
from yumiao.desk.membership.deciding import Who, decide, objections, possible, who_at
from yumiao.desk.membership.effects import effects
from yumiao.desk.membership.forms import ChangeForm, UndoForm
from yumiao.desk.membership.life import status_of
from yumiao.desk.membership.register import own_register
from yumiao.desk.membership.undoing import obstacles, undo_change, undoable
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Severity
from yumiao.people.models import Person
from yumiao.people.search_log import search_log
from yumiao.people.status import CHANGES, Change, moved

P = Permission


@door(P.MEMBERSHIP_CHANGE)
def status_changes(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What can be decided of somebody now, and for what cannot, why not; and what was decided."""
    keep_pace(request)
    person, facts = _somebody(request, uid)
    record_reading(What.PAGE, actor=_who(request, facts).actor, subject_kind="person", subject=uid, count=1)
    offered = possible(facts, _who(request, facts))
    values = {
        "uid": uid,
        "name": facts.record.name,
        "status": status_of(facts),
        "now": [(one, moved(one)) for one, against in offered if not against],
        "not_now": [(one, against[0]) for one, against in offered if against],
        "rows": own_register(person.pk),
    }
    return render(request, "desk/membership/changes.html", values)


@door(P.MEMBERSHIP_CHANGE, methods=("GET", "POST"))
def status_change(request: Request, uid: uuid.UUID, change: str) -> HttpResponse:
    """Fill in, look at what it does, submit: the second step is sent with `deed=submit`."""
    person, facts = _somebody(request, uid)
    wanted = _wanted(change)
    form = ChangeForm(wanted, search_log(person.pk), request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid() or request.POST.get("deed") == "edit":
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _page(request, facts, form, status, _possible(facts, wanted, request))
    found = objections(facts, wanted, form.asked, _who(request, facts), _settings(request))
    if any(one.severity is Severity.BLOCK for one in found):
        return _page(request, facts, form, HTTPStatus.CONFLICT, found)
    if request.POST.get("deed") != "submit":
        more = {"effects": effects(request.reader, facts, wanted, form.asked), "answers": form.answers()}
        return _page(request, facts, form, HTTPStatus.OK, found, more)
    return _submitted(request, person, facts, form)


def _submitted(request: Request, person: Person, facts: Facts, form: ChangeForm) -> HttpResponse:
    given: dict[str, Any] = {
        "reason": form.reason,
        "who": _who(request, facts),
        "settings": _settings(request),
        "today": request.today,
        "once": parsed_once(request),
    }
    try:
        decide(person, form.change, form.asked, **given)
    except Refused as refused:
        return _page(request, facts, form, HTTPStatus.CONFLICT, list(refused.objections))
    except AlreadyDone:
        return redirect("person", person.uid)
    messages.success(request, _("已登记：%(change)s。") % {"change": form.change.title})
    return redirect("person", person.uid)


@door(P.MEMBERSHIP_CHANGE, methods=("GET", "POST"))
def change_undo(request: Request, seq: int) -> HttpResponse:
    """Take back what was registered of a person, with a reason; refused while something stands on it."""
    entry = undoable(seq)
    assert entry.subject is not None
    _person, facts = _somebody(request, entry.subject)
    form = UndoForm(request.POST if request.method == "POST" else None)
    against, status = obstacles(seq), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        reason, once = form.cleaned_data["reason"], parsed_once(request)
        try:
            undo_change(seq, actor=_who(request, facts).actor, reason=reason, once=once)
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return _after_undo(entry)
        else:
            messages.success(request, _("已撤销，原有内容已恢复。"))
            return _after_undo(entry)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    values = {
        "entry": entry, "what": Verb(entry.verb).label, "uid": entry.subject, "name": facts.record.name, "form": form,
        "objections": against,
    }  # fmt: skip
    return render(request, "desk/membership/undo.html", values, status=status)


def _after_undo(entry: Entry) -> HttpResponse:
    """Of a transfer the person may stand elsewhere again, out of the reader's sight."""
    if entry.verb.startswith("transfer"):
        return redirect("transfers")
    assert entry.subject is not None
    return redirect("person", entry.subject)


def _somebody(request: Request, uid: uuid.UUID) -> tuple[Person, Facts]:
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.MEMBERSHIP_CHANGE, see=P.PERSON_READ, uid=uid)
    return person, facts_of(person.pk, uid, request.today)


def _who(request: Request, facts: Facts) -> Who:
    return who_at(request.reader, request.reader.tree.by_id.get(facts.unit or 0))


def _settings(request: Request) -> Any:
    return settings_of(request.today, request.reader.head)


def _wanted(key: str) -> Change:
    if key not in CHANGES or CHANGES[key].has_own_room:
        raise OutOfScope(key)
    return CHANGES[key]


def _possible(facts: Facts, change: Change, request: Request) -> list[Objection]:
    return next(against for one, against in possible(facts, _who(request, facts)) if one is change)


def _page(
    request: Request, facts: Facts, form: ChangeForm, status: HTTPStatus, against: list[Objection],
    more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    values = {
        "uid": facts.uid, "name": facts.record.name, "status": status_of(facts), "change": form.change, "form": form,
        "moved": moved(form.change), "objections": against, "effects": None, **(more or {}),
    }  # fmt: skip
    return render(request, "desk/membership/change.html", values, status=status)
