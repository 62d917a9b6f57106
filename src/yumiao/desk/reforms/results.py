"""A reform in the record: what it did, and taking it back."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.reforms.doing import take_reform_back
from yumiao.desk.reforms.forms import ReasonForm
from yumiao.desk.reforms.queries import CarriedOut, moves_of, reform_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, OutOfScope, Refused


def _fetch(request: Request, seq: int) -> CarriedOut:
    found = reform_of(seq, request.reader)
    if found is None:
        raise OutOfScope
    return found


@door(Permission.REFORM_PREPARE)
def done(request: Request, seq: int) -> HttpResponse:
    """What a reform did: which units began, ended and changed, and who carries on whose record."""
    one = _fetch(request, seq)
    values = {
        "one": one,
        "moves": moves_of(one, request.reader),
        "may_undo": request.reader.may(Permission.REFORM_DECIDE) and one.undone_by is None,
        "may_read_journal": request.reader.may(Permission.JOURNAL_READ),
        "may_appoint": request.reader.may(Permission.ACCOUNT_INVITE),
    }
    return render(request, "desk/reforms/done.html", values)


@door(Permission.REFORM_DECIDE, fresh=True, methods=("GET", "POST"))
def undo(request: Request, seq: int) -> HttpResponse:
    """Take a reform back, with a reason; refused while something stands on it."""
    one, form = _fetch(request, seq), ReasonForm(request.POST or None)
    if request.method != "POST":
        return _undo_page(request, one, form)
    if not form.is_valid():
        return _undo_page(request, one, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        take_reform_back(
            seq,
            actor=request.reader.actor,
            reason=scrub(form.cleaned_data["reason"].strip()),
            today=request.today,
            scope=request.reader.scope(Permission.REFORM_DECIDE),
            once=parsed_once(request),
        )
    except Refused as refused:
        return _undo_page(request, one, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("reform_done", seq)
    messages.success(request, _("已撤销。组织、人员和任职已恢复到变更之前，方案可以修改后重新实施。"))
    return redirect("reform_done", seq)


def _undo_page(
    request: Request,
    one: CarriedOut,
    form: ReasonForm,
    status: HTTPStatus = HTTPStatus.OK,
    objections: tuple[Objection, ...] = (),
) -> HttpResponse:
    return render(
        request, "desk/reforms/undo.html", {"one": one, "form": form, "objections": objections}, status=status
    )
