"""Pages of papers: all slots of a case, adding one, one paper with its checklist, what lies in two places. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.paper_queries import papers_of
from yumiao.admission.paper_rules import is_recorded, occurrence_of, steps_of, usual_step
from yumiao.admission.path import Slot
from yumiao.admission.path_2014 import EDITION_2014
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.evidence import acting
from yumiao.desk.evidence.forms import AddForm, CheckForm, WithdrawForm
from yumiao.desk.evidence.prints import missing_pdf
from yumiao.desk.evidence.serving import on_record, seen_paper
from yumiao.desk.evidence.slots import SlotState, slot_states, slots_of
from yumiao.desk.evidence.twice import elsewhere_of, pairs_of
from yumiao.desk.evidence.uploading import ManyInMemory, parts_of
from yumiao.desk.refusals import keep_pace
from yumiao.files.intake import Unusable
from yumiao.files.models import Scan, ScanPage
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.press.answers import pdf

P = Permission
SHOWN_PAIRS: Final = 200


@door(P.PAPER_READ)
def case_papers(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Every slot of a case by stage: what it is, what lies there, what is wanting."""
    keep_pace(request)
    found = seen(request, uid, P.PAPER_READ)
    actor = request.reader.acting(P.PAPER_READ, found.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=found.read.around.person_uid, count=1)
    states = slots_of(found.read.around.case, found.read.file)
    stages = {one.number: one.title for one in found.read.file.path.stages}
    by_stage = groupby(sorted(states, key=lambda one: one.stage), lambda one: one.stage)
    values = {
        "seen": found,
        "stages": [(stages.get(number, ""), list(some)) for number, some in by_stage],
        "missing": [one for one in states if one.missing],
        "flawed": [one for one in states if not one.missing and one.incomplete_why],
        "openable": _openable(request, found, states),
        "may_add": found.may(P.PAPER_ADD),
    }
    return render(request, "desk/evidence/slots.html", values)


def _openable(request: Request, found: Seen, states: list[SlotState]) -> set[uuid.UUID]:
    """The papers that the reader may open."""
    papers = [paper for state in states for paper in state.papers]
    return {one.uid for one in papers if acting.may_open(request.reader, one, found.read)}


