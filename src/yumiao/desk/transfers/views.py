"""Pages of transfers: the lists, one of them, its steps, sending, taking in from elsewhere, the print. Must not know: SQL, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws.memory import settings_of
from yumiao.desk.membership.deciding import who_at
from yumiao.desk.membership.undoing import UNDOABLE
from yumiao.desk.people.facts import facts_of
from yumiao.desk.refusals import keep_pace, refusal_on_record
from yumiao.desk.transfers import acting, ends, lists
from yumiao.desk.transfers.forms import OUTSIDE, ArrivalForm, IssueForm, StepForm
from yumiao.desk.transfers.inward import take_in
from yumiao.desk.transfers.material import material, material_table
from yumiao.desk.transfers.prints import letter_pdf
from yumiao.desk.transfers.returning import left_before
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.people.models import Person, Transfer, TransferState
from yumiao.people.queries import named
from yumiao.people.transfer_queries import Standing, with_states
from yumiao.press.answers import pdf
from yumiao.press.tables import print_tables
from yumiao.ui.paging import first_if_bad
from yumiao.units.queries import UnitOnDay

P = Permission
PAGE: Final = 50
TITLES: Final[dict[str, Callable[[], str]]] = {
    "receive": lambda: _("接收"),
    "return": lambda: _("登记回执"),
    "refuse": lambda: _("退回"),
    "withdraw": lambda: _("作废"),
}


@door(P.PERSON_READ)
def transfers(request: Request) -> HttpResponse:
    """One list, by the state in the address."""
    reader, which = request.reader, lists.which_of(request.GET)
    scope = reader.scope(P.PERSON_READ)
    rows = lists.transfers_of(scope, which)
    late = lists.expired(scope)
    page = (
        first_if_bad(rows, "-issued_on", "-id", size=PAGE, get=request.GET)
        if which is not lists.Which.EXPIRED
        else None
    )
    found = late if page is None else with_states(page.rows)
    counts = {
        one: len(late) if one is lists.Which.EXPIRED else lists.transfers_of(scope, one).count() for one in lists.Which
    }
    values = {
        "tabs": [(one.label, f"?state={one}", one is which, counts[one]) for one in lists.Which],
        "which": which,
        "rows": lists.rows_of(found, reader.tree, request.today),
        "count": counts[which],
        "links": page.links(request.GET) if page else (None, None),
        "may_change": reader.may(P.MEMBERSHIP_CHANGE),
    }
    return render(request, "desk/transfers/list.html", values)


@door(P.PERSON_READ)
def transfer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One transfer: both ends, what happened, what the reader can do."""
    keep_pace(request)
    one = _seen(request, uid)
    person = one.transfer.person
    record_reading(What.PAGE, actor=request.reader.actor, subject_kind="person", subject=person.uid, count=1)
    (row,) = lists.rows_of([one], request.reader.tree, request.today)
    reader = request.reader
    values = {
        "row": row,
        "material": material(facts_of(person.pk, person.uid, request.today)),
        "one": one,
        "kind": str(Transfer.Kind(one.transfer.kind).label),
        "steps": [(step, TITLES[step]()) for step in ends.steps_for(reader, one)],
        "undo_seq": _undo_seq(request, one),
        "may_print": _has_print(one) and ends.is_sender(reader, one.transfer),
        "may_open": Person.objects.visible_to(reader.scope(P.PERSON_READ)).filter(pk=person.pk).exists(),
    }
    return render(request, "desk/transfers/transfer.html", values)


