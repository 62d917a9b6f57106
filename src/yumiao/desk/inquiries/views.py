"""Pages of letters of the political review: the tracker, one letter, sending, what became of it, the print. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.inquiry_queries import Standing
from yumiao.admission.models import Inquiry
from yumiao.desk.dossier.recording import Deciding, deciding_at, read_by
from yumiao.desk.grants.opening import open_section, opened_to
from yumiao.desk.inquiries import acting, lists
from yumiao.desk.inquiries.forms import FindingForm, FollowForm, LetterForm
from yumiao.desk.inquiries.prints import letter_docx, letter_pdf
from yumiao.desk.refusals import keep_pace
from yumiao.desk.transfers.ends import committee_of
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter the reader may see, with its case and where its person stands.

    `decides`: he may say what it found; `reads`: he sees it, having said it himself or by a grant.
    """

    row: lists.Row
    read: Read
    unit: UnitOnDay
    decides: bool
    reads: bool

    @property
    def uid(self) -> uuid.UUID:
        return self.row.one.inquiry.uid


@door(P.CASE_RECORD)
def inquiries(request: Request) -> HttpResponse:
    """The tracker: overdue first."""
    reader, which, kind = request.reader, lists.which_of(request.GET), lists.kind_of(request.GET)
    scope = reader.scope(P.CASE_RECORD)
    rows = lists.inquiries_of(scope, which, request.today, kind).select_related("case")
    order = ("-due_on", "-id") if which is lists.Which.DONE else ("due_on", "id")
    page = first_if_bad(rows, *order, size=PAGE, get=request.GET)
    more = f"&kind={kind}" if kind else ""
    values = {
        "tabs": [
            (one.label, f"?state={one}{more}", one is which, lists.inquiries_of(scope, one, request.today, kind).count())
            for one in lists.Which
        ],
        "which": which,
        "kind": kind,
        "kinds": Inquiry.Kind.choices,
        "rows": lists.rows_of(page.rows, reader.tree, request.today),
        "count": rows.count(),
        "links": page.links(request.GET),
        "query": f"state={which}{more}",
    }  # fmt: skip
    return render(request, "desk/inquiries/list.html", values)


@door(P.CASE_RECORD, methods=("GET", "POST"))
def inquiry_new(request: Request) -> HttpResponse:
    """Send a letter about whom the address names."""
    read, unit = _case(request)
    issuer = committee_of(request.reader.tree, unit) or unit
    form = LetterForm(_sent(request), initial={"sent_on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            uid = acting.send_letter(
                read.around.uid, form.draft(issuer.id), **_given(request, unit), today=request.today
            )
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("inquiries")
        else:
            messages.success(request, _("已登记发函。打印后盖章寄出。"))
            return redirect("inquiry", uid)
    values = {"read": read, "unit": unit, "issuer": issuer, "form": form, "objections": against}
    return render(request, "desk/inquiries/new.html", values, status=status)


@door(P.CASE_RECORD)
def inquiry(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One letter and what became of it."""
    keep_pace(request)
    found = _seen(request, uid)
    person = found.read.around.person_uid
    if found.reads and not _said_by(request.reader, found.row.one):
        open_section(request, found.read, Section.POLITICAL_REVIEW)
    record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=person, count=1)
    return _page(request, found)


@door(P.CASE_RECORD, methods=("POST",))
def inquiry_follow(request: Request, uid: uuid.UUID) -> HttpResponse:
    """It was reminded of, answered, came back or was withdrawn."""
    found = _seen(request, uid)
    form = FollowForm(request.POST, decides=found.decides)
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, follow=form)
    given = form.cleaned_data
    try:
        acting.follow_letter(
            uid, given["what"], given["on"], finding=form.found, note=given["note"], today=request.today, **_given(request, found.unit)
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, follow=form)
    except AlreadyDone:
        return redirect("inquiry", uid)
    messages.success(request, _("已登记。"))
    return redirect("inquiry", uid)


@door(P.CASE_DECIDE, methods=("POST",))
def inquiry_finding(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What the answer found."""
    found = _seen(request, uid, P.CASE_DECIDE)
    form = FindingForm(request.POST, auto_id="found_%s")
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, finding=form)
    given = form.cleaned_data
    try:
        acting.say_finding(uid, given["finding"], given["note"], **_given(request, found.unit, P.CASE_DECIDE))
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, finding=form)
    except AlreadyDone:
        return redirect("inquiry", uid)
    messages.success(request, _("已登记回函结论。"))
    return redirect("inquiry", uid)


