"""Pages of need-to-know about a case: its four sections, what lies in one, opening in an emergency, the family. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.sections import Section
from yumiao.admission.relative_services import Named
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.grants import acting
from yumiao.desk.grants.content import content_of, wrote_family
from yumiao.desk.grants.forms import EmergencyForm, FamilyForm
from yumiao.desk.grants.lists import grants_of, lines_of
from yumiao.desk.grants.opening import open_section, opened_to
from yumiao.desk.grants.relatives import person_named
from yumiao.desk.refusals import keep_pace
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused

P = Permission


@door(P.PERSON_READ)
def case_sections(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The four sections of a case: which are open to the reader, and who else holds a grant, for those who grant."""
    keep_pace(request)
    found = seen(request, uid, P.PERSON_READ)
    around = found.read.around
    record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=around.person_uid, count=1)
    mine = opened_to(request.reader, found.read)
    grants = found.may(P.SECTION_GRANT)
    values = {
        "seen": found,
        "sections": [(one, mine.get(one)) for one in Section],
        "lines": lines_of(grants_of(around.case), request.today) if grants else [],
        "grants": grants,
        "emergency": found.may(P.SECTION_EMERGENCY),
        "family": found.may(P.FAMILY_RECORD),
    }
    return render(request, "desk/grants/sections.html", values)


@door(P.PERSON_READ)
def case_section(request: Request, uid: uuid.UUID, section: str) -> HttpResponse:
    """What lies in a section, for whoever a grant lets read it."""
    keep_pace(request)
    if section not in set(Section):
        raise OutOfScope(section)
    found, which = seen(request, uid, P.PERSON_READ), Section(section)
    if not _own_family(request, found, which):
        open_section(request, found.read, which)
    values = {"seen": found, "section": which, "items": content_of(found.read.around.case, which)}
    return render(request, "desk/grants/section.html", values)


def _own_family(request: Request, found: Seen, section: Section) -> bool:
    """Whether the reader sees the family as he wrote it down himself, while the case is open; on record then."""
    account = request.reader.account
    if section is not Section.FAMILY or account is None or not found.is_open or not found.may(P.FAMILY_RECORD):
        return False
    if not wrote_family(account, found.read.around.case):
        return False
    record_reading(
        What.SECTION, actor=request.reader.actor, subject_kind="person", subject=found.read.around.person_uid, count=1,
        purpose=f"{section.label}：本人登记",
    )  # fmt: skip
    return True


@door(P.SECTION_EMERGENCY, methods=("GET", "POST"))
def case_emergency(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Open a section for oneself for two hours."""
    found = seen(request, uid, P.SECTION_EMERGENCY)
    form = EmergencyForm(_sent(request))
    if not form.is_bound or not form.is_valid():
        return _form(request, found, "desk/grants/emergency.html", form)
    given = form.cleaned_data
    try:
        acting.open_at_once(
            uid, Section(given["section"]), reason=given["reason"], reader=request.reader, once=parsed_once(request)
        )
    except Refused as refused:
        return _form(request, found, "desk/grants/emergency.html", form, refused.objections)
    except AlreadyDone:
        return redirect("case_sections", uid)
    messages.success(request, _("已打开，两小时后自行失效。安全保密管理员和审计人员已经看到。"))
    return redirect("case_sections", uid)


@door(P.FAMILY_RECORD, methods=("GET", "POST"))
def case_family(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write down family and relations anew; what stands is not shown here."""
    found = seen(request, uid, P.FAMILY_RECORD)
    form = FamilyForm(_sent(request))
    if not form.is_bound or not form.is_valid():
        return _form(request, found, "desk/grants/family.html", form)
    scope = request.reader.scope(P.FAMILY_RECORD)
    try:
        named = [
            Named(relation, name, conclusion, person_named(scope, name) if is_listed else None)
            for name, relation, conclusion, is_listed in form.rows
        ]
        acting.write_family(uid, named, reader=request.reader, once=parsed_once(request))
    except Refused as refused:
        return _form(request, found, "desk/grants/family.html", form, refused.objections)
    except AlreadyDone:
        return redirect("case_sections", uid)
    messages.success(request, _("已登记。以后只凭授权阅看。"))
    return redirect("case_sections", uid)


def _form(request: Request, found: Seen, template: str, form: Any, against: tuple[Objection, ...] = ()) -> HttpResponse:
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.CONFLICT if against else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, template, {"seen": found, "form": form, "objections": against}, status=status)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
