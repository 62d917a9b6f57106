"""The statistics of a unit and day, the people or organisations behind a figure, the workbook. Must not know: how anything is counted."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.behind import people_behind, units_behind
from yumiao.desk.statistics.official import write_statistics_xlsx
from yumiao.desk.statistics.page import grouping_tabs, heading, page, subject_tabs
from yumiao.desk.statistics.places import to_choose, unit_of
from yumiao.desk.statistics.reading import GROUPINGS, Subject
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import on_paper
from yumiao.sheets.answers import written
from yumiao.units.queries import UnitOnDay

_DIGITS = 6  # of a page's number


@door(Permission.LEDGER_READ)
def statistics(request: Request) -> HttpResponse:
    """One table with its chart."""
    asked = Asked.parsed(request.GET.dict(), request.today)
    if asked.day is None:
        return _without_day(request, asked)
    unit = unit_of(request.reader, asked)
    if unit is None:
        return render(request, "desk/statistics/nothing.html", {"asked": asked})
    context = _around(request, asked, unit) | {
        "page": page(request.reader, asked, unit),
        "subjects": subject_tabs(asked),
        "groupings": grouping_tabs(asked),
        "choices": to_choose(request.reader, asked, unit),
        "workbook_url": asked.table.url("statistics_xlsx"),
    }
    return render(request, "desk/statistics/table.html", context)


@door(Permission.LEDGER_READ)
def workbook(request: Request) -> HttpResponse:
    """Every table of the unit and day. It names no person, so no reading is recorded."""
    asked = Asked.parsed(request.GET.dict(), request.today)
    if asked.day is None:
        return _without_day(request, asked)
    unit = _found(request, asked)
    name = _("%(unit)s党内统计表(%(day)s).xlsx") % {"unit": unit.name, "day": on_paper(asked.day)}
    return written(name, lambda target: write_statistics_xlsx(target, request.reader, asked, unit))


@door(Permission.PERSON_READ)
def people(request: Request) -> HttpResponse:
    """Who was counted in one figure. A list chosen by what people are is personal data, so a look at it is recorded."""
    asked = Asked.parsed(request.GET.dict(), request.today)
    if asked.day is None:
        return _without_day(request, asked)
    if asked.subject is Subject.ORGANISATIONS:
        raise OutOfScope("党组织统计没有人员名单。")
    unit = _found(request, asked)
    said = request.GET.get("page", "")
    found = people_behind(request.reader, asked, unit, int(said) if said.isdecimal() and len(said) <= _DIGITS else 1)
    if found.people:
        record_reading(
            What.STATISTICS,
            actor=request.reader.actor,
            subject_kind="unit",
            subject=unit.uid,
            count=len(found.people),
        )
    turns = [number if 1 <= number <= found.pages else None for number in (found.page - 1, found.page + 1)]
    context = _around(request, asked, unit) | {
        "found": found,
        "turns": [f"{asked.url('statistics_people')}&page={number}" if number else None for number in turns],
    }
    return render(request, "desk/statistics/people.html", context)


@door(Permission.LEDGER_READ)
def units(request: Request) -> HttpResponse:
    """The organisations counted in one figure."""
    asked = Asked.parsed(request.GET.dict() | {"of": Subject.ORGANISATIONS.value}, request.today)
    if asked.day is None:
        return _without_day(request, asked)
    unit = _found(request, asked)
    label, found = units_behind(request.reader, asked, unit)
    context = _around(request, asked, unit) | {"label": label, "found": found, "standing": request.reader.tree.by_code}
    return render(request, "desk/statistics/units.html", context)


def _found(request: Request, asked: Asked) -> UnitOnDay:
    unit = unit_of(request.reader, asked)
    if unit is None:
        raise OutOfScope("这一天您的管理范围内还没有组织。")
    return unit


def _around(request: Request, asked: Asked, unit: UnitOnDay) -> dict[str, Any]:
    """What every page of the room shows."""
    by = asked.grouping if len(GROUPINGS[asked.subject]) > 1 else None
    return {
        "asked": asked,
        "unit": unit,
        "heading": heading(asked.subject, asked, by),
        "code": short_code(request.reader.head.hash),
        "table_url": asked.table.url(),
    }


def _without_day(request: Request, asked: Asked) -> HttpResponse:
    """Figures of another day than the one asked for would mislead: what is wrong with it is said instead."""
    context = {"asked": asked, "address": asked.table.but(on="").url()}
    return render(request, "desk/statistics/day.html", context, status=HTTPStatus.BAD_REQUEST)
