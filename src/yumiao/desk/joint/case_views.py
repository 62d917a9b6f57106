"""The page of one person's answers, for whoever a grant lets read them; naming who concludes; concluding. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.joint_queries import number_of
from yumiao.desk.joint import concluding
from yumiao.desk.joint.forms import ConclusionForm, NameForm
from yumiao.desk.joint.letters import label_of
from yumiao.desk.joint.lists import body_label
from yumiao.desk.joint.opening import let_in, opened
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused
from yumiao.units.queries import UnitOnDay

P = Permission
USUAL: Final = timedelta(days=30)


@door(P.JOINT_CONCLUDE)
def joint_case(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Every answer about somebody with its text; on record as opened."""
    return _page(request, uid)


@door(P.JOINT_SEND, methods=("POST",))
def joint_name(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The county's reader names who in the township reads the answers and concludes."""
    found = let_in(request, uid)
    form = _name_form(request, found.unit, request.POST)
    if not form.is_valid():
        return _page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, name=form)
    given = form.cleaned_data
    try:
        concluding.name_reader(
            uid, uuid.UUID(given["account"]), purpose=given["purpose"], until=given["until"], reader=request.reader,
            once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, uid, HTTPStatus.CONFLICT, refused.objections, name=form)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已指定。对方的今日页会列出这件事。"))
    return redirect("joint_case", uid)


@door(P.JOINT_CONCLUDE, methods=("POST",))
def joint_conclude(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write what a person concludes; once more writes it anew."""
    let_in(request, uid)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, conclude=form)
    try:
        concluding.write_conclusion(uid, form.draft(), reader=request.reader, once=parsed_once(request))
    except Refused as refused:
        return _page(request, uid, HTTPStatus.CONFLICT, refused.objections, conclude=form)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已写明结论。"))
    return redirect("joint_case", uid)


def _page(
    request: Request, uid: uuid.UUID, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:  # fmt: skip
    keep_pace(request)
    found, reader = opened(request, uid), request.reader
    round_ = found.round
    needs = round_ is not None and not round_.missing and round_.needs_conclusion
    names = reader.may_at(P.JOINT_SEND, found.unit) and needs
    values = {
        "row": found.row,
        "name": found.read.around.name,
        "unit": found.unit,
        "case": found.read.around.uid,
        "number": number_of(found.row.review),
        "round": label_of(found.row.review.round),
        "batch": found.row.review.uid if reader.may(P.JOINT_SEND) else None,
        "grant": found.grant,
        "answers": [(body_label(one.body), one) for one in found.answers],
        "missing": round_.missing if round_ is not None else 0,
        "needs": needs,
        "conclusion": found.conclusion,
        "reason": found.reason,
        "name_form": (forms.get("name") or _name_form(request, found.unit)) if names else None,
        "form": (forms.get("conclude") or ConclusionForm(initial={"concluded_on": request.today})) if needs else None,
        "objections": against,
    }
    return render(request, "desk/joint/case.html", values, status=status)


def _name_form(request: Request, unit: UnitOnDay, post: QueryDict | None = None) -> NameForm:
    accounts = [(str(one.uid), one.label) for one in concluding.nameable(request.reader, unit)]
    return NameForm(post, accounts=accounts, auto_id="name_%s", initial={"until": request.today + USUAL})
