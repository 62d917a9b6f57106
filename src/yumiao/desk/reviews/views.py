"""Pages of reviews: the queue, one review, its print. Must not know: SQL, rules."""

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
from yumiao.admission.case_rules import blocking
from yumiao.admission.models import Case, Review
from yumiao.admission.review_rules import LEVELS, POINTS, VILLAGE, checks_of, place_objections
from yumiao.desk.dossier.recording import deciding_at, ground_by
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.grants.opening import may_open
from yumiao.desk.people.places import units_to_choose
from yumiao.desk.refusals import keep_pace
from yumiao.desk.reviews import queue, reviewing
from yumiao.desk.reviews.forms import ReviewForm, are_valid, finding_forms
from yumiao.desk.reviews.sheet import Sheet, answers_of, sheet_docx, sheet_of, sheet_pdf
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused, Stale
from yumiao.press.answers import pdf
from yumiao.press.words import MEDIA
from yumiao.ui.addresses import reverse

P = Permission
SIZE: Final = queue.SIZE


@door(P.PERSON_READ)
def reviews(request: Request) -> HttpResponse:
    """What waits for the reader's level, oldest first."""
    reader, asked = request.reader, queue.Asked.parsed(request.GET)
    some = queue.queue_of(reader, asked)
    rows = some[asked.state]
    page = _page_number(request, len(rows))
    shown = rows[page * SIZE : (page + 1) * SIZE]
    more = f"&point={asked.point}" if asked.point else ""
    more += f"&unit={asked.unit}" if asked.unit else ""
    place = reader.tree.by_code.get(asked.unit)
    values = {
        "tabs": [(one.label, f"?state={one.value}{more}", one is asked.state, len(some[one])) for one in queue.State],
        "asked": asked,
        "rows": queue.rows_of(shown, reader),
        "count": len(rows),
        "levels": queue.levels_of(reader),
        "points": [(one, Review.Point(one).label) for one in POINTS if LEVELS[one] in queue.levels_of(reader)],
        "units": units_to_choose(reader, place),
        "unit": place,
        "links": (
            f"?{asked.query}&page={page}" if page else None,
            f"?{asked.query}&page={page + 2}" if (page + 1) * SIZE < len(rows) else None,
        ),
    }  # fmt: skip
    return render(request, "desk/reviews/list.html", values)


def _page_number(request: Request, count: int) -> int:
    given = request.GET.get("page", "")
    number = int(given) - 1 if given.isascii() and given.isdecimal() and len(given) < 6 else 0
    return number if 0 <= number * SIZE < max(count, 1) else 0