@door(P.CASE_RECORD)
def inquiry_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The letter with its stub and return slip, for signing and sealing; on record as a print."""
    found = _seen(request, uid)
    _printed(request, found)
    name = _("函调 {number}.pdf").format(number=found.row.number)
    return pdf(request, name, lambda: letter_pdf(found.row, found.read, entry=found.row.one.inquiry.entered))


@door(P.CASE_RECORD)
def inquiry_docx(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The same to be edited; on record as a print."""
    found = _seen(request, uid)
    _printed(request, found)
    name = _("函调 {number}.docx").format(number=found.row.number)
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(letter_docx(found.row, found.read), content_type=MEDIA, headers=headers)


def _printed(request: Request, found: Seen) -> None:
    person = found.read.around.person_uid
    record_reading(What.PRINT, actor=request.reader.actor, subject_kind="person", subject=person, count=1)


def _page(
    request: Request, found: Seen, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:  # fmt: skip
    answer = found.row.one.answer
    known = {"finding": answer.finding, "note": answer.note} if answer and found.reads else {}
    values = {
        "row": found.row,
        "one": found.row.one,
        "read": found.read,
        "unit": found.unit,
        "decides": found.decides,
        "reads": found.reads,
        "answer": answer,
        "is_open": found.row.one.closed_by is None,
        "follow": forms.get("follow") or FollowForm(decides=found.decides, initial={"on": request.today}),
        "finding": forms.get("finding") or FindingForm(initial=known, auto_id="found_%s"),
        "objections": against,
    }
    return render(request, "desk/inquiries/inquiry.html", values, status=status)


def _seen(request: Request, uid: uuid.UUID, permission: Permission = P.CASE_RECORD) -> Seen:
    """The letter, where its person is within the reader's reach."""
    one = acting.standing(uid)
    (row,) = lists.rows_of([one.inquiry], request.reader.tree, request.today)
    admit(row.unit, request.reader, permission)
    assert row.unit is not None
    decides = request.reader.may_at(P.CASE_DECIDE, row.unit)
    read = read_by(one.inquiry.case.uid)
    reads = _said_by(request.reader, one) or Section.POLITICAL_REVIEW in opened_to(request.reader, read)
    return Seen(row, read, row.unit, decides, reads)


def _said_by(reader: Reader, one: Standing) -> bool:
    """Whether the reader himself wrote down the answer as it stands."""
    answer = one.answer
    if answer is None or reader.account is None:
        return False
    return Entry.objects.filter(seq=answer.entered, actor=reader.account.uid).exists()


def _case(request: Request) -> tuple[Read, UnitOnDay]:
    """The case the address names, where it is within the reader's reach."""
    try:
        uid = uuid.UUID(request.GET.get("case", ""))
    except ValueError:
        raise OutOfScope("没有这份档案。") from None
    read = read_by(uid)
    unit = request.reader.tree.by_id.get(read.around.unit)
    admit(unit, request.reader, P.CASE_RECORD)
    assert unit is not None
    return read, unit


def _given(request: Request, unit: UnitOnDay, permission: Permission = P.CASE_RECORD) -> dict[str, Any]:
    who: Deciding = deciding_at(request.reader, permission, unit)
    return {"who": who, "once": parsed_once(request)}


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
