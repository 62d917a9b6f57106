"""Pages of objections: the list, one that came in, who looks into it, what he concluded. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.models import Account
from yumiao.access.permissions import GRANTS, SIGNED_IN, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.grant_queries import open_grant
from yumiao.admission.models import CaseNotice
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import deciding_at, open_case_of, read_by
from yumiao.desk.publicity import acting, lists
from yumiao.desk.publicity.forms import ConclusionForm, InvestigatorForm, ObjectionForm, TakeBackForm
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.facts import ALIVE
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.workdays import MissingYear
from yumiao.people.models import Belonging, Person, PersonRecord
from yumiao.publicity.models import Notice
from yumiao.publicity.queries import Standing
from yumiao.publicity.services import opened
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """An objection as a reader sees it; `is_handler`: he looks into it, and he alone reads what was said."""

    one: Standing
    unit: UnitOnDay | None
    is_handler: bool
    may_receive: bool


@door(P.OBJECTION_RECEIVE)
def objections(request: Request) -> HttpResponse:
    """What was said against somebody: by which way, about whom, how far it is; never by whom."""
    reader, said = request.reader, request.GET.get("state", "")
    which = lists.Said(said) if said in list(lists.Said) else lists.Said.OPEN
    rows = lists.objections_of(reader, which)
    page = first_if_bad(rows, "received_on", "id", size=PAGE, get=request.GET)
    values = {
        "tabs": [(one.label, f"?state={one}", one is which, lists.objections_of(reader, one).count()) for one in lists.Said],
        "which": which,
        "rows": lists.objection_rows(list(page.rows), reader),
        "count": rows.count(),
        "links": page.links(request.GET),
    }  # fmt: skip
    return render(request, "desk/publicity/objections.html", values)


@door(P.OBJECTION_RECEIVE, methods=("GET", "POST"))
def objection_new(request: Request) -> HttpResponse:
    """Write one down about whom the address names: by a case, a person, or a notice and a person of it."""
    person, read, unit = _about(request)
    notice = _notice(request, person)
    form = ObjectionForm(request.POST if request.method == "POST" else None, initial={"received_on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            uid = acting.take_objection(
                read, person=person.pk, person_uid=person.uid, notice=notice, channel=form.cleaned_data["channel"],
                on=form.cleaned_data["received_on"], told=form.told, unit=unit, who=deciding_at(request.reader, P.OBJECTION_RECEIVE, unit),
                today=request.today, once=parsed_once(request),
            )  # fmt: skip
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("objections")
        else:
            messages.success(request, _("已受理并密封。请指定调查人。"))
            return redirect("objection", uid)
    name = PersonRecord.objects.open().filter(person=person.pk).values_list("name", flat=True).first() or ""
    values = {
        "name": name,
        "unit": unit,
        "form": form,
        "objections": against,
        "query": request.GET.urlencode(),
        "notice": notice,
    }
    return render(request, "desk/publicity/objection_new.html", values, status=status)


def _about(request: Request) -> tuple[Person, Read | None, UnitOnDay]:
    """Whom the address names, within the reader's reach."""
    try:
        uid = uuid.UUID(request.GET.get("person") or request.GET.get("case", ""))
    except ValueError:
        raise OutOfScope("没有指明被反映的人。") from None
    with refusal_on_record(request, uid):
        read = read_by(uid) if request.GET.get("case") and not request.GET.get("person") else None
        person = Person.objects.filter(uid=read.around.person_uid if read else uid).first()
        if person is None:
            raise OutOfScope(str(uid))
        if read is None and (case := open_case_of(person.pk)) is not None:
            read = read_by(case)
        place = (
            Belonging.objects.open().filter(person=person.pk, until=FOREVER).values_list("unit_id", flat=True).first()
        )
        unit = request.reader.tree.by_id.get(place or 0)
        admit(unit, request.reader, P.OBJECTION_RECEIVE)
    assert unit is not None
    return person, read, unit


def _notice(request: Request, person: Person) -> uuid.UUID | None:
    """The notice the address names; else one about the person whose window is open today."""
    try:
        return uuid.UUID(request.GET.get("notice", ""))
    except ValueError:
        running = CaseNotice.objects.filter(
            case__person=person.pk, notice__records__struck=ALIVE, notice__records__posted_on__lte=request.today,
            notice__records__closes_on__gte=request.today,
        )  # fmt: skip
        return running.values_list("notice__uid", flat=True).first()


