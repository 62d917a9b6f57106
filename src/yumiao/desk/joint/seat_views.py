"""Who answers for which body: given and ended by the county. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.joint_queries import seats_on
from yumiao.bylaws.keys import BODIES
from yumiao.desk.joint import acting
from yumiao.desk.joint.concerned import bodies_asked
from yumiao.desk.joint.forms import SeatForm
from yumiao.desk.joint.lists import body_label
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused

P = Permission


@door(P.JOINT_SEND, methods=("GET", "POST"))
def seats(request: Request) -> HttpResponse:
    """Every body of the county's setting with who answers for it; somebody is given a seat here."""
    reader = request.reader
    accounts = [(str(one.uid), one.name) for one in acting.reviewers(reader)]
    form = SeatForm(request.POST if request.method == "POST" else None, accounts=accounts)
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            acting.seat(uuid.UUID(given["account"]), given["body"], reader=reader, once=parsed_once(request))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("seats")
        else:
            messages.success(request, _("已指定联审员。"))
            return redirect("seats")
    held = list(seats_on(request.today).select_related("account").order_by("pk"))
    active = {uid for uid, _name in accounts}
    asked = bodies_asked(request.today, reader.head)
    rows = [
        (
            body,
            body_label(body),
            body in asked,
            [(one, str(one.account.uid) in active) for one in held if one.body == body],
        )
        for body in BODIES
        if body in asked or any(one.body == body for one in held)
    ]
    values = {"rows": rows, "form": form, "objections": against, "accounts": accounts}
    return render(request, "desk/joint/seats.html", values, status=status)


@door(P.JOINT_SEND, methods=("POST",))
def seat_end(request: Request, uid: uuid.UUID, body: str) -> HttpResponse:
    """Let a seat end today."""
    if body not in BODIES:
        raise OutOfScope("没有这个部门。")
    try:
        acting.unseat(uid, body, reader=request.reader, once=parsed_once(request))
    except AlreadyDone:
        return redirect("seats")
    messages.success(request, _("已结束。该账号从现在起不再能答复。"))
    return redirect("seats")
