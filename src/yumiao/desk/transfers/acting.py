"""The use cases of a transfer: issue, take in, send back, withdraw, register the receipt; each one act. Must not know: forms, pages.

Where somebody stands moves on the day the receiver takes him in and at no other time, so a member is never in no branch or in two.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from yumiao.desk.membership.deciding import Who, close_cases
from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.desk.transfers.ends import committee_of
from yumiao.journal.acts import Act, act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Belonging, Person, Transfer, TransferState
from yumiao.people.rules import DEV_21
from yumiao.people.status import CHANGES, IN_DEVELOPMENT, IN_STOCK, Status, status_on
from yumiao.people.status_rules import MEM_11, MEM_12
from yumiao.people.status_services import Decision, move_belonging, write_change
from yumiao.people.transfer_queries import Standing, open_transfer, with_states
from yumiao.people.transfer_rules import MOB_03, PRV_14
from yumiao.people.transfer_services import Draft, begin_transfer, reach
from yumiao.units.queries import Tree, UnitOnDay, standing
from yumiao.units.queries import tree as tree_on

State = TransferState.State
Kind = Transfer.Kind


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to: a committee of the county, or the words for one elsewhere."""

    unit: UnitOnDay | None
    text: str = ""


def kind_for(status: Status, to: Destination) -> Transfer.Kind:
    """What is sent: members have a letter, people in development their material (TRF-02)."""
    if status in IN_DEVELOPMENT:
        return Kind.MATERIAL if to.unit else Kind.MATERIAL_OUTWARD
    return Kind.INSIDE if to.unit else Kind.OUTWARD


def issue_objections(facts: Facts, who: Who, on: date) -> list[Objection]:
    """Why nothing can be sent for somebody on that day."""
    status = status_on(life_of(facts), facts.day)
    found = list(_always(who, facts.uid, on, facts.day))
    if status not in IN_STOCK | IN_DEVELOPMENT:
        found.append(MEM_12.objection(f"当前为{status.label}，没有可以转接的组织关系或者培养材料"))
    if (waiting := open_transfer(facts.person)) is not None:
        said = waiting.letter or Kind(waiting.transfer.kind).label
        found.append(MOB_03.objection(f"已有在途的转接（{said}）", "先作废或者办结，再转接。"))
    return found


def _always(who: Who, person: uuid.UUID, on: date, today: date) -> Iterator[Objection]:
    if not MEM_11.holds(deciding=who.person, person=person):
        yield MEM_11.objection("这是您本人的组织关系，请由其他经办人办理")
    if not DEV_21.holds(day=on, today=today):
        yield DEV_21.objection(f"日期 {on_paper(on)}晚于今天")


