"""Pages of grants: the list within reach, a new one, one taken back, what was opened in an emergency. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.sections import Section
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.grants import acting
from yumiao.desk.grants.duties import INSPECTING
from yumiao.desk.grants.forms import GrantForm
from yumiao.desk.grants.lists import emergencies as emergencies_found
from yumiao.desk.grants.lists import grants_in, lines_of
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.ui.paging import first_if_bad

P = Permission
PAGE: Final = 50


@door(P.SECTION_GRANT)
def grants(request: Request) -> HttpResponse:
    """Every grant within reach, the latest first."""
    rows = grants_in(request.reader.scope(P.SECTION_GRANT))
    page = first_if_bad(rows, "-id", size=PAGE, get=request.GET)
    values = {"rows": lines_of(page.rows, request.today), "count": rows.count(), "links": page.links(request.GET)}
    home = request.reader.home
    if page.rows:
        record_reading(
            What.PAGE, actor=request.reader.actor, subject_kind="unit", subject=home.uid if home else None, count=len(page.rows),
        )  # fmt: skip
    return render(request, "desk/grants/list.html", values)


@door(P.SECTION_GRANT, methods=("GET", "POST"))
def grant_new(request: Request) -> HttpResponse:
    """Let somebody read a section of the case the address names."""
    found = _case(request)
    accounts = [(str(one.uid), one.label) for one in acting.eligible(request.reader, found.unit)]
    form = GrantForm(request.POST if request.method == "POST" else None, accounts=accounts)
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            acting.give(
                found.uid, uuid.UUID(given["account"]), Section(given["section"]), purpose=given["purpose"],
                last_day=given["last_day"], reader=request.reader, once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("case_sections", found.uid)
        else:
            messages.success(request, _("已授权。每次打开都有查阅记录。"))
            return redirect("case_sections", found.uid)
    values = {"seen": found, "form": form, "objections": against}
    return render(request, "desk/grants/new.html", values, status=status)


@door(P.SECTION_GRANT, methods=("POST",))
def grant_end(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Let a grant end at once."""
    tied = grants_in(request.reader.scope(P.SECTION_GRANT)).filter(grant__uid=uid).first()
    if tied is None:
        raise OutOfScope(str(uid))
    try:
        acting.take_back(tied.grant, reader=request.reader, once=parsed_once(request))
    except AlreadyDone:
        return redirect("grants")
    messages.success(request, _("已收回，即时失效。"))
    return redirect("grants")


@door(SIGNED_IN)
def emergencies(request: Request) -> HttpResponse:
    """What was opened in an emergency, by whom and why, for those who inspect; nobody's name it was about."""
    if not request.reader.roles & INSPECTING:
        raise NotAllowed(_("紧急阅看记录由县委组织部、安全保密管理员和审计人员查看。"))
    rows = emergencies_found()
    page = first_if_bad(rows.order_by(), "-id", size=PAGE, get=request.GET)
    values = {"rows": lines_of(page.rows, request.today), "count": rows.count(), "links": page.links(request.GET)}
    return render(request, "desk/grants/emergencies.html", values)


def _case(request: Request) -> Seen:
    """The case the address names, where it is within the reader's reach."""
    try:
        uid = uuid.UUID(request.GET.get("case", ""))
    except ValueError:
        raise OutOfScope("没有这份档案。") from None
    return seen(request, uid, P.SECTION_GRANT)
