"""Pages of decisions on memberships: one person or many under the same document, by way of a preview; the list, the announcement, the undoing.

Must not know: SQL, rules.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.audit_queries import together_with
from yumiao.admission.models import Recognition
from yumiao.bylaws.memory import settings_of
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.file_audits import acting, lists
from yumiao.desk.file_audits.acting import Somebody
from yumiao.desk.file_audits.effects import moved
from yumiao.desk.file_audits.forms import DecisionForm
from yumiao.desk.file_audits.prints import announcement_docx, announcement_pdf, title_of
from yumiao.desk.file_audits.views import sent, somebody_at
from yumiao.desk.membership.forms import UndoForm
from yumiao.desk.membership.undoing import obstacles
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.people.models import Person
from yumiao.people.queries import named
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.ui.paging import first_if_bad

P = Permission
PAGE: Final = 50
MOST: Final = 200  # people under one document on one page


@door(P.FILE_AUDIT)
def recognitions(request: Request) -> HttpResponse:
    """What was decided, the last first."""
    rows = Recognition.objects.alive().filter(person__in=_in_sight(request).values("pk"))
    shown = first_if_bad(rows, "-decided_on", "-pk", size=PAGE, get=request.GET)
    names = named(one.person_id for one in shown.rows)
    values = {
        "rows": [(one, names.get(one.person_id)) for one in shown.rows],
        "count": rows.count(),
        "links": shown.links(request.GET),
        "may_decide": request.reader.may(P.MEMBERSHIP_RECOGNISE),
    }
    return render(request, "desk/file_audits/recognitions.html", values)


@door(P.MEMBERSHIP_RECOGNISE, methods=("GET", "POST"))
def recognise(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Decide on one person's membership: fill in, look at what it moves, submit."""
    keep_pace(request)
    found = somebody_at(request, uid, P.MEMBERSHIP_RECOGNISE)
    if request.method != "POST":
        actor = request.reader.acting(P.MEMBERSHIP_RECOGNISE, found.unit)
        record_reading(What.PAGE, actor=actor, subject_kind="person", subject=uid, count=1)
    return _decided(request, [found.somebody], [found.somebody], one=uid)


@door(P.MEMBERSHIP_RECOGNISE, methods=("GET", "POST"))
def recognise_many(request: Request) -> HttpResponse:
    """Decide on several under the same document: who is chosen among those about whom a decision may be made."""
    asked = lists.Asked.of(request.reader, request.GET)
    people = lists.picked(lists.members_of(asked.scope(request.reader)), lists.Which.UNDECIDED).order_by("pk")
    rows = lists.rows_of(people[:MOST], request.reader)
    offered = [Somebody(row.pk, row.person.uid, row.person.name) for row in rows]
    marked = set(request.POST.getlist("who"))
    if request.method != "POST":
        place = asked.unit or request.reader.home
        subject = place.uid if place else None
        record_reading(What.LIST, actor=request.reader.actor, subject_kind="unit", subject=subject, count=len(offered))
    return _decided(request, offered, [one for one in offered if str(one.uid) in marked], units=_places(rows))


def _decided(
    request: Request, offered: Sequence[Somebody], people: Sequence[Somebody], **more: Any
) -> HttpResponse:  # fmt: skip
    form = DecisionForm(sent(request), initial={"decided_on": request.today})
    page = {
        "offered": offered, "people": people, "chosen": {one.uid for one in people}, "form": form, "one": None, "units": {},
        "objections": [], "is_preview": False, **more,
    }  # fmt: skip
    if not form.is_bound or not form.is_valid() or request.POST.get("deed") == "edit":
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "desk/file_audits/recognise.html", page, status=status)
    given = _given(request)
    found = [Objection("", "没有选择人员")] if not people else acting.decision_against(people, form.decided, **given)[1]
    if found:
        return render(
            request, "desk/file_audits/recognise.html", page | {"objections": found}, status=HTTPStatus.CONFLICT
        )
    if request.POST.get("deed") != "submit":
        is_ended = form.decided.decision == Recognition.Decision.NOT_RECOGNISED
        effects = moved(request.reader, [one.pk for one in people]) if is_ended else []
        preview = {"effects": effects, "is_ended": is_ended, "is_preview": True}
        return render(request, "desk/file_audits/recognise.html", page | preview)
    return _submitted(request, people, form, page)


