"""The page on which one step is recorded. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.form_queries import free_forms
from yumiao.admission.path import Ask, Step
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import MOTIONS
from yumiao.desk.dossier.introducing import comrades
from yumiao.desk.dossier.seeing import Seen, deciders, seen
from yumiao.desk.dossier.standing import passed_over, to_do
from yumiao.desk.dossier.step_forms import StepForm
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused, Stale
from yumiao.kernel.periods import on_paper
from yumiao.meetings.queries import KnownVote, votes_about
from yumiao.ui.addresses import reverse

P = Permission


@door(P.CASE_RECORD, methods=("GET", "POST"))
def case_step(request: Request, uid: uuid.UUID, step: int) -> HttpResponse:
    """Fill in what the step asks for; everything against it is said at once."""
    keep_pace(request)
    found = seen(request, uid, P.CASE_RECORD)
    wanted = _wanted(found, step)
    form = _form(request, found, wanted)
    if not form.is_bound:
        return _page(request, found, wanted, form)
    if not form.is_valid():
        return _page(request, found, wanted, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked, who = form.asked(), found.who(recording.need_of(wanted))
    given: dict[str, Any] = {"who": who, "once": parsed_once(request), "stood": form.cleaned_data["stood"]}
    try:
        waits = recording.record(uid, asked, ground_for=recording.ground_by(request.today, request.reader), **given)
    except Stale:
        return _overtaken(request, uid, wanted)
    except Refused:
        against = recording.step_objections(found.read, asked, found.ground, who)
        return _page(request, found, wanted, form, HTTPStatus.CONFLICT, against)
    except AlreadyDone:
        return redirect("case", uid)
    messages.success(request, _said(request, uid, wanted, waits=waits))
    return redirect("case", uid)


def _wanted(found: Seen, number: int) -> Step:
    """The step, where it is one that the reader may record."""
    wanted = found.read.file.path.by_number.get(number)
    if wanted is None:
        raise OutOfScope(f"没有第 {number} 步。")
    need = recording.need_of(wanted)
    if found.unit is None or not found.reader.may_at(need, found.unit):
        raise NotAllowed(
            _("%(step)s由%(level)s登记。您的任职不含“%(need)s”。")
            % {"step": wanted.label, "level": wanted.level.label, "need": need.label}
        )
    return wanted


def _form(request: Request, found: Seen, step: Step, *, is_fresh: bool = False) -> StepForm:
    is_sent = request.method == "POST" and not is_fresh
    file, mark = found.read.file, recording.mark_of(found.read)
    helps = step.asks_for(Ask.CONTACTS) or step.asks_for(Ask.INTRODUCERS)
    standing = [one.person for one in file.contacts if one.until is None and one.person is not None]
    return StepForm(
        step, request.POST if is_sent else None, initial={"stood": mark, **_day_of(found, step)},
        votes=_votes(found, step) if step.asks_for(Ask.MOTION) else (),
        comrades=comrades(found.unit, request.today, standing) if helps else (),
        numbers=free_forms(found.unit.path) if step.asks_for(Ask.FORM) and found.unit else (),
        standing=standing if step.asks_for(Ask.INTRODUCERS) else (),
    )  # fmt: skip


def _day_of(found: Seen, step: Step) -> dict[str, Any]:
    """Today, where it is lawful."""
    first = found.course.of(step.number).earliest
    return {"on": found.reader.today} if first is None or first <= found.reader.today else {}


def _votes(found: Seen, step: Step) -> list[KnownVote]:
    """The ballots about the person of the kind that the step rests on, and on which no step rests yet."""
    taken = {one.motion for one in found.read.file.held}
    kinds = {str(one) for one in MOTIONS.get(step.number, ())}
    return [one for one in votes_about([found.read.file.person]) if one.kind in kinds and one.motion not in taken]


def _overtaken(request: Request, uid: uuid.UUID, step: Step) -> HttpResponse:
    """Somebody else wrote something about the case since the form was opened: what was filled in stands, beside what is on record now."""
    found = seen(request, uid, P.CASE_RECORD)
    sent = request.POST.copy()
    sent["stood"] = recording.mark_of(found.read)
    fresh = _form(request, found, step, is_fresh=True)
    form = StepForm(step, sent, votes=list(fresh.votes.values()), comrades=_choices(fresh))
    return _page(request, found, step, form, HTTPStatus.CONFLICT, is_overtaken=True)


def _choices(form: StepForm) -> list[tuple[int, str]]:
    for name in ("contact_1", "introducer_1"):
        if name in form.fields:
            return [(int(one), label) for one, label in form.fields[name].choices if one]  # type: ignore[attr-defined]
    return []


def _said(request: Request, uid: uuid.UUID, step: Step, *, waits: bool) -> str:
    """What was done, and what comes next."""
    found = seen(request, uid, P.CASE_RECORD)
    if waits:
        names = "、".join(deciders(request.reader, found.unit)) or _("县委组织部")
        said = _("%(step)s已写下，属于补录：还没有生效，等待第二人确认。可以确认的：%(names)s。")
        return said % {"step": step.label, "names": names}
    ahead = next(iter(to_do(found.course, passed_over(found.read.file, found.course))), None)
    said = _("已登记：%(step)s。") % {"step": step.label}
    if ahead is None or not found.is_open:
        return said
    until = _("，%(day)s前") % {"day": on_paper(ahead.due.on)} if ahead.due else ""
    return said + _("接下来：%(step)s（%(level)s%(until)s）。") % {
        "step": ahead.step.label, "level": ahead.step.level.label, "until": until,
    }  # fmt: skip


def _page(
    request: Request, found: Seen, step: Step, form: StepForm, status: HTTPStatus = HTTPStatus.OK,
    against: Sequence[Objection] = (), *, is_overtaken: bool = False,
) -> HttpResponse:  # fmt: skip
    ahead = found.course.of(step.number)
    values = {
        "seen": found,
        "step": step,
        "ahead": ahead,
        "form": form,
        "objections": against,
        "is_overtaken": is_overtaken,
        "has_votes": not step.asks_for(Ask.MOTION) or bool(form.votes),
        "meeting_url": reverse("meeting_new"),
        "late_days": found.ground.terms.late_days,
        "deciders": deciders(request.reader, found.unit),
        "exempt_url": reverse("case_exempt", args=[found.uid]) if found.may(P.CASE_DECIDE) else "",
    }
    return render(request, "desk/dossier/step.html", values, status=status)
