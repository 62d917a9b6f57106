"""Pages of meetings: the list, one meeting, its papers before and after, taking it back. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.meetings import lists, prints, recording
from yumiao.desk.meetings.forms import PapersForm, TakeBackForm
from yumiao.desk.meetings.page import MeetingPage, meeting_page, place_of
from yumiao.desk.meetings.places import awaiting, kinds_at, roll, units_for
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.meetings.models import Meeting, MeetingRecord
from yumiao.meetings.rules import Measure
from yumiao.press.answers import pdf
from yumiao.press.documents import Section, print_document
from yumiao.press.words import MEDIA, make_docx
from yumiao.ui.addresses import reverse
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
SIZE: Final = 50


@door(P.PERSON_READ)
def meetings(request: Request) -> HttpResponse:
    """The meetings of the reader's units, the latest first."""
    reader = request.reader
    asked = lists.asked_of(reader, request.GET)
    rows = lists.meetings_of(reader.scope(P.PERSON_READ), asked)
    page = first_if_bad(rows, "-held_on", "-id", size=SIZE, get=request.GET)
    values = {
        "asked": asked,
        "rows": lists.rows_of(page.rows, reader.tree),
        "count": rows.count(),
        "links": page.links(request.GET),
        "query": request.GET.urlencode(),
        "kinds": Meeting.Kind,
        "years": range(request.today.year, request.today.year - 6, -1),
        "units": _units(reader, asked.unit),
        "may_record": reader.may(P.MEETING_RECORD),
    }
    return render(request, "desk/meetings/list.html", values)


def _units(reader: Reader, chosen: UnitOnDay | None) -> list[UnitOnDay]:
    """The reader's own units, those directly below, and the chosen one."""
    tops = [one for root in reader.scope(P.PERSON_READ).roots if (one := reader.tree.by_path.get(root.lo)) is not None]
    below = [child for top in tops for child in reader.tree.below(top)]
    found = {one.id: one for one in (*tops, *below, *([chosen] if chosen else []))}
    return sorted(found.values(), key=lambda one: one.path)