@door(P.MEMBERSHIP_CHANGE, methods=("GET", "POST"))
def transfer_step(request: Request, uid: uuid.UUID, step: str) -> HttpResponse:
    """Take in, send back, withdraw, register the receipt."""
    one = _seen(request, uid)
    if not ends.may_ever(request.reader, one.transfer, step):
        raise OutOfScope(step)
    if request.method != "POST" and step not in ends.steps_for(request.reader, one):
        return redirect("transfer", uid)
    leaves = one.transfer.to_unit_id is None
    form = StepForm(step, _branches(request, one), _sent(request), leaves=leaves, initial={"on": request.today})
    if not form.is_bound or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _step_page(request, one, step, form, status)
    try:
        _take_step(request, one, step, form)
    except Refused as refused:
        return _step_page(request, one, step, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("transfer", uid)
    messages.success(request, _("已登记：%(step)s。") % {"step": TITLES[step]()})
    return redirect("transfer", uid)


def _take_step(request: Request, one: Standing, step: str, form: StepForm) -> None:
    if step not in ends.steps_for(request.reader, one):
        raise Refused([Objection("MOB-03", _("这份转接已经不在可以这样办理的状态"))])
    uid, reader = one.transfer.uid, request.reader
    unit = form.branch if step == "receive" else ends.where_taken(reader, one.transfer, step)
    given: dict[str, Any] = {
        "on": form.cleaned_data["on"], "who": who_at(reader, unit), "today": request.today, "once": parsed_once(request),
    }  # fmt: skip
    if step == "receive":
        acting.receive(uid, form.branch, **given)
    elif step == "return":
        acting.register_receipt(uid, **given)
    else:
        close = acting.refuse if step == "refuse" else acting.withdraw
        close(uid, reason=form.cleaned_data["reason"], **given)


@door(P.MEMBERSHIP_CHANGE, methods=("GET", "POST"))
def transfer_issue(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Send somebody's relation or material on its way."""
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), request.reader, P.MEMBERSHIP_CHANGE, see=P.PERSON_READ, uid=uid)
    facts, longest = facts_of(person.pk, uid, request.today), _longest(request)
    initial = {"on": request.today, "valid_days": longest}
    form = IssueForm(ends.committees(request.reader.tree), longest, _sent(request), initial=initial)
    who = who_at(request.reader, request.reader.tree.by_id.get(facts.unit or 0))
    against = acting.issue_objections(facts, who, request.today)
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            made = acting.issue(person, who=who, **_issued(request, form))
        except Refused as refused:
            against, status = list(refused.objections), HTTPStatus.CONFLICT
        except AlreadyDone:
            return redirect("transfers")
        else:
            messages.success(request, _("已开具：%(letter)s。") % {"letter": made.letter or made.get_kind_display()})
            return redirect("transfer", made.uid)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    values = {"uid": uid, "name": facts.record.name, "form": form, "objections": against}
    return render(request, "desk/transfers/issue.html", values, status=status)


def _issued(request: Request, form: IssueForm) -> dict[str, Any]:
    given = form.cleaned_data
    unit = None if given["to"] == OUTSIDE else form.committees[given["to"]]
    return {
        "to": acting.Destination(unit, given["to_text"].strip()), "on": given["on"], "valid_days": given["valid_days"],
        "tree": request.reader.tree, "today": request.today, "once": parsed_once(request),
    }  # fmt: skip


@door(P.MEMBERSHIP_CHANGE, methods=("GET", "POST"))
def transfer_in(request: Request) -> HttpResponse:
    """Register a member who comes with the letter of another county."""
    reader = request.reader
    mine = [one for one in reader.tree if reader.may_at(P.MEMBERSHIP_CHANGE, one) and not ends.is_committee(one)]
    form = ArrivalForm(mine, _sent(request), initial={"received_on": request.today})
    against: tuple[Objection, ...] = ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = {"reader": reader, "once": parsed_once(request)}
        arrival = form.arrival
        given["who"] = who_at(reader, arrival.branch)
        try:
            uid = take_in(arrival, valid_days=_longest(request), **given)
        except Refused as refused:
            against, status = refused.objections, HTTPStatus.CONFLICT
            if left_before(arrival, request.today):
                form.ask_same()
        except AlreadyDone:
            return redirect("transfers")
        else:
            messages.success(request, _("已接收。请把回执寄回转出党组织，再登记回执。"))
            return redirect("person", uid)
    return render(request, "desk/transfers/in.html", {"form": form, "objections": against}, status=status)


