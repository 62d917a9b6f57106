"""Pages of people entered twice. Must not know: SQL, how two records become one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.doubles import merging
from yumiao.desk.doubles.forms import MergeForm, ReasonForm
from yumiao.desk.doubles.queue import PAGE, counts, decisions, queue, rows, turns
from yumiao.desk.doubles.resting import merged_before
from yumiao.desk.doubles.sides import lines
from yumiao.desk.people.lists import unit_of
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Refused
from yumiao.people.doubles import Ground
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay


@door(Permission.PERSON_MERGE)
def doubles(request: Request) -> HttpResponse:
    """The queue by its grounds, a page of it; under `decided` what was decided."""
    reader, asked = request.reader, request.GET.get("ground", "")
    unit = unit_of(reader, request.GET.get("unit", ""))
    pairs = queue(reader, unit)
    found = [pair for pair in pairs if asked in ("", str(pair.ground.value))]
    start = min(_whole(request.GET.get("start", "")), max(len(found) - 1, 0)) // PAGE * PAGE
    is_decided = asked == "decided"
    values = {
        "rows": [] if is_decided else rows(reader, found[start : start + PAGE]),
        "decisions": decisions(reader) if is_decided else [],
        "is_decided": is_decided,
        "total": len(found),
        "start": start,
        "unit": unit,
        "previous_url": _page(unit, asked, start - PAGE) if start else None,
        "next_url": _page(unit, asked, start + PAGE) if start + PAGE < len(found) else None,
        "tabs": [
            (_("全部"), _page(unit), asked == "", len(pairs)),
            *((_tab(one), _page(unit, str(one.value)), asked == str(one.value), n) for one, n in counts(pairs).items()),
            (_("已判定"), _page(unit, "decided"), is_decided, None),
        ],
        "kept_apart": Verb.PEOPLE_KEPT_APART,
    }
    return render(request, "desk/doubles/queue.html", values)


@door(Permission.PERSON_MERGE, methods=("GET", "POST"))
def double(request: Request, one: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two records side by side; sent, they become one."""
    reader = request.reader
    if (into := merging.merged_already(reader, one, other)) is not None:
        return redirect("person", into)
    keep_pace(request)
    with refusal_on_record(request, other):
        pair = merging.pair_of(reader, one, other, known=_seen(request))
    form = MergeForm(
        request.POST if request.method == "POST" else None, pair.kept, pair.gone, lines(pair.kept, pair.gone)
    )
    objections: Iterable[Objection] = merging.obstacles(pair)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            reason = scrub(form.cleaned_data["reason"])
            merging.merge(reader, pair, form.choices, reason=reason, once=parsed_once(request))
        except AlreadyDone:
            return redirect("person", pair.kept.uid)
        except Refused as refused:
            objections, status = refused.objections, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("两份档案已合并为一份。"))
            return redirect("person", pair.kept.uid)
    if request.method != "POST":
        for side in (pair.kept, pair.gone):
            record_reading(What.PAGE, actor=reader.actor, subject_kind="person", subject=side.uid, count=1)
    values = {
        "pair": pair,
        "lines": lines(pair.kept, pair.gone),
        "turns": turns(reader, pair.kept.id, pair.gone.id),
        "form": form,
        "seen": _seen(request),
        "objections": objections,
        "waiting": merging.open_transfers(pair),
    }
    return render(request, "desk/doubles/pair.html", values, status=status)


@door(Permission.PERSON_MERGE, methods=("GET", "POST"))
def apart(request: Request, one: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """The two are two people, and why."""
    with refusal_on_record(request, other):
        pair = merging.pair_of(request.reader, one, other)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = scrub(form.cleaned_data["reason"])
            merging.keep_apart(request.reader, pair, reason=reason, once=parsed_once(request))
            messages.success(request, _("已判定不是同一人。姓名或者出生日期更正后才会再次列出。"))
        except AlreadyDone:
            pass
        return redirect("doubles")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "desk/doubles/apart.html", {"pair": pair, "form": form}, status=status)


@door(Permission.PERSON_MERGE, methods=("GET", "POST"))
def double_undo(request: Request, seq: int) -> HttpResponse:
    """Take a decision back."""
    entry = merging.decided_in(request.reader, seq)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    objections: Iterable[Objection] = ()
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            reason = scrub(form.cleaned_data["reason"])
            merging.take_decision_back(request.reader, seq, reason=reason, once=parsed_once(request))
            messages.success(request, _("判定已撤销，两份档案恢复原样。"))
            return redirect("doubles")
        except AlreadyDone:
            return redirect("doubles")
        except Refused as refused:
            objections, status = refused.objections, HTTPStatus.CONFLICT
    values = {"entry": entry, "label": Verb(entry.verb).label, "form": form, "objections": objections}
    return render(request, "desk/doubles/undo.html", values, status=status)


@door(Permission.PERSON_READ)
def merged_record(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What a record said before it was merged into another."""
    keep_pace(request)
    with refusal_on_record(request, uid):
        found = merged_before(request.reader, uid)
    record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=found.into, count=1)
    may_undo = request.reader.may(Permission.PERSON_MERGE)
    return render(request, "desk/doubles/merged.html", {"found": found, "may_undo": may_undo})


def _tab(ground: Ground) -> str:
    return {
        Ground.NUMBER: _("号码相同"),
        Ground.NAME_AND_BIRTH: _("姓名生日相同"),
        Ground.SIMILAR_AND_BIRTH: _("姓名相近"),
        Ground.READING_AND_MONTH: _("同音同年月"),
    }[ground]


def _page(unit: UnitOnDay | None, ground: str = "", start: int = 0) -> str:
    said = {"unit": unit.code if unit else "", "ground": ground, "start": start if start > 0 else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{reverse('doubles')}?{query}" if query else reverse("doubles")


def _seen(request: Request) -> int:
    """The entry up to which the form that is sent was made; the last there is for a page that is opened."""
    return _whole(request.POST.get("seen", "")) or request.reader.head.seq


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
