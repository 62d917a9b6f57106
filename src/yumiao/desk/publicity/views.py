"""Pages of notices: the list, a new one, one notice with its window, photographs and prints. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.asked import Ground
from yumiao.admission.editions import FIRST, edition_of
from yumiao.admission.models import CaseNotice
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.dossier.recording import deciding_at, ground_by
from yumiao.desk.evidence.serving import scan_answer
from yumiao.desk.evidence.uploading import ManyInMemory, parts_of, refused_by
from yumiao.desk.people.places import units_to_choose
from yumiao.desk.publicity import acting, lists, prints
from yumiao.desk.publicity.candidates import asked_kinds, due_in
from yumiao.desk.publicity.forms import NoticeForm, PhotoForm, RestartForm, TakeBackForm, WindowForm
from yumiao.desk.publicity.notices import Seen, is_entered_late, reading_of, seen_notice, was_done
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.publicity.models import Notice
from yumiao.publicity.queries import earlier_windows, photos_of
from yumiao.publicity.rules import Window
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50


@door(P.PERSON_READ)
def notices(request: Request) -> HttpResponse:
    """The notices that run and those that are over."""
    reader, said = request.reader, request.GET.get("state", "")
    which = lists.Which(said) if said in list(lists.Which) else lists.Which.RUNNING
    rows = lists.notices_of(reader, which)
    page = first_if_bad(rows, "-posted_on", "-id", size=PAGE, get=request.GET)
    values = {
        "tabs": [(one.label, f"?state={one}", one is which, lists.notices_of(reader, one).count()) for one in lists.Which],
        "which": which,
        "rows": lists.notice_rows(list(page.rows), reader),
        "count": rows.count(),
        "links": page.links(request.GET),
        "may_post": reader.may(P.NOTICE_POST),
        "may_receive": reader.may(P.OBJECTION_RECEIVE),
    }  # fmt: skip
    return render(request, "desk/publicity/list.html", values)


@door(P.NOTICE_POST, methods=("GET", "POST"))
def notice_new(request: Request) -> HttpResponse:
    """Choose whom a notice names, when and where it hangs; the last day is counted and shown before it is posted."""
    reader = request.reader
    if was_done(request):
        return redirect("notices")
    unit, kind, ground = _place(request), _kind(request), _ground(request)
    rows = due_in(reader, unit, kind, ground)
    people = [(str(row.read.around.uid), f"{row.name}（{row.unit.name if row.unit else ''}）") for row in rows]
    chosen = request.GET.get("case", "")
    initial = {
        "posted_on": request.today,
        "place": _("村务公开栏"),
        "receiver": unit.name,
        "cases": [chosen] if chosen else [uid for uid, _n in people],
    }
    form = NoticeForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        window = _window(form, ground)
        try:
            if window is None:
                raise Refused([acting.no_calendar(form.cleaned_data["posted_on"])])
            uid = acting.post(
                [uuid.UUID(one) for one in form.cleaned_data["cases"]], kind, window, unit=unit, name_of=_namer(request),
                who=deciding_at(reader, P.NOTICE_POST, unit), ground_for=ground_by(request.today, reader), once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("notices")
        else:
            messages.success(
                request, _("已登记公示，截至%(day)s。打印后盖章张贴。") % {"day": f"{window.closes_on:%Y-%m-%d}"}
            )
            return redirect("notice", uid)
    values = _new_values(request, unit, kind, ground, form, against, people)
    return render(request, "desk/publicity/new.html", values, status=status)


def _new_values(
    request: Request, unit: UnitOnDay, kind: str, ground: Ground, form: NoticeForm, against: tuple[Objection, ...], people: list[tuple[str, str]]
) -> dict[str, Any]:  # fmt: skip
    window = acting.window_of(ground, request.today, place="", phone="", receiver="", is_online=True)
    more = f"&unit={unit.code}"
    return {
        "unit": unit,
        "units": units_to_choose(request.reader, unit),
        "kind": kind,
        "title": str(Notice.Kind(kind).label),
        "kinds": [
            (Notice.Kind(one).label, f"?kind={one}{more}", one == kind, len(due_in(request.reader, unit, one, ground)))
            for one in asked_kinds(ground) or [kind]
        ],
        "form": form,
        "objections": against,
        "is_anybody": bool(people),
        "closes_on": window.closes_on if window else None,
        "days": ground.publicity_days,
        "in_working_days": ground.in_working_days,
    }  # fmt: skip


def _place(request: Request) -> UnitOnDay:
    """The unit the address names, else where the reader stands."""
    code = request.GET.get("unit", "")
    unit = request.reader.tree.by_code.get(code) if code else request.reader.home
    admit(unit, request.reader, P.NOTICE_POST)
    assert unit is not None
    return unit


def _kind(request: Request) -> str:
    kind = request.GET.get("kind", "")
    if kind in Notice.Kind.values:
        return kind
    case = request.GET.get("case", "")
    return _kind_of(request, case) if case else Notice.Kind.ADMISSION.value


def _kind_of(request: Request, case: str) -> str:
    """The kind of notice a case waits for."""
    for kind in Notice.Kind.values:
        rows = due_in(request.reader, _place(request), kind, _ground(request))
        if any(str(row.read.around.uid) == case for row in rows):
            return str(kind)
    return Notice.Kind.ADMISSION.value


def _ground(request: Request) -> Ground:
    return ground_of(edition_of(FIRST), request.today, request.reader.head)


def _namer(request: Request) -> Any:
    tree = request.reader.tree
    return lambda unit: tree.by_id[unit].name if unit in tree.by_id else ""


def _window(form: WindowForm, ground: Ground) -> Window | None:
    given = form.cleaned_data
    return acting.window_of(
        ground,
        given["posted_on"],
        place=given["place"],
        phone=given["phone"],
        receiver=given["receiver"],
        is_online=given["is_online"],
    )


@door(P.PERSON_READ)
def notice(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One notice: whom it names, over which days, what was said."""
    found = seen_notice(request, uid)
    reading_of(request, found, What.PAGE)
    return _page(request, found)


