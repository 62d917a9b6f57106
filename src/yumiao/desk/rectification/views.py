"""Pages of findings and orders: the lists, issuing an order, one order and what becomes of it. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.evidence.serving import scan_answer
from yumiao.desk.evidence.uploading import ManyInMemory, parts_of, refused_by
from yumiao.desk.rectification import acting, lists, prints
from yumiao.desk.rectification.forms import ExtendForm, FollowForm, OrderForm, PaperForm, TakeBackForm
from yumiao.desk.rectification.reach import Seen, issuer_for, seen
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.oversight.models import OrderEvent
from yumiao.oversight.queries import papers_of
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50
_WHAT: Final = OrderEvent.What


@door(P.CASE_RECORD)
def findings(request: Request) -> HttpResponse:
    """Findings within reach, by how far they are."""
    reader, asked = request.reader, request.GET.get("state", "")
    which = lists.Which(asked) if asked in set(lists.Which) else lists.Which.OPEN
    counts = {one: lists.findings_in(reader, one).count() for one in lists.Which}
    page = first_if_bad(lists.findings_in(reader, which), "-found_on", "-id", size=PAGE, get=request.GET)
    rows = lists.finding_rows(page.rows, reader)
    values = {
        "tabs": [(one.label, f"?state={one}", one is which, counts[one]) for one in lists.Which],
        "which": which,
        "rows": rows,
        "issuing": {row.unit.id for row in rows if row.unit and issuer_for(reader, row.unit)} if _issues(which) else set(),
        "count": counts[which],
        "links": page.links(request.GET),
    }  # fmt: skip
    return render(request, "desk/rectification/findings.html", values)


def _issues(which: lists.Which) -> bool:
    return which is lists.Which.OPEN


@door(P.CASE_RECORD)
def orders(request: Request) -> HttpResponse:
    """Orders within reach, the newest first."""
    found = lists.orders_in(request.reader)
    page = first_if_bad(found, "-id", size=PAGE, get=request.GET)
    rows = [(one, *lists.state_words(one, request.today)) for one in lists.order_rows(page.rows, request.reader)]
    values = {"rows": rows, "count": found.count(), "links": page.links(request.GET)}
    return render(request, "desk/rectification/orders.html", values)


@door(P.ORDER_ISSUE, methods=("GET", "POST"))
def order_new(request: Request) -> HttpResponse:
    """Issue an order to the unit the address names."""
    reader, unit = request.reader, _unit(request)
    form = OrderForm(_sent(request), found=acting.open_findings(reader, unit))
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            uid = acting.issue(unit, form.chosen, form.cleaned_data["text"], reader=reader, once=parsed_once(request))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("orders")
        else:
            messages.success(request, _("已发出整改通知。"))
            return redirect("order", uid)
    values = {"unit": unit, "form": form, "objections": against, "issuer": issuer_for(reader, unit)}
    return render(request, "desk/rectification/new.html", values, status=status)


@door(P.CASE_RECORD)
def order(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One order and what became of it."""
    return _page(request, seen(request.reader, uid))


@door(P.CASE_RECORD, methods=("POST",))
def order_follow(request: Request, uid: uuid.UUID) -> HttpResponse:
    """It was submitted, returned or accepted."""
    found = seen(request.reader, uid)
    form = FollowForm(request.POST, offered=_WHAT.values)

    def do(given: dict[str, Any], once: uuid.UUID | None) -> None:
        acting.follow(uid, given["what"], given["on"], given["note"], reader=request.reader, once=once)

    return _done(request, found, "follow", form, do, _("已登记。"))


@door(P.ORDER_SUBMIT, methods=("POST",))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def order_paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Keep a paper of what was put right."""
    request.upload_handlers = [ManyInMemory(request)]
    return _order_paper(request, uid)


@csrf_protect
def _order_paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    found = seen(request.reader, uid, P.ORDER_SUBMIT)
    form = PaperForm(request.POST, request.FILES, auto_id="paper_%s")
    if not form.is_valid() or not form.cleaned_data["camera"]:
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, paper=form)

    def keep() -> None:
        parts = parts_of(form.cleaned_data["camera"], is_ordered=True)
        acting.hand_in(uid, parts, form.cleaned_data["title"], reader=request.reader, once=parsed_once(request))

    try:
        if (wrong := refused_by(form, "camera", keep)) is not None:
            return _page(request, found, wrong, paper=form)
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, paper=form)
    except AlreadyDone:
        return redirect("order", uid)
    messages.success(request, _("已放入整改材料。"))
    return redirect("order", uid)


@door(P.CASE_RECORD)
def order_paper_file(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The paper of that number; on record as a look at whom the order is about."""
    found = seen(request.reader, uid)
    papers = papers_of(found.one.order.pk)
    if not 1 <= number <= len(papers):
        raise OutOfScope(str(number))
    record_reading(
        What.PAGE, actor=request.reader.actor, subject_kind="unit", subject=found.unit.uid, count=max(len(found.one.findings), 1)
    )  # fmt: skip
    return scan_answer(papers[number - 1].scan, f"{number}.pdf")


