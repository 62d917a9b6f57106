"""Pages of county papers."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws import queries
from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.services import record_paper
from yumiao.desk.bylaws.forms import PaperForm
from yumiao.desk.bylaws.words import in_force, paper_state
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused


@door(Permission.BYLAW_READ)
def papers(request: Request) -> HttpResponse:
    """Every registered paper with the number of settings that stand on it."""
    periods = [period for found in queries.periods_by_key().values() for period in found]
    rows = [
        (paper, paper_state(paper, request.today), len({one.key for one in periods if one.paper.uid == paper.uid}))
        for paper in queries.papers()
    ]
    return render(request, "desk/bylaws/papers.html", {"rows": rows, "may_change": _may_change(request)})


@door(Permission.BYLAW_READ)
def paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A paper, its text, and the settings that stand on it."""
    found = queries.paper_by_uid(uid)
    if found is None:
        raise OutOfScope(str(uid))
    periods = [one for found in queries.periods_by_key().values() for one in found if one.paper.uid == uid]
    values = {
        "paper": found,
        "state": paper_state(found, request.today),
        "in_force": in_force(found.in_force_from, found.in_force_until),
        "paragraphs": [line.strip() for line in found.text.splitlines() if line.strip()],
        "periods": [(KEYS[one.key].title, one, queries.value_in_words(one.key, one.value)) for one in periods],
        "may_change": _may_change(request),
    }
    return render(request, "desk/bylaws/paper.html", values)


@door(Permission.BYLAW_CHANGE, fresh=True, methods=("GET", "POST"))
def paper_new(request: Request) -> HttpResponse:
    """Register a paper."""
    if request.method != "POST":
        return _form_page(request, PaperForm(), HTTPStatus.OK)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        uid = record_paper(**form.cleaned_data, actor=request.reader.actor, once=parsed_once(request))
    except Refused as refused:
        return _form_page(request, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone as done:
        return redirect("paper", queries.paper_of_entry(done.seq))
    messages.success(request, _("已登记 %(number)s。") % {"number": form.cleaned_data["number"]})
    return redirect("paper", uid)


def _form_page(
    request: Request, form: PaperForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"form": form, "objections": objections}
    return render(request, "desk/bylaws/paper_new.html", values, status=status)


def _may_change(request: Request) -> bool:
    return request.reader.may(Permission.BYLAW_CHANGE)