@door(SIGNED_IN)
def objection(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One objection. Who looks into it reads what was said, and that is on record; others see how far it is."""
    keep_pace(request)
    found = _seen(request, uid)
    person = Person.objects.filter(pk=found.one.objection.person_id).values_list("uid", flat=True)[0]
    reads = found.is_handler and may_read(request.reader, found.one)
    what, purpose = (What.SECTION, _("调查异议")) if reads else (What.PAGE, "")
    record_reading(what, actor=request.reader.actor, subject_kind="person", subject=person, count=1, purpose=purpose)
    return _page(request, found, told=opened(found.one.objection) if reads else None)


def may_read(reader: Reader, one: Standing) -> bool:
    """Whether its investigator may read what was said now: by the grant that naming him wrote, and not where he stands near."""
    case = acting.case_of(one)
    if case is None or reader.account is None:
        return reader.account is not None
    read = read_by(case)
    if near_objections(reader.account.person_uid, read):
        return False
    grant = open_grant(reader.account.pk, read.around.case, Section.OBJECTORS, today=reader.today, now=timezone.now())
    return grant is not None


def _page(
    request: Request, found: Seen, status: HTTPStatus = HTTPStatus.OK, against: tuple[Objection, ...] = (), **forms: Any
) -> HttpResponse:
    one = found.one
    name = (
        PersonRecord.objects.open().filter(person=one.objection.person_id).values_list("name", flat=True).first() or ""
    )
    notice = Notice.objects.filter(pk=one.objection.notice_id).first() if one.objection.notice_id else None
    accounts = eligible(request.reader, found.unit) if found.may_receive else []
    concluded = one.conclusion
    initial: dict[str, Any] = {"concluded_on": request.today}
    if concluded is not None:
        initial = {
            "concluded_on": concluded.concluded_on, "outcome": concluded.outcome, "effect": concluded.effect, "text": concluded.text,
            "told_on": concluded.told_on, "untold": concluded.untold,
        }  # fmt: skip
    values = {
        "one": one,
        "name": name,
        "unit": found.unit,
        "notice": notice,
        "row": lists.ObjectionRow(one, name, found.unit, request.today),
        "is_handler": found.is_handler,
        "may_receive": found.may_receive,
        "told": forms.get("told"),
        "objections": against,
        "appoint": forms.get("appoint") or InvestigatorForm(accounts=accounts, is_change=one.investigator is not None, initial={"due_on": due_on(request)}),
        "conclude": forms.get("conclude") or ConclusionForm(initial=initial),
        "back": forms.get("back") or TakeBackForm(auto_id="back_%s"),
        "case": acting.case_of(one),
    }  # fmt: skip
    return render(request, "desk/publicity/objection.html", values, status=status)


def due_on(request: Request) -> Any:
    """The usual last day of an investigation; None where the calendar does not reach so far."""
    try:
        return calendar_of(request.reader.head).add_working_days(request.today, acting.HANDLING_DAYS)
    except MissingYear:
        return None


def eligible(reader: Reader, unit: UnitOnDay | None) -> list[tuple[int, str]]:
    """Who may look into it: whoever receives objections at the unit or above it, by account."""
    if unit is None:
        return []
    found: dict[int, str] = {}
    for account, held in holdings(reader.today, reader.head).items():
        for one in held:
            place = reader.tree.by_id.get(one.unit)
            if (
                one.giver is None
                and place is not None
                and P.OBJECTION_RECEIVE in GRANTS[one.role]
                and place.subtree.covers(unit.path)
            ):
                found[account] = f"{place.name} {one.role.label} {one.name}"
    return sorted(found.items(), key=lambda one: one[1])


@door(P.OBJECTION_RECEIVE, methods=("POST",))
def objection_appoint(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Name who looks into it."""
    found = _seen(request, uid, P.OBJECTION_RECEIVE)
    form = InvestigatorForm(
        request.POST, accounts=eligible(request.reader, found.unit), is_change=found.one.investigator is not None
    )
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, appoint=form)
    given = form.cleaned_data
    assert request.reader.account is not None
    try:
        acting.appoint(
            uid, Account.objects.get(pk=given["account"]), given["due_on"], by=request.reader.account, reason=given.get("reason", ""),
            who=deciding_at(request.reader, P.OBJECTION_RECEIVE, found.unit), today=request.today, once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, appoint=form)
    except AlreadyDone:
        return redirect("objection", uid)
    messages.success(request, _("已指定调查人，只有调查人能看来源和内容。"))
    return redirect("objection", uid)


@door(SIGNED_IN, methods=("POST",))
def objection_conclude(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write down what came of it."""
    found = _seen(request, uid)
    if not found.is_handler or request.reader.account is None:
        raise NotAllowed(_("只有调查人能作出结论。"))
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, conclude=form)
    given = form.cleaned_data
    try:
        acting.concluded(
            uid, account=request.reader.account, on=given["concluded_on"], outcome=given["outcome"], effect=given["effect"],
            text=given["text"], told_on=given["told_on"], untold=given["untold"],
            who=deciding_at(request.reader, P.OBJECTION_RECEIVE, found.unit), today=request.today, once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, conclude=form)
    except AlreadyDone:
        return redirect("objection", uid)
    messages.success(request, _("已登记调查结论。"))
    return redirect("objection", uid)


@door(P.OBJECTION_RECEIVE, methods=("POST",))
def objection_take_back(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = _seen(request, uid, P.OBJECTION_RECEIVE)
    form = TakeBackForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY, back=form)
    who = deciding_at(request.reader, P.OBJECTION_RECEIVE, found.unit)
    try:
        acting.withdraw_objection(uid, form.cleaned_data["reason"], who=who, once=parsed_once(request))
    except Refused as refused:
        return _page(request, found, HTTPStatus.CONFLICT, refused.objections, back=form)
    except AlreadyDone:
        return redirect("objections")
    messages.success(request, _("已收回异议登记。"))
    return redirect("objections")


def _seen(request: Request, uid: uuid.UUID, need: Permission | None = None) -> Seen:
    """The objection, for its investigator and for whoever receives objections at its unit."""
    reader = request.reader
    with refusal_on_record(request, uid):
        one = acting.standing_objection(uid)
        unit = reader.tree.by_id.get(one.objection.unit_id)
        is_handler = (
            reader.account is not None
            and one.investigator is not None
            and one.investigator.account_id == reader.account.pk
            and bool(reader.own)
        )
        may = unit is not None and reader.may_at(P.OBJECTION_RECEIVE, unit)
        if not may and not is_handler:
            if need is not None and unit is not None and reader.may_at(P.PERSON_READ, unit):
                raise NotAllowed(_("您的任职不含“%(what)s”。") % {"what": need.label})
            raise OutOfScope(str(uid))
        person = Person.objects.filter(pk=one.objection.person_id).values_list("uid", flat=True).first()
        if reader.account is not None and reader.account.person_uid == person:
            raise OutOfScope(str(uid))
    return Seen(one, unit, is_handler, may)
