"""Giving and ending appointments: one act each, or `Refused` with every reason.

Whether somebody may is judged under the chain's lock, by what he holds at that moment. Must not know: pages, who may open them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Role
from yumiao.access.queries import appointer_of, terms_of
from yumiao.access.readers import tree_of
from yumiao.access.rules import (
    Post,
    objection_to_end,
    objection_to_oneself,
    objections_to_appointer,
    objections_to_person,
    objections_to_term,
)
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.units.queries import UnitOnDay

APPOINTMENT = ("since", "until", "account_id", "role", "unit_id")


@dataclass(frozen=True, slots=True)
class Grant:
    """A post to be given, from `since` up to, but without, `until`."""

    role: Role
    unit: UnitOnDay
    since: date
    until: date = FOREVER


def appoint(*, account: Account, grant: Grant, actor: Actor, today: date, once: uuid.UUID | None = None) -> None:
    """Give an account a further post. The code of an account that nobody has opened yet is void from then on."""
    with act(Verb.APPOINTMENT_GRANTED, actor=actor, once=once) as done:
        objections = objections_to_person(grant.role, names_person=account.person_uid is not None)
        write_grant(done, account, grant, actor=actor, today=today, beside=objections)
        if not Account.objects.get(pk=account.pk).has_usable_password():
            # whoever handed out the code knows it, and may not have been able to give this post
            account.invitations.filter(used_at=None).update(expires_at=datetime.now(UTC))


def write_grant(
    done: Act, account: Account, grant: Grant, *, actor: Actor, today: date, beside: Iterable[Objection] = ()
) -> None:
    """Within an open act: write the appointment and say so in the entry, or refuse with its objections and those of `beside`."""
    tree = tree_of(today, last())
    unit = tree.by_id.get(grant.unit.id)
    if unit is None:
        raise OutOfScope("没有找到这个组织。")
    post = Post(grant.role, unit.path, unit.kind.label)
    objections = [
        *beside,
        *objection_to_oneself(is_self=account.uid == actor.uid),
        *objections_to_appointer(appointer_of(actor, today=today), post),
        *objections_to_term(post, grant.since, grant.until, held=terms_of(account, tree), today=today),
    ]
    if objections:
        raise Refused(objections)
    done.insert(Appointment, APPOINTMENT, [(grant.since, grant.until, account.pk, grant.role.value, unit.id)])
    done.subject_kind, done.subject = "account", account.uid
    done.data |= _said(grant.role, unit.code, grant.since, grant.until)


def end_appointment(*, appointment: int, until: date, actor: Actor, today: date, once: uuid.UUID | None = None) -> None:
    """Let an appointment end on `until`, which is its first day without; one that would not have begun by then never does."""
    with act(Verb.APPOINTMENT_ENDED, actor=actor, once=once) as done:
        row = Appointment.objects.alive().select_related("account").filter(pk=appointment).first()
        unit = tree_of(today, last()).by_id.get(row.unit_id) if row else None
        if row is None or unit is None:
            raise OutOfScope("没有找到这项任职，可能已由他人结束。")
        role = Role(row.role)
        objections = [
            *objection_to_oneself(is_self=row.account.uid == actor.uid),
            *objections_to_appointer(appointer_of(actor, today=today), Post(role, unit.path, unit.kind.label)),
            *objection_to_end(until=until, standing=row.until, today=today),
        ]
        if objections:
            raise Refused(objections)
        done.strike(Appointment, [row.pk])
        if row.since < until:
            done.insert(Appointment, APPOINTMENT, [(row.since, until, row.account_id, row.role, row.unit_id)])
        done.subject_kind, done.subject = "account", row.account.uid
        done.data |= _said(role, unit.code, row.since, until)


def _said(role: Role, code: str, since: date, until: date) -> dict[str, object]:
    return {"role": role.value, "unit": code, "since": since, "until": None if until == FOREVER else until}
