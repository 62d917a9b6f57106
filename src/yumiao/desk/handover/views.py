"""The hand-over sheet as page, print and workbook. Must not know: what is on it."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN
from yumiao.desk.handover.paper import file_name, table_of
from yumiao.desk.handover.sheet import Sheet, own_appointments, sheet
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.press.answers import pdf
from yumiao.press.tables import print_tables
from yumiao.sheets.answers import written
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.ui.addresses import reverse
from yumiao.ui.spelling import CHINA

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PURPOSE: Final = "工作交接清单"
HIGHEST: Final = 2**63 - 1


@door(SIGNED_IN)
def handover(request: Request) -> HttpResponse:
    """Leads to the sheet of the reader's widest appointment; who has none is told so."""
    account = request.reader.account
    assert account is not None
    own = own_appointments(account, request.reader)
    if own:
        return redirect("handover_of", appointment=own[0][0])
    return render(request, "desk/handover/nothing.html", {})


@door(SIGNED_IN)
def handover_of(request: Request, appointment: int) -> HttpResponse:
    found, account = _sheet(request, appointment), request.reader.account
    own = own_appointments(account, request.reader) if account is not None and found.is_own else []
    tabs = [(post, reverse("handover_of", args=[key]), key == appointment, None) for key, post in own]
    values = {"sheet": found, "tabs": tabs if len(tabs) > 1 else []}
    return render(request, "desk/handover/sheet.html", values)


@door(SIGNED_IN)
def handover_pdf(request: Request, appointment: int) -> HttpResponse:
    """On paper; on record where it names people."""
    found = _sheet(request, appointment)
    _recorded(request, found, What.PRINT)
    printed = table_of(found, request.today, request.reader.head)
    return pdf(request, file_name(found, request.today, "pdf"), lambda: print_tables([printed]))


@door(SIGNED_IN)
def handover_xlsx(request: Request, appointment: int) -> HttpResponse:
    """As a workbook; on record where it names people, and its number stands in the file."""
    found = _sheet(request, appointment)
    number = _recorded(request, found, What.LIST)
    mark = Mark(request.reader.actor.label, timezone.now().astimezone(CHINA), number)
    tables = [table_of(found, request.today, request.reader.head)]
    return written(file_name(found, request.today, "xlsx"), lambda target: write_ledger(target, tables, mark=mark))


def _sheet(request: Request, appointment: int) -> Sheet:
    if appointment > HIGHEST:
        raise OutOfScope("没有找到这项任职。")
    return sheet(request.reader, appointment)


def _recorded(request: Request, found: Sheet, what: What) -> int | None:
    if not found.people:
        return None
    actor, uid = request.reader.actor, found.unit.uid
    return record_reading(what, actor=actor, subject_kind="unit", subject=uid, count=found.people, purpose=PURPOSE)
