"""The workbook of old files: the list to fill in, and what comes back. Must not know: SQL, rules, how a sheet is read."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.file_audits import acting, book, lists
from yumiao.desk.file_audits.views import list_page
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Refused
from yumiao.sheets.answers import written
from yumiao.sheets.reading import Unreadable, read_content

P = Permission


@door(P.FILE_AUDIT)
def file_audits_list(request: Request) -> HttpResponse:
    """Members whose files were not looked through, as a workbook to fill in; on record as taken out."""
    asked = lists.Asked.of(request.reader, request.GET)
    try:
        rows = book.waiting(asked, request.reader)
    except Refused as refused:
        return list_page(request, refused.objections, HTTPStatus.CONFLICT)
    unit = asked.unit or request.reader.home
    actor = request.reader.acting(P.FILE_AUDIT, asked.unit)
    subject = unit.uid if unit else None
    record_reading(
        What.EXPORT, actor=actor, subject_kind="unit", subject=subject, count=len(rows), purpose=_("旧档案审核名单")
    )  # fmt: skip
    return written(_("旧档案审核名单.xlsx"), lambda target: book.write_list(target, rows, request.today))


@door(P.FILE_AUDIT, methods=("POST",))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def file_audits_upload(request: Request) -> HttpResponse:
    """Every row that has a result is registered, or none."""
    request.upload_handlers = [WholeInMemory(request)]
    return _upload(request)


@csrf_protect
def _upload(request: Request) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return list_page(request, (book.no_file(),), HTTPStatus.UNPROCESSABLE_ENTITY)
    home = request.reader.home
    assert home is not None
    try:
        rows = book.audits_in(read_content(file.read(), file.name or ""), request.reader)
        who = deciding_at(request.reader, P.FILE_AUDIT, None)
        done = acting.audit_files(rows, who=who, place=home.uid, today=request.today, once=parsed_once(request))
    except Unreadable as unreadable:
        return list_page(request, (book.unreadable(unreadable),), HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refused as refused:
        return list_page(request, refused.objections, HTTPStatus.CONFLICT)
    except AlreadyDone:
        return redirect("file_audits")
    messages.success(request, _("已登记 %(count)s 人的审核结果。") % {"count": len(done)})
    return redirect("file_audits")
