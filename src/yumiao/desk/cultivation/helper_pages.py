"""Pages of contacts and introducers: changing those of one case, and who tends how many. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.case_file import Read
from yumiao.admission.cultivation_rules import CONTACT, INTRODUCER, standing
from yumiao.desk.cultivation import helping
from yumiao.desk.cultivation.forms import HelpersForm
from yumiao.desk.dossier.recording import deciding_at, ground_by, read_by
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused
from yumiao.units.queries import UnitOnDay

P = Permission
MOST: Final = 200
"""Rows of one page: who is to be replaced and who tends most stand first."""


@door(P.CASE_RECORD)
def contacts(request: Request) -> HttpResponse:
    """Who is contact or introducer of how many."""
    every, flag = helping.loads(request.reader), request.GET.get("flag", "")
    flagged = {"": every, "replace": [one for one in every if one.unfit], "many": [one for one in every if one.is_many]}
    found = flagged.get(flag, every)
    words = {"": _("全部"), "replace": _("需更换"), "many": _("超过五人")}
    values = {
        "kinds": [
            (words[one], f"?flag={one}" if one else "?", one == flag, len(rows)) for one, rows in flagged.items()
        ],
        "rows": found[:MOST],
        "count": len(found),
        "may_train": request.reader.may(P.CASE_DECIDE),
    }
    return render(request, "desk/cultivation/contacts.html", values)


@door(P.CASE_RECORD, methods=("GET", "POST"))
def helpers_change(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change the contacts or introducers of one case."""
    keep_pace(request)
    read = read_by(uid)
    unit = request.reader.tree.by_id.get(read.around.unit)
    admit(unit, request.reader, P.CASE_RECORD)
    assert unit is not None
    form = _form(request, read, unit)
    if not form.is_bound:
        person = read.around.person_uid
        record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=person, count=1)
        return _page(request, read, form, HTTPStatus.OK)
    if not form.is_valid():
        return _page(request, read, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        helping.change_helpers(
            uid, given["kind"], given["people"], given["on"], reason=given["reason"], agreed=given["agreed"],
            who=deciding_at(request.reader, P.CASE_RECORD, unit), ground_for=ground_by(request.today, request.reader),
            once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, read, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("case", uid)
    messages.success(request, _("已更换，原来的记录保留。"))
    return redirect("case", uid)


def _form(request: Request, read: Read, unit: UnitOnDay) -> HelpersForm:
    people = helping.candidates(request.reader.tree, unit, request.today, without=read.file.person)
    known = {one for one, _name in people}
    now = standing((*read.file.contacts, *read.file.introducers))
    people += sorted({(one.person, one.name) for one in now if one.person is not None and one.person not in known})
    kind = INTRODUCER if request.GET.get("kind") == INTRODUCER else CONTACT
    chosen = standing(read.file.introducers if kind == INTRODUCER else read.file.contacts)
    fit = [str(one.person) for one in chosen if one.is_full_on(request.today)]
    initial = {"kind": kind, "on": request.today, "people": fit}
    return HelpersForm(people, _sent(request), initial=initial)


def _page(
    request: Request, read: Read, form: HelpersForm, status: HTTPStatus, against: tuple[Objection, ...] = ()
) -> HttpResponse:
    is_asked = helping.only_warns(against)
    values = {
        "read": read,
        "rows": helping.against(read.file, request.today),
        "form": form,
        "objections": against,
        "is_asked": is_asked,
    }
    return render(request, "desk/cultivation/helpers.html", values, status=status)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
