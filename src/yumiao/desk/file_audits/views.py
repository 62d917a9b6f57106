"""Pages of old files: the list with progress, auditing one or a branch, one audit with its findings. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.audit_queries import audits_of, findings_of, recognitions_of
from yumiao.admission.models import FileAudit, FileAuditRecord
from yumiao.desk.dossier.recording import deciding_at
from yumiao.desk.file_audits import acting, lists, page
from yumiao.desk.file_audits.acting import Somebody
from yumiao.desk.file_audits.forms import AuditFindingForm, AuditForm, BatchForm
from yumiao.desk.membership.forms import UndoForm
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Person
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50
MOST: Final = 200  # members of one branch on one page


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody whose file the reader may audit, and where he stands."""

    person: Person
    name: str
    unit: UnitOnDay | None

    @property
    def somebody(self) -> Somebody:
        return Somebody(self.person.pk, self.person.uid, self.name)


@door(P.FILE_AUDIT)
def file_audits(request: Request) -> HttpResponse:
    """Members by how their files were found, and how far each township has come."""
    return list_page(request)


def list_page(
    request: Request, against: tuple[Objection, ...] = (), status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:  # fmt: skip
    """The list, with what is wrong with a workbook that was sent."""
    reader = request.reader
    asked = lists.Asked.of(reader, request.GET)
    people = lists.members_of(asked.scope(reader))
    done = lists.progress(people, asked, reader)
    rows = lists.picked(people, asked.which)
    shown = first_if_bad(rows, "pk", size=PAGE, get=request.GET)
    undecided = lists.picked(people, lists.Which.UNDECIDED).count()
    counts = {one: undecided if one is lists.Which.UNDECIDED else page.counted(done, one) for one in lists.Which}
    values = {
        "asked": asked,
        "tabs": [(one.label, asked.url(state=one.value), one is asked.which, counts[one]) for one in lists.Which],
        "units": page.places_to_choose(reader, asked.unit),
        "progress": done,
        "whole": sum(one.whole for one in done),
        "done": sum(one.done for one in done),
        "matrix": page.matrix(done, asked),
        "rows": lists.rows_of(shown.rows, reader),
        "count": counts[asked.which],
        "links": shown.links(request.GET),
        "query": asked.url().partition("?")[2],
        "may_decide": reader.may(P.MEMBERSHIP_RECOGNISE),
        "objections": against,
    }
    return render(request, "desk/file_audits/list.html", values, status=status)


@door(P.FILE_AUDIT, methods=("GET", "POST"))
def file_audit_new(request: Request) -> HttpResponse:
    """Audit the file of whom the address names, or of the members of the branch it names, on one page."""
    unit = request.reader.tree.by_code.get(request.GET.get("unit", ""))
    if unit is not None and request.reader.may_at(P.FILE_AUDIT, unit):
        return _batch(request, unit)
    try:
        found = somebody_at(request, uuid.UUID(request.GET.get("person", "")))
    except ValueError:
        raise OutOfScope("没有这个人，或不在您的管理范围内。") from None
    form = AuditForm(sent(request), initial={"on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            (uid,) = acting.audit_files([(found.somebody, form.audited)], **_given(request, found.unit))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("file_audits")
        else:
            messages.success(request, _("已登记审核结果。"))
            return redirect("file_audit", uid)
    values = {"seen": found, "form": form, "objections": against, "slots": page.held(found.person.pk)}
    return render(request, "desk/file_audits/new.html", values, status=status)


def _batch(request: Request, unit: UnitOnDay) -> HttpResponse:
    """Several members of one branch."""
    asked = lists.Asked(lists.Which.WAITING, unit)
    people = lists.picked(lists.members_of(asked.scope(request.reader)), asked.which).order_by("pk")
    rows = lists.rows_of(people[:MOST], request.reader)
    those = [Somebody(row.pk, row.person.uid, row.person.name) for row in rows]
    form = BatchForm(those, sent(request), initial={"on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            done = acting.audit_files(form.audited, **_given(request, unit))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect(asked.url())
        else:
            messages.success(request, _("已登记 %(count)s 人的审核结果。") % {"count": len(done)})
            return redirect(asked.url())
    if request.method != "POST":
        actor = request.reader.acting(P.FILE_AUDIT, unit)
        record_reading(What.LIST, actor=actor, subject_kind="unit", subject=unit.uid, count=len(those))
    values = {"unit": unit, "form": form, "objections": against, "codes": page.CODES, "asked": asked}
    return render(request, "desk/file_audits/batch.html", values, status=status)


@door(P.FILE_AUDIT)
def file_audit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One audit: what lies in the file by the system beside what was found on paper, findings, decisions."""
    keep_pace(request)
    audit, found = _audit(request, uid)
    actor = request.reader.acting(P.FILE_AUDIT, found.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=found.person.uid, count=1)
    return _page(request, audit, found)


@door(P.FILE_AUDIT, methods=("POST",))
def file_audit_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take an audit back, with a reason."""
    audit, found = _audit(request, uid)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, audit, found, HTTPStatus.UNPROCESSABLE_ENTITY, undo=form)
    who = deciding_at(request.reader, P.FILE_AUDIT, found.unit)
    try:
        acting.withdraw_audit(audit, reason=form.cleaned_data["reason"], who=who, once=parsed_once(request))
    except Refused as refused:
        return _page(request, audit, found, HTTPStatus.CONFLICT, refused.objections, undo=form)
    except AlreadyDone:
        return redirect("file_audits")
    messages.success(request, _("已收回这次审核。"))
    return redirect("file_audits")


@door(P.FINDING_RECORD, methods=("POST",))
def file_audit_finding(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write down what an audit found."""
    audit, found = _audit(request, uid, P.FINDING_RECORD)
    form = AuditFindingForm(request.POST)
    if not form.is_valid():
        return _page(request, audit, found, HTTPStatus.UNPROCESSABLE_ENTITY, finding=form)
    who = deciding_at(request.reader, P.FINDING_RECORD, found.unit)
    given: dict[str, Any] = {"on": form.on, "who": who, "today": request.today, "once": parsed_once(request)}
    try:
        acting.find_fault(found.somebody, form.draft, **given)
    except Refused as refused:
        return _page(request, audit, found, HTTPStatus.CONFLICT, refused.objections, finding=form)
    except AlreadyDone:
        return redirect("file_audit", uid)
    messages.success(request, _("已登记问题。需要整改的，在限期整改中下发通知书。"))
    return redirect("file_audit", uid)


def somebody_at(request: Request, uid: uuid.UUID, need: Permission = P.FILE_AUDIT) -> Seen:
    """Who the address names. Raises `OutOfScope` where the reader does not see him, `NotAllowed` where he may not."""
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, need, see=P.PERSON_READ, uid=uid)
    return seen_of(request, person)


def seen_of(request: Request, person: Person) -> Seen:
    """With name and unit."""
    (row,) = lists.rows_of([person], request.reader)
    return Seen(person, row.person.name, row.unit)


def sent(request: Request) -> QueryDict | None:
    """What was sent, None for a look."""
    return request.POST if request.method == "POST" else None


def _audit(request: Request, uid: uuid.UUID, need: Permission = P.FILE_AUDIT) -> tuple[FileAudit, Seen]:
    audit = FileAudit.objects.filter(uid=uid).select_related("person").first()
    if audit is None:
        raise OutOfScope("没有这次审核，或不在您的管理范围内。")
    return audit, somebody_at(request, audit.person.uid, need)


def _given(request: Request, unit: UnitOnDay | None) -> dict[str, Any]:
    place = unit or request.reader.home
    assert place is not None
    who = deciding_at(request.reader, P.FILE_AUDIT, unit)
    return {"who": who, "place": place.uid, "today": request.today, "once": parsed_once(request)}


def _page(
    request: Request, audit: FileAudit, found: Seen, status: HTTPStatus = HTTPStatus.OK,
    against: tuple[Objection, ...] = (), **forms: Any,
) -> HttpResponse:  # fmt: skip
    every = audits_of(found.person.pk)
    record = next((one for one in every if one.audit_id == audit.pk), None)
    may = request.reader.may_at
    values = {
        "audit": audit,
        "record": record,
        "seen": found,
        "slots": page.beside(found.person.pk, record),
        "every": every,
        "results": FileAuditRecord.Result,
        "findings": findings_of(found.person.pk),
        "decisions": recognitions_of(found.person.pk),
        "may_find": found.unit is not None and may(P.FINDING_RECORD, found.unit),
        "may_decide": found.unit is not None and may(P.MEMBERSHIP_RECOGNISE, found.unit),
        "finding": forms.get("finding") or AuditFindingForm(initial={"found_on": request.today}),
        "undo": forms.get("undo") or UndoForm(),
        "objections": against,
    }
    return render(request, "desk/file_audits/audit.html", values, status=status)
