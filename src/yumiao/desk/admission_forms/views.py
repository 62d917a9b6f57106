"""Pages of 志愿书 numbers: the ranges, one of them, handing out, voiding. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.form_queries import Kept
from yumiao.desk.admission_forms import acting, lists
from yumiao.desk.admission_forms.forms import BackForm, HandForm, VoidForm
from yumiao.desk.transfers.ends import committees
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused
from yumiao.units.queries import UnitOnDay

P = Permission


@door(P.CASE_DECIDE)
def forms(request: Request) -> HttpResponse:
    """Every range: handed, used, void, left, the next free number."""
    reader = request.reader
    found = lists.ranges_in(reader.scope(P.CASE_DECIDE))
    values = {
        "rows": [(one, lists.unit_name(one, reader.tree)) for one in found],
        "may_hand": reader.may(P.FORM_HAND),
        "left": sum(one.left_count for one in found),
    }
    return render(request, "desk/admission_forms/list.html", values)


@door(P.FORM_HAND, methods=("GET", "POST"))
def forms_hand(request: Request) -> HttpResponse:
    """Hand a range to a committee."""
    reader = request.reader
    units = [one for one in committees(reader.tree) if reader.may_at(P.FORM_HAND, one)]
    form = HandForm(units, _sent(request), initial={"on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        more: dict[str, Any] = {"actor": reader.acting(P.FORM_HAND, form.chosen), "today": request.today}
        try:
            acting.hand(
                form.chosen, given["first"], given["last"], on=given["on"], note=given["note"], once=parsed_once(request), **more
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("forms")
        else:
            messages.success(request, _("已登记发放给%(unit)s。") % {"unit": form.chosen.name})
            return redirect("forms")
    return render(request, "desk/admission_forms/hand.html", {"form": form, "objections": against}, status=status)


@door(P.CASE_DECIDE)
def form_range(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One range: every number, used by whom, void why, left."""
    one, unit = _seen(request, uid)
    return _range_page(request, one, unit, HTTPStatus.OK)


@door(P.CASE_DECIDE, methods=("POST",))
def form_void(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Void a form of the range."""
    one, unit = _seen(request, uid)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _range_page(request, one, unit, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    given = form.cleaned_data
    try:
        use = acting.void(
            uid, given["number"], on=given["on"], why=given["why"], reason=given["reason"], today=request.today, **_at(request, unit)
        )  # fmt: skip
    except Refused as refused:
        return _range_page(request, one, unit, HTTPStatus.CONFLICT, refused.objections, form=form)
    except AlreadyDone:
        return redirect("form_range", uid)
    if use is None:
        messages.success(request, _("已作废。"))
    else:
        messages.warning(request, _("已作废。这份志愿书已经发给本人填写：请退回到第 14 步，用新的编号重新填写。"))
    return redirect("form_range", uid)


@door(P.CASE_DECIDE, methods=("POST",))
def form_void_withdraw(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """A form was not void after all."""
    one, unit = _seen(request, uid)
    try:
        acting.unvoid(uid, number, **_at(request, unit))
    except Refused as refused:
        return _range_page(request, one, unit, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("form_range", uid)
    messages.success(request, _("已撤销作废。"))
    return redirect("form_range", uid)


@door(P.FORM_HAND, methods=("GET", "POST"))
def form_range_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A range was written down wrongly."""
    one, unit = _seen(request, uid, P.FORM_HAND)
    form = BackForm(_sent(request))
    against = tuple(acting.back_objections(one))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            acting.take_back(uid, reason=form.cleaned_data["reason"], **_at(request, unit, P.FORM_HAND))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("forms")
        else:
            messages.success(request, _("已收回号段。"))
            return redirect("forms")
    values = {"one": one, "unit": unit, "form": form, "objections": against}
    return render(request, "desk/admission_forms/back.html", values, status=status)


def _range_page(
    request: Request, one: Kept, unit: UnitOnDay, status: HTTPStatus, against: tuple[Objection, ...] = (), form: VoidForm | None = None
) -> HttpResponse:  # fmt: skip
    names = lists.names_in([one])
    if names:
        record_reading(What.PAGE, actor=request.reader.actor, subject_kind="unit", subject=unit.uid, count=len(names))
    values = {
        "one": one,
        "unit": unit,
        "lines": lists.lines_of(one, names),
        "form": form or VoidForm(initial={"on": request.today}),
        "objections": against,
        "may_hand": request.reader.may_at(P.FORM_HAND, unit),
    }
    return render(request, "desk/admission_forms/range.html", values, status=status)


def _seen(request: Request, uid: uuid.UUID, permission: Permission = P.CASE_DECIDE) -> tuple[Kept, UnitOnDay]:
    """The range, where it is within the reader's reach; one whose unit is gone without a successor is the county's."""
    one, tree = acting.kept(uid), request.reader.tree
    unit = tree.by_id.get(one.unit) or tree.root
    admit(unit, request.reader, permission)
    assert unit is not None
    return one, unit


def _at(request: Request, unit: UnitOnDay, permission: Permission = P.CASE_DECIDE) -> dict[str, Any]:
    return {"unit": unit, "actor": request.reader.acting(permission, unit), "once": parsed_once(request)}


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
