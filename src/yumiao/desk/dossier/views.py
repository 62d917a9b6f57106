"""The list of cases and the page of one. Must not know: SQL, rules, how a day is worked out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yumiao.access.door import Request, door, fetch
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.admission.editions import EDITIONS
from yumiao.admission.path_2014 import STAGES
from yumiao.desk.dossier import lists, page
from yumiao.desk.dossier.late import writers
from yumiao.desk.dossier.recording import open_case_of
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.dossier.standing import rows_of
from yumiao.desk.evidence.slots import slots_of
from yumiao.desk.gates import beside
from yumiao.desk.people.dossier import person_for
from yumiao.desk.people.places import units_to_choose
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.desk.reviews.sheet import lines_of
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.meetings.queries import votes_about
from yumiao.people.models import Person
from yumiao.people.names import is_number
from yumiao.ui.addresses import reverse
from yumiao.ui.paging import first_if_bad, query_with

P = Permission


@door(P.PERSON_READ)
def cases(request: Request) -> HttpResponse:
    """Who is on the way, where each stands and what comes next."""
    asked, reader = lists.Asked.parsed(request.GET), request.reader
    rows = lists.cases_of(reader, asked)
    shown = first_if_bad(rows, *lists.KEYS, size=lists.SIZE, get=request.GET)
    unit = asked.place(reader)
    values = {
        "asked": asked,
        "unit": unit,
        "rows": rows_of([one.pk for one in shown.rows], reader),
        "count": rows.count() if shown.next or shown.previous else len(shown.rows),
        "links": shown.links(request.GET),
        "query": request.GET.urlencode(),
        "is_number": is_number(request.GET.get("q", "")),
        "units": units_to_choose(reader, unit),
        "stages": [("", ""), *((one.number, one.title) for one in STAGES)],
        "states": [(one.value, one.label, query_with(request.GET, state=one.value)) for one in lists.Which],
        "editions": [(one.key, one.title) for one in EDITIONS.values()],
        "words": asked.words(reader),
        "may_begin": reader.may(P.CASE_RECORD),
    }
    return render(request, "desk/dossier/list.html", values)


@door(SIGNED_IN)
def case(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One case; that it was opened is on record before anything is shown."""
    keep_pace(request)
    found = seen(request, uid)
    around = found.read.around
    actor = request.reader.acting(P.PERSON_READ, found.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=around.person_uid, count=1)
    stages = page.stages_of(found)
    values = {
        "seen": found,
        "file": found.read.file,
        "stages": stages,
        "nodes": page.nodes_of(stages),
        "to_do": page.to_do_of(stages, found),
        "late": writers(around.late),
        "year": page.this_year(found),
        "contacts": page.helpers_said(found.read.file.contacts, request.today),
        "introducers": page.helpers_said(found.read.file.introducers, request.today),
        "person_url": reverse("person", args=[around.person_uid]),
        "doors": _doors(
            found, ("case_papers", "case_package", "case_sections", "case_history", "case_faults_of", "case_record")
        ),
        "turns": _doors(found, TURNS) if found.is_open else [],
        "slots": _lacking(found),
        "votes": _votes(found),
        "papers_url": reverse("case_papers", args=[uid]),
        "may_decide": found.may(P.CASE_DECIDE),
        "gates": beside.gate_lines(found),
        "ways_out": beside.ways_out(found),
        "notices": beside.notice_lines(found),
        "rounds": beside.round_lines(found.read.file.rounds, found.ground.joint_valid_months),
        "reviews": lines_of(found.read),
    }
    return render(request, "desk/dossier/case.html", values)


def _votes(found: Seen) -> dict[int, tuple[str, str]]:
    """By ballot that a step rests on: what came of it, and the address of its meeting for whoever records meetings; no query without one."""
    file = found.read.file
    if found.is_own or not any(one.motion for one in file.held):
        return {}
    may = found.may(P.MEETING_RECORD)
    return {
        one.motion: (one.said, reverse("meeting", args=[one.meeting]) if may else "")
        for one in votes_about([file.person])
    }


def _lacking(found: Seen) -> list[tuple[str, str, str, str, str]]:
    """The papers that should lie in the case and do not, or are not in order, for whoever may read them."""
    if not found.may(P.PAPER_READ):
        return []
    states = slots_of(found.read.around.case, found.read.file)
    return [
        (one.kind, f"{one.slot.code} {one.slot.title}", f"{one.need.label}，{one.said}", "", "")
        for one in states
        if one.missing or one.incomplete_why
    ]


TURNS: Final = ("inquiry_new", "helpers_change", "case_return", "case_rest", "case_exempt", "status_changes")
_NEEDS: Final = {
    "case_papers": P.PAPER_READ, "case_package": P.PACKAGE_MAKE, "case_sections": P.PERSON_READ,
    "case_history": P.PERSON_READ, "case_record": P.PERSON_READ, "case_faults_of": P.PERSON_READ, "inquiry_new": P.CASE_RECORD,
    "helpers_change": P.CASE_RECORD, "case_return": P.CASE_DECIDE, "case_rest": P.CASE_DECIDE, "case_exempt": P.CASE_DECIDE,
    "status_changes": P.MEMBERSHIP_CHANGE,
}  # fmt: skip


def _doors(found: Seen, names: Sequence[str]) -> list[tuple[str, str]]:
    """Those of these routes that lead on from the case and that the reader may open, with their addresses."""
    return [(name, _leading_to(name, found)) for name in names if found.may(_NEEDS[name])]


def _leading_to(name: str, found: Seen) -> str:
    if name == "inquiry_new":
        return f"{reverse(name)}?case={found.uid}"
    return reverse(name, args=[found.read.around.person_uid if name == "status_changes" else found.uid])


@door(SIGNED_IN)
def person_case(request: Request, uid: uuid.UUID) -> HttpResponse:
    """From a person to his case: the one that goes on, else the last one, else the form that begins one."""
    with refusal_on_record(request, uid):
        person = person_for(request.reader, uid)
        found = open_case_of(person.pk) or lists.last_case_of(person.pk)
        if found is not None:
            return redirect("case", found)
        if not request.reader.may(P.CASE_RECORD):
            raise OutOfScope(str(uid))
        fetch(Person.objects.all(), request.reader, P.CASE_RECORD, see=P.PERSON_READ, uid=uid)
    return redirect(f"{reverse('case_begin')}?person={uid}")