def issue(
    person: Person, to: Destination, *, on: date, valid_days: int, tree: Tree, who: Who, today: date,
    once: uuid.UUID | None = None,
) -> Transfer:  # fmt: skip
    """Send a relation or material on its way. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.TRANSFER_ISSUED, actor=who.actor, once=once) as current:
        facts = facts_of(person.pk, person.uid, today)
        if found := issue_objections(facts, who, on):
            raise Refused(found)
        sender = tree.by_id.get(facts.unit or 0)
        committee = committee_of(tree, sender)
        if sender is None or committee is None:
            raise Refused([MOB_03.objection("所在党支部之上没有可以开具介绍信的党委")])
        kind = kind_for(status_on(life_of(facts), today), to)
        has_letter = kind in (Kind.INSIDE, Kind.OUTWARD)
        draft = Draft(
            person.pk, kind, on, valid_days, from_unit=sender.id, to_unit=to.unit.id if to.unit else None, to_text=to.text,
            issuer=(committee.id, committee.name) if has_letter else None,
        )  # fmt: skip
        made = begin_transfer(current, draft, State.ISSUED)
        _say(current, person.uid, made, on)
    return made


@contextmanager
def _step(
    verb: Verb, uid: uuid.UUID, who: Who, on: date, today: date, reason: str, once: uuid.UUID | None
) -> Iterator[tuple[Act, Standing]]:
    """An act on a transfer, read under the lock."""
    with act(verb, actor=who.actor, reason=reason, once=once) as current:
        found = with_states(Transfer.objects.filter(uid=uid).select_related("person"))[0]
        person = found.transfer.person.uid
        if against := list(_always(who, person, on, today)):
            raise Refused(against)
        _say(current, person, found.transfer, on)
        yield current, found


def _say(current: Act, person: uuid.UUID, transfer: Transfer, on: date) -> None:
    current.subject_kind, current.subject = "person", person
    current.data |= {"letter": transfer.letter or str(Kind(transfer.kind).label), "on": on.isoformat()}


def receive(
    uid: uuid.UUID, branch: UnitOnDay, *, on: date, who: Who, today: date, once: uuid.UUID | None = None
) -> None:
    """Take somebody in at a branch: from that day on he stands there. Raises `Refused`, `AlreadyDone`."""
    with _step(Verb.TRANSFER_RECEIVED, uid, who, on, today, "", once) as (current, one):
        _only_while(one, one.is_open)
        stands = Belonging.objects.open().get(person=one.transfer.person_id)
        times = {"issued_on": one.transfer.issued_on, "received_on": on, "belongs_since": stands.since}
        if not MOB_03.holds(**times):
            after = max(one.transfer.issued_on, stands.since)
            raise Refused([MOB_03.objection(f"接收日期须在{on_paper(after)}以后，且不早于介绍信开具之日")])
        if branch.id == stands.unit_id:
            raise Refused([MOB_03.objection("本人已在该党支部")])
        if found := [*standing_objections(branch, on), *_both_ends(one, branch, who)]:
            raise Refused(found)
        reach(current, one.transfer.pk, State.RECEIVED, on, unit=branch.id)
        move_belonging(current, one.transfer.person_id, branch.id, on)


def standing_objections(branch: UnitOnDay, on: date) -> list[Objection]:
    """Why nobody can stand at a branch from that day on: it did not stand yet, or no longer does."""
    if branch.id in tree_on(on).by_id and branch.id in standing().by_id:
        return []
    return [MOB_03.objection(f"{on_paper(on)}没有{branch.name}", "核对接收日期和接收的党支部。")]


def _both_ends(one: Standing, branch: UnitOnDay, who: Who) -> list[Objection]:
    """Whether whoever takes in is, or stands in for, somebody who sent, across two committees (PRV-14)."""
    tree = standing()
    sender = tree.by_id.get(one.transfer.from_unit_id or 0)
    ends = {end.id for end in (committee_of(tree, sender), committee_of(tree, branch)) if end is not None}
    entry = Entry.objects.get(seq=one.states[0].entered)
    sent = {entry.actor, *map(uuid.UUID, json.loads(entry.data).get("on_behalf_of", ()))} - {None}
    shared = sent & {who.actor.uid, *who.actor.on_behalf_of}
    if PRV_14.holds(committees=len(ends), shared=len(shared)):
        return []
    return [PRV_14.objection("开具和接收是同一人经办", "由接收方党委的其他经办人接收。")]


def register_receipt(uid: uuid.UUID, *, on: date, who: Who, today: date, once: uuid.UUID | None = None) -> None:
    """The receipt came back. Of a relation that left the county `on` is the day the other end took it in: membership here ends on it."""
    with _step(Verb.TRANSFER_RETURNED, uid, who, on, today, "", once) as (current, one):
        leaves = one.transfer.kind in (Kind.OUTWARD, Kind.MATERIAL_OUTWARD)
        _only_while(one, one.is_open if leaves else one.state is State.RECEIVED)
        last = one.states[-1].happened_on
        if on < last:
            raise Refused([MOB_03.objection(f"日期不得早于{on_paper(last)}")])
        if leaves:
            _leave(current, one, on, today)
        reach(current, one.transfer.pk, State.RETURNED, on)


def _leave(current: Act, one: Standing, on: date, today: date) -> None:
    person = one.transfer.person
    facts = facts_of(person.pk, person.uid, today)
    if one.transfer.kind == Kind.MATERIAL_OUTWARD:
        close_cases(current, facts, on, "transferred_out")
        return
    member = facts.membership
    if member is None or on <= member.membership_on:
        raise Refused([MOB_03.objection("日期须在入党日期之后")])
    decision = Decision(person.pk, CHANGES["transferred_out"], on, f"接收方回执，{one.letter}")
    write_change(current, decision)
    close_cases(current, facts, on, "transferred_out")


def refuse(uid: uuid.UUID, *, on: date, reason: str, who: Who, today: date, once: uuid.UUID | None = None) -> None:
    """The receiver sends the letter back, with the reason; not without one (MOB-02)."""
    _close(Verb.TRANSFER_REFUSED, State.REFUSED)(uid, on, reason, who, today, once)


def withdraw(uid: uuid.UUID, *, on: date, reason: str, who: Who, today: date, once: uuid.UUID | None = None) -> None:
    """The sender makes the letter void; its number stays taken."""
    _close(Verb.TRANSFER_WITHDRAWN, State.WITHDRAWN)(uid, on, reason, who, today, once)


def _close(verb: Verb, state: TransferState.State) -> Callable[..., None]:
    def closed(uid: uuid.UUID, on: date, reason: str, who: Who, today: date, once: uuid.UUID | None) -> None:
        with _step(verb, uid, who, on, today, reason, once) as (current, one):
            _only_while(one, one.is_open)
            if on < one.transfer.issued_on:
                raise Refused([MOB_03.objection(f"日期不得早于开具之日 {on_paper(one.transfer.issued_on)}")])
            reach(current, one.transfer.pk, state, on, reason=reason)

    return closed


def _only_while(one: Standing, holds: bool) -> None:
    if not holds:
        raise Refused([MOB_03.objection(f"这份转接现在是“{one.state.label}”，不能这样办理")])
