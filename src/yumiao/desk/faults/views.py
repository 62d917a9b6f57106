"""Pages of what is wrong with cases on record: the list by rule and unit, and one case. Must not know: SQL, rules."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.dossier.seeing import seen
from yumiao.desk.faults import lists
from yumiao.desk.faults.finding import faults_of
from yumiao.desk.people.places import units_to_choose
from yumiao.desk.refusals import keep_pace
from yumiao.journal.readings import What, record_reading
from yumiao.ui.paging import query_with

P = Permission


@door(P.PERSON_READ)
def case_faults(request: Request) -> HttpResponse:
    """How many cases break which rule and where, and who they are."""
    asked, reader = lists.Asked.parsed(request.GET), request.reader
    every, unit = lists.cases_of(reader, asked), asked.place(reader)
    last = max(1, -(-len(every) // lists.SIZE))
    page = min(asked.page, last)
    shown = every[(page - 1) * lists.SIZE : page * lists.SIZE]
    values = {
        "asked": asked,
        "unit": unit,
        "rule": lists.rule_title(asked.rule),
        "by_rule": []
        if asked.rule
        else [(one, query_with(request.GET, rule=one.key, page=None)) for one in lists.by_rule(every)],
        "by_unit": [
            (one, query_with(request.GET, unit=one.key, page=None)) for one in lists.by_unit(every, reader, unit)
        ],
        "rows": lists.rows_of(shown, reader, asked.rule),
        "count": len(every),
        "grave": sum(one.is_grave(asked.rule) for one in every),
        "earlier": query_with(request.GET, page=str(page - 1)) if page > 1 else "",
        "later": query_with(request.GET, page=str(page + 1)) if page < last else "",
        "query": request.GET.urlencode(),
        "units": units_to_choose(reader, unit),
        "words": asked.words(reader),
        "nothing": lists.nothing_said(asked),
    }
    return render(request, "desk/faults/list.html", values)


@door(P.PERSON_READ)
def case_faults_of(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Everything wrong with one case; that it was opened is on record before anything is shown."""
    keep_pace(request)
    found = seen(request, uid)
    around = found.read.around
    actor = request.reader.acting(P.PERSON_READ, found.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=around.person_uid, count=1)
    _read, wrong = faults_of([around.case], request.reader)[around.case]
    steps = found.read.file.path.by_number
    values = {
        "seen": found,
        "name": around.name,
        "rows": [(one, steps[one.step], lists.rule_title(one.rule)) for one in wrong],
        "grave": sum(one.gravity == "principle" for one in wrong),
    }
    return render(request, "desk/faults/case.html", values)
