"""Prints of the ledger, each the same as its page and guarded like it. Must not know: how a page is set."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.access.readers import tree_of
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger.forms import Asked
from yumiao.ledger.links import Links
from yumiao.ledger.listing import listed, subtree
from yumiao.ledger.lists import LISTS
from yumiao.ledger.memory import ledger_seen
from yumiao.ledger.prints import explanation_pdf, file_name, ledger_pdf, list_pdf
from yumiao.ledger.reader import explanation_for, people_in_sight
from yumiao.ledger.views import without_day
from yumiao.press.answers import pdf


@door(Permission.LEDGER_READ)
def ledger(request: Request) -> HttpResponse:
    """The ledger and the two lists. They name no person, so no reading is recorded."""
    asked = Asked.parsed(request.GET, request.today)
    if asked.day is None:
        return without_day(request, asked)
    found = ledger_seen(request.reader, request.reader.scope(Permission.LEDGER_READ), asked.day)
    name = file_name(_("一账两单"), found.unit.name if found.unit else "", found.day)
    return pdf(request, name, lambda: ledger_pdf(found, _code(request)))


@door(Permission.LEDGER_READ)
def ledger_list(request: Request, name: str) -> HttpResponse:
    """One list, filtered as its page."""
    asked = Asked.parsed(request.GET, request.today)
    if name not in LISTS:
        raise OutOfScope(f"没有清单 {name}")
    if asked.day is None:
        return without_day(request, asked)
    reader, listing = request.reader, LISTS[name]
    found, units = ledger_seen(reader, reader.scope(Permission.LEDGER_READ), asked.day), tree_of(asked.day, reader.head)
    within = subtree(units, asked.unit, reader, asked.day)
    rows = [listing.row(one, units, Links.of(reader, asked)) for one in listed(name, found, within, asked)]
    office = units.by_code[asked.unit].name if asked.unit in units.by_code else found.unit.name if found.unit else ""
    kept = file_name(str(listing.title), office, found.day)
    return pdf(request, kept, lambda: list_pdf(listing, rows, office=office, day=found.day, code=_code(request)))


@door(Permission.LEDGER_READ)
def explanation(request: Request, code: str) -> HttpResponse:
    """Why a unit stands where it stands; who is named is on record."""
    asked = Asked.parsed(request.GET, request.today)
    if asked.day is None:
        return without_day(request, asked)
    said = explanation_for(request.reader, code, asked.day)
    named = people_in_sight(request.reader, said)
    if named:
        actor, uid = request.reader.actor, said.unit.uid
        record_reading(What.PRINT, actor=actor, subject_kind="unit", subject=uid, count=len(named))
    name = file_name(_("测算依据"), said.label, said.day)
    return pdf(request, name, lambda: explanation_pdf(said, named, _code(request)))


def _code(request: Request) -> str:
    return _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))