@door(P.MEMBERSHIP_CHANGE)
def transfer_letter(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The letter with its stub and receipt, for signing and sealing; on record as a print."""
    one = _seen(request, uid)
    if not (_has_print(one) and ends.is_sender(request.reader, one.transfer)):
        raise OutOfScope(str(uid))
    person = one.transfer.person
    facts = facts_of(person.pk, person.uid, request.today)
    record_reading(What.PRINT, actor=request.reader.actor, subject_kind="person", subject=person.uid, count=1)
    name = _("介绍信 {letter}.pdf").format(letter=one.letter)
    return pdf(request, name, lambda: letter_pdf(one, facts, request.reader.tree))


@door(P.PERSON_READ)
def transfer_material(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The list of steps and papers that go with a case, for both sides to sign; on record as a print."""
    keep_pace(request)
    one = _seen(request, uid)
    person, reader = one.transfer.person, request.reader
    facts = facts_of(person.pk, person.uid, request.today)
    lines = material(facts)
    record_reading(What.PRINT, actor=reader.actor, subject_kind="person", subject=person.uid, count=1)
    sender, receiver = ends.end_names(reader.tree, one.transfer)
    table = material_table(
        lines, name=facts.record.name, sender=sender, receiver=receiver, day=request.today, head=reader.head
    )
    name = _("材料移交清单（{name}）.pdf").format(name=facts.record.name)
    return pdf(request, name, lambda: print_tables([table]))


def _undo_seq(request: Request, one: Standing) -> int | None:
    """The entry of the latest step, where the reader may take it back: he stands where the person stands, and it is not the issue."""
    last = one.states[-1] if one.states else None
    if last is None or last.state == TransferState.State.ISSUED:
        return None
    seen = Person.objects.visible_to(request.reader.scope(P.MEMBERSHIP_CHANGE)).filter(pk=one.transfer.person_id)
    known = Entry.objects.filter(seq=last.entered, verb__in=UNDOABLE)
    return last.entered if known.exists() and seen.exists() else None


def _has_print(one: Standing) -> bool:
    return one.transfer.serial is not None and bool(one.states)


def _seen(request: Request, uid: uuid.UUID) -> Standing:
    """The transfer, where one of its ends is the reader's."""
    found = with_states(Transfer.objects.filter(uid=uid).select_related("person"))
    reader = request.reader
    if not found or not (
        ends.is_sender(reader, found[0].transfer, P.PERSON_READ)
        or ends.is_receiver(reader, found[0].transfer, P.PERSON_READ)
    ):
        raise OutOfScope(str(uid))
    return found[0]


def _branches(request: Request, one: Standing) -> list[UnitOnDay]:
    tree = request.reader.tree
    to = tree.by_id.get(one.transfer.to_unit_id or 0) or tree.root
    return list(ends.branches_below(tree, to)) if to is not None else []


def _longest(request: Request) -> int:
    return int(str(settings_of(request.today, request.reader.head).value("transfer.valid_days")))


def _step_page(
    request: Request, one: Standing, step: str, form: StepForm, status: HTTPStatus, against: tuple[Objection, ...] = ()
) -> HttpResponse:
    person = named([one.transfer.person_id]).get(one.transfer.person_id)
    sender, receiver = ends.end_names(request.reader.tree, one.transfer)
    values = {
        "one": one, "step": step, "title": TITLES[step](), "form": form, "objections": against, "sender": sender,
        "receiver": receiver, "name": person.name if person else "", "is_late": one.is_expired(request.today),
    }  # fmt: skip
    return render(request, "desk/transfers/step.html", values, status=status)


def _sent(request: Request) -> QueryDict | None:
    """What was sent, also where it is empty; None for a page that is opened."""
    return request.POST if request.method == "POST" else None
