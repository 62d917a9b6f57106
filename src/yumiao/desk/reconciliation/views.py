"""Pages of reconciliation: begin one, see what differs, tick it off, close the report. Must not know: SQL, how lists are compared."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door, parsed_once
from yumiao.desk.imports.queries import units_within
from yumiao.desk.imports.showing import Part
from yumiao.desk.imports.store import shown_name
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.desk.reconciliation.asked import FAULTS, Asked
from yumiao.desk.reconciliation.findings import (
    AGREES,
    DONE,
    KINDS,
    NEED,
    OPEN,
    Found,
    Row,
    fetched,
    found_of,
    mend_links,
    seen,
)
from yumiao.desk.reconciliation.forms import BeginForm, TickForm
from yumiao.desk.reconciliation.report import COLUMNS, COUNTED, opened_by, reported, table
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.kernel.periods import on_paper
from yumiao.people.queries import named
from yumiao.press.answers import pdf
from yumiao.press.tables import print_tables
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import Deed, kept_until
from yumiao.reconciliation.services import begin, close, tick
from yumiao.sheets.answers import written
from yumiao.sheets.archive import Unreadable
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.sheets.reading import read_content
from yumiao.ui.paging import query_with
from yumiao.ui.spelling import CHINA

SHOWN: Final = 50
LISTED: Final = 20


@door(NEED, methods=("GET", "POST"))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def reconciliations(request: Request) -> HttpResponse:
    """Comparisons so far, and the form that begins one."""
    request.upload_handlers = [WholeInMemory(request)]
    return _reconciliations(request)


@csrf_protect
def _reconciliations(request: Request) -> HttpResponse:
    units = [unit for unit in units_within(request.reader, NEED) if unit.village is None]
    form = BeginForm(
        [(unit.code, unit.name) for unit in units], *((request.POST, request.FILES) if _is_sent(request) else ())
    )
    if not form.is_bound:
        return _list_page(request, form, HTTPStatus.OK)
    if not form.is_valid():
        return _list_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    file, reader = form.cleaned_data["file"], request.reader
    unit, name = reader.tree.by_code[form.cleaned_data["unit"]], shown_name(file.name)
    given: dict[str, Any] = {"today": request.today, "actor": reader.actor, "once": parsed_once(request)}
    try:
        made = begin(read_content(file.read(), name), name, unit, reader.tree, **given)
    except Unreadable as error:
        form.add_error("file", str(error))
        return _list_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except AlreadyDone as done:
        return redirect("reconciliation", seen(reader).get(entry=done.seq).uid)
    return redirect("reconciliation", made.uid)


def _is_sent(request: Request) -> bool:
    return request.method == "POST"


def _list_page(request: Request, form: BeginForm, status: HTTPStatus) -> HttpResponse:
    part = Part.of(list(seen(request.reader)), request.GET, "page", LISTED)
    rows = [(one, request.reader.tree.by_id[one.unit_id], kept_until(one.made_on)) for one in part.rows]
    return render(request, "desk/reconciliation/list.html", {"form": form, "part": part, "rows": rows}, status=status)


@door(NEED)
def reconciliation(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What differs, by kind; on record, for it names people."""
    found = found_of(request.reader, fetched(request.reader, uid))
    asked = Asked.parsed(request.GET, found)
    part: Part[Row] = Part.of(asked.rows(found), request.GET, "page", SHOWN)
    if part.rows:
        _recorded(request, found, len(part.rows))
    values = {
        **_frame(found),
        "part": part,
        "asked": asked,
        "tabs": _tabs(request, found, asked),
        "states": [(OPEN, _("未处理")), (DONE, _("已处理")), (AGREES, _("已一致"))],
        "masks": _masks(part.rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/reconciliation/comparison.html", values)


def _frame(found: Found) -> dict[str, Any]:
    comparison = found.comparison
    return {
        "found": found,
        "comparison": comparison,
        "until": kept_until(comparison.made_on),
        "is_open": comparison.closed_on is None,
    }


def _tabs(request: Request, found: Found, asked: Asked) -> list[tuple[str, str, bool, int]]:
    clean = {"page": None, "branch": None, "state": None}
    tabs = [
        (
            str(label),
            query_with(request.GET, **clean, kind=kind.value),
            asked.kind is kind and not asked.is_faults,
            found.counted(kind),
        )
        for kind, label in KINDS.items()
    ]
    faults = len(found.kept.read.faults)
    everything = asked.kind is None and not asked.is_faults
    tabs.insert(0, (_("全部"), query_with(request.GET, **clean, kind=None), everything, len(found.rows)))
    return [*tabs, (_("未能比对的行"), query_with(request.GET, **clean, kind=FAULTS), asked.is_faults, faults)]


def _masks(rows: Any) -> dict[int, str]:
    people = [row.finding.person for row in rows if row.finding.person is not None]
    return {one.id: one.masked for one in named(people).values()}


def _recorded(request: Request, found: Found, count: int) -> None:
    actor, purpose = request.reader.actor, _("与全国系统对账")
    record_reading(
        What.RECONCILIATION, actor=actor, subject_kind="unit", subject=found.unit.uid, count=count, purpose=purpose
    )


@door(NEED, methods=("GET", "POST"))
def row(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One difference: both sides, where it is mended, what was done."""
    comparison = fetched(request.reader, uid)
    found = found_of(request.reader, comparison)
    key = request.GET.get("row", "")
    one = next((row for row in found.rows if row.finding.key == key), None)
    if one is None:
        raise OutOfScope("没有找到这项差异。")
    initial = {"deed": one.tick.deed, "note": one.tick.note} if one.tick else {}
    form = TickForm(request.POST if _is_sent(request) else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            tick(
                comparison,
                key,
                Deed(form.cleaned_data["deed"]),
                form.cleaned_data["note"],
                today=request.today,
                actor=request.reader.actor,
            )
        except Refused as refused:
            return _row_page(request, found, one, form, HTTPStatus.CONFLICT, refused.objections)
        return _next_page(request, found, one)
    return _row_page(request, found, one, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _row_page(
    request: Request, found: Found, one: Row, form: TickForm, status: HTTPStatus, against: tuple[Any, ...] = ()
) -> HttpResponse:
    _recorded(request, found, 1)
    values = {
        **_frame(found),
        "row": one,
        "form": form,
        "objections": against,
        "links": mend_links(one),
        "masks": _masks([one]),
    }
    return render(request, "desk/reconciliation/row.html", values, status=status)


def _next_page(request: Request, found: Found, one: Row) -> HttpResponse:
    """On to the next difference of the kind that nobody has dealt with; else back to the list."""
    left = [row for row in found.narrowed(one.finding.kind, state=OPEN) if row.finding.key != one.finding.key]
    messages.success(request, _("已记下处理结果，这一类还有 %(count)s 项未处理。") % {"count": len(left)})
    address = redirect("reconciliation", found.comparison.uid).url
    return redirect(f"{address}row/?row={left[0].finding.key}" if left else f"{address}?kind={one.finding.kind.value}")


@door(NEED, methods=("GET", "POST"))
def report(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The report by branch; closing it."""
    comparison = fetched(request.reader, uid)
    found, status = found_of(request.reader, comparison), HTTPStatus.OK
    against: tuple[Any, ...] = ()
    if _is_sent(request):
        given: dict[str, Any] = {"today": request.today, "actor": request.reader.actor, "once": parsed_once(request)}
        try:
            close(comparison, reported(found), found.unit, **given)
        except AlreadyDone:
            return redirect("reconciliation_report", uid)
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("对账已办结，报告不再变动。"))
            return redirect("reconciliation_report", uid)
    values = {
        **_frame(found),
        "said": reported(found),
        "columns": COLUMNS,
        "opens": [opened_by(key) for key in COUNTED],
        "objections": against,
    }
    return render(request, "desk/reconciliation/report.html", values, status=status)


@door(NEED)
def report_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The report on paper."""
    found = found_of(request.reader, fetched(request.reader, uid))
    printed = table(found, request.today, _code(request))
    return pdf(request, _file_name(found.comparison, found, "pdf"), lambda: print_tables([printed]))


@door(NEED)
def report_xlsx(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The report as a workbook."""
    found = found_of(request.reader, fetched(request.reader, uid))
    tables, mark = (
        [table(found, request.today, _code(request))],
        Mark(request.reader.actor.label, timezone.now().astimezone(CHINA)),
    )
    return written(_file_name(found.comparison, found, "xlsx"), lambda target: write_ledger(target, tables, mark=mark))


def _code(request: Request) -> str:
    return _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))


def _file_name(comparison: Comparison, found: Found, ending: str) -> str:
    return _("%(unit)s对账报告（%(day)s）.%(ending)s") % {
        "unit": found.unit.name,
        "day": on_paper(comparison.made_on),
        "ending": ending,
    }
