"""The wizard: 上传 → 核对 → 预览 → 结果. Each step is a page; the work itself runs beside the pages."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.imports.forms import ColumnsForm, TakeForm, UploadForm
from yumiao.desk.imports.queries import as_imports, office, visible_imports
from yumiao.desk.imports.showing import Preview
from yumiao.desk.imports.starting import Busy, start
from yumiao.desk.imports.store import CHUNK, Altered, Phase, Upload, find, store, sweep, uploads_of
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.desk.imports.work import CHECK, TAKE
from yumiao.journal.models import Entry
from yumiao.kernel.objections import OutOfScope
from yumiao.sheets.answers import workbook
from yumiao.ui.paging import BadToken, paged

LISTED = 20


@door(Permission.WORKBOOK_IMPORT, methods=("GET", "POST"))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def imports(request: Request) -> HttpResponse:
    """Imports so far, and the form that begins one."""
    request.upload_handlers = [WholeInMemory(request)]
    return _imports(request)


@csrf_protect
def _imports(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _list_page(request, UploadForm(), HTTPStatus.OK)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    owner, file = _owner(request), form.cleaned_data["file"]
    sweep(owner)
    try:
        upload = store(file.chunks(CHUNK), name=file.name, owner=owner)
    except OSError:
        form.add_error("file", _("服务器磁盘空间不足，文件没有收下。请联系系统管理员腾出空间后再试。"))
        return _list_page(request, form, HTTPStatus.INSUFFICIENT_STORAGE)
    return _begun(request, upload, CHECK)


def _list_page(request: Request, form: UploadForm, status: HTTPStatus) -> HttpResponse:
    try:
        page = paged(visible_imports(request.reader), "-seq", size=LISTED, at=request.GET.get("at", ""))
    except BadToken:
        page = paged(visible_imports(request.reader), "-seq", size=LISTED)
    previous_url, next_url = page.links(request.GET)
    values = {
        "form": form,
        "uploads": [(one, one.meta, one.state.phase, one.is_running) for one in uploads_of(_owner(request))],
        "imports": as_imports(page.rows),
        "previous_url": previous_url,
        "next_url": next_url,
        "may_export": request.reader.may(Permission.WORKBOOK_EXPORT),
        "Phase": Phase,
    }
    return render(request, "desk/imports/list.html", values, status=status)


@door(Permission.WORKBOOK_IMPORT)
def import_(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Where an upload stands: its progress, its preview, or why it did not go on."""
    upload = _fetch(request, uid)
    state, running = upload.state, upload.is_running
    if (seq := _written_as(upload)) is not None:
        return redirect("import_result", seq)
    values = {"upload": upload, "meta": upload.meta, "state": state, "Phase": Phase}
    if running:
        return render(request, "desk/imports/running.html", values)
    if state.phase is not Phase.PREVIEWED:
        status = HTTPStatus.CONFLICT if state.phase is Phase.MOVED else HTTPStatus.OK
        return render(request, "desk/imports/stopped.html", values, status=status)
    preview = _preview(upload)
    if preview is None:
        return render(request, "desk/imports/stopped.html", values)
    return _preview_page(request, upload, preview, ColumnsForm(preview.columns))