@door(P.PERSON_READ)
def meeting(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One meeting: who came, each ballot with its result; of whoever passed, the way to his step."""
    record, unit = seen(request, uid, P.PERSON_READ)
    found = meeting_page(record, unit, request.reader)
    _on_record(request, found, What.PAGE)
    reader = request.reader
    values = {
        "found": found,
        "steps": {
            one.motion: reverse("case_step", args=[one.case, one.step]) for one in found.voted if one.may_be_recorded
        },
        "cases": {one.motion: reverse("case", args=[one.case]) for one in found.voted if one.case},
        "may_record": reader.may_at(P.MEETING_RECORD, unit),
        "may_step": reader.may_at(P.CASE_RECORD, unit) or reader.may_at(P.CASE_DECIDE, unit),
    }
    return render(request, "desk/meetings/meeting.html", values)


def _on_record(request: Request, found: MeetingPage, what: What) -> None:
    record_reading(
        what, actor=request.reader.actor, subject_kind="unit", subject=found.unit.uid, count=found.named, purpose=found.kind
    )  # fmt: skip


def seen(request: Request, uid: uuid.UUID, permission: Permission) -> tuple[MeetingRecord, UnitOnDay]:
    """The meeting and where it is looked at: `OutOfScope` where the reader does not see it, `NotAllowed` where he may not."""
    record = recording.meeting_by(uid)
    unit = place_of(record, request.reader)
    if unit is None or not request.reader.may_at(P.PERSON_READ, unit):
        raise OutOfScope(str(uid))
    if not request.reader.may_at(permission, unit):
        raise NotAllowed(f"您的任职不含“{permission.label}”。")
    return record, unit


@door(P.MEETING_RECORD, methods=("GET", "POST"))
def meeting_take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a meeting back, with a reason, while no step rests on it."""
    record, unit = seen(request, uid, P.MEETING_RECORD)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    against: list[Objection] = recording.take_back_objections(record.meeting)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        who, reason = deciding_at(request.reader, P.MEETING_RECORD, unit), form.cleaned_data["reason"]
        try:
            recording.take_back(uid, reason=reason, who=who, once=parsed_once(request))
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("meetings")
        else:
            messages.success(request, _("会议登记已收回，其中的表决不再作数。"))
            return redirect("meetings")
    values = {"record": record, "unit": unit, "form": form, "objections": against}
    return render(request, "desk/meetings/take_back.html", values, status=status)


PRINTS: Final = {"roll": "到会名单", "tallies": "计票单", "minutes": "会议记录", "minutes-docx": "会议记录"}


@door(P.PERSON_READ)
def meeting_print(request: Request, uid: uuid.UUID, what: str) -> HttpResponse:
    """A paper of a meeting as it stands: roll, tally sheets, minutes, the last as a file to go on writing too."""
    if what not in PRINTS:
        raise OutOfScope(what)
    record, unit = seen(request, uid, P.PERSON_READ)
    found = meeting_page(record, unit, request.reader)
    _on_record(request, found, What.PRINT)
    make = {"roll": prints.roll, "tallies": prints.tallies}.get(what, prints.minutes)
    name = prints.heading(f"{found.kind}{PRINTS[what]}", found.unit_name, record.held_on)
    given: dict[str, Any] = {"unit": found.unit_name, "on": record.held_on}
    title = f"{found.kind}{PRINTS[what]}"
    if what == "minutes-docx":
        content = make_docx(title, make(found), **given)
        headers = {"Content-Disposition": content_disposition_header(True, f"{name}.docx") or ""}
        return HttpResponse(content, content_type=MEDIA, headers=headers)
    return pdf(request, f"{name}.pdf", lambda: print_document(title, make(found), **given))


PAPERS: Final = {"sign-in": "签到表", "ballots": "表决票", "tallies": "计票单"}


@door(P.MEETING_RECORD)
def meeting_papers(request: Request) -> HttpResponse:
    """The papers of a meeting that is still to come: the empty sign-in sheet, ballots, tally sheets."""
    reader = request.reader
    units, what = units_for(reader), request.GET.get("what", "")
    form = PapersForm(units, request.GET if what else None, initial=request.GET.dict())
    if what not in PAPERS or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "desk/meetings/papers.html", {"form": form, "papers": PAPERS}, status=status)
    given = form.cleaned_data
    unit = reader.tree.by_code[given["unit"]]
    if given["kind"] not in kinds_at(unit):
        form.add_error("kind", _("这个组织不召开这类会议。"))
        values = {"form": form, "papers": PAPERS}
        return render(request, "desk/meetings/papers.html", values, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    sections, people = _paper(reader, unit, given, what)
    record_reading(
        What.PRINT, actor=reader.actor, subject_kind="unit", subject=unit.uid, count=people, purpose=PAPERS[what]
    )
    title = f"{Meeting.Kind(given['kind']).label}{PAPERS[what]}"
    name = prints.heading(title, unit.name, given["held_on"])
    return pdf(request, f"{name}.pdf", lambda: print_document(title, sections, unit=unit.name, on=given["held_on"]))


def _paper(reader: Reader, unit: UnitOnDay, given: dict[str, Any], what: str) -> tuple[list[Section], int]:
    """A paper's sections, and how many people it names."""
    kind, day = given["kind"], given["held_on"]
    rows = roll(unit, kind, day, is_election=given["election"])
    if what == "sign-in":
        return prints.sign_in(rows, _measures(kind, is_election=given["election"])), len(rows)
    people = awaiting(reader, unit, kind, day)
    if what == "ballots":
        return prints.ballots(people) or _nobody(), len(people)
    return prints.blank_tallies(people, sum(one.votes for one in rows), kind) or _nobody(), len(people)


def _nobody() -> list[Section]:
    return [Section(paragraphs=[_("没有等待本次会议表决的人选。")])]


def _measures(kind: str, *, is_election: bool) -> list[Measure]:
    if is_election:
        return [Measure.ELECTION]
    return [Measure.ADMISSION, Measure.ORDINARY] if kind == Meeting.Kind.MEMBERS else [Measure.COMMITTEE]
