"""Pages of the ledger: the table, its workbook, the lists, the explanation.

Must not know: how a figure is made, who stands on a list.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.access.readers import tree_of
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import on_paper
from yumiao.ledger.figures import Ledger
from yumiao.ledger.forms import ASKED_GRADES, Asked
from yumiao.ledger.links import Links
from yumiao.ledger.listing import Neighbours, beside, listed, parts, subtree, tabs
from yumiao.ledger.lists import LIST_OF_RULE, LISTS
from yumiao.ledger.memory import ledger_seen, sums_of
from yumiao.ledger.official import write_ledger_xlsx
from yumiao.ledger.reader import explanation_for, people_in_sight
from yumiao.ledger.table import table
from yumiao.sheets.answers import written
from yumiao.sheets.marks import Mark


@door(Permission.LEDGER_READ)
def ledger(request: Request) -> HttpResponse:
    """The ledger by township; `open` shows the villages of one, `all` those of every one."""
    asked = Asked.parsed(request.GET, request.today)
    if asked.day is None:
        return without_day(request, asked)
    found, links = _seen(request, asked), Links.of(request.reader, asked)
    shown = table(found, sums_of(asked.day, request.reader.head), links)
    context = _around(request, found, links, "") | {"table": shown, "may_import": _may_import(request)}
    context["clocks_apart"] = len(LISTS["clocks"].found(found))
    context["may_issue"] = request.reader.may(Permission.LEDGER_ISSUE)
    return render(request, "ledger/ledger.html", context)


@door(Permission.LEDGER_READ)
def workbook(request: Request) -> HttpResponse:
    """The ledger and the two lists as a workbook. It names no person, so no reading is recorded."""
    asked = Asked.parsed(request.GET, request.today)
    if asked.day is None:
        return without_day(request, asked)
    found = _seen(request, asked)
    mark = Mark(request.reader.actor.label, timezone.localtime())
    name = _("%(unit)s一账两单(%(day)s).xlsx") % {"unit": _office(found), "day": on_paper(found.day)}
    return written(name, lambda target: write_ledger_xlsx(target, found, mark))


@door(Permission.LEDGER_READ)
def ledger_list(request: Request, name: str) -> HttpResponse:
    """One of the lists, perhaps of one unit's subtree, one zone or one grade."""
    asked = Asked.parsed(request.GET, request.today)
    if name not in LISTS:
        raise OutOfScope(f"没有清单 {name}")
    if asked.day is None:
        return without_day(request, asked)
    found, units = _seen(request, asked), tree_of(asked.day, request.reader.head)
    members = listed(name, found, subtree(units, asked.unit, request.reader, asked.day), asked)
    links = Links.of(request.reader, asked.but(came_from=name))
    listing = LISTS[name]
    context = _around(request, found, links, name) | {
        "listing": listing,
        "parts": parts(found, links, name),
        "columns": listing.columns(asked.day),
        "rows": [listing.row(one, units, links) for one in members],
        "grades": sorted(ASKED_GRADES, key=lambda grade: grade.gravity),
        "unit": units.by_code.get(asked.unit),
    }
    return render(request, "ledger/list.html", context)


@door(Permission.LEDGER_READ)
def explanation(request: Request, code: str) -> HttpResponse:
    """Why a unit stands where it stands. Names are personal data, so a look at them is recorded."""
    asked = Asked.parsed(request.GET, request.today)
    if asked.day is None:
        return without_day(request, asked)
    reader = request.reader
    said = explanation_for(reader, code, asked.day)
    named = people_in_sight(reader, said)
    if named:
        record_reading(
            What.EXPLANATION, actor=reader.actor, subject_kind="unit", subject=said.unit.uid, count=len(named)
        )
    links = Links.of(reader, asked)
    is_whole = said.grade is None
    context = {
        "said": said,
        "named": named,
        "links": links,
        "neighbours": _neighbours(request, asked, said.unit.id),
        "lists": {rule: links.listed(slug) for rule, slug in LIST_OF_RULE.items()} if is_whole else {},
        "code": short_code(reader.head.hash),
    }
    return render(request, "ledger/explanation.html", context)


def _neighbours(request: Request, asked: Asked, unit: int) -> Neighbours | None:
    """Those before and after in the list the reader came from; None where he came from none."""
    if asked.came_from not in LISTS or asked.day is None:
        return None
    within = subtree(tree_of(asked.day, request.reader.head), asked.unit, request.reader, asked.day)
    return beside(unit, listed(asked.came_from, _seen(request, asked), within, asked))


def _seen(request: Request, asked: Asked) -> Ledger:
    assert asked.day is not None
    return ledger_seen(request.reader, request.reader.scope(Permission.LEDGER_READ), asked.day)


def _around(request: Request, found: Ledger, links: Links, current: str) -> dict[str, Any]:
    """What the ledger and every list show: tabs, zones, and what a printed sheet is headed and signed with."""
    return {
        "found": found,
        "links": links,
        "asked": links.asked,
        "tabs": tabs(found, links, current),
        "zones": sorted({one.unit.zone for one in found.villages if one.unit.zone}),
        "office": _office(found),
        "code": short_code(request.reader.head.hash),
        "today": request.today,
    }


def _office(found: Ledger) -> str:
    return found.unit.name if found.unit else ""


def _may_import(request: Request) -> bool:
    return request.reader.may(Permission.WORKBOOK_IMPORT)


def without_day(request: Request, asked: Asked) -> HttpResponse:
    """Figures of another day than the one asked for would mislead: what is wrong with it is said instead."""
    context = {"asked": asked, "today": request.today, "address": request.path}
    return render(request, "ledger/day.html", context, status=HTTPStatus.BAD_REQUEST)
