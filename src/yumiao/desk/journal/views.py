"""Pages of the journal: entries, one entry, readings, proof. Entries are the county's as a whole, so they are read at the county."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk import proof
from yumiao.desk.journal.filters import EntriesAsked, ReadingsAsked
from yumiao.desk.journal.rows import imported, page_of, sheets_of, subjects
from yumiao.desk.journal.words import READINGS, actor_words, label_of, reading_label, said, touched
from yumiao.journal.chain import short_code
from yumiao.journal.models import Entry, ImportedRow
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.ui.paging import first_if_bad

PAGE = 50
SHOWN_FINDINGS = 50
HIGHEST = 2**63 - 1


@door(Permission.JOURNAL_READ)
def journal(request: Request) -> HttpResponse:
    """Entries, the newest first."""
    _at_the_county(request, Permission.JOURNAL_READ)
    asked = EntriesAsked.of(request.GET)
    rows = asked.rows()
    page = first_if_bad(rows, "-seq", size=PAGE, get=request.GET)
    values = {
        "asked": asked,
        "chips": asked.chips(request.GET),
        "verbs": [(verb.value, verb.label) for verb in Verb],
        "rows": [
            (entry, actor_words(entry.actor_label), label_of(entry.verb), said(entry, request.reader.tree))
            for entry in page.rows
        ],
        "count": rows.count(),
        "links": page.links(request.GET),
        "may_verify": request.reader.may(Permission.JOURNAL_VERIFY),
    }
    return render(request, "desk/journal/journal.html", values)


@door(Permission.JOURNAL_READ)
def entry(request: Request, seq: int) -> HttpResponse:
    """One entry: what it did, what it wrote, where it stands in the chain, and the rows of an import."""
    _at_the_county(request, Permission.JOURNAL_READ)
    found = Entry.objects.filter(seq=seq).first() if seq <= HIGHEST else None
    if found is None:
        raise OutOfScope(str(seq))
    sheets = sheets_of(seq)
    sheet = request.GET.get("sheet", "")
    rows = ImportedRow.objects.filter(entered=seq, **({"sheet": sheet} if sheet in sheets else {}))
    page = first_if_bad(rows, "id", size=PAGE, get=request.GET)
    values = {
        "entry": found,
        "label": label_of(found.verb),
        "said": said(found, request.reader.tree),
        "actor": actor_words(found.actor_label),
        "page": page_of(found, request.reader),
        "touched": touched(found),
        "hash": bytes(found.hash).hex(),
        "prev": bytes(found.prev).hex(),
        "code": short_code(bytes(found.hash)),
        "undone_by": Entry.objects.filter(undoes=seq).values_list("seq", flat=True).first(),
        "rows": imported(page.rows, request.reader),
        "sheet": sheet,
        "sheets": sheets,
        "links": page.links(request.GET),
        "has_next": seq < request.reader.head.seq,
    }
    return render(request, "desk/journal/entry.html", values)


@door(Permission.JOURNAL_READ)
def readings(request: Request) -> HttpResponse:
    """Who read or took out people's data, the newest first."""
    _at_the_county(request, Permission.JOURNAL_READ)
    asked = ReadingsAsked.of(request.GET)
    rows = asked.rows()
    page = first_if_bad(rows, "-id", size=PAGE, get=request.GET)
    values = {
        "asked": asked,
        "chips": asked.chips(request.GET),
        "kinds": READINGS,
        "rows": [
            (row, actor_words(row.actor_label), reading_label(row.what), subject)
            for row, subject in zip(page.rows, subjects(page.rows, request.reader), strict=True)
        ],
        "count": rows.count(),
        "links": page.links(request.GET),
    }
    return render(request, "desk/journal/readings.html", values)


@door(Permission.JOURNAL_VERIFY, methods=("GET", "POST"))
def verify(request: Request) -> HttpResponse:
    """Say what a proof looks at; on POST, make it, unless the county is too big to let a page wait for it."""
    _at_the_county(request, Permission.JOURNAL_VERIFY)
    is_small = proof.rows_to_prove() <= proof.MOST_ROWS_OF_A_PAGE
    verdict = proof.verdict() if request.method == "POST" and is_small else None
    values = {
        "is_small": is_small,
        "extent": proof.extent(),
        "verdict": verdict,
        "shown": verdict.findings[:SHOWN_FINDINGS] if verdict else (),
    }
    return render(request, "desk/journal/verify.html", values)


def _at_the_county(request: Request, permission: Permission) -> None:
    root = request.reader.tree.root
    if root is None or not request.reader.may_at(permission, root):
        raise NotAllowed(_("全程纪实记录全县的变动，由县级有权人员查看。"))
