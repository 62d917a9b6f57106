"""The county workbook goes out: for a purpose, with a reading in the record, and no copy of it stays here."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.imports.forms import ExportForm
from yumiao.desk.imports.queries import reaches_all
from yumiao.desk.imports.store import scratch
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import NotAllowed
from yumiao.kernel.periods import on_paper
from yumiao.sheets.answers import workbook


@door(Permission.WORKBOOK_EXPORT, fresh=True, methods=("GET", "POST"))
def export(request: Request) -> HttpResponse:
    """Ask for the purpose, then send the workbook."""
    if not reaches_all(request.reader, Permission.WORKBOOK_EXPORT):
        raise NotAllowed(_("导出的是全县的工作簿，只有管理全县的人可以导出。"))
    form = ExportForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form, HTTPStatus.OK)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _sent(request, scrub(form.cleaned_data["purpose"]))
    except OSError:
        form.add_error(None, _("服务器磁盘空间不足，没有导出。请联系系统管理员腾出空间后再试。"))
        return _page(request, form, HTTPStatus.INSUFFICIENT_STORAGE)


def _page(request: Request, form: ExportForm, status: HTTPStatus) -> HttpResponse:
    return render(request, "desk/imports/export.html", {"form": form}, status=status)


def _sent(request: Request, purpose: str) -> HttpResponse:
    root = request.reader.tree.root
    county, day = _county(root.name) if root else "", on_paper(request.today)
    with scratch() as folder:
        target = folder / "county.xlsx"
        export_workbook(target, actor=request.reader.actor, purpose=purpose)
        return workbook(_("%(county)s工作簿(%(day)s).xlsx") % {"county": county, "day": day}, target.read_bytes())


def _county(office: str) -> str:
    """The county's name in that of its committee: 青禾县 of 中共青禾县委员会."""
    return office.removeprefix("中共").removesuffix("员会").removesuffix("委")