def _submitted(request: Request, people: Sequence[Somebody], form: DecisionForm, page: dict[str, Any]) -> HttpResponse:
    home = request.reader.home or request.reader.tree.root
    assert home is not None
    try:
        acting.decide(people, form.decided, place=home.uid, once=parsed_once(request), **_given(request))
    except Refused as refused:
        against = {"objections": refused.objections}
        return render(request, "desk/file_audits/recognise.html", page | against, status=HTTPStatus.CONFLICT)
    except AlreadyDone:
        return redirect("recognitions")
    messages.success(request, _("已登记 %(count)s 人的决定。打印通报，盖章后公布。") % {"count": len(people)})
    return redirect("recognitions")


@door(P.MEMBERSHIP_RECOGNISE, methods=("GET", "POST"))
def recognition_undo(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a decision back, of everybody it was about, with a reason."""
    one, together = _decision(request, uid, P.MEMBERSHIP_RECOGNISE)
    form, against, status = UndoForm(sent(request)), obstacles(one.entered), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        who = deciding_at(request.reader, P.MEMBERSHIP_RECOGNISE, request.reader.home)
        try:
            acting.undo_decision(one, reason=form.cleaned_data["reason"], who=who, once=parsed_once(request))
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("recognitions")
        else:
            messages.success(request, _("已撤销，原有内容已恢复。"))
            return redirect("recognitions")
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    names = named(row.person_id for row in together)
    values = {"one": one, "names": [two.name for two in names.values()], "form": form, "objections": against}
    return render(request, "desk/file_audits/undo.html", values, status=status)


@door(P.FILE_AUDIT)
def recognition_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The announcement, for the seal; on record as a print."""
    together = _printed(request, uid)
    name = _("{title}.pdf").format(title=title_of(together[0]))
    return pdf(request, name, lambda: announcement_pdf(together, request.reader))


@door(P.FILE_AUDIT)
def recognition_docx(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The same to be edited; on record as a print."""
    together = _printed(request, uid)
    name = _("{title}.docx").format(title=title_of(together[0]))
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(announcement_docx(together, request.reader), content_type=MEDIA, headers=headers)


def _printed(request: Request, uid: uuid.UUID) -> list[Recognition]:
    """Those of the decision whom the reader sees."""
    one, together = _decision(request, uid, P.FILE_AUDIT)
    person = one.person.uid
    record_reading(What.PRINT, actor=request.reader.actor, subject_kind="person", subject=person, count=len(together))
    return together


def _decision(request: Request, uid: uuid.UUID, need: Permission) -> tuple[Recognition, list[Recognition]]:
    one = Recognition.objects.alive().filter(uid=uid).select_related("person").first()
    if one is None:
        raise OutOfScope("没有这项决定，或不在您的管理范围内。")
    fetch(Person.objects.all(), request.reader, need, see=P.PERSON_READ, uid=one.person.uid)
    together = together_with(one)
    seen = set(_in_sight(request).filter(pk__in=[row.person_id for row in together]).values_list("pk", flat=True))
    if need is P.MEMBERSHIP_RECOGNISE and len(seen) < len(together):
        raise NotAllowed(_("这项决定还涉及您管理范围以外的人员。"))
    return one, [row for row in together if row.person_id in seen]


def _in_sight(request: Request) -> Any:
    return Person.objects.visible_to(request.reader.scope(P.FILE_AUDIT))


def _places(rows: Sequence[lists.Row]) -> dict[uuid.UUID, str]:
    """Where each stands, and how his file was found."""
    return {
        row.person.uid: _("%(unit)s，%(result)s") % {"unit": row.unit.name if row.unit else "", "result": row.label}
        for row in rows
    }


def _given(request: Request) -> dict[str, Any]:
    who = deciding_at(request.reader, P.MEMBERSHIP_RECOGNISE, request.reader.home)
    settings = settings_of(request.today, request.reader.head)
    return {"who": who, "settings": settings, "today": request.today}
