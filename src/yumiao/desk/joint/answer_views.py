"""Pages of a department's reviewer: his batches, one of them with its rows. He sees nothing else. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.joint_services import AnswerDraft
from yumiao.admission.models import JointReviewAnswer
from yumiao.desk.joint.answering import Answering, Came, give, give_rest, own_body
from yumiao.desk.joint.duties import own_parts
from yumiao.desk.joint.letters import label_of
from yumiao.desk.joint.lists import body_label
from yumiao.desk.joint.rows import drafts_of, page_of, shown
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused

P = Permission


@door(P.JOINT_ANSWER)
def joint_answers(request: Request) -> HttpResponse:
    """The batches that are sent to the bodies the reader answers for."""
    found = []
    for body, batch in own_parts(request.reader):
        part = next(one for one in batch.parts if one.body.pk == body.pk)
        late = part.missing > 0 and batch.record.due_on < request.today
        found.append((body, body_label(body.body), batch, label_of(batch.review.round), part, late))
    return render(request, "desk/joint/answers.html", {"found": found})


@door(P.JOINT_ANSWER, methods=("GET", "POST"))
def joint_body(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The rows of a batch for a body: each with whole number, so that people are not mistaken; saved part by part."""
    own_body(request.reader, uid)
    if request.method != "POST":
        return _page(request, uid)
    drafts, faults = drafts_of(request.POST)
    if faults:
        against = tuple(Objection(rule="", text=one) for one in faults)
        return _page(request, uid, HTTPStatus.UNPROCESSABLE_ENTITY, against, drafts)
    by = Answering(request.reader, Came.PAGE, request.today)
    try:
        count = give(uid, drafts, by=by, once=parsed_once(request))
    except Refused as refused:
        return _page(request, uid, HTTPStatus.CONFLICT, refused.objections, drafts)
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已保存 %(count)s 人的答复。") % {"count": count})
    return redirect(f"{request.path}?page={page_of(request.GET)}")


@door(P.JOINT_ANSWER, methods=("GET", "POST"))
def joint_rest(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Everybody who has no answer yet: nothing was found about any of them, once confirmed."""
    body, batch = own_body(request.reader, uid)
    part = next(one for one in batch.parts if one.body.pk == body.pk)
    against: tuple[Objection, ...] = ()
    if request.method == "POST":
        by = Answering(request.reader, Came.PAGE, request.today)
        try:
            count = give_rest(uid, by=by, once=parsed_once(request))
        except Refused as refused:
            against = refused.objections
        except AlreadyDone:
            return redirect("joint_body", uid)
        else:
            messages.success(request, _("已保存 %(count)s 人的答复。") % {"count": count})
            return redirect("joint_body", uid)
    values = {"body": body, "batch": batch, "part": part, "label": body_label(body.body), "objections": against}
    return render(request, "desk/joint/rest.html", values, status=HTTPStatus.CONFLICT if against else HTTPStatus.OK)


def _page(
    request: Request, uid: uuid.UUID, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (),
    typed: Mapping[uuid.UUID, AnswerDraft] | None = None,
) -> HttpResponse:  # fmt: skip
    reader = request.reader
    body, batch = own_body(reader, uid)
    rows = shown(batch, body, reader.tree, page_of(request.GET), with_numbers=True, typed=typed)
    record_reading(
        What.REVEAL, actor=reader.actor, subject_kind="unit", subject=reader.home.uid if reader.home else None, count=len(rows.rows),
        purpose=_("部门联审%(number)s") % {"number": batch.number},
    )  # fmt: skip
    values = {
        "body": body,
        "label": body_label(body.body),
        "batch": batch,
        "round": label_of(batch.review.round),
        "shown": rows,
        "choices": JointReviewAnswer.Answer.choices,
        "is_open": not batch.is_closed,
        "is_overdue": rows.answered < rows.total and batch.record.due_on < request.today,
        "objections": against,
    }
    return render(request, "desk/joint/body.html", values, status=status)