@door(P.ORDER_ISSUE, methods=("POST",))
def order_extend(request: Request, uid: uuid.UUID) -> HttpResponse:
    """It runs longer."""
    found = seen(request.reader, uid, P.ORDER_ISSUE)
    form = ExtendForm(request.POST, auto_id="longer_%s")

    def do(given: dict[str, Any], once: uuid.UUID | None) -> None:
        acting.extend(uid, given["extended_to"], given["reason"], reader=request.reader, once=once)

    return _done(request, found, "longer", form, do, _("已延长整改期限。"))


@door(P.ORDER_ISSUE, methods=("POST",))
def order_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """It is taken back."""
    found = seen(request.reader, uid, P.ORDER_ISSUE)
    form = TakeBackForm(request.POST, auto_id="back_%s")

    def do(given: dict[str, Any], once: uuid.UUID | None) -> None:
        acting.take_back(uid, given["reason"], reader=request.reader, once=once)

    return _done(request, found, "back", form, do, _("已收回整改通知，所列问题可以重新发出。"), to_list=True)


@door(P.CASE_RECORD)
def order_print(request: Request, uid: uuid.UUID, what: str) -> HttpResponse:
    """The notice or the report, as PDF or docx."""
    order = seen(request.reader, uid)
    kinds = {"notice": "notice", "report": "report", "notice-docx": "notice", "report-docx": "report"}
    if what not in kinds:
        raise OutOfScope(what)
    kind = kinds[what]
    if what.endswith("docx"):
        headers = {"Content-Disposition": content_disposition_header(True, f"{prints.title_of(kind)}.docx") or ""}
        return HttpResponse(prints.order_docx(order, kind, on=request.today), content_type=MEDIA, headers=headers)
    return pdf(request, f"{prints.title_of(kind)}.pdf", lambda: prints.order_pdf(order, kind, on=request.today))


def _done(
    request: Request, found: Seen, name: str, form: forms.Form, do: Callable[[dict[str, Any], uuid.UUID | None], None], said: str,
    *, to_list: bool = False,
) -> HttpResponse:  # fmt: skip
    """What every form of an order's page does with its answer."""
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, (), **{name: form})
    try:
        do(form.cleaned_data, parsed_once(request))
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, **{name: form})
    except AlreadyDone:
        pass
    else:
        messages.success(request, said)
    return redirect("orders") if to_list else redirect("order", found.uid)


def _page(
    request: Request, found: Seen, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **given: Any
) -> HttpResponse:  # fmt: skip
    offered, tone_and_words = _offered(found), lists.state_words(found, request.today)
    issues = found.may(P.ORDER_ISSUE) and _WHAT.ACCEPTED not in [one.what for one in found.one.events]
    values = {
        "order": found,
        "one": found.one,
        "tone": tone_and_words[0],
        "state": tone_and_words[1],
        "rows": lists.finding_rows(found.one.findings, request.reader),
        "follow": (given.get("follow") or FollowForm(offered=offered, initial={"on": request.today})) if offered else None,
        "longer": given.get("longer") or ExtendForm(auto_id="longer_%s"),
        "back": given.get("back") or TakeBackForm(auto_id="back_%s"),
        "papers": papers_of(found.one.order.pk),
        "paper": (given.get("paper") or PaperForm(auto_id="paper_%s")) if found.may(P.ORDER_SUBMIT) and not _is_over(found) else None,
        "may_extend": issues and found.one.term.extended_to is None,
        "may_withdraw": issues and not found.one.events,
        "objections": against,
    }  # fmt: skip
    return render(request, "desk/rectification/order.html", values, status=status)


def _is_over(found: Seen) -> bool:
    return _WHAT.ACCEPTED in [one.what for one in found.one.events]


def _offered(found: Seen) -> list[str]:
    """What the reader may write down next; whether he submitted it himself is said when he tries."""
    last = found.one.events[-1].what if found.one.events else ""
    if last == _WHAT.SUBMITTED:
        return [_WHAT.ACCEPTED, _WHAT.RETURNED] if found.may(P.ORDER_ACCEPT) else []
    return [_WHAT.SUBMITTED] if last != _WHAT.ACCEPTED and found.may(P.ORDER_SUBMIT) else []


def _unit(request: Request) -> UnitOnDay:
    """The unit the address names, where the reader issues orders to it."""
    reader = request.reader
    unit = reader.tree.by_code.get(request.GET.get("unit", ""))
    admit(unit, reader, P.ORDER_ISSUE)
    if unit is None or issuer_for(reader, unit) is None:
        raise OutOfScope("不能向这个组织发出整改通知。")
    return unit


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
