"""Pages of the path: the 25 steps to read and print, the blank handbook, the record of one case on paper. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.admission.case_file import Read
from yumiao.admission.edition_services import in_use, offered, uses
from yumiao.admission.editions import EDITIONS, bounds_of
from yumiao.admission.path import Edition, Terms
from yumiao.admission.path_page import EVERYWHERE, guards_of, stricter_terms, terms_in_words
from yumiao.admission.sheets import TITLE
from yumiao.bylaws.memory import settings_of
from yumiao.desk.casebook.prints import booklet_of, path_pdf
from yumiao.desk.casebook.record import sections_of, title
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import Actor
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.kernel.periods import on_paper
from yumiao.press.answers import pdf
from yumiao.press.booklets import booklet_docx, print_booklet
from yumiao.press.documents import print_document
from yumiao.press.words import MEDIA, make_docx

P = Permission
WORDS: Final = "docx"


def known_edition(request: Request, key: str) -> Edition:
    """An edition that this installation may show. Raises `OutOfScope`."""
    found = EDITIONS.get(key)
    if found is None or found not in offered(is_demo=request.is_demo):  # type: ignore[attr-defined]
        raise OutOfScope(key)
    return found


def _asked(request: Request) -> Edition:
    """The edition that the address asks for; without one, that in use."""
    return known_edition(request, request.GET.get("edition") or in_use(request.today))


def _bounds(request: Request, edition: Edition) -> Terms:
    return bounds_of(edition, settings_of(request.today, request.reader.head))


def _county(request: Request) -> str:
    root = request.reader.tree.root
    return root.name if root else ""


def _code(request: Request) -> str:
    return _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))


@door(P.BYLAW_READ)
def casebook(request: Request) -> HttpResponse:
    """The path of one edition, step by step, with the county's terms of today."""
    edition = _asked(request)
    bounds, using = _bounds(request, edition), in_use(request.today)
    stricter = stricter_terms(edition, bounds)
    known = offered(is_demo=request.is_demo)  # type: ignore[attr-defined]
    values = {
        "edition": edition,
        "using": using,
        "editions": known,
        "tabs": [(one.title, f"?edition={one.key}", one is edition, None) for one in known],
        "stages": [
            (stage, [(one, guards_of(one)) for one in edition.steps_of(stage.number)]) for stage in edition.stages
        ],
        "terms": [(label, said, label in stricter) for label, said in terms_in_words(bounds)],
        "everywhere": EVERYWHERE,
        "may_see_editions": request.reader.may(P.PERSON_READ),
    }
    return render(request, "desk/casebook/casebook.html", values)


@door(P.BYLAW_READ)
def casebook_print(request: Request) -> HttpResponse:
    """The path on paper."""
    edition = _asked(request)
    name = _("发展党员的程序（{day}）.pdf").format(day=on_paper(request.today))
    county, bounds = _county(request), _bounds(request, edition)
    return pdf(request, name, lambda: path_pdf(edition, bounds, unit=county, on=request.today, code=_code(request)))


@door(P.BYLAW_READ)
def casebook_handbook(request: Request) -> HttpResponse:
    """The blank county handbook, as a PDF or, with `file=docx`, to edit."""
    edition = _asked(request)
    paper = next((one.paper.number for one in uses() if one.edition == edition.key and one.paper), "")
    made = booklet_of(edition, _bounds(request, edition), unit=_county(request), paper=paper)
    if request.GET.get("file") == WORDS:
        return _words(f"{TITLE}.docx", booklet_docx(made, on=request.today))
    return pdf(request, f"{TITLE}.pdf", lambda: print_booklet(made, code=_code(request)))


@door(SIGNED_IN)
def case_record(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The record of one case, as a PDF or, with `file=docx`, to edit; for whoever sees the person, and for the person."""
    keep_pace(request)
    with refusal_on_record(request, uid):
        read, actor = _seen(request, uid)
    person = read.around.person_uid
    record_reading(What.PRINT, actor=actor, subject_kind="person", subject=person, count=1)
    sections, county = sections_of(read, request.reader.tree), _county(request)
    name = _("{name}全程纪实表（{day}）").format(name=read.around.name, day=on_paper(request.today))
    note = _("由系统按已登记的内容生成；空白的步骤还没有办理。签字盖章后与纸质材料一并归档。")
    if request.GET.get("file") == WORDS:
        content = make_docx(title(), sections, unit=county, on=request.today, note=note)
        return _words(f"{name}.docx", content)
    return pdf(
        request, f"{name}.pdf",
        lambda: print_document(title(), sections, unit=county, on=request.today, code=_code(request), note=note),
    )  # fmt: skip


def _seen(request: Request, uid: uuid.UUID) -> tuple[Read, Actor]:
    """The case and in whose name it is read. Raises `OutOfScope`, `NotAllowed`."""
    reader = request.reader
    if not reader.may(P.PERSON_READ) and not reader.may(P.OWN_READ):
        raise NotAllowed(_("您的任职不含“%(right)s”。") % {"right": P.PERSON_READ.label})
    read = read_by(uid)
    unit = reader.tree.by_id.get(read.around.unit)
    if unit is not None and reader.may_at(P.PERSON_READ, unit):
        return read, reader.acting(P.PERSON_READ, unit)
    account = reader.account
    if account is not None and account.person_uid == read.around.person_uid and reader.may(P.OWN_READ):
        return read, reader.acting(P.OWN_READ, unit)
    raise OutOfScope(str(uid))


def _words(name: str, content: bytes) -> HttpResponse:
    """A file for a word processor."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=MEDIA, headers=headers)