@door(P.PERSON_READ, methods=("GET", "POST"))
def review(request: Request, uid: uuid.UUID, point: str) -> HttpResponse:
    """One case at one point: what to look at, the checklist, what was found."""
    found = _seen(request, uid, point)
    checks = checks_of(point)
    if request.method != "POST":
        keep_pace(request)
        person = found.read.around.person_uid
        record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=person, count=1)
        return _page(request, found, point, ReviewForm(checks=checks))
    form, findings = ReviewForm(request.POST, checks=checks), finding_forms(request.POST, found.read.file.path)
    if not (form.is_valid() and are_valid(findings)):
        return _page(request, found, point, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reviewing.review(
            uid, point, form.verdict(findings), who=deciding_at(request.reader, reviewing.need_of(point), found.unit),
            today=request.today, ground_for=ground_by(request.today, request.reader), stood=request.POST.get("stood", ""),
            once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, point, form, HTTPStatus.CONFLICT, refused.objections)
    except Stale:
        messages.warning(request, _("您看过以后，档案有变更。请看过变更之处再作结论。"))
        return _page(request, found, point, form, HTTPStatus.CONFLICT)
    except AlreadyDone:
        pass
    else:
        messages.success(
            request, _("已登记：%(what)s。") % {"what": Review.Outcome(form.cleaned_data["outcome"]).label}
        )
    return redirect(_next(request, found, point))


def _next(request: Request, found: Seen, point: str) -> str:
    """Where the review leads: to the next of the queue it was opened from, else back to the queue."""
    asked = queue.Asked.parsed(request.GET)
    _before, after = queue.neighbours(request.reader, asked, found.read.around.case, point)
    if after is not None and request.GET.get("state"):
        uid = Case.objects.filter(pk=after.case).values_list("uid", flat=True)[0]
        return f"{reverse('review', args=[uid, after.point])}?{asked.query}"
    return f"{reverse('reviews')}?{asked.query}"


def _page(
    request: Request, found: Seen, point: str, form: ReviewForm, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = ()
) -> HttpResponse:  # fmt: skip
    sheet = sheet_of(found.read, point, found.unit, found.ground)
    asked = queue.Asked.parsed(request.GET)
    before, after = queue.neighbours(request.reader, asked, found.read.around.case, point)
    uids = dict(Case.objects.filter(pk__in=[one.case for one in (before, after) if one]).values_list("pk", "uid"))
    standing = blocking(list(place_objections(found.read.file, point, found.ground.terms)))
    last = sheet.last
    values: dict[str, Any] = {
        "seen": found,
        "sheet": sheet,
        "point": point,
        "form": form,
        "findings": finding_forms(request.POST if form.is_bound else None, found.read.file.path),
        "objections": against or (standing if last is None else ()),
        "is_over": last is not None and bool(standing),
        "may": queue.may_review(request.reader, point, found.unit) and not found.is_own and not standing,
        "last": last,
        "answers": answers_of(last.review) if last else [],
        "is_sealed": not may_open(request.reader, found.read.around.case, Section.POLITICAL_REVIEW),
        "may_open": LEVELS[point] != VILLAGE and queue.may_review(request.reader, point, found.unit),
        "links": [
            f"{reverse('review', args=[uids[one.case], one.point])}?{asked.query}" if one else None for one in (before, after)
        ],
        "query": asked.query if request.GET.get("state") else "",
    }  # fmt: skip
    return render(request, "desk/reviews/review.html", values, status=status)


@door(P.PERSON_READ, methods=("POST",))
def review_open(request: Request, uid: uuid.UUID, point: str) -> HttpResponse:
    """Let the reviewer read the political review for the time of the review."""
    found = _seen(request, uid, point, level_alone=True)
    if (
        LEVELS[point] == VILLAGE or request.reader.account is None
    ):  # the branch made the political review; it reads what it put in
        raise NotAllowed(_("村级审查不另行授权：政治审查材料由放入的人查看。"))
    who = deciding_at(request.reader, reviewing.need_of(point), found.unit)
    try:
        reviewing.open_political_review(
            uid,
            point,
            request.reader.account,
            who=who,
            today=request.today,
            ground_for=ground_by(request.today, request.reader),
            once=parsed_once(request),
        )
    except Refused as refused:
        return _page(
            request, found, point, ReviewForm(checks=checks_of(point)), HTTPStatus.CONFLICT, refused.objections
        )
    except AlreadyDone:
        pass
    else:
        messages.success(request, _("已授权，十五日内可以阅看政治审查材料；每次阅看都有记录。"))
    return redirect("review", uid, point)


@door(P.PERSON_READ)
def review_pdf(request: Request, uid: uuid.UUID, point: str) -> HttpResponse:
    """The review sheet to be signed and sealed; on record as a print."""
    sheet = _printed(request, uid, point)
    name = _("审查表 {name}.pdf").format(name=sheet.read.around.name)
    return pdf(request, name, lambda: sheet_pdf(sheet, on=request.today))


@door(P.PERSON_READ)
def review_docx(request: Request, uid: uuid.UUID, point: str) -> HttpResponse:
    """The same to be edited; on record as a print."""
    sheet = _printed(request, uid, point)
    name = _("审查表 {name}.docx").format(name=sheet.read.around.name)
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(sheet_docx(sheet, on=request.today), content_type=MEDIA, headers=headers)


def _printed(request: Request, uid: uuid.UUID, point: str) -> Sheet:
    found = _seen(request, uid, point)
    person = found.read.around.person_uid
    record_reading(What.PRINT, actor=request.reader.actor, subject_kind="person", subject=person, count=1)
    return sheet_of(found.read, point, found.unit, found.ground)


def _seen(request: Request, uid: uuid.UUID, point: str, *, level_alone: bool = False) -> Seen:
    """The case, for whoever reviews at that point or a higher one; raises as `dossier.seeing.seen` does."""
    if point not in POINTS:
        raise OutOfScope(point)
    need = reviewing.need_of(point)
    if not level_alone and request.method != "POST" and not request.reader.may(need):
        need = next((one for one in reviewing.NEEDS.values() if request.reader.may(one)), need)
    return seen(request, uid, need)
