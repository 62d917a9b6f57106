"""A list goes out as a workbook. What names people is looked at first, its purpose asked, and the reading recorded before the file leaves.

Must not know: what a list holds, how a file is written.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, View, door
from yumiao.access.login import need_proof
from yumiao.desk.exports.forms import PurposeForm
from yumiao.desk.exports.going import LIMITS, Going, Limits, write_on_record, write_unnamed
from yumiao.desk.exports.lists import Exportable
from yumiao.desk.imports.store import scratch
from yumiao.journal.chain import short_code
from yumiao.kernel.objections import Refused
from yumiao.sheets.answers import workbook, written


def export(kind: Exportable, limits: Limits = LIMITS) -> View:
    """The view that sends one list, for whom its page is for."""
    answer = _asked_first if kind.is_on_record else _sent_at_once

    @door(kind.need, methods=("GET", "POST") if kind.is_on_record else ("GET",))
    def view(request: Request, **parts: str) -> HttpResponse:
        going = kind.going(request.reader, request.GET, **parts)
        try:
            going.refuse_beyond(limits)
            return answer(request, going, limits)
        except Refused as refused:
            values = {"going": going, "objections": refused.objections}
            return render(request, "desk/exports/refused.html", values, status=HTTPStatus.CONFLICT)

    return view


def _sent_at_once(request: Request, going: Going, limits: Limits) -> HttpResponse:
    who_and_when = _who_and_when(request)
    return written(going.file_name, lambda target: write_unnamed(target, going, limits=limits, **who_and_when))


def _asked_first(request: Request, going: Going, limits: Limits) -> HttpResponse:
    if going.people > limits.unproven:
        need_proof(request)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        values = {"going": going, "form": form, "address": request.get_full_path()}
        return render(request, "desk/exports/ask.html", values, status=status)
    with scratch() as folder:
        target = folder / "list.xlsx"
        write_on_record(target, going, purpose=form.purpose, limits=limits, **_who_and_when(request))
        return workbook(going.file_name, target.read_bytes())


def _who_and_when(request: Request) -> dict[str, Any]:
    code = _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))
    return {"actor": request.reader.actor, "now": timezone.now(), "code": code}