def _page(
    request: Request, found: Seen, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:
    record, notice = found.one.record, found.one.notice
    cases = dict(CaseNotice.objects.filter(notice=notice.pk).values_list("case__person_id", "case__uid"))
    may = request.reader.may_at(P.NOTICE_POST, found.unit)
    values = {
        "one": found.one,
        "unit": found.unit,
        "people": [(said, cases.get(person)) for person, said in found.one.people],
        "earlier": earlier_windows(notice.pk),
        "photos": photos_of(notice.pk),
        "is_entered_late": is_entered_late(found, request.today),
        "is_running": found.one.is_running(request.today),
        "is_over": found.one.is_over(request.today),
        "may": may,
        "may_receive": request.reader.may_at(P.OBJECTION_RECEIVE, found.unit),
        "objections": against,
        "restart": forms.get("restart")
        or RestartForm(
            initial={"posted_on": request.today, "place": record.place, "phone": record.phone, "receiver": record.receiver, "is_online": record.is_online}
        ),
        "photo": forms.get("photo") or PhotoForm(),
        "back": forms.get("back") or TakeBackForm(),
    }  # fmt: skip
    return render(request, "desk/publicity/notice.html", values, status=status)


@door(P.NOTICE_POST, methods=("POST",))
def notice_restart(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Post it anew."""
    found = seen_notice(request, uid, P.NOTICE_POST)
    form = RestartForm(request.POST)
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, restart=form)
    window = _window(form, _ground(request))
    try:
        if window is None:
            raise Refused([acting.no_calendar(form.cleaned_data["posted_on"])])
        acting.restart(
            uid, window, form.cleaned_data["why"], unit=found.unit, who=deciding_at(request.reader, P.NOTICE_POST, found.unit),
            today=request.today, once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, restart=form)
    except AlreadyDone:
        return redirect("notice", uid)
    messages.success(request, _("已重新公示，期间重新计算。"))
    return redirect("notice", uid)


@door(P.NOTICE_POST, methods=("POST",))
def notice_take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = seen_notice(request, uid, P.NOTICE_POST)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, back=form)
    who = deciding_at(request.reader, P.NOTICE_POST, found.unit)
    try:
        acting.take_back(uid, form.cleaned_data["reason"], unit=found.unit, who=who, once=parsed_once(request))
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, back=form)
    except AlreadyDone:
        return redirect("notices")
    messages.success(request, _("已收回公示登记。"))
    return redirect("notices")


@door(P.NOTICE_POST, methods=("POST",))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def notice_photo(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Keep photographs of it."""
    request.upload_handlers = [ManyInMemory(request)]
    return _notice_photo(request, uid)


@csrf_protect
def _notice_photo(request: Request, uid: uuid.UUID) -> HttpResponse:
    found = seen_notice(request, uid, P.NOTICE_POST)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid() or not form.cleaned_data["camera"]:
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, photo=form)
    who = deciding_at(request.reader, P.NOTICE_POST, found.unit)

    def keep() -> None:
        parts = parts_of(form.cleaned_data["camera"], is_ordered=True)
        acting.photograph(uid, parts, unit=found.unit, who=who, today=request.today, once=parsed_once(request))

    try:
        if (wrong := refused_by(form, "camera", keep)) is not None:
            return _page(request, found, wrong, photo=form)
    except AlreadyDone:
        return redirect("notice", uid)
    messages.success(request, _("已放入公示照片。"))
    return redirect("notice", uid)


@door(P.PERSON_READ)
def notice_photo_file(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The photograph of that number of a notice where it hangs; on record as a look at whom it names."""
    found = seen_notice(request, uid)
    photos = photos_of(found.one.notice.pk)
    if not 1 <= number <= len(photos):
        raise OutOfScope(str(number))
    reading_of(request, found, What.PAGE)
    return scan_answer(photos[number - 1].scan, f"{number}.pdf")


@door(P.PERSON_READ)
def notice_print(request: Request, uid: uuid.UUID, what: str) -> HttpResponse:
    """The notice as PDF or docx, or its result sheet; on record as a print."""
    found = seen_notice(request, uid)
    if what not in ("pdf", "docx", "result"):
        raise OutOfScope(what)
    if what == "result" and not found.one.is_over(request.today):
        raise OutOfScope(_("公示还没有届满，没有公示结果。"))
    reading_of(request, found, What.PRINT)
    title, unit = prints.title_of(found.one), found.unit.name
    if what == "docx":
        headers = {"Content-Disposition": content_disposition_header(True, f"{title}.docx") or ""}
        return HttpResponse(prints.notice_docx(found.one, unit), content_type=MEDIA, headers=headers)
    if what == "result":
        return pdf(request, _("公示结果.pdf"), lambda: prints.result_pdf(found.one, unit, on=request.today))
    code = _("纪实第 %(seq)s 条") % {"seq": found.one.record.entered}
    return pdf(request, f"{title}.pdf", lambda: prints.notice_pdf(found.one, unit, code=code))
