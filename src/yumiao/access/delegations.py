"""Letting somebody act for an appointment (代办), and taking it back: one act each, or `Refused` with every reason.

Everything is judged under the chain's lock, by what giver, delegate and actor hold at that moment. Must not know: pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from yumiao.access.delegation_rules import Wanted, may_act_for, objections_to_delegation
from yumiao.access.models import Account, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import appointer_of
from yumiao.access.readers import Held, Reader, tree_of
from yumiao.access.rules import ACC_02, Post, objections_to_appointer
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.units.queries import UnitOnDay

DELEGATION = ("since", "until", "uid", "giver_id", "role", "unit_id", "delegate_id", "permissions", "reason")


@dataclass(frozen=True, slots=True)
class Loan:
    """What is to be lent: the giver's post, to whom, from `since` up to, but without, `until`, how far, and why."""

    giver: Account
    role: Role
    unit: UnitOnDay
    delegate: Account
    since: date
    until: date
    permissions: Collection[Permission]
    reason: str


def delegate(loan: Loan, *, actor: Actor, today: date, once: uuid.UUID | None = None) -> uuid.UUID:
    """Let the delegate act by the giver's appointment; returns the delegation's uid. Raises `OutOfScope` where the giver does not hold it."""
    reason = scrub(loan.reason.strip())
    with act(Verb.DELEGATED, actor=actor, reason=reason, once=once) as done:
        giver = Reader(Account.objects.get(pk=loan.giver.pk), today, last())
        held = next((one for one in giver.own if (one.role, one.unit.id) == (loan.role, loan.unit.id)), None)
        if held is None:
            raise OutOfScope("没有找到这项任职，可能已经结束。")
        if objections := _objections(loan, held, actor, today):
            raise Refused(objections)
        said = " ".join(sorted(one.value for one in loan.permissions))
        uid, delegate_id = uuid.uuid4(), loan.delegate.pk
        terms = (loan.since, loan.until)
        row = (*terms, uid, loan.giver.pk, loan.role.value, loan.unit.id, delegate_id, said, reason)
        done.insert(Delegation, DELEGATION, [row])
        _say(done, loan.giver, loan.role, held.unit.code, loan.delegate, *terms)
    return uid


def _objections(loan: Loan, held: Held, actor: Actor, today: date) -> list[Objection]:
    others = Delegation.objects.alive().filter(giver=loan.giver, role=loan.role.value, unit=loan.unit.id)
    wanted = Wanted(
        post=held.post,
        giver_until=held.until,
        since=loan.since,
        until=loan.until,
        permissions=loan.permissions,
        is_giver=actor.uid == loan.giver.uid,
    )
    return objections_to_delegation(
        wanted,
        appointer=appointer_of(actor, today=today),
        can_act=_can_act(loan, held, today) and actor.uid != loan.delegate.uid,
        others=list(others.values_list("since", "until")),
        today=today,
    )


def _can_act(loan: Loan, held: Held, today: date) -> bool:
    """Whether the delegate is another than the giver, can sign in, and holds posts beside which the giver's may stand."""
    standing = Account.objects.get(pk=loan.delegate.pk)
    if standing == loan.giver or not standing.has_usable_password():
        return False
    own = [one.post for one in Reader(standing, today, last()).own]
    return may_act_for(own=own, post=held.post)


def take_back(uid: uuid.UUID, *, actor: Actor, today: date, once: uuid.UUID | None = None) -> None:
    """End a delegation at once, by its giver or whoever may appoint to the post; one that would begin later never does."""
    with act(Verb.DELEGATION_ENDED, actor=actor, once=once) as done:
        row = Delegation.objects.alive().select_related("giver", "delegate").filter(uid=uid, until__gt=today).first()
        unit = tree_of(today, last()).by_id.get(row.unit_id) if row else None
        if row is None or unit is None:
            raise OutOfScope("没有找到这次代办，可能已经收回或者到期。")
        role = Role(row.role)
        if objections := _objections_to_taking_back(row, Post(role, unit.path, unit.kind.label), actor, today):
            raise Refused(objections)
        done.strike(Delegation, [row.pk])
        if row.since < today:
            values = (row.since, today, row.uid, row.giver_id, row.role, row.unit_id, row.delegate_id)
            done.insert(Delegation, DELEGATION, [(*values, row.permissions, row.reason)])
        _say(done, row.giver, role, unit.code, row.delegate, row.since, today)


def _objections_to_taking_back(row: Delegation, post: Post, actor: Actor, today: date) -> list[Objection]:
    """The giver and the delegate may give it up at any time."""
    if actor.uid in (row.giver.uid, row.delegate.uid):
        return []
    if not objections_to_appointer(appointer_of(actor, today=today), post):
        return []
    return [ACC_02.objection("代办由委托人、代办人或者有权授予这项任职的上级收回。", "请由他们办理。")]


def _say(done: Act, giver: Account, role: Role, code: str, delegate_account: Account, since: date, until: date) -> None:
    done.subject_kind, done.subject = "account", giver.uid
    said = {"role": role.value, "unit": code, "delegate": delegate_account.username}
    done.data |= {**said, "since": since, "until": until}
