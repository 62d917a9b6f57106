"""A list goes out as a workbook or a print. What names people is looked at first, its purpose asked, and the reading recorded before the file leaves.

Must not know: what a list holds, how a file is written.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, View, door
from yumiao.access.login import need_proof
from yumiao.desk.exports.forms import PurposeForm
from yumiao.desk.exports.going import LIMITS, Form, Going, Limits, Taking, write_on_record, write_unnamed
from yumiao.desk.exports.lists import Exportable
from yumiao.desk.imports.store import scratch
from yumiao.journal.chain import short_code
from yumiao.kernel.objections import Refused
from yumiao.press.answers import pdf
from yumiao.sheets.answers import workbook

FORM: Final = "file"  # the one parameter that is no condition of the list


def export(kind: Exportable, limits: Limits = LIMITS) -> View:
    """The view that sends one list, for whom its page is for."""
    answer = _asked_first if kind.is_on_record else _sent_at_once

    @door(kind.need, methods=("GET", "POST") if kind.is_on_record else ("GET",))
    def view(request: Request, **parts: str) -> HttpResponse:
        conditions: QueryDict = request.GET.copy()
        wants_print = conditions.pop(FORM, [""])[-1] == Form.PDF
        form = Form.PDF if wants_print else Form.WORKBOOK
        going = kind.going(request.reader, conditions, **parts)
        try:
            going.refuse_beyond(limits, form)
            return answer(request, going, _taking(request, form, limits))
        except Refused as refused:
            values = {"going": going, "objections": refused.objections}
            return render(request, "desk/exports/refused.html", values, status=HTTPStatus.CONFLICT)

    return view


def _sent_at_once(request: Request, going: Going, taking: Taking) -> HttpResponse:
    return _sent(request, going, taking, None)


def _asked_first(request: Request, going: Going, taking: Taking) -> HttpResponse:
    if going.people > taking.limits.unproven:
        need_proof(request)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        is_print, address = taking.form is Form.PDF, request.get_full_path()
        values = {"going": going, "form": form, "address": address, "is_print": is_print}
        return render(request, "desk/exports/ask.html", values, status=status)
    return _sent(request, going, taking, form.purpose)


def _sent(request: Request, going: Going, taking: Taking, purpose: str | None) -> HttpResponse:
    """The file; on record where it has a purpose."""

    def made() -> bytes:
        with scratch() as folder:
            target = folder / f"list.{taking.form}"
            if purpose is None:
                write_unnamed(target, going, taking)
            else:
                write_on_record(target, going, taking, purpose=purpose)
            return target.read_bytes()

    name = going.file_name(taking.form)
    return pdf(request, name, made) if taking.form is Form.PDF else workbook(name, made())


def _taking(request: Request, form: Form, limits: Limits) -> Taking:
    code = _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))
    return Taking(request.reader.actor, timezone.now(), code, form, limits)