def _preview_page(
    request: Request, upload: Upload, preview: Preview, columns: ColumnsForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    values = {"upload": upload, "meta": upload.meta, "columns": columns, "office": office(request.reader)}
    values |= preview.page(request.GET)
    return render(request, "desk/imports/preview.html", values, status=status)


def _other_page(request: Request, upload: Upload) -> HttpResponse:
    """What was sent belongs to another preview than the latest."""
    values = {"upload": upload, "meta": upload.meta, "state": upload.state, "Phase": Phase, "is_other": True}
    return render(request, "desk/imports/stopped.html", values, status=HTTPStatus.CONFLICT)


def _preview(upload: Upload) -> Preview | None:
    """What was shown; None where what lies there does not open any more, and the workbook is to be checked again."""
    try:
        return Preview.of(upload)
    except (Altered, FileNotFoundError):
        return None


def _written_as(upload: Upload) -> int | None:
    """The entry it became, also where the process was killed between the act and saying so."""
    state = upload.state
    if state.phase is Phase.WRITTEN:
        return state.seq
    job = upload.read_json("job") if state.phase is Phase.WRITING else {}
    return Entry.objects.filter(once=job["once"]).values_list("seq", flat=True).first() if "once" in job else None


@door(Permission.WORKBOOK_IMPORT, methods=("POST",))
def check(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Check it (again): after an interruption, or because the record has moved."""
    return _begun(request, _fetch(request, uid), CHECK)


@door(Permission.WORKBOOK_IMPORT, methods=("POST",))
def columns(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Say which columns the strange headers are, and have the workbook read again; kept for the office when it is taken."""
    upload = _fetch(request, uid)
    if upload.is_running or upload.state.phase is not Phase.PREVIEWED:
        return redirect("import", uid)
    preview = _preview(upload)
    if preview is None or request.POST.get("head") != preview.head:
        return _other_page(request, upload)
    form = ColumnsForm(preview.columns, request.POST)
    if not form.is_valid():
        return _preview_page(request, upload, preview, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _begun(request, upload, CHECK, names=form.chosen())


@door(Permission.WORKBOOK_IMPORT, methods=("POST",))
def take(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write what was previewed; what is not exactly that is not written."""
    upload, form = _fetch(request, uid), TakeForm(request.POST)
    if upload.is_running or upload.state.phase is not Phase.PREVIEWED:
        return redirect("import", uid)
    preview = _preview(upload)
    asked = form.cleaned_data if form.is_valid() else {}
    accept = asked.get("deed") == "good"
    may_take = preview is not None and (preview.may_take_good if accept else preview.may_take_all)
    if (
        preview is None
        or not may_take
        or (asked.get("sha256"), asked.get("head")) != (upload.meta.sha256, preview.head)
    ):
        return _other_page(request, upload)
    return _begun(request, upload, TAKE, accept_good_rows=accept, shown=preview.counts, once=str(asked["once"]))


@door(Permission.WORKBOOK_IMPORT, methods=("POST",))
def drop(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw the upload away; what it became stays."""
    upload = _fetch(request, uid)
    if upload.is_running:
        return redirect("import", uid)
    upload.drop()
    messages.success(request, _("已放弃，暂存的文件已删除，没有写入任何数据。"))
    return redirect("imports")


@door(Permission.WORKBOOK_IMPORT)
def faults(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The refused rows in the sender's own layout, with the reasons in a last column."""
    upload = _fetch(request, uid)
    if upload.state.phase not in (Phase.PREVIEWED, Phase.WRITTEN) or not upload.has("faults"):
        raise OutOfScope
    preview = _preview(upload)
    if preview is None:
        return redirect("import", uid)
    stem = upload.meta.name.removesuffix(".xlsx")
    name = _("%(stem)s-退回行(%(rows)s行).xlsx") % {"stem": stem, "rows": preview.faulty_rows}
    return workbook(name, upload.read_sealed("faults"))


def _owner(request: Request) -> uuid.UUID:
    assert request.reader.account is not None
    return request.reader.account.uid


def _fetch(request: Request, uid: uuid.UUID) -> Upload:
    upload = find(uid, _owner(request))
    if upload is None:
        raise OutOfScope
    return upload


def _begun(request: Request, upload: Upload, step: str, **asked: object) -> HttpResponse:
    """Have the step done and show the page that follows it; while another upload is at work, that one's."""
    reader = request.reader
    scope = reader.scope(Permission.WORKBOOK_IMPORT)
    asked = {"names": _names_chosen(upload), "line": [unit.id for unit in reader.tree.line(office(reader))], **asked}
    try:
        start(upload, step, actor=reader.actor, within=scope, today=request.today, **asked)
    except Busy as busy:
        if busy.upload.uid != upload.uid:
            text = _("您的另一份工作簿“%(name)s”正在处理，完成后再核对这一份。") % {"name": busy.upload.meta.name}
            messages.warning(request, text)
        return redirect("import", upload.uid)
    return redirect("import", upload.uid)


def _names_chosen(upload: Upload) -> dict[str, dict[str, str]]:
    """The names of columns chosen for this workbook before; they go from step to step."""
    try:
        names: dict[str, dict[str, str]] = upload.read_json("job").get("names", {})
    except FileNotFoundError:
        return {}
    return names
