"""The bytes of papers as answers: pictures of pages and the whole document, to whoever may open the paper, each opening on record.

Must not know: forms, what a paper is for.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.admission.paper_queries import Paper, paper_by
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.evidence.acting import may_open
from yumiao.desk.refusals import refusal_on_record
from yumiao.files import pdfs, store
from yumiao.files.intake import Unusable, draw
from yumiao.files.models import Scan
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, OutOfScope

P = Permission
OPEN_FOR: Final = timedelta(minutes=5)
KEPT: Final = 1000
# Nothing that is served here may run, be framed, or be kept by anybody on the way.
HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Opened:
    """Who opened which paper lately, in this process: the pictures of its pages belong to that one look."""

    def __init__(self) -> None:
        self._at: OrderedDict[tuple[int, uuid.UUID], datetime] = OrderedDict()
        self._lock = Lock()

    def has(self, who: int, paper: uuid.UUID, now: datetime) -> bool:
        with self._lock:
            at = self._at.get((who, paper))
        return at is not None and at <= now < at + OPEN_FOR

    def put(self, who: int, paper: uuid.UUID, now: datetime) -> None:
        with self._lock:
            self._at[who, paper] = now
            self._at.move_to_end((who, paper))
            while len(self._at) > KEPT:
                self._at.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._at.clear()


opened: Final = Opened()


def seen_paper(request: Request, uid: uuid.UUID, need: Permission = P.PAPER_READ) -> tuple[Paper, Seen]:
    """The paper of that uid, where the reader may open it. Raises `OutOfScope` or `NotAllowed`."""
    paper = paper_by(uid)
    found = seen(request, paper.case_uid if paper else uid, need)
    if paper is None:
        raise OutOfScope(str(uid))
    person = found.read.around.person_uid
    with refusal_on_record(request, person):
        if not may_open(request.reader, paper, found.unit, person):
            raise NotAllowed(_("政治审查材料只由乡镇党委、县委组织部和放入的人打开。材料已在档案中。"))
    return paper, found


def on_record(request: Request, paper: Paper, found: Seen, what: What = What.PAGE) -> None:
    """Put on record that somebody opened a paper."""
    actor = request.reader.acting(P.PAPER_READ, found.unit)
    purpose = found.read.file.path.slots[paper.slot].title
    record_reading(
        what, actor=actor, subject_kind="person", subject=found.read.around.person_uid, count=1, purpose=purpose
    )
    assert request.reader.account is not None
    opened.put(request.reader.account.pk, paper.uid, timezone.now())


@door(P.PAPER_READ)
def case_paper_page(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """The picture of one page. Who asks for it without having opened the paper is on record as if he had."""
    paper, found = seen_paper(request, uid)
    if not 1 <= number <= paper.pages:
        raise OutOfScope(str(number))
    assert request.reader.account is not None
    if not opened.has(request.reader.account.pk, uid, timezone.now()):
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


def _named(name: str, is_shown: bool) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(not is_shown, name) or ""}


def _lost_page(request: Request, found: Seen, paper: Paper) -> HttpResponse:
    """The page that says that the file of a paper is gone: nobody can do anything about it but who keeps the backups."""
    values = {"seen": found, "paper": paper}
    return render(request, "desk/evidence/lost.html", values, status=HTTPStatus.SERVICE_UNAVAILABLE)
