"""Pages of the figures: how many were reviewed and came back, and the people behind a number; referrals. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.desk.gates.lists import unit_of
from yumiao.desk.rectification import figures, referring
from yumiao.desk.rectification.forms import OutcomeForm, ReferralForm
from yumiao.desk.rectification.lists import finding_rows
from yumiao.desk.rectification.reach import place_of
from yumiao.desk.reviews.sample_views import share_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.oversight.models import Referral
from yumiao.oversight.queries import live_findings
from yumiao.ui.addresses import reverse
from yumiao.ui.charts import Part, stacked
from yumiao.units.queries import UnitOnDay

P = Permission
MOST: Final = 300
W = figures.What


@door(P.PERSON_READ)
def oversight(request: Request) -> HttpResponse:
    """Reviewed and returned, by township, each number with its list; how rectification stands."""
    reader, unit, year = request.reader, unit_of(request.reader, request.GET), _year(request)
    total, rows = figures.rows_of(reader, unit, year)
    counts, share = total.counts, share_of(request)
    clean = counts[W.REVIEWED] - counts[W.RETURNED]
    parts = [
        Part(_("一次通过"), clean, _people(unit.code, year, W.REVIEWED), "ok"),
        Part(_("曾退回整改"), counts[W.RETURNED], _people(unit.code, year, W.RETURNED), "miss"),
        Part(_("未审核"), counts[W.ADMITTED] - counts[W.REVIEWED], _people(unit.code, year, W.ADMITTED), "na"),
    ]
    values = {
        "unit": unit,
        "year": year,
        "total": total,
        "columns": [(one, one.label) for one in W],
        "rows": [(row, [(row.counts[one], _people(row.unit.code, year, one)) for one in W] if row.unit else []) for row in rows],
        "sums": [(counts[one], _people(unit.code, year, one)) for one in W],
        "chart": stacked(parts, said=_("审核情况")) if counts[W.ADMITTED] else "",
        "share": f"{float(share) * 100:g}%",
        "is_sample": share < 1,
        "rectified": figures.rectified(reader) if reader.may(P.CASE_RECORD) else None,
        "years": [(one, f"?unit={unit.code}&year={one}", one == year, None) for one in range(reader.today.year - 2, reader.today.year + 1)],
    }  # fmt: skip
    return render(request, "desk/rectification/figures.html", values)


def _year(request: Request) -> int:
    given = request.GET.get("year", "")
    return (
        int(given)
        if given.isascii() and given.isdecimal() and len(given) == 4 and given >= "1900"
        else request.today.year
    )


def _people(code: str, year: int, what: figures.What) -> str:
    return f"{reverse('oversight_cases')}?unit={code}&year={year}&what={what.value}"


@door(P.PERSON_READ)
def oversight_cases(request: Request) -> HttpResponse:
    """The people behind a number."""
    unit, year, said = unit_of(request.reader, request.GET), _year(request), request.GET.get("what", "")
    if said not in list(W):
        raise OutOfScope(_("没有这份名单。"))
    what = figures.What(said)
    ids = figures.cases_of(request.reader, unit, year, what)
    reads = read_cases(ids[:MOST])
    rows = [_line(request.reader, reads[one]) for one in ids[:MOST] if one in reads]
    values = {
        "unit": unit, "year": year, "what": what, "rows": rows, "count": len(ids), "is_cut": len(ids) > MOST,
        "back": f"{reverse('oversight')}?unit={unit.code}&year={year}",
    }  # fmt: skip
    return render(request, "desk/rectification/figure_cases.html", values)


def _line(reader: Reader, read: Read) -> tuple[str, uuid.UUID | None, UnitOnDay | None]:
    """Name, case and unit; whoever has left one's reach has no link."""
    place = reader.tree.by_id.get(read.around.unit)
    reached = place is not None and reader.may_at(P.PERSON_READ, place)
    return read.around.name, read.around.uid if reached else None, place


@door(P.REFERRAL_RECORD)
def referrals(request: Request) -> HttpResponse:
    """Breaches of principle: which were handed to whoever decides who answers for them, and which were not yet."""
    reader = request.reader
    rows = list(Referral.objects.alive().order_by("-referred_on", "-pk")[:200])
    records = live_findings().filter(finding__in=[row.finding_id for row in rows])
    found = {one.record.finding_id: one for one in finding_rows(records, reader)}
    values = {
        "rows": [(one, found.get(one.finding_id)) for one in rows],
        "open": finding_rows(referring.unreferred(reader), reader),
    }
    return render(request, "desk/rectification/referrals.html", values)


@door(P.REFERRAL_RECORD, methods=("GET", "POST"))
def referral_new(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand a breach of principle to another body: decided by whoever signs here."""
    record = referring.finding_by(uid)
    unit = place_of(request.reader, record.finding.unit_id)
    admit(unit, request.reader, P.REFERRAL_RECORD)
    form = ReferralForm(request.POST if request.method == "POST" else None, initial={"referred_on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            referring.hand_over(record.finding, form.draft, reader=request.reader, once=parsed_once(request))
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("referrals")
        else:
            messages.success(request, _("已登记移交。是否追究、怎样追究，由接收机关决定。"))
            return redirect("referrals")
    values = {"record": record, "unit": unit, "form": form, "objections": against}
    return render(request, "desk/rectification/referral.html", values, status=status)


@door(P.REFERRAL_RECORD, methods=("GET", "POST"))
def referral_close(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What the other body decided."""
    one = Referral.objects.alive().filter(uid=uid).select_related("finding").first()
    if one is None:
        raise OutOfScope(str(uid))
    admit(place_of(request.reader, one.finding.unit_id), request.reader, P.REFERRAL_RECORD)
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial={"closed_on": request.today})
    if form.is_bound and form.is_valid():
        try:
            referring.close(
                uid,
                form.cleaned_data["outcome"],
                form.cleaned_data["closed_on"],
                reader=request.reader,
                once=parsed_once(request),
            )
        except Refused as refused:
            values = {"one": one, "form": form, "objections": refused.objections}
            return render(request, "desk/rectification/referral_close.html", values, status=HTTPStatus.CONFLICT)
        except AlreadyDone:
            return redirect("referrals")
        messages.success(request, _("已登记处理结果。"))
        return redirect("referrals")
    values = {"one": one, "form": form, "objections": ()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/rectification/referral_close.html", values, status=status)
