"""An import in the record: what it wrote, row by row, and taking it back."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.imports.forms import UndoForm
from yumiao.desk.imports.queries import Import, as_imports, row_counts, visible_imports, written_rows
from yumiao.desk.workbook.undoing import obstacles, undo_import
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import ImportedRow
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.ui.paging import BadToken, paged

ROWS_SHOWN = 50


def _fetch(request: Request, seq: int) -> Import:
    found = as_imports(visible_imports(request.reader).filter(seq=seq))
    if not found:
        raise OutOfScope
    return found[0]


@door(Permission.WORKBOOK_IMPORT)
def result(request: Request, seq: int) -> HttpResponse:
    """What an import wrote, by sheet, and whether it can be taken back."""
    one = _fetch(request, seq)
    values = {
        "one": one,
        "counts": row_counts(seq),
        "obstacles": obstacles(seq) if one.undone_by is None else [],
        "may_read_journal": request.reader.may(Permission.JOURNAL_READ),
    }
    return render(request, "desk/imports/result.html", values)


@door(Permission.WORKBOOK_IMPORT)
def rows(request: Request, seq: int) -> HttpResponse:
    """The rows that wrote something, filtered by `sheet` and `outcome`."""
    one, sheet, outcome = _fetch(request, seq), request.GET.get("sheet", ""), request.GET.get("outcome", "")
    wanted = ImportedRow.objects.filter(entered=seq)
    if sheet in one.sheets:
        wanted = wanted.filter(sheet=sheet)
    if outcome in ImportedRow.Outcome.values:
        wanted = wanted.filter(outcome=outcome)
    try:
        page = paged(wanted, "id", size=ROWS_SHOWN, at=request.GET.get("at", ""))
    except BadToken:
        page = paged(wanted, "id", size=ROWS_SHOWN)
    previous_url, next_url = page.links(request.GET)
    values = {
        "one": one,
        "sheet": sheet if sheet in one.sheets else "",
        "outcome": outcome if outcome in ImportedRow.Outcome.values else "",
        "outcomes": ImportedRow.Outcome.choices,
        "total": wanted.count(),
        "rows": written_rows(page.rows, request.reader),
        "previous_url": previous_url,
        "next_url": next_url,
    }
    return render(request, "desk/imports/rows.html", values)


@door(Permission.WORKBOOK_IMPORT, fresh=True, methods=("GET", "POST"))
def undo(request: Request, seq: int) -> HttpResponse:
    """Take an import back, with a reason; refused while something stands on it."""
    one, form = _fetch(request, seq), UndoForm(request.POST or None)
    if request.method != "POST":
        if one.undone_by is not None:
            return redirect("import_result", seq)
        return _undo_page(request, one, form, HTTPStatus.OK)
    if not form.is_valid():
        return _undo_page(request, one, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    scope = request.reader.scope(Permission.WORKBOOK_IMPORT)
    reason, once = scrub(form.cleaned_data["reason"].strip()), parsed_once(request)
    try:
        undo_import(seq, actor=request.reader.actor, reason=reason, once=once, within=scope)
    except Refused as refused:
        return _undo_page(request, one, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("import_result", seq)
    messages.success(request, _("已撤销。本次导入写入的内容已全部收回，原有内容已恢复。"))
    return redirect("import_result", seq)


def _undo_page(
    request: Request, one: Import, form: UndoForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"one": one, "form": form, "objections": objections, "counts": row_counts(one.seq)}
    return render(request, "desk/imports/undo.html", values, status=status)
