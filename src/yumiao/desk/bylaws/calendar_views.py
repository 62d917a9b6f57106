"""Pages of the calendar of working days."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws import queries
from yumiao.bylaws.services import record_days_off
from yumiao.desk.bylaws.forms import FIRST_YEAR, LAST_YEAR, DaysOffForm
from yumiao.desk.bylaws.year import DAYS, Year, year_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.workdays import MissingYear
from yumiao.ui.addresses import reverse


@door(Permission.BYLAW_READ)
def calendar(request: Request) -> HttpResponse:
    """The working days of `year`, or why they cannot be counted."""
    year = _year(request.GET.get("year", ""), request.today.year)
    found: Year | None
    missing = ""
    try:
        found = year_of(year, queries.calendar(), queries.own_days())
    except MissingYear as stop:
        found, missing = None, str(stop)
    values = {
        "year": year,
        "found": found,
        "missing": missing,
        "columns": [*map(str, DAYS), _("工作日")],
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "may_change": request.reader.may(Permission.BYLAW_CHANGE),
    }
    return render(request, "desk/bylaws/calendar.html", values)


@door(Permission.BYLAW_CHANGE, fresh=True, methods=("GET", "POST"))
def days_off(request: Request) -> HttpResponse:
    """Record days off and make-up days."""
    if request.method != "POST":
        asked = request.GET.get("year", "")
        initial = {"whole_year": _year(asked, request.today.year)} if asked else {}
        return _form_page(request, DaysOffForm(initial=initial), HTTPStatus.OK)
    form = DaysOffForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    answer = (
        redirect(f"{reverse('calendar')}?year={given['days'][0][0].year}") if given["days"] else redirect("calendar")
    )
    try:
        record_days_off(**given, actor=request.reader.actor, once=parsed_once(request))
    except Refused as refused:
        return _form_page(request, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return answer
    messages.success(request, _("已登记 %(count)s 天。") % {"count": len(given["days"])})
    return answer


def _form_page(
    request: Request, form: DaysOffForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"form": form, "objections": objections}
    return render(request, "desk/bylaws/days_off.html", values, status=status)


def _year(text: str, otherwise: int) -> int:
    """The year asked for in an address, within what the calendar knows of; any other text gives `otherwise`."""
    if not (text.isascii() and text.isdigit() and len(text) == len(str(LAST_YEAR))):
        return otherwise
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else otherwise
