"""Pages of packages and archives: one case's package, its files, handing over, the list. Must not know: SQL, how a file is made."""

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
from yumiao.access.sections import Section
from yumiao.admission.package_queries import handover_of, packages_of
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.evidence.slots import slots_of
from yumiao.desk.grants.opening import open_section, opened_to
from yumiao.desk.packages import acting, lists, making, prints
from yumiao.desk.packages.forms import HandoverForm, TakeBackForm
from yumiao.files import store
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.press.answers import pdf
from yumiao.press.glyphs import Unprintable
from yumiao.ui.paging import first_if_bad

P = Permission
PAGE: Final = 50
ZIP: Final = "application/zip"


@door(P.PACKAGE_MAKE, methods=("GET", "POST"))
def case_package(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What goes into the package; made anew from the record each time, and on record."""
    found = seen(request, uid, P.PACKAGE_MAKE)
    if request.method != "POST":
        record_reading(
            What.PAGE, actor=request.reader.actor, subject_kind="person", subject=found.read.around.person_uid, count=1
        )
        return _page(request, found)
    kind = "pdf" if request.POST.get("file") == "pdf" else "zip"
    try:
        made = _made(request, found)
    except store.Lost as lost:
        return _page(request, found, HTTPStatus.CONFLICT, _lost(str(lost)))
    except Unprintable as unprintable:
        return _page(request, found, HTTPStatus.CONFLICT, _lost(str(unprintable)))
    try:
        acting.keep(
            uid,
            made,
            seen=found.read.file,
            who=found.who(P.PACKAGE_MAKE),
            today=request.today,
            once=parsed_once(request),
        )
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        pass  # the same click again: the same file again
    record_reading(
        What.PRINT, actor=request.reader.actor, subject_kind="person", subject=found.read.around.person_uid, count=1
    )
    name = _("综合资料手册 {name}").format(name=found.name)
    content, media = (made.book, "application/pdf") if kind == "pdf" else (made.archive, ZIP)
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{name}.{kind}") or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media, headers=headers)


def _has_sealed(found: Seen) -> bool:
    return any(one.is_sealed and one.papers for one in slots_of(found.read.around.case, found.read.file))


def _made(request: Request, found: Seen) -> making.Made:
    """The package of today; where the political review is bound in, that is a look into it, and whoever stands near has none."""
    is_open = False
    if Section.POLITICAL_REVIEW in opened_to(request.reader, found.read) and _has_sealed(found):
        open_section(request, found.read, Section.POLITICAL_REVIEW)
        is_open = True
    return making.make(
        found.read, request.reader.tree, on=request.today, with_sealed=is_open, months=found.ground.joint_valid_months
    )


def _lost(said: str) -> tuple[Objection, ...]:
    return (Objection("ARC-04", said, "材料", next_step="恢复该材料后再装订。"),)


def _page(
    request: Request, found: Seen, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = ()
) -> HttpResponse:
    states = slots_of(found.read.around.case, found.read.file)
    values = {
        "seen": found,
        "slots": [one for one in states if one.papers or one.missing],
        "count": sum(len(one.papers) for one in states),
        "missing": [one for one in states if one.missing],
        "packages": packages_of(found.read.around.case),
        "handover": handover_of(found.read.around.case),
        "is_archived": found.read.file.on(25) is not None,
        "is_sealed_open": Section.POLITICAL_REVIEW in opened_to(request.reader, found.read),
        "has_sealed": any(one.is_sealed and one.papers for one in states),
        "key": making.county_key(),
        "objections": against,
        "may_hand": found.may(P.HANDOVER_RECORD),
    }
    return render(request, "desk/packages/package.html", values, status=status)


@door(P.HANDOVER_RECORD)
def handovers(request: Request) -> HttpResponse:
    """Archived cases, those not handed over first."""
    reader, said = request.reader, request.GET.get("state", "")
    which = lists.Which(said) if said in list(lists.Which) else lists.Which.OPEN
    rows = lists.cases_of(reader, which)
    page = first_if_bad(rows, "id", size=PAGE, get=request.GET)
    values = {
        "tabs": [(one.label, f"?state={one}", one is which, lists.cases_of(reader, one).count()) for one in lists.Which],
        "which": which,
        "rows": lists.rows_of(list(page.rows), reader),
        "count": rows.count(),
        "links": page.links(request.GET),
    }  # fmt: skip
    return render(request, "desk/packages/handovers.html", values)


@door(P.HANDOVER_RECORD, methods=("GET", "POST"))
def handover_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand the archive to whoever keeps it."""
    found = seen(request, uid, P.HANDOVER_RECORD)
    form = HandoverForm(request.POST if request.method == "POST" else None, initial={"handed_on": request.today})
    if not form.is_bound:
        record_reading(
            What.PAGE, actor=request.reader.actor, subject_kind="person", subject=found.read.around.person_uid, count=1
        )
        return _handing(request, found, form)
    if not form.is_valid():
        return _handing(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        acting.hand_over(
            uid,
            form.handing,
            form.cleaned_data["reason"],
            who=found.who(P.HANDOVER_RECORD),
            today=request.today,
            once=parsed_once(request),
        )
    except Refused as refused:
        return _handing(request, found, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("handovers")
    messages.success(request, _("已登记移交。打印移交清单，双方签字。"))
    return redirect("handover_new", uid)


def _handing(
    request: Request,
    found: Seen,
    form: HandoverForm,
    status: HTTPStatus = HTTPStatus.OK,
    against: tuple[Objection, ...] = (),
    **forms: Any,
) -> HttpResponse:
    states = slots_of(found.read.around.case, found.read.file)
    values = {
        "seen": found,
        "form": form,
        "objections": against,
        "missing": [one for one in states if one.missing or one.incomplete_why],
        "handover": handover_of(found.read.around.case),
        "back": forms.get("back") or TakeBackForm(),
    }
    return render(request, "desk/packages/handover.html", values, status=status)


@door(P.HANDOVER_RECORD, methods=("POST",))
def handover_take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """It was entered by mistake."""
    found = seen(request, uid, P.HANDOVER_RECORD)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _handing(
            request,
            found,
            HandoverForm(initial={"handed_on": request.today}),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            back=form,
        )
    try:
        acting.take_back(uid, form.cleaned_data["reason"], who=found.who(P.HANDOVER_RECORD), once=parsed_once(request))
    except Refused as refused:
        return _handing(
            request, found, HandoverForm(initial={"handed_on": request.today}), HTTPStatus.CONFLICT, refused.objections
        )
    except AlreadyDone:
        return redirect("handovers")
    messages.success(request, _("已收回移交登记。"))
    return redirect("handovers")


@door(P.HANDOVER_RECORD)
def handover_print(request: Request, uid: uuid.UUID, what: str) -> HttpResponse:
    """The list of what is handed over, for two signatures; on record as a print."""
    found = seen(request, uid, P.HANDOVER_RECORD)
    if what not in ("pdf", "docx"):
        raise OutOfScope(what)
    record_reading(
        What.PRINT, actor=request.reader.actor, subject_kind="person", subject=found.read.around.person_uid, count=1
    )
    states = slots_of(found.read.around.case, found.read.file)
    unit, standing = found.unit.name if found.unit else "", handover_of(found.read.around.case)
    if what == "docx":
        headers = {"Content-Disposition": content_disposition_header(True, _("档案移交清单.docx")) or ""}
        return HttpResponse(
            prints.handover_docx(found.name, unit, states, standing, on=request.today),
            content_type=prints.MEDIA,
            headers=headers,
        )
    return pdf(
        request,
        _("档案移交清单.pdf"),
        lambda: prints.handover_pdf(found.name, unit, states, standing, on=request.today),
    )
