"""Pages of draws and of cross-township review. Must not know: how a draw is made."""

from __future__ import annotations

import uuid
from fractions import Fraction
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.models import Account
from yumiao.access.permissions import Permission
from yumiao.admission.case_files import read_cases
from yumiao.admission.course import course
from yumiao.admission.faults import faults
from yumiao.admission.models import PeerOpinion, SampledCase
from yumiao.admission.paper_queries import papers_of
from yumiao.bylaws.memory import settings_of
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.dossier.recording import deciding_at, read_by
from yumiao.desk.evidence.slots import slot_states
from yumiao.desk.refusals import keep_pace
from yumiao.desk.reviews import drawing, reviewing
from yumiao.desk.reviews.forms import FindingForm, OpinionForm, PeerForm, SampleForm, are_valid, finding_forms
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.oversight.models import Sample

P = Permission


@door(P.REVIEW_COUNTY)
def samples(request: Request) -> HttpResponse:
    """Every draw, the latest first."""
    rows = list(Sample.objects.order_by("-pk")[:200])
    share = share_of(request)
    values = {"rows": rows, "share": share, "is_whole": share == 1, "percent": f"{float(share) * 100:g}%"}
    return render(request, "desk/reviews/samples.html", values)


def share_of(request: Request) -> Fraction:
    """The share of approved cases that the county reviews (`review.county_share`)."""
    return Fraction(str(settings_of(request.today, request.reader.head).value("review.county_share")))


