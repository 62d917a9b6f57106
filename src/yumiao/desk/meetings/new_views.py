"""Writing a meeting down, page by page, and submitting it as one act. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.dossier.recording import Deciding, deciding_at
from yumiao.desk.journal.names import data_of
from yumiao.desk.meetings import recording
from yumiao.desk.meetings.wizard import SEEN, Page, Wizard, foreseen
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Objection, Refused
from yumiao.meetings.drafts import MeetingDraft
from yumiao.meetings.rules import MTG_13

P = Permission
# What a button does before its page is shown again, and the page it belongs to.
HELPS: Final[dict[str, tuple[Page, Callable[[Wizard], None]]]] = {
    "everybody": (Page.ROLL, Wizard.tick_everybody),
    "add": (Page.ROLL, Wizard.add_member),
    "yes": (Page.COUNTS, Wizard.say_yes),
}


@door(P.MEETING_RECORD, methods=("GET", "POST"))
def meeting_new(request: Request) -> HttpResponse:
    """One page of the wizard; `deed` says which one is wanted, or what a button does on its own page."""
    said = request.POST.copy() if request.method == "POST" else request.GET.copy()
    if request.method != "POST":
        said.pop(SEEN, None)
    wizard, deed = Wizard(request.reader, said), request.POST.get("deed", Page.BASICS.value)
    if deed in HELPS:
        page, help_out = HELPS[deed]
        if wizard.reached(page) is page:
            help_out(wizard)
            wizard = _anew(wizard)
        return _shown(request, wizard, page)
    if deed == "submit":
        return _submitted(request, wizard)
    return _shown(request, wizard, Page(deed) if deed in list(Page) else Page.BASICS)


def _anew(wizard: Wizard) -> Wizard:
    """The same values read again, after a button changed them; what it could not do is still said."""
    fresh = Wizard(wizard.reader, wizard.said)
    fresh.problem = wizard.problem
    return fresh


def _shown(
    request: Request, wizard: Wizard, wanted: Page, against: tuple[Objection, ...] = (), status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:  # fmt: skip
    page = wizard.reached(wanted)
    if page is not wanted or wizard.problem:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    values: dict[str, Any] = {
        "wizard": wizard,
        "page": page,
        "now": list(Page).index(page),
        "objections": list(against),
    }
    if page is Page.PREVIEW:
        draft = wizard.draft()
        found = recording.meeting_objections(draft, _who(request, wizard), request.today)
        values |= {"draft": draft, "foreseen": foreseen(wizard, draft), "blocked": recording.blocks(found)}
        values["objections"] = list(dict.fromkeys([*against, *found]))
    return render(request, "desk/meetings/new.html", values, status=status)


def _who(request: Request, wizard: Wizard) -> Deciding:
    return deciding_at(request.reader, P.MEETING_RECORD, wizard.unit)


def _submitted(request: Request, wizard: Wizard) -> HttpResponse:
    if wizard.reached(Page.PREVIEW) is not Page.PREVIEW:
        return _shown(request, wizard, Page.PREVIEW)
    due = request.POST.get("due", "")
    shown = int(due) if due.isascii() and due.isdigit() and len(due) <= len("9999") else -1
    who, once = _who(request, wizard), parsed_once(request)
    try:
        uid = recording.record(
            lambda: draft_of(request.reader, wizard.said), shown_due=shown, who=who, today=request.today, once=once
        )
    except Refused as refused:
        return _shown(request, _anew(wizard), Page.PREVIEW, refused.objections, HTTPStatus.CONFLICT)
    except AlreadyDone as done:
        return _to_recorded(done.seq)
    messages.success(request, _("会议已登记，记入全程纪实。"))
    return redirect("meeting", uid)


def draft_of(reader: Reader, said: QueryDict) -> MeetingDraft:
    """The meeting read once more, under the lock. Raises `Refused` where the roll or those waiting are no longer what was typed."""
    fresh = Wizard(reader, said.copy())
    if fresh.reached(Page.PREVIEW) is not Page.PREVIEW:
        raise Refused([MTG_13.objection("名册或者待表决的人选已有变化", "返回前面各步核对后重新提交。")])
    return fresh.draft()


def _to_recorded(seq: int) -> HttpResponse:
    """The meeting that the first click on the form recorded."""
    return redirect("meeting", uuid.UUID(str(data_of(Entry.objects.get(seq=seq))["meeting"])))
