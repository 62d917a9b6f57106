"""Pages that begin a comparison: upload, progress, what stopped it, begin again. The work itself runs beside the pages, as that of imports.

Must not know: SQL, how lists are compared.
"""

from __future__ import annotations

import hashlib
import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door, parsed_once
from yumiao.desk.imports.queries import units_within
from yumiao.desk.imports.showing import Part
from yumiao.desk.imports.starting import Busy, start
from yumiao.desk.imports.store import CHUNK, REGISTER, Phase, Upload, find, store, sweep, uploads_of
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.desk.imports.work import RECONCILE
from yumiao.desk.reconciliation.findings import NEED, seen
from yumiao.desk.reconciliation.forms import BeginForm
from yumiao.journal.models import Entry
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import on_paper
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.own_record import standing
from yumiao.reconciliation.rules import last_day
from yumiao.units.queries import UnitOnDay

LISTED: Final = 20


@door(NEED, methods=("GET", "POST"))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def reconciliations(request: Request) -> HttpResponse:
    """Comparisons so far, and the form that begins one."""
    request.upload_handlers = [WholeInMemory(request)]
    return _reconciliations(request)


@csrf_protect
def _reconciliations(request: Request) -> HttpResponse:
    is_sent = request.method == "POST"
    units = [unit for unit in units_within(request.reader, NEED) if unit.village is None]
    form = BeginForm([(unit.code, unit.name) for unit in units], *((request.POST, request.FILES) if is_sent else ()))
    if not is_sent:
        return _list_page(request, form, HTTPStatus.OK)
    if not form.is_valid():
        return _list_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    once, file = str(parsed_once(request) or uuid.uuid4()), form.cleaned_data["file"]
    unit = request.reader.tree.by_code[form.cleaned_data["unit"]]
    if (known := _known_already(request, file, unit, once)) is not None:
        return known
    owner = _owner(request)
    sweep(owner)
    try:
        upload = store(file.chunks(CHUNK), name=file.name, owner=owner, kind=REGISTER)
    except OSError:
        form.add_error("file", _("服务器磁盘空间不足，文件没有收下。请联系系统管理员腾出空间后再试。"))
        return _list_page(request, form, HTTPStatus.INSUFFICIENT_STORAGE)
    return _begun(request, upload, unit.code, once)


def _known_already(request: Request, file: UploadedFile[bytes], unit: UnitOnDay, once: str) -> HttpResponse | None:
    """The way to what this form, or this file for this unit, has become before; None for a new one."""
    for upload in uploads_of(_owner(request), REGISTER):
        if _job(upload).get("once") == once:
            return redirect("reconciliation_upload", upload.uid)
    digest = hashlib.sha256()
    for chunk in file.chunks(CHUNK):
        digest.update(chunk)
    other = standing(unit, digest.hexdigest(), request.today)
    if other is None:
        return None
    words = {"file": other.name, "day": on_paper(other.made_on), "who": other.made_by_label}
    text = _("这份文件%(who)s已于%(day)s上传，还没有办结，没有再比对一次；打开的就是那一次，差异按今天的记录显示。")
    messages.warning(request, text % words)
    return redirect("reconciliation", other.uid)


def _list_page(request: Request, form: BeginForm, status: HTTPStatus) -> HttpResponse:
    is_open = request.GET.get("state") == "open"
    part: Part[Comparison] = Part.of(_listed(request, is_open=is_open), request.GET, "page", LISTED)
    uploads = [(one, one.meta, one.is_running) for one in uploads_of(_owner(request), REGISTER) if not _is_done(one)]
    values = {
        "form": form,
        "part": part,
        "is_open": is_open,
        "uploads": uploads,
        "rows": [(one, request.reader.tree.by_id[one.unit_id], last_day(one.made_on)) for one in part.rows],
    }
    return render(request, "desk/reconciliation/list.html", values, status=status)


def _listed(request: Request, *, is_open: bool) -> list[Comparison]:
    """All, or those not closed yet; those of units below one alone, where the address says so."""
    tree = request.reader.tree
    rows = list(seen(request.reader).filter(closed_on=None) if is_open else seen(request.reader))
    top = tree.by_code.get(request.GET.get("below", ""))
    if top is None:
        return rows
    return [one for one in rows if one.unit_id != top.id and top.subtree.covers(tree.by_id[one.unit_id].path)]


def _is_done(upload: Upload) -> bool:
    return upload.state.phase is Phase.WRITTEN


@door(NEED)
def upload(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Where an upload stands: its progress, or why it did not go on; the comparison, once there is one."""
    found = _fetched(request, uid)
    if (seq := _begun_as(found)) is not None:
        made = seen(request.reader).filter(entry=seq).first()
        return redirect("reconciliation", made.uid) if made else redirect("reconciliations")
    unit = request.reader.tree.by_code.get(_job(found).get("unit", ""))
    values = {"upload": found, "meta": found.meta, "state": found.state, "unit": unit, "Phase": Phase}
    page = "running" if found.is_running else "stopped"
    return render(request, f"desk/reconciliation/{page}.html", values)


@door(NEED, methods=("POST",))
def compare_again(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Go on after an interruption."""
    found = _fetched(request, uid)
    job = _job(found)
    if _begun_as(found) is not None or found.is_running or not job:
        return redirect("reconciliation_upload", uid)
    return _begun(request, found, job["unit"], job["once"])


@door(NEED, methods=("POST",))
def drop(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw the upload away."""
    found = _fetched(request, uid)
    if found.is_running:
        return redirect("reconciliation_upload", uid)
    found.drop()
    messages.success(request, _("已放弃，暂存的文件已删除。"))
    return redirect("reconciliations")


def _begun(request: Request, upload: Upload, unit: str, once: str) -> HttpResponse:
    """Have it compared and show how far that is; while another upload is at work, that is said."""
    reader = request.reader
    try:
        scope = reader.scope(NEED)
        start(upload, RECONCILE, actor=reader.actor, within=scope, today=request.today, unit=unit, once=once)
    except Busy as busy:
        if busy.upload.uid != upload.uid:
            upload.write_json("job", {"unit": unit, "once": once})
            text = _("您的另一份文件“%(name)s”正在处理，完成后再比对这一份。") % {"name": busy.upload.meta.name}
            messages.warning(request, text)
    return redirect("reconciliation_upload", upload.uid)


def _begun_as(upload: Upload) -> int | None:
    """The entry it became, also where the process was killed between the act and saying so."""
    state = upload.state
    if state.phase is Phase.WRITTEN:
        return state.seq
    once = _job(upload).get("once") if state.phase is not Phase.STORED else None
    return Entry.objects.filter(once=once).values_list("seq", flat=True).first() if once else None


def _job(upload: Upload) -> dict[str, str]:
    try:
        return upload.read_json("job")
    except FileNotFoundError:
        return {}


def _owner(request: Request) -> uuid.UUID:
    assert request.reader.account is not None
    return request.reader.account.uid


def _fetched(request: Request, uid: uuid.UUID) -> Upload:
    found = find(uid, _owner(request), REGISTER)
    if found is None:
        raise OutOfScope(_("没有找到这份上传的文件，可能已经放弃，或者已满三天删除。"))
    return found
