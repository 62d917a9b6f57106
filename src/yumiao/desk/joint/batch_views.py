"""Pages of the county: batches, sending one, one batch with its bodies and people, reminding, taking back. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.sections import Section
from yumiao.admission.grant_queries import cases_open_to
from yumiao.admission.joint_queries import batches
from yumiao.admission.joint_rules import calendar_objections
from yumiao.admission.models import JointReview
from yumiao.bylaws.memory import settings_of
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.desk.joint import acting
from yumiao.desk.joint.concerned import ROUNDS, bodies_asked, concerned, days_of
from yumiao.desk.joint.forms import ReasonForm, RemindForm
from yumiao.desk.joint.letters import label_of
from yumiao.desk.joint.lists import State, body_label, people_in, reviews, state_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Refused
from yumiao.ui.paging import first_if_bad

P = Permission
PAGE = 30
MOST = 400  # in one batch: a form holds so many ticks
LONGEST_NOTE = 200


@door(P.JOINT_SEND)
def joint_reviews(request: Request) -> HttpResponse:
    """Every batch with how far it is, and how many are to be sent."""
    page = first_if_bad(reviews(), "-year", "-serial", "-id", size=PAGE, get=request.GET)
    values = {
        "batches": batches(page.rows),
        "count": reviews().count(),
        "links": page.links(request.GET),
        "today": request.today,
        "to_send": len(concerned(request.reader)),
        "label_of": label_of,
    }
    return render(request, "desk/joint/list.html", values)


@door(P.JOINT_SEND, methods=("GET", "POST"))
def joint_review_new(request: Request) -> HttpResponse:
    """Everybody concerned of a round, ticked; one click sends the batch to every body."""
    if request.method != "POST":
        return _proposal(request)
    round_ = request.POST.get("round", "")
    cases = [one for said in request.POST.getlist("cases") if (one := _uid(said)) is not None]
    note = scrub(request.POST.get("note", "").strip()[:LONGEST_NOTE])
    if round_ not in ROUNDS:
        return _proposal(request, HTTPStatus.UNPROCESSABLE_ENTITY)
    sending = acting.Sending(round_, cases, request.POST.getlist("offline"), note)
    try:
        uid = acting.send(sending, reader=request.reader, once=parsed_once(request))
    except Refused as refused:
        return _proposal(request, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("joint_reviews")
    messages.success(request, _("已发送。打印函件，或者导出加密工作簿交给不在系统内答复的部门。"))
    return redirect("joint_review", uid)


def _proposal(
    request: Request, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = ()
) -> HttpResponse:  # fmt: skip
    reader, everybody = request.reader, concerned(request.reader)
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("round", "")
    counts = {round_: sum(one.wanted.round == round_ for one in everybody) for round_ in ROUNDS}
    round_ = asked if asked in ROUNDS else next((one for one in ROUNDS if counts[one]), ROUNDS[0])
    unit = reader.tree.by_code.get(given.get("unit", ""))
    people = [one for one in everybody if one.wanted.round == round_]
    townships = {one.unit.township for one in people if one.unit is not None and one.unit.township is not None}
    if unit is not None:
        people = [one for one in people if one.unit is not None and unit.subtree.covers(one.unit.path)]
    days, calendar = days_of(settings_of(request.today, reader.head)), calendar_of(reader.head)
    missing = tuple(calendar_objections(request.today, days, calendar))
    values: dict[str, Any] = {
        "round": round_,
        "tabs": [(label_of(one), f"?round={one}", one == round_, counts[one]) for one in ROUNDS],
        "people": people[:MOST],
        "beyond": max(0, len(people) - MOST),
        "chosen": set(request.POST.getlist("cases")) if against else None,
        "units": [reader.tree.by_id[one] for one in sorted(townships) if one in reader.tree.by_id],
        "unit": unit,
        "bodies": [(one, body_label(one)) for one in bodies_asked(request.today, reader.head)],
        "due_on": None if missing else calendar.add_working_days(request.today, days),
        "days": days,
        "objections": against or missing,
    }
    return render(request, "desk/joint/new.html", values, status=status)


@door(P.JOINT_SEND)
def joint_review(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One batch: how far every body is, where everybody stands; not what was answered."""
    return batch_page(request, uid)


def batch_page(
    request: Request, uid: uuid.UUID, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:  # fmt: skip
    """The page of a batch with what was said against a deed on it."""
    reader, batch = request.reader, acting.batch_of(uid)
    people = people_in(batch, reader.tree)
    asked = request.GET.get("state", "")
    which = State(asked) if asked in set(State) else None
    waiting = [one.asked.row.case_id for one in people if one.state is not State.OPEN]
    assert reader.account is not None
    account, now = reader.account.pk, timezone.now()
    readable = cases_open_to(account, Section.JOINT_REVIEW, waiting, today=request.today, now=now) if waiting else set()
    values = {
        "batch": batch,
        "round": label_of(JointReview.Round(batch.review.round)),
        "parts": [(one, body_label(one.body.body), state_of(one, batch, request.today)) for one in batch.parts],
        "is_overdue": batch.is_overdue(request.today),
        "tabs": [
            (_("全部"), "?", which is None, len(people)),
            *((one.label, f"?state={one}", which is one, sum(each.state is one for each in people)) for one in State),
        ],
        "people": [one for one in people if which is None or one.state is which],
        "readable": readable,
        "reason": forms.get("reason") or ReasonForm(),
        "objections": against,
        "today": request.today,
    }
    return render(request, "desk/joint/batch.html", values, status=status)


@door(P.JOINT_SEND, methods=("POST",))
def joint_take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a batch back that nobody has answered."""
    acting.batch_of(uid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return batch_page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, reason=form)
    try:
        acting.take_back(uid, reader=request.reader, reason=form.cleaned_data["reason"], once=parsed_once(request))
    except Refused as refused:
        return batch_page(request, uid, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("joint_reviews")
    messages.success(request, _("已收回本批联审。"))
    return redirect("joint_reviews")


@door(P.JOINT_SEND, methods=("POST",))
def joint_remind(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write down that a body was reminded."""
    _body, batch = acting.body_of(uid)
    form = RemindForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        acting.remind(uid, reader=request.reader, note=note, once=parsed_once(request))
    except Refused as refused:
        return batch_page(request, batch.review.uid, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已登记催办。可以打印催办函。"))
    return redirect("joint_review", batch.review.uid)


def _uid(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None
