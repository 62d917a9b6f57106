"""Pages: the counts of a year, and the people behind one of them. Must not know: how a day is found."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.admissible.asked import ELSEWHERE, Asked, Standing, years
from yumiao.desk.admissible.counting import (
    by_hold,
    by_month,
    cases_of,
    label_of,
    rows_of,
    total_of,
    unit_asked,
)
from yumiao.desk.admissible.lists import people_of, words_of
from yumiao.desk.people.filters import filter_url
from yumiao.ui import charts
from yumiao.ui.shapes import Tone

PAGE: Final = 50
_TONES: Final[dict[Standing, Tone]] = {
    Standing.PENDING: "ok",
    Standing.CAN: "young",
    Standing.CANNOT: "na",
    Standing.STOPPED: "warn",
}


@door(Permission.PERSON_READ)
def admissible(request: Request) -> HttpResponse:
    """How many can be admitted by the end of the year, where, when at the earliest, and what holds the others."""
    asked = Asked.parsed(request.GET.dict(), request.today).but(standing=None, month="", step=0)
    cases = cases_of(request.reader, asked)
    rows = rows_of(request.reader, asked, cases)
    total = total_of(request.reader, asked, rows)
    parts = [
        charts.Part(one.label, total.counts[one], asked.but(standing=one).people_url, tone)
        for one, tone in _TONES.items()
    ]
    values = {
        "asked": asked,
        "unit": unit_asked(request.reader, asked),
        "elsewhere": ELSEWHERE,
        "years": [(str(year), asked.but(year=year).url(), year == asked.year, None) for year in years(request.today)],
        "rows": rows,
        "total": total,
        "standings": list(_TONES),
        "chart": charts.stacked(parts, said=_("按年内能否接收分")) if cases else "",
        "months": by_month(cases, request.today),
        "holds": [(step, label_of(step), said, can, cannot) for step, said, can, cannot in by_hold(cases)],
        "can": Standing.CAN,
        "cannot": Standing.CANNOT,
        "admitted_url": lambda one: filter_url(unit=one.code, admitted=asked.year, rural=True),
    }
    return render(request, "desk/admissible/summary.html", values)


@door(Permission.PERSON_READ)
def admissible_people(request: Request) -> HttpResponse:
    """The people behind a count, the earliest meeting first."""
    asked = Asked.parsed(request.GET.dict(), request.today)
    cases = cases_of(request.reader, asked)
    pages = max(1, -(-len(cases) // PAGE))
    said = request.GET.get("page", "")
    page = min(max(int(said), 1), pages) if said.isascii() and said.isdigit() and len(said) <= 4 else 1
    begun = f"{asked.people_url}{'&' if asked.query else '?'}page="
    values = {
        "asked": asked,
        "people": people_of(cases[(page - 1) * PAGE : page * PAGE]),
        "count": len(cases),
        "page": page,
        "pages": pages,
        "turns": (f"{begun}{page - 1}" if page > 1 else None, f"{begun}{page + 1}" if page < pages else None),
        "chips": [(words, without.people_url) for words, without in words_of(request.reader, asked)],
        "summary_url": asked.but(standing=None, month="", step=0).url(),
        "tones": {Standing.CAN: "ok", Standing.PENDING: "ok", Standing.CANNOT: "na", Standing.STOPPED: "warn"},
    }
    return render(request, "desk/admissible/people.html", values)
