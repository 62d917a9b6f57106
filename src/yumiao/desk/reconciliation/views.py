"""Pages of a comparison: what differs, ticking it off, the report and its closing. Must not know: SQL, how lists are compared."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.desk.imports.showing import Part
from yumiao.desk.reconciliation.asked import AGREEING, FAULTS, Asked
from yumiao.desk.reconciliation.findings import (
    AGREES,
    DONE,
    KINDS,
    NEED,
    OPEN,
    STATES,
    STILL,
    Found,
    Row,
    agreement,
    fetched,
    found_of,
    masks_of,
    mend_links,
    whole_found_of,
)
from yumiao.desk.reconciliation.forms import TickForm
from yumiao.desk.reconciliation.report import COLUMNS, COUNTED, closing_of, opened_by, reported, table
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Difference, OutOfScope, Refused, Stale
from yumiao.kernel.periods import on_paper
from yumiao.press.answers import pdf
from yumiao.press.tables import print_tables
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import Deed, last_day
from yumiao.reconciliation.services import close, tick
from yumiao.sheets.answers import written
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.ui.paging import query_with
from yumiao.ui.spelling import CHINA

SHOWN: Final = 50
SIGNS: Final = {AGREES: "ok", DONE: "clear", STILL: "floor", OPEN: "warn"}


def _is_sent(request: Request) -> bool:
    return request.method == "POST"


@door(NEED)
def reconciliation(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What differs, by kind; on record, for it names people."""
    found = found_of(request.reader, fetched(request.reader, uid))
    asked = Asked.parsed(request.GET, found)
    part: Part[Any] = Part.of(_listed(request, found, asked), request.GET, "page", SHOWN)
    if part.rows:
        _recorded(request, found, len(part.rows))
    people = (one.person for one, _unit in part.rows) if asked.is_people else _people(part.rows)
    values = {
        **_frame(found),
        "part": part,
        "asked": asked,
        "tabs": _tabs(request, found, asked),
        "states": [(state, label) for state, label in reversed(STATES.items())],
        "signs": SIGNS,
        "agreement": agreement,
        "masks": masks_of(people),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/reconciliation/comparison.html", values)


def _listed(request: Request, found: Found, asked: Asked) -> Sequence[Any]:
    if asked.is_people:
        return asked.people(whole_found_of(request.reader, found.comparison))
    return asked.rows(found)


def _frame(found: Found) -> dict[str, Any]:
    comparison = found.comparison
    return {
        "found": found,
        "comparison": comparison,
        "until": last_day(comparison.made_on),
        "is_open": comparison.closed_on is None,
    }


def _tabs(request: Request, found: Found, asked: Asked) -> list[tuple[str, str, bool, int]]:
    clean = {"page": None, "branch": None, "state": None}
    tabs = [
        (
            str(label),
            query_with(request.GET, **clean, kind=kind.value),
            asked.kind is kind and not asked.other,
            found.counted(kind),
        )
        for kind, label in KINDS.items()
    ]
    faults = len(found.kept.read.faults)
    everything = asked.kind is None and not asked.other
    tabs.insert(0, (_("全部"), query_with(request.GET, **clean, kind=None), everything, len(found.rows)))
    tabs.append((_("未能比对的行"), query_with(request.GET, **clean, kind=FAULTS), asked.other == FAULTS, faults))
    if asked.is_people:
        agreeing = asked.other == AGREEING
        label, count = (_("完全一致"), "agreeing") if agreeing else (_("比对党员"), "compared")
        tabs.append((label, query_with(request.GET, **clean, kind=asked.other), True, found.totals[count]))
    return tabs


def _people(rows: Iterable[Row]) -> Iterator[int]:
    return (row.finding.person for row in rows if row.finding.person is not None)


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
    form = TickForm(request.POST if _is_sent(request) else None, initial=_standing(one))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        said = (Deed(given["deed"]), given["note"])
        try:
            tick(comparison, key, *said, shown=given["shown"] or 0, today=request.today, actor=request.reader.actor)
        except Refused as refused:
            return _row_page(request, found, one, form, HTTPStatus.CONFLICT, refused.objections)
        except Stale as stale:
            return _overtaken_page(request, uid, key, form, stale)
        return _next_page(request, found, one)
    return _row_page(request, found, one, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _standing(one: Row) -> dict[str, Any]:
    return {"deed": one.tick.deed, "note": one.tick.note, "shown": one.tick.version} if one.tick else {"shown": 0}


def _overtaken_page(request: Request, uid: uuid.UUID, key: str, form: TickForm, stale: Stale) -> HttpResponse:
    """Somebody else said something since: what he said, and the own words once more, to be sent over his."""
    found = found_of(request.reader, fetched(request.reader, uid))
    one = next(row for row in found.rows if row.finding.key == key)
    given = {**form.cleaned_data, "shown": one.tick.version if one.tick else 0}
    return _row_page(request, found, one, TickForm(given), HTTPStatus.CONFLICT, overtaken=stale.differences)


def _row_page(
    request: Request,
    found: Found,
    one: Row,
    form: TickForm,
    status: HTTPStatus,
    against: tuple[Any, ...] = (),
    overtaken: tuple[Difference, ...] = (),
) -> HttpResponse:
    _recorded(request, found, 1)
    values = {
        **_frame(found),
        "row": one,
        "form": form,
        "objections": against,
        "overtaken": overtaken,
        "links": mend_links(one),
        "masks": masks_of(_people([one])),
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
            close(comparison, lambda: closing_of(request.reader, comparison), found.unit, **given)
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
        "counted": COUNTED,
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