@door(P.REVIEW_COUNTY, methods=("GET", "POST"))
def sample_new(request: Request) -> HttpResponse:
    """Draw the county's sample of a year."""
    root = request.reader.tree.root
    admit(root, request.reader, P.REVIEW_COUNTY)
    assert root is not None
    form = SampleForm(request.POST if request.method == "POST" else None, initial={"year": request.today.year})
    if form.is_bound and form.is_valid():
        who = deciding_at(request.reader, P.REVIEW_COUNTY, root)
        given = form.cleaned_data
        try:
            uid = drawing.draw_county(
                root, given["year"], given["seed"].strip(), share_of(request), who=who, today=request.today, once=parsed_once(request)
            )  # fmt: skip
        except Refused as refused:
            return _new(request, form, "sample_new", refused.objections, HTTPStatus.CONFLICT)
        except AlreadyDone:
            return redirect("samples")
        messages.success(request, _("已抽取。种子和名单都记录在案，任何人可以重抽核对。"))
        return redirect("sample", uid)
    return _new(request, form, "sample_new", (), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


@door(P.REVIEW_COUNTY, methods=("GET", "POST"))
def peer_new(request: Request) -> HttpResponse:
    """Draw cases of townships for clerks of others."""
    root = request.reader.tree.root
    admit(root, request.reader, P.REVIEW_COUNTY)
    assert root is not None
    form = PeerForm(request.POST if request.method == "POST" else None, initial={"year": request.today.year})
    if form.is_bound and form.is_valid():
        who = deciding_at(request.reader, P.REVIEW_COUNTY, root)
        given = form.cleaned_data
        try:
            uid = drawing.draw_for_peers(
                request.reader, root, given["year"], given["seed"].strip(), given["each"], who=who, today=request.today,
                once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            return _new(request, form, "peer_new", refused.objections, HTTPStatus.CONFLICT)
        except AlreadyDone:
            return redirect("samples")
        messages.success(request, _("已抽取，各审查人的名单列在其“交叉互审”。"))
        return redirect("sample", uid)
    return _new(request, form, "peer_new", (), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _new(
    request: Request, form: SampleForm, name: str, against: tuple[Objection, ...], status: HTTPStatus
) -> HttpResponse:
    values = {"form": form, "name": name, "objections": against, "share": f"{float(share_of(request)) * 100:g}%"}
    return render(request, "desk/reviews/sample_new.html", values, status=status)


@door(P.REVIEW_COUNTY)
def sample(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One draw: by what it was drawn, on whom it fell, what was said."""
    one = Sample.objects.filter(uid=uid).first()
    if one is None:
        raise OutOfScope(str(uid))
    admit(request.reader.tree.by_id.get(one.unit_id), request.reader, P.REVIEW_COUNTY)
    rows = list(SampledCase.objects.filter(sample=one).order_by("pk"))
    reads = read_cases([row.case_id for row in rows])
    names = dict(
        Account.objects.filter(pk__in=[row.account_id for row in rows if row.account_id]).values_list(
            "pk", "display_name"
        )
    )
    said = {row.sampled_id: row for row in PeerOpinion.objects.alive().filter(sampled__in=[row.pk for row in rows])}
    tree = request.reader.tree
    record_reading(
        What.LIST, actor=request.reader.actor, subject_kind="unit", subject=tree.by_id[one.unit_id].uid, count=len(rows)
    )
    values = {
        "one": one,
        "rows": [
            (reads[row.case_id], tree.by_id.get(reads[row.case_id].around.unit), names.get(row.account_id or 0, ""), said.get(row.pk))
            for row in rows
            if row.case_id in reads
        ],
        "is_peer": one.kind == Sample.Kind.PEER_REVIEW,
    }  # fmt: skip
    return render(request, "desk/reviews/sample.html", values)


@door(P.REVIEW_TOWNSHIP)
def peer_reviews(request: Request) -> HttpResponse:
    """The cases of other townships that were drawn for the reader."""
    account = request.reader.account
    assert account is not None
    rows = list(SampledCase.objects.filter(account=account.pk).select_related("case", "sample").order_by("pk"))
    said = set(
        PeerOpinion.objects.alive().filter(sampled__in=[row.pk for row in rows]).values_list("sampled_id", flat=True)
    )
    reads = read_cases([row.case_id for row in rows])
    tree = request.reader.tree
    if rows and request.reader.home is not None:
        record_reading(
            What.LIST, actor=request.reader.actor, subject_kind="unit", subject=request.reader.home.uid, count=len(rows)
        )
    values = {
        "rows": [
            (row, reads[row.case_id], tree.by_id.get(reads[row.case_id].around.unit), row.pk in said)
            for row in rows
            if row.case_id in reads
        ]
    }
    return render(request, "desk/reviews/peers.html", values)


@door(P.REVIEW_TOWNSHIP, methods=("GET", "POST"))
def peer_review(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One case that was drawn for the reader: its steps and its slots, no paper and no protected section."""
    account = request.reader.account
    assert account is not None
    row = SampledCase.objects.filter(case__uid=uid, account=account.pk).order_by("-pk").first()
    if row is None:
        raise OutOfScope(str(uid))
    read = read_by(uid)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    findings = finding_forms(request.POST if request.method == "POST" else None, read.file.path)
    if form.is_bound and form.is_valid() and are_valid(findings):
        drafts = [draft for one in findings if (draft := one.draft) is not None]
        who = deciding_at(request.reader, P.REVIEW_TOWNSHIP, request.reader.home)
        try:
            reviewing.give_opinion(
                row.pk, account.pk, is_sound=form.cleaned_data["is_sound"], text=form.cleaned_data["text"], findings=drafts, who=who,
                today=request.today, once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            return _peer(request, row, form, findings, refused.objections, HTTPStatus.CONFLICT)
        except AlreadyDone:
            return redirect("peer_reviews")
        messages.success(request, _("已登记互审意见。"))
        return redirect("peer_reviews")
    if not form.is_bound:
        keep_pace(request)
        record_reading(
            What.PAGE, actor=request.reader.actor, subject_kind="person", subject=read.around.person_uid, count=1
        )
    return _peer(request, row, form, findings, (), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _peer(
    request: Request, row: SampledCase, form: OpinionForm, findings: list[FindingForm], against: tuple[Objection, ...], status: HTTPStatus
) -> HttpResponse:  # fmt: skip
    read = read_by(row.case.uid)
    ground = ground_of(read.file.path, request.today, request.reader.head)
    found = course(read.file, ground)
    values = {
        "read": read,
        "unit": request.reader.tree.by_id.get(read.around.unit),
        "steps": [one for one in found.steps if one.held],
        "slots": [one for one in slot_states(read.file, papers_of(read.around.case)) if one.is_due],
        "faults": faults(read.file, ground),
        "form": form,
        "findings": findings,
        "objections": against,
        "said": PeerOpinion.objects.alive().filter(sampled=row.pk).first(),
    }
    return render(request, "desk/reviews/peer.html", values, status=status)
