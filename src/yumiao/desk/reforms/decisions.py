"""Pages on which a draft is looked at in its effects and changes hands: asked for, given back, carried out, dropped.

Must not know: how a reform is done, how its effects are counted.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.reforms import drafting
from yumiao.desk.reforms.doing import carry_out
from yumiao.desk.reforms.effects import effects_of
from yumiao.desk.reforms.forms import NoteForm, PaperForm, VersionForm
from yumiao.desk.reforms.plan import Reforming, blocking
from yumiao.desk.reforms.preview import preview
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Difference, NotAllowed, Objection, OutOfScope, Refused, Stale
from yumiao.units.models import ReformDraft

PREPARE, DECIDE = Permission.REFORM_PREPARE, Permission.REFORM_DECIDE


@door(PREPARE)
def look(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What a draft would change: an address that may be looked at again, and writes nothing."""
    draft = drafting.found_draft(uid, reader=request.reader)
    if draft.state == drafting.State.DONE:
        assert draft.entry is not None
        return redirect("reform_done", draft.entry)
    return _page(request, draft)


def _page(
    request: Request,
    draft: ReformDraft,
    *,
    form: Form | None = None,
    objections: tuple[Objection, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    seen = preview(Reforming.of(draft), today=request.today, head=request.reader.head)
    unit = request.reader.tree.by_id[draft.unit_id]
    version = {"version": draft.version}
    values = {
        "draft": draft,
        "unit": unit,
        "seen": seen,
        "effects": effects_of(seen, unit),
        "objections": (*objections, *(one for one in seen.objections if one not in objections)),
        "blocks": bool(blocking(seen.objections)) or not Reforming.of(draft).steps,
        "is_open": draft.state in drafting.OPEN,
        "may_decide": drafting.may_decide(draft, request.reader),
        "is_requested": draft.state == drafting.State.REQUESTED,
        "paper": form if isinstance(form, PaperForm) else PaperForm(initial=version | {"effective_on": request.today}),
        "note": form if isinstance(form, NoteForm) else NoteForm(initial=version, auto_id="id_note_%s"),
    }
    return render(request, "desk/reforms/preview.html", values, status=status)


def _sent(request: Request, draft: ReformDraft, form: Form, do: Callable[[], HttpResponse]) -> HttpResponse:
    """What was sent is done, or the page with what is wrong."""
    if not form.is_valid():
        return _page(request, draft, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return do()
    except AlreadyDone:
        return redirect("reform", draft.uid)
    except Refused as refused:
        return _page(request, draft, form=form, objections=refused.objections, status=HTTPStatus.CONFLICT)


@door(PREPARE, methods=("POST",))
def request_(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask the county for it."""
    draft, form = drafting.found_draft(uid, reader=request.reader), NoteForm(request.POST, auto_id="id_note_%s")

    def do() -> HttpResponse:
        given = form.cleaned_data
        note, once = scrub(given["note"].strip()), parsed_once(request)
        drafting.request(draft, version=given["version"], note=note, reader=request.reader, once=once)
        messages.success(request, _("已上报，由县委组织部审核实施。"))
        return redirect("reform", draft.uid)

    return _sent(request, draft, form, do)


@door(DECIDE, fresh=True, methods=("POST",))
def return_(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Give it back with what is to be mended."""
    draft, form = drafting.found_draft(uid, reader=request.reader), NoteForm(request.POST, auto_id="id_note_%s")

    def do() -> HttpResponse:
        given = form.cleaned_data
        note, once = scrub(given["note"].strip()), parsed_once(request)
        drafting.give_back(draft, version=given["version"], note=note, reader=request.reader, once=once)
        messages.success(request, _("已退回，说明已附在方案上。"))
        return redirect("reform", draft.uid)

    return _sent(request, draft, form, do)


@door(DECIDE, fresh=True, methods=("POST",))
def carry_out_(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Carry it out on a paper."""
    draft, form = drafting.found_draft(uid, reader=request.reader), PaperForm(request.POST)
    if draft.state == drafting.State.DONE and draft.entry is not None:
        return redirect("reform_done", draft.entry)
    if draft.state == drafting.State.WITHDRAWN or not drafting.may_decide(draft, request.reader):
        raise NotAllowed

    def do() -> HttpResponse:
        if form.cleaned_data["version"] != draft.version:
            raise Stale([Difference(_("方案"), _("您看过影响的那一版"), _("之后已有改动，请重新看影响"))])
        done = carry_out(
            Reforming.of(draft),
            form.paper(draft.title),
            actor=request.reader.acting(DECIDE, request.reader.tree.by_id[draft.unit_id]),
            today=request.today,
            scope=request.reader.scope(DECIDE),
            draft=draft,
            once=parsed_once(request),
        )
        messages.success(request, _("组织变更已实施。"))
        return redirect("reform_done", done.seq)

    return _sent(request, draft, form, do)


@door(PREPARE, methods=("POST",))
def drop_(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put a draft away."""
    draft, form = drafting.found_draft(uid, reader=request.reader), VersionForm(request.POST)
    if not form.is_valid():
        raise OutOfScope
    drafting.drop(draft, version=form.cleaned_data["version"], reader=request.reader)
    messages.success(request, _("方案已作废，没有改变任何组织。"))
    return redirect("reforms")
