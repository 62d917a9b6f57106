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
from yumiao.bylaws.services import record_days_off, remove_days_off
from yumiao.desk.bylaws.forms import FIRST_YEAR, LAST_YEAR, DaysOffForm, DaysOffRemovalForm, year_asked
from yumiao.desk.bylaws.year import WEEKDAYS, Year, year_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.workdays import MissingYear
from yumiao.ui.addresses import reverse


@door(Permission.BYLAW_READ)
def calendar(request: Request) -> HttpResponse:
    """The working days of `year`, or why they cannot be counted."""
    year = year_asked(request.GET.get("year", ""), request.today.year)
    found: Year | None
    missing, table = "", queries.calendar()
    try:
        found = year_of(year, table, queries.own_days(), queries.national_sources().get(year, ""))
    except MissingYear as stop:
        found, missing = None, str(stop)
    values = {
        "year": year,
        "found": found,
        "missing": missing,
        "weekdays": WEEKDAYS,
        "lacks_next": year == request.today.year and year + 1 not in table.years,
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
        initial = {"whole_year": year_asked(asked, request.today.year)} if asked else {}
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


@door(Permission.BYLAW_CHANGE, fresh=True, methods=("GET", "POST"))
def days_off_remove(request: Request) -> HttpResponse:
    """Take back a run of the county's own days."""
    form = DaysOffRemovalForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    asked = DaysOffRemovalForm({**request.GET.dict(), **request.POST.dict(), "reason": "-"})
    if not asked.is_valid():
        raise OutOfScope(request.get_full_path())
    first, last = asked.cleaned_data["first"], asked.cleaned_data["last"]
    back = redirect(f"{reverse('calendar')}?year={first.year}")
    status, objections = HTTPStatus.OK, tuple[Objection, ...]()
    if request.method == "POST" and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.method == "POST":
        try:
            remove_days_off(**form.cleaned_data, actor=request.reader.actor, once=parsed_once(request))
        except AlreadyDone:
            return back
        except Refused as refused:
            status, objections = HTTPStatus.CONFLICT, refused.objections
        else:
            messages.success(request, _("已删去，工作日按国家安排重新计算。"))
            return back
    days = queries.own_days_between(first, last)
    values = {"form": form, "days": days, "year": first.year, "objections": objections}
    return render(request, "desk/bylaws/days_off_remove.html", values, status=status)


def _form_page(
    request: Request, form: DaysOffForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"form": form, "objections": objections}
    return render(request, "desk/bylaws/days_off.html", values, status=status)
