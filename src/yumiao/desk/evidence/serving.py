"""The bytes of papers as answers: pictures of pages and the whole document, to whoever may open the paper, each opening on record.

Must not know: forms, what a paper is for.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.access.sections import Section
from yumiao.admission.paper_queries import Paper, paper_by
from yumiao.admission.paper_rules import SEALED
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.evidence.acting import may_open
from yumiao.desk.grants.opening import opened_to
from yumiao.desk.refusals import refusal_on_record
from yumiao.files import pdfs, store
from yumiao.files.intake import Unusable, draw
from yumiao.files.models import Scan
from yumiao.journal.models import Reading
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, OutOfScope

P = Permission
OPEN_FOR: Final = timedelta(minutes=5)
# Nothing that is served here may run, be framed, or be kept by anybody on the way.
HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def seen_paper(request: Request, uid: uuid.UUID, need: Permission = P.PAPER_READ) -> tuple[Paper, Seen]:
    """The paper of that uid, where the reader may open it. Raises `OutOfScope` or `NotAllowed`."""
    paper = paper_by(uid)
    found = seen(request, paper.case_uid if paper else uid, need)
    if paper is None:
        raise OutOfScope(str(uid))
    person = found.read.around.person_uid
    with refusal_on_record(request, person):
        if not may_open(request.reader, paper, found.read):
            raise NotAllowed(
                _(
                    "政治审查材料只由放入的人和获准阅看的人员打开。材料已在档案中；需要办理的，请县委组织部或者乡镇党委的经办人写明用途，授权阅看。"
                )
            )
    return paper, found


def on_record(request: Request, paper: Paper, found: Seen, what: What = What.PAGE) -> None:
    """Put on record that somebody opened a paper, and which."""
    actor = request.reader.acting(P.PAPER_READ, found.unit)
    purpose, person = _said(paper, found), found.read.around.person_uid
    account = request.reader.account
    if paper.slot in SEALED and account is not None and account.uid != paper.by:
        grant = opened_to(request.reader, found.read)[Section.POLITICAL_REVIEW]
        what, purpose = What.SECTION, f"{purpose}；{Section.POLITICAL_REVIEW.label}：{grant.purpose}"
    record_reading(what, actor=actor, subject_kind="person", subject=person, count=1, purpose=purpose)


def _said(paper: Paper, found: Seen) -> str:
    title = found.read.file.path.slots[paper.slot].title
    return _("%(title)s，纪实第 %(seq)s 条") % {"title": title, "seq": paper.entered}


def _was_opened(request: Request, paper: Paper, found: Seen) -> bool:
    """Whether the reader's opening of this paper is on record lately: the pictures of its pages belong to that one look."""
    assert request.reader.account is not None
    rows = Reading.objects.filter(subject=found.read.around.person_uid, actor=request.reader.account.uid)
    return rows.filter(at__gt=timezone.now() - OPEN_FOR, purpose__startswith=_said(paper, found)).exists()


@door(P.PAPER_READ)
def case_paper_page(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The picture of one page. Who asks for it without having opened the paper is on record as if he had."""
    paper, found = seen_paper(request, uid)
    if not 1 <= number <= paper.pages:
        raise OutOfScope(str(number))
    if not _was_opened(request, paper, found):
        on_record(request, paper, found)
    try:
        content = store.read(Scan.objects.get(pk=paper.scan))
    except store.Lost:
        raise OutOfScope(str(number)) from None
    is_ready, picture = pdfs.picture(content, number)
    if not is_ready:
        try:
            picture = draw(content, number)
        except Unusable:
            raise OutOfScope(str(number)) from None
    return HttpResponse(
        picture, content_type="image/jpeg", headers=HEADERS | _named(f"{paper.slot}-{number}.jpg", True)
    )


@door(P.PAPER_READ)
def case_paper_file(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The whole document, to be kept; on record each time."""
    paper, found = seen_paper(request, uid)
    try:
        content = store.read(Scan.objects.get(pk=paper.scan))
    except store.Lost:
        return _lost_page(request, found, paper)
    on_record(request, paper, found, What.PRINT)
    headers = HEADERS | _named(f"{paper.slot}.pdf", False)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def scan_answer(scan: Scan, name: str) -> HttpResponse:
    """A scan as a document to be looked at in the window. Raises `OutOfScope` where its file is gone: `verify` names it."""
    try:
        content = store.read(scan)
    except store.Lost:
        raise OutOfScope(_("文件已经丢失，请管理员从备份恢复。")) from None
    return HttpResponse(content, content_type="application/pdf", headers=HEADERS | _named(name, True))


def _named(name: str, is_shown: bool) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(not is_shown, name) or ""}


def _lost_page(request: Request, found: Seen, paper: Paper) -> HttpResponse:
    """The page that says that the file of a paper is gone: nobody can do anything about it but who keeps the backups."""
    values = {"seen": found, "paper": paper}
    return render(request, "desk/evidence/lost.html", values, status=HTTPStatus.SERVICE_UNAVAILABLE)
