"""Pages of the county about one body of a batch: its letter, a written answer, its workbook out and in. Must not know: SQL, rules."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.joint_queries import Batch
from yumiao.admission.joint_services import AnswerDraft
from yumiao.admission.models import JointReviewAnswer
from yumiao.desk.joint import acting, letters, workbooks
from yumiao.desk.joint.answering import Answering, Came, give
from yumiao.desk.joint.forms import LetterDayForm
from yumiao.desk.joint.handing import about, handed, taken
from yumiao.desk.joint.listing import lines_of
from yumiao.desk.joint.lists import body_label
from yumiao.desk.joint.rows import drafts_of, page_of, shown
from yumiao.desk.joint.signing import Line
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.sheets.answers import workbook
from yumiao.vault.cells import Unsealable

P = Permission


@door(P.JOINT_SEND, fresh=True)
def joint_letter_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The letter to a body with its list, whole numbers in it: on record as a print."""
    body, batch = acting.body_of(uid)
    lines = _lines(request, batch, What.PRINT)
    name = _("联审函 %(number)s %(body)s.pdf") % {"number": batch.number, "body": body_label(body.body)}
    code = _("全程纪实短码 %(code)s") % {"code": short_code(request.reader.head.hash)}
    return pdf(request, name, lambda: letters.letter_pdf(batch, body, lines, county=_county(request), code=code))


@door(P.JOINT_SEND, fresh=True)
def joint_letter_docx(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The same to be edited; on record as a print."""
    body, batch = acting.body_of(uid)
    lines = _lines(request, batch, What.PRINT)
    name = _("联审函 %(number)s %(body)s.docx") % {"number": batch.number, "body": body_label(body.body)}
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    content = letters.letter_docx(batch, body, lines, county=_county(request))
    return HttpResponse(content, content_type=MEDIA, headers=headers)


@door(P.JOINT_SEND)
def joint_reminder(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The reminder on paper; it names nobody."""
    body, batch = acting.body_of(uid)
    part = next(one for one in batch.parts if one.body.pk == body.pk)
    name = _("催办函 %(number)s %(body)s.pdf") % {"number": batch.number, "body": body_label(body.body)}
    county, on, code = _county(request), request.today, short_code(request.reader.head.hash)
    return pdf(request, name, lambda: letters.reminder_pdf(batch, body, part.missing, county=county, on=on, code=code))


@door(P.JOINT_SEND, methods=("GET", "POST"))
def joint_paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What a body answered by a letter, written down by the county; what it answered before is not shown."""
    acting.body_of(uid)
    form = LetterDayForm(request.POST if request.method == "POST" else None, initial={"on": request.today})
    if request.method != "POST":
        return _paper(request, uid, form)
    drafts, faults = drafts_of(request.POST)
    if faults or not form.is_valid():
        against = tuple(Objection(rule="", text=one) for one in faults)
        return _paper(request, uid, form, HTTPStatus.UNPROCESSABLE_ENTITY, against, drafts)
    by = Answering(request.reader, Came.PAPER, form.cleaned_data["on"])
    try:
        count = give(uid, drafts, by=by, once=parsed_once(request))
    except Refused as refused:
        return _paper(request, uid, form, HTTPStatus.CONFLICT, refused.objections, drafts)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已登记 %(count)s 人的书面答复。") % {"count": count})
    return redirect(f"{request.path}?page={page_of(request.GET)}")


def _paper(
    request: Request, uid: uuid.UUID, form: LetterDayForm, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (),
    typed: Mapping[uuid.UUID, AnswerDraft] | None = None,
) -> HttpResponse:  # fmt: skip
    body, batch = acting.body_of(uid)
    rows = shown(batch, body, request.reader.tree, page_of(request.GET), with_numbers=False, typed=typed)
    values = {
        "body": body,
        "label": body_label(body.body),
        "batch": batch,
        "shown": rows,
        "form": form,
        "choices": JointReviewAnswer.Answer.choices,
        "is_open": not batch.is_closed,
        "objections": against,
    }
    return render(request, "desk/joint/paper.html", values, status=status)


@door(P.JOINT_SEND, fresh=True, methods=("GET", "POST"))
def joint_workbook(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A password, shown once; the form beside it gives the workbook that opens with it."""
    body, batch = acting.body_of(uid)
    if request.method != "POST":
        password = workbooks.new_password()
        token = handed(password, about(request, body, "password"))
        values = {"body": body, "label": body_label(body.body), "batch": batch, "password": password, "token": token}
        return render(request, "desk/joint/workbook.html", values)
    try:
        opened = taken(request.POST.get("token", ""), about(request, body, "password"))
    except Unsealable:
        return redirect("joint_workbook", uid)
    with contextlib.suppress(AlreadyDone):  # the same form once more: the same workbook
        acting.exported(body, reader=request.reader, once=parsed_once(request))
    lines = _lines(request, batch, What.EXPORT)
    name = _("联审名单 %(number)s %(body)s.xlsx") % {"number": batch.number, "body": body_label(body.body)}
    return workbook(name, workbooks.written(batch.review.uid, body.uid, lines, opened))


def _lines(request: Request, batch: Batch, what: What) -> list[Line]:
    """The list with whole numbers, on record."""
    reader = request.reader
    record_reading(
        what, actor=reader.actor, subject_kind="unit", subject=reader.home.uid if reader.home else None, count=batch.asked,
        purpose=_("部门联审%(number)s") % {"number": batch.number},
    )  # fmt: skip
    return lines_of(batch.review, reader.tree)


def _county(request: Request) -> str:
    root = request.reader.tree.root
    return _("%(county)s组织部") % {"county": root.name} if root is not None else ""
