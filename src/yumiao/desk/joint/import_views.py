"""A workbook of a body that comes back: looked at first, taken in by a second click. Must not know: SQL, how a workbook is opened."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.joint_queries import Batch, rows_of
from yumiao.admission.joint_services import AnswerDraft
from yumiao.admission.models import JointReviewBody
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.desk.joint import acting, workbooks
from yumiao.desk.joint.answering import Answering, Came, give
from yumiao.desk.joint.forms import WorkbookForm
from yumiao.desk.joint.handing import about, handed, taken
from yumiao.desk.joint.lists import body_label
from yumiao.desk.joint.locked import CONTENT_BYTES
from yumiao.desk.joint.signing import Returned
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused
from yumiao.sheets.reading import Unreadable
from yumiao.vault.cells import Unsealable

P = Permission


@door(P.JOINT_SEND, methods=("GET", "POST"))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def joint_import(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A workbook that came back: what is good of it and what is not, before anything is written."""
    request.upload_handlers = [WholeInMemory(request)]
    return _import(request, uid)


@csrf_protect
def _import(request: Request, uid: uuid.UUID) -> HttpResponse:
    body, batch = acting.body_of(uid)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if not form.is_bound or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _importing(request, body, batch, form, status)
    uids = {one.position: one.uid for one in rows_of(batch.review.pk)}
    content = form.cleaned_data["file"].read(CONTENT_BYTES + 1)
    password = form.cleaned_data["password"].strip()
    try:
        found = workbooks.taken_in(content, password, batch=batch.review.uid, body=body.uid, uids=uids)
    except Unreadable as error:
        form.add_error(None, error.reason)
        return _importing(request, body, batch, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if against := tuple(found.objections()):
        return _importing(request, body, batch, form, HTTPStatus.CONFLICT, against)
    said = {uid.hex: (one.answer, one.text, one.reference) for uid, one in found.drafts.items()}
    token = handed(json.dumps(said, ensure_ascii=False), about(request, body, "answers"))
    return _importing(request, body, batch, form, found=found, token=token)


def _importing(
    request: Request, body: JointReviewBody, batch: Batch, form: WorkbookForm, status: HTTPStatus = HTTPStatus.OK,
    against: tuple[Objection, ...] = (), found: Returned | None = None, token: str = "",
) -> HttpResponse:  # fmt: skip
    values: dict[str, Any] = {
        "body": body, "label": body_label(body.body), "batch": batch, "form": form, "objections": against, "found": found, "token": token,
    }  # fmt: skip
    return render(request, "desk/joint/import.html", values, status=status)


@door(P.JOINT_SEND, methods=("POST",))
def joint_import_take(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take in what the page before has shown."""
    body, batch = acting.body_of(uid)
    try:
        said = json.loads(taken(request.POST.get("token", ""), about(request, body, "answers")))
    except Unsealable:
        form = WorkbookForm()
        against = (Objection(rule="", text=_("预览已经失效"), next_step=_("重新上传工作簿。")),)
        return _importing(request, body, batch, form, HTTPStatus.UNPROCESSABLE_ENTITY, against)
    drafts = {uuid.UUID(one): AnswerDraft(*given) for one, given in said.items()}
    by = Answering(request.reader, Came.WORKBOOK, request.today)
    try:
        count = give(uid, drafts, by=by, once=parsed_once(request))
    except Refused as refused:
        return _importing(request, body, batch, WorkbookForm(), HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已收入 %(count)s 人的答复。") % {"count": count})
    return redirect("joint_review", batch.review.uid)