@door(P.PAPER_READ)
def case_papers_missing(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What is missing, on paper; on record as a print."""
    found = seen(request, uid, P.PAPER_READ)
    around = found.read.around
    states = slots_of(around.case, found.read.file)
    actor = request.reader.acting(P.PAPER_READ, found.unit)
    record_reading(What.PRINT, actor=actor, subject_kind="person", subject=around.person_uid, count=1)
    unit = found.unit.name if found.unit else ""
    return pdf(request, _("材料缺项单.pdf"), lambda: missing_pdf(found.name, unit, states, on=request.today))


@door(P.PAPER_ADD, methods=("GET", "POST"))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def paper_add(request: Request, uid: uuid.UUID, slot: str) -> HttpResponse:
    """Photograph or choose a paper, say how it was found, put it in."""
    request.upload_handlers = [ManyInMemory(request)]
    return _paper_add(request, uid, slot)


@csrf_protect
def _paper_add(request: Request, uid: uuid.UUID, slot: str) -> HttpResponse:
    found = seen(request, uid, P.PAPER_ADD)
    if slot not in found.read.file.path.slots:
        raise OutOfScope(slot)
    place = found.read.file.path.slots[slot]
    form = _add_form(request, found, place)
    if not form.is_bound or not form.is_valid():
        return _add_page(request, found, place, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    try:
        paper = _added(request, found, place, form)
    except Unusable as unusable:
        form.add_error("chosen", unusable.reason + "。" + _("没有放入任何材料。"))
        return _add_page(request, found, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except OSError:
        form.add_error("chosen", _("服务器磁盘空间不足，材料没有放入。请联系系统管理员腾出空间后再试。"))
        return _add_page(request, found, place, form, HTTPStatus.INSUFFICIENT_STORAGE)
    except Refused as refused:
        return _add_page(request, found, place, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("case_papers", uid)
    messages.success(request, _("已放入：%(slot)s。") % {"slot": place.title})
    return redirect("case_paper", paper)


def _add_form(request: Request, found: Seen, place: Slot) -> AddForm:
    file = found.read.file
    steps = [file.path.by_number[one] for one in steps_of(file, place.code)]
    initial = {"title": place.title, "step": usual_step(file, place.code)}
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return AddForm(place, found.name, steps, *given, initial=initial)


def _added(request: Request, found: Seen, place: Slot, form: AddForm) -> uuid.UUID:
    assert found.unit is not None
    parts = parts_of(form.sent, is_ordered=form.is_ordered)
    adding = acting.Adding(place.code, form.cleaned_data["step"], form.checked, _supplemented(request))
    return acting.add(
        found.read, adding, parts, unit=found.unit, who=found.who(P.PAPER_ADD), today=request.today, once=parsed_once(request),
    )  # fmt: skip


def _supplemented(request: Request) -> uuid.UUID | None:
    """The paper that is supplemented, by the address."""
    try:
        return uuid.UUID(request.GET.get("to", ""))
    except ValueError:
        return None


def _add_page(
    request: Request, found: Seen, place: Slot, form: AddForm, status: HTTPStatus, against: tuple[Objection, ...] = ()
) -> HttpResponse:
    file = found.read.file
    [state] = [one for one in slot_states(file, papers_of(found.read.around.case)) if one.slot.code == place.code]
    recorded = [one for one in state.steps if is_recorded(file, one, occurrence_of(file, one))]
    values = {
        "seen": found, "slot": place, "state": state, "form": form, "objections": against,
        "recorded": [file.path.by_number[one].label for one in recorded], "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "desk/evidence/add.html", values, status=status)


@door(P.PAPER_READ)
def case_paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One paper: its pages, its checklist, where else the same scan lies; that it was opened is on record."""
    keep_pace(request)
    paper, found = seen_paper(request, uid)
    on_record(request, paper, found)
    return _paper_page(request, uid, HTTPStatus.OK)


def _paper_page(
    request: Request, uid: uuid.UUID, status: HTTPStatus, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:
    paper, found = seen_paper(request, uid)
    slot = found.read.file.path.slots[paper.slot]
    [state] = slot_states_of(found, paper.slot)
    may = found.may(P.PAPER_ADD)
    scan = Scan.objects.get(pk=paper.scan)
    values = {
        "seen": found,
        "paper": paper,
        "slot": slot,
        "state": state,
        "step": found.read.file.path.by_number[paper.step],
        "scan": scan,
        "pages": [
            (number, look is not None or width > 1000)
            for number, look, width in ScanPage.objects.filter(scan=scan)
            .order_by("number")
            .values_list("number", "look", "width")
        ],
        "elsewhere": elsewhere_of(paper, request.reader),
        "form": forms.get("form") or CheckForm(slot, found.name, initial=CheckForm.values_of(paper.checked)),
        "back": forms.get("back") or WithdrawForm(auto_id="back_%s"),
        "objections": against,
        "may_add": may,
        "may_withdraw": may and not acting.withdraw_objections(found.read, paper, found.who(P.PAPER_ADD)),
    }
    return render(request, "desk/evidence/paper.html", values, status=status)


def slot_states_of(found: Seen, code: str) -> list[SlotState]:
    """The state of one slot."""
    states = slots_of(found.read.around.case, found.read.file)
    return [one for one in states if one.slot.code == code]


@door(P.PAPER_ADD, methods=("POST",))
def case_paper_check(request: Request, uid: uuid.UUID) -> HttpResponse:
    """How the paper was found, anew."""
    paper, found = seen_paper(request, uid, P.PAPER_ADD)
    form = CheckForm(found.read.file.path.slots[paper.slot], found.name, request.POST)
    if not form.is_valid():
        return _paper_page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    try:
        acting.check(uid, form.checked, who=found.who(P.PAPER_ADD), today=request.today, once=parsed_once(request))
    except Refused as refused:
        return _paper_page(request, uid, HTTPStatus.CONFLICT, refused.objections, form=form)
    except AlreadyDone:
        return redirect("case_paper", uid)
    messages.success(request, _("已核对。"))
    return redirect("case_paper", uid)


@door(P.PAPER_ADD, methods=("POST",))
def case_paper_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take the paper back, with a reason."""
    paper, found = seen_paper(request, uid, P.PAPER_ADD)
    form = WithdrawForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _paper_page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, back=form)
    try:
        who = found.who(P.PAPER_ADD)
        acting.withdraw(uid, reason=form.cleaned_data["reason"], who=who, once=parsed_once(request))
    except Refused as refused:
        return _paper_page(request, uid, HTTPStatus.CONFLICT, refused.objections, back=form)
    except AlreadyDone:
        return redirect("case_papers", paper.case_uid)
    messages.success(request, _("已收回：%(title)s。") % {"title": paper.title})
    return redirect("case_papers", paper.case_uid)


@door(P.PAPER_READ)
def case_papers_twice(request: Request) -> HttpResponse:
    """Scans that lie in two places, one of them within the reader's reach."""
    found = pairs_of(request.reader)
    shown = found[:SHOWN_PAIRS]
    people = {place.person for pair in shown for place in pair.seen}
    if people:
        home = request.reader.home
        subject = home.uid if home else None
        actor = request.reader.acting(P.PAPER_READ)
        record_reading(What.PAGE, actor=actor, subject_kind="unit", subject=subject, count=len(people))
    values = {"pairs": shown, "count": len(found), "slots": EDITION_2014.slots}
    return render(request, "desk/evidence/twice.html", values)
