"""Late entries: those that wait within a reader's reach, one of them to be confirmed or sent back by a second person.

Must not know: how it is written.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.asked import Asked
from yumiao.admission.case_file import Late
from yumiao.admission.case_rules import objections
from yumiao.admission.editions import edition_of
from yumiao.admission.models import LateEntry
from yumiao.admission.path import Ask, Step
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.page import outcome_label, people_label
from yumiao.desk.dossier.seeing import Seen, deciders, seen
from yumiao.desk.membership.forms import UndoForm
from yumiao.desk.refusals import keep_pace
from yumiao.desk.transfers.lists import units_in
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.kernel.periods import on_paper
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, PersonRecord
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import Tree, UnitOnDay

P = Permission
PAGE: Final = 50
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a late entry down, and when."""

    late: Late
    by: uuid.UUID | None
    label: str
    on: Any


def writers(late: Collection[Late]) -> list[Writer]:
    """Those entries with who wrote them; one query, none for none."""
    if not late:
        return []
    entries = {one.seq: one for one in Entry.objects.filter(seq__in=[one.entered for one in late])}
    return [
        Writer(one, entries[one.entered].actor, entries[one.entered].actor_label, entries[one.entered].at)
        for one in late
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A late entry in the list."""

    entry: Any
    step: Step
    unit: UnitOnDay | None
    by: str
    at: Any


def waiting_in(scope: Scope) -> QuerySet[LateEntry]:
    """Those of whoever stands in a scope, with his name and unit."""
    standing = Belonging.objects.open().filter(person=OuterRef("case__person"))
    names = PersonRecord.objects.open().filter(person=OuterRef("case__person"))
    within = Belonging.objects.open().filter(unit__in=units_in(scope))
    rows = LateEntry.objects.alive().filter(case__person__in=within.values("person"))
    return rows.annotate(
        case_uid=F("case__uid"),
        unit=Subquery(standing.values("unit")[:1]),
        name=Subquery(names.values("name")[:1]),
    )


def rows_of(rows: Sequence[Any], tree: Tree) -> list[Waiting]:
    """With their steps, units and writers; one query."""
    entries = {one.seq: one for one in Entry.objects.filter(seq__in=[one.entered for one in rows])} if rows else {}
    steps = edition_of("").by_number
    return [
        Waiting(
            one, steps[one.step], tree.by_id.get(one.unit), entries[one.entered].actor_label, entries[one.entered].at
        )
        for one in rows
    ]


@door(P.CASE_RECORD)
def cases_late(request: Request) -> HttpResponse:
    """What waits for a second person, the oldest first."""
    scope = request.reader.scope(P.CASE_RECORD)
    found = waiting_in(scope)
    shown = first_if_bad(found, "id", size=PAGE, get=request.GET)
    values = {
        "rows": rows_of(shown.rows, request.reader.tree),
        "count": found.count() if shown.next or shown.previous else len(shown.rows),
        "links": shown.links(request.GET),
        "may_decide": request.reader.may(P.CASE_DECIDE),
    }
    return render(request, "desk/dossier/late_list.html", values)


@door(P.CASE_RECORD, methods=("GET", "POST"))
def case_late(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One: what it says, what is against it by now; confirmed with `deed=confirm`, sent back with `deed=refuse`."""
    keep_pace(request)
    try:
        entry = recording.late_entry_of(uid)
    except OutOfScope:
        seen(request, uid, P.CASE_RECORD)  # on record as a refused look
        raise
    found = seen(request, entry.case.uid, P.CASE_RECORD)
    if request.method == "POST":
        return _decided(request, found, entry)
    record_reading(
        What.PAGE,
        actor=request.reader.acting(P.CASE_RECORD, found.unit),
        subject_kind="person",
        subject=found.read.around.person_uid,
        count=1,
    )
    return _page(request, found, entry)


def _decided(request: Request, found: Seen, entry: LateEntry) -> HttpResponse:
    deed, form = request.POST.get("deed"), UndoForm(request.POST)
    is_writer = _wrote(request, entry)
    if not found.may(P.CASE_DECIDE) and not (is_writer and deed == "refuse"):
        raise NotAllowed(_("补录由登记人以外、有权的人员确认或者退回。"))
    if deed == "refuse" and not form.is_valid():
        return _page(request, found, entry, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    if deed not in ("confirm", "refuse"):
        return _page(request, found, entry, HTTPStatus.UNPROCESSABLE_ENTITY)
    who, once = found.who(P.CASE_DECIDE if found.may(P.CASE_DECIDE) else P.CASE_RECORD), parsed_once(request)
    try:
        if deed == "confirm":
            recording.confirm(
                entry.uid, who=who, ground_for=recording.ground_by(request.today, request.reader), once=once
            )
        else:
            recording.refuse(entry.uid, reason=form.cleaned_data["reason"], who=who, once=once)
    except Refused as refused:
        return _page(request, found, entry, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("case", found.uid)
    label = found.read.file.path.by_number[entry.step].label
    said = _("已确认：%(step)s。") if deed == "confirm" else _("已退回：%(step)s的补录不作数。")
    messages.success(request, said % {"step": label})
    return redirect("case", found.uid)


def _wrote(request: Request, entry: LateEntry) -> bool:
    account = request.reader.account
    by = Entry.objects.filter(seq=entry.entered).values_list("actor", flat=True).first()
    return account is not None and by == account.uid


def _page(
    request: Request, found: Seen, entry: LateEntry, status: HTTPStatus = HTTPStatus.OK, against: Sequence[Objection] | None = None,
    form: UndoForm | None = None,
) -> HttpResponse:  # fmt: skip
    asked, step = recording.asked_of(entry), found.read.file.path.by_number[entry.step]
    is_writer = _wrote(request, entry)
    if against is None:
        against = [one for one in _standing_against(found, asked, entry) if one.rule != "DEV-22"]
    values = {
        "seen": found,
        "entry": entry,
        "step": step,
        "said": said_of(asked, step),
        "writer": next(iter(writers([one for one in found.read.around.late if one.uid == entry.uid])), None),
        "objections": against,
        "form": form or UndoForm(),
        "may_confirm": found.may(P.CASE_DECIDE) and not is_writer,
        "may_refuse": found.may(P.CASE_DECIDE) or (is_writer and found.may(P.CASE_RECORD)),
        "is_writer": is_writer,
        "deciders": deciders(request.reader, found.unit),
    }
    return render(request, "desk/dossier/late.html", values, status=status)


def _standing_against(found: Seen, asked: Asked, entry: LateEntry) -> list[Objection]:
    file = found.read.file
    return objections(
        replace(file, waiting=tuple(one for one in file.waiting if one.step != entry.step)), asked, found.ground
    )


def said_of(asked: Asked, step: Step) -> Pairs:
    """What a step as somebody filled it in says, in words."""
    found = [(_("日期"), on_paper(asked.on))]
    if asked.outcome is not None:
        found.append((_("结果"), outcome_label(asked.outcome, step)))
    if asked.vote is not None:
        found.append((_("表决"), asked.vote.said))
    names = {_("培养联系人"): asked.contacts, _("入党介绍人"): asked.introducers}
    found += [(label, "、".join(one.name for one in given)) for label, given in names.items() if given]
    if step.asks_for(Ask.DAYS):
        found.append((_("培训"), _training(asked)))
    texts = (
        (_("文号"), asked.document),
        (_("志愿书编号"), asked.form),
        (_("地点"), asked.place),
        (people_label(step), asked.people),
    )
    more = ((_("情况"), asked.note), (_("理由"), asked.reason))
    return found + [(label, text) for label, text in (*texts, *more) if text]


def _training(asked: Asked) -> str:
    days, hours = asked.days or 0, f"{asked.hours.normalize():f}" if asked.hours else "0"
    return _("%(days)s 天，%(hours)s 学时") % {"days": days, "hours": hours}
