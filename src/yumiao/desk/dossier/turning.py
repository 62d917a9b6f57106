"""The pages by which a case is turned: sent back by way of a preview, laid to rest and gone on with, exempted. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.history import fallen
from yumiao.admission.models import CaseReturn
from yumiao.admission.order_rules import EXEMPTIBLE
from yumiao.admission.rules import DEV_09
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.dossier.turn_forms import ExemptionForm, RestForm, ResumeForm, ReturnForm, WithdrawForm
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused

P = Permission
LIFTED_AT: Final = {DEV_09.id: 11}
"""The step at which a rule that may be lifted is asked."""


@door(P.CASE_DECIDE, methods=("GET", "POST"))
def case_return(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Choose a step, look at what falls with it, submit: the second step is sent with `deed=submit`."""
    keep_pace(request)
    found = seen(request, uid, P.CASE_DECIDE)
    steps = recording.returnable(found.read, found.ground)
    form = ReturnForm(steps, request.POST if request.method == "POST" else None, initial=_asked_step(request))
    if not form.is_bound or not form.is_valid() or request.POST.get("deed") == "edit":
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _return_page(request, found, form, status)
    if request.POST.get("deed") != "submit":
        return _return_page(request, found, form, falls=True)
    given = form.cleaned_data

    def done() -> str:
        gone = recording.send_back(
            uid, given["step"], why=given["why"], reason=given["reason"], who=found.who(P.CASE_DECIDE),
            ground_for=recording.ground_by(request.today, request.reader), once=parsed_once(request),
        )  # fmt: skip
        label = found.read.file.path.by_number[given["step"]].label
        return _("已退回到%(step)s，收回 %(count)s 个步骤的登记；原登记可以在办理记录中查看。") % {
            "step": label,
            "count": len(gone),
        }

    return _acted(request, uid, done, lambda against: _return_page(request, found, form, HTTPStatus.CONFLICT, against))


def _asked_step(request: Request) -> dict[str, str]:
    return {"step": request.GET.get("step", "")}


def _return_page(
    request: Request, found: Seen, form: ReturnForm, status: HTTPStatus = HTTPStatus.OK, against: Sequence[Objection] = (), *,
    falls: bool = False,
) -> HttpResponse:  # fmt: skip
    file, gone = found.read.file, []
    if falls:
        gone = sorted(fallen(file, form.cleaned_data["step"]), key=lambda one: (one.step, one.occurrence))
    values = {
        "seen": found,
        "form": form,
        "objections": against,
        "can_return": bool(recording.returnable(found.read, found.ground)),
        "gone": [(file.path.by_number[one.step], one) for one in gone],
        "is_preview": falls,
        "why": dict(CaseReturn.Why.choices).get(form.cleaned_data.get("why", ""), "") if falls else "",
        "to": file.path.by_number[form.cleaned_data["step"]] if falls else None,
        "sealed": file.path.by_number.get(file.sealed()),
    }
    return render(request, "desk/dossier/return.html", values, status=status)


@door(P.CASE_DECIDE, methods=("GET", "POST"))
def case_rest(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Let a case lie still from a day on, or go on with one that does."""
    keep_pace(request)
    found = seen(request, uid, P.CASE_DECIDE)
    resting = next((one for one in found.read.file.rests if one.until is None), None)
    sent, initial = (request.POST if request.method == "POST" else None), {"on": request.today}
    form: Form = ResumeForm(sent, initial=initial) if resting else RestForm(sent, initial=initial)

    def page(against: Sequence[Objection] = (), status: HTTPStatus = HTTPStatus.CONFLICT) -> HttpResponse:
        values = {"seen": found, "form": form, "resting": resting, "objections": against}
        return render(request, "desk/dossier/rest.html", values, status=status)

    if not form.is_bound:
        return page(status=HTTPStatus.OK)
    if not form.is_valid():
        return page(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    more: dict[str, Any] = {"who": found.who(P.CASE_DECIDE), "today": request.today, "once": parsed_once(request)}

    def done() -> str:
        if resting:
            recording.resume(uid, given["on"], reason=given["reason"], **more)
            return _("已恢复办理。")
        recording.rest(uid, given["on"], counts=given["counts"] == "yes", reason=given["reason"], **more)
        return _("已暂停办理，恢复以前各步骤不能登记。")

    return _acted(request, uid, done, page)


@door(P.CASE_DECIDE, methods=("GET", "POST"))
def case_exempt(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Lift a rule for a step, or take one back with `deed=withdraw`."""
    keep_pace(request)
    found = seen(request, uid, P.CASE_DECIDE)
    is_sent, is_back = request.method == "POST", request.POST.get("deed") == "withdraw"
    steps = [found.read.file.path.by_number[LIFTED_AT[rule]] for rule in EXEMPTIBLE]
    titles = [(DEV_09.id, f"{DEV_09.id} {DEV_09.title}")]
    form = ExemptionForm(
        steps, titles, request.POST if is_sent and not is_back else None, initial={"on": request.today}
    )
    back = WithdrawForm(request.POST if is_back else None)
    sent = back if is_back else form

    def page(against: Sequence[Objection] = (), status: HTTPStatus = HTTPStatus.CONFLICT) -> HttpResponse:
        values = {
            "seen": found, "form": form, "back": back, "objections": against, "rule": DEV_09, "exempt_by": EXEMPTIBLE[DEV_09.id],
            "given": [(one, found.read.file.path.by_number[one.step]) for one in found.read.file.exemptions],
        }  # fmt: skip
        return render(request, "desk/dossier/exempt.html", values, status=status)

    if not is_sent:
        return page(status=HTTPStatus.OK)
    if not sent.is_valid():
        return page(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given, who, once = sent.cleaned_data, found.who(P.CASE_DECIDE), parsed_once(request)

    def done() -> str:
        if is_back:
            recording.withdraw_exemption(uid, given["step"], given["rule"], reason=given["why"], who=who, once=once)
            return _("已收回例外。")
        recording.exempt(
            uid, given["step"], given["rule"], on=given["on"], by=given["by"], document=given["document"], reason=given["reason"],
            who=who, today=request.today, once=once,
        )  # fmt: skip
        return _("已登记例外。")

    return _acted(request, uid, done, page)


def _acted(
    request: Request,
    uid: uuid.UUID,
    done: Callable[[], str],
    refused_page: Callable[[Sequence[Objection]], HttpResponse],
) -> HttpResponse:
    """What every form here does once it is filled in: act, say so, go back to the case; or say why not."""
    try:
        said = done()
    except Refused as refused:
        return refused_page(refused.objections)
    except AlreadyDone:
        return redirect("case", uid)
    messages.success(request, said)
    return redirect("case", uid)
