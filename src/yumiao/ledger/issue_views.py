"""Pages of issues: what was issued, what would be, one issue with its workbook, and how two differ.

Must not know: how figures are made and frozen, why they differ.
"""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import on_paper
from yumiao.ledger.differences import compare
from yumiao.ledger.forms import Asked
from yumiao.ledger.issue_pages import Listed, Preview, heads, names_in_sight, units_to_issue
from yumiao.ledger.issues import Altered, Opened, opened, visible
from yumiao.ledger.issuing import LONGEST_NOTE, draft, issue
from yumiao.press.answers import pdf
from yumiao.press.tables import print_tables
from yumiao.sheets.answers import written
from yumiao.sheets.official import write_ledger
from yumiao.units.queries import UnitOnDay


@door(Permission.LEDGER_READ)
def issues(request: Request) -> HttpResponse:
    """Everything issued that the reader may see, perhaps of one unit and one year."""
    listed = Listed.of(request.reader, request.GET)
    return render(
        request, "ledger/issues.html", {"listed": listed, "may_issue": request.reader.may(Permission.LEDGER_ISSUE)}
    )


@door(Permission.LEDGER_ISSUE, methods=("GET", "POST"))
def issue_new(request: Request) -> HttpResponse:
    """What would be frozen for the unit and day of the address; on POST it is, if the figures are still those that were looked at."""
    said = request.POST if request.method == "POST" else request.GET
    asked, choices = Asked.parsed(said, request.today), units_to_issue(request.reader)
    unit = _chosen(choices, asked.unit)
    if asked.day is None:
        return _new_page(request, asked, choices, unit, (), HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method != "POST":
        return _new_page(request, asked, choices, unit, (), HTTPStatus.OK)
    try:
        made = issue(
            unit=unit.id,
            day=asked.day,
            today=request.today,
            note=said.get("note", ""),
            actor=request.reader.acting(Permission.LEDGER_ISSUE, unit),
            shown=said.get("shown", ""),
            once=parsed_once(request),
        )
    except AlreadyDone as done:
        return redirect("issue", Entry.objects.get(seq=done.seq).subject)
    except Refused as declined:
        return _new_page(request, asked, choices, unit, declined.objections, HTTPStatus.CONFLICT)
    return redirect("issue", made)


@door(Permission.LEDGER_READ)
def issue_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One issue from what was frozen; where that was altered, this is said and nothing of it is shown."""
    found = _fetched(request, uid)
    others = visible(request.reader).filter(unit=found.issue.unit_id).exclude(pk=found.issue.pk).defer("payload")
    values = {
        "found": found,
        "heads": heads,
        "others": others.order_by("-entered"),
        "may_read_journal": request.reader.may(Permission.JOURNAL_READ),
    }
    return render(request, "ledger/issue.html", values)


@door(Permission.LEDGER_READ)
def issue_workbook(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The frozen tables as a workbook. They name no person, so no reading is recorded."""
    found = _fetched(request, uid)
    if not found.is_whole:
        return redirect("issue", uid)
    name = f"{_title(found)}.xlsx"
    return written(name, lambda target: write_ledger(target, found.tables, created_on=found.issue.issued_on))


@door(Permission.LEDGER_READ)
def issue_print(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The frozen tables as a PDF."""
    found = _fetched(request, uid)
    if not found.is_whole:
        return redirect("issue", uid)
    return pdf(request, f"{_title(found)}.pdf", lambda: print_tables(found.tables, title=_("一账两单")))


@door(Permission.LEDGER_READ)
def issue_difference(request: Request, uid: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """How two issues of one unit differ, and why. Names are personal data, so a look at them is recorded."""
    one, two = _fetched(request, uid), _fetched(request, other)
    if one.issue.unit_id != two.issue.unit_id or uid == other:
        raise OutOfScope(_("只能比较同一组织的两期。"))
    try:
        compared = compare(one, two)
    except Altered:
        return redirect("issue", other if one.is_whole else uid)
    people = names_in_sight(request.reader, compared)
    if people:
        unit = one.issue.unit.uid
        record_reading(
            What.EXPLANATION, actor=request.reader.actor, subject_kind="unit", subject=unit, count=len(people)
        )
    return render(request, "ledger/issue_difference.html", {"compared": compared, "people": people})


def _title(found: Opened) -> str:
    """What a file of it is called."""
    said = {"unit": found.unit_name, "year": found.issue.year, "number": found.issue.number}
    return _("%(unit)s一账两单%(year)s年第%(number)s期") % said


def _fetched(request: Request, uid: uuid.UUID) -> Opened:
    found = visible(request.reader).filter(uid=uid).first()
    if found is None:
        raise OutOfScope(_("没有找到，或不在您的管理范围内。"))
    return opened(found)


def _chosen(choices: list[UnitOnDay], code: str) -> UnitOnDay:
    """The unit asked for; without one, the first. Raises `OutOfScope` where it is not the reader's to issue for."""
    for unit in choices:
        if code in ("", unit.code):
            return unit
    raise OutOfScope(_("没有找到，或不在您的管理范围内。"))


def _new_page(
    request: Request,
    asked: Asked,
    choices: list[UnitOnDay],
    unit: UnitOnDay,
    objections: tuple[Objection, ...],
    status: HTTPStatus,
) -> HttpResponse:
    """The preview, and below it the form; where there is nothing to issue, why."""
    preview = None
    if asked.day is not None:
        try:
            preview = Preview.of(draft(unit.id, asked.day, request.today))
        except Refused as declined:
            objections, status = declined.objections, HTTPStatus.CONFLICT
    values = {
        "asked": asked,
        "choices": choices,
        "unit": unit,
        "day": on_paper(asked.day) if asked.day else "",
        "preview": preview,
        "objections": objections,
        "note": request.POST.get("note", "")[:LONGEST_NOTE],
        "longest": LONGEST_NOTE,
    }
    return render(request, "ledger/issue_new.html", values, status=status)
