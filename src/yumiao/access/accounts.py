"""Opening, suspending and restoring accounts, and making somebody's login anew: one act each, or `Refused`.

Must not know: pages, and which accounts the actor sees; appointing rights are judged in `appointments`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from yumiao.access.appointments import Grant, write_grant
from yumiao.access.invitations import forget_factors, issue
from yumiao.access.models import Account, Invitation, LoginSession
from yumiao.access.queries import appointer_of, terms_of
from yumiao.access.readers import tree_of
from yumiao.access.rules import objection_to_oneself, objections_to_account, objections_to_renewal
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Refused


@dataclass(frozen=True, slots=True)
class Invited:
    """A new account, and the code that opens it: said once, nowhere kept."""

    account: Account
    code: str


def invite(
    *,
    username: str,
    display_name: str,
    grant: Grant,
    actor: Actor,
    today: date,
    person: uuid.UUID | None = None,
    once: uuid.UUID | None = None,
) -> Invited:
    """Open an account without a password, with its first post. `person` is the uid of a person the caller saw within the actor's scope."""
    username = username.strip().lower()
    with act(Verb.ACCOUNT_INVITED, actor=actor, once=once) as done:
        is_taken = Account.objects.filter(username__iexact=username).exists()
        objections = objections_to_account(
            username, is_taken=is_taken, role=grant.role, names_person=person is not None
        )
        if objections:
            raise Refused(objections)
        account = Account(username=username, display_name=" ".join(display_name.split()), person_uid=person)
        account.set_unusable_password()
        account.save()
        write_grant(done, account, grant, actor=actor, today=today)
        return Invited(account, issue(account, Invitation.Kind.OPENING))


def suspend(*, account: Account, reason: str, actor: Actor, once: uuid.UUID | None = None) -> None:
    """Let nobody in by this account until it is restored; who is signed in is out at once."""
    with act(Verb.ACCOUNT_SUSPENDED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        _refuse_oneself(account, actor)
        _set_active(done, account, is_active=False)
        LoginSession.objects.filter(account=account).delete()


def restore(*, account: Account, reason: str, actor: Actor, once: uuid.UUID | None = None) -> None:
    """Let the account in again, by the password it had."""
    with act(Verb.ACCOUNT_RESTORED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        _refuse_oneself(account, actor)
        _set_active(done, account, is_active=True)


def reset_login(*, account: Account, reason: str, actor: Actor, once: uuid.UUID | None = None) -> str:
    """A one-time code with which the account's owner sets a new password.

    The old password and second factor count until the code is used; those of a suspended account are gone at once.
    """
    with act(Verb.LOGIN_RESET, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        _refuse_oneself(account, actor)
        done.subject_kind, done.subject = "account", account.uid
        standing = Account.objects.get(pk=account.pk)
        # only an opened account was ever reset; a reset while suspended took its password away
        was_opened = standing.has_usable_password() or account.invitations.filter(kind=Invitation.Kind.RESET).exists()
        kind = Invitation.Kind.RESET if was_opened else Invitation.Kind.OPENING
        if not standing.is_active:
            account.set_unusable_password()
            account.save(update_fields=["password"])
            forget_factors(account)
        return issue(account, kind)


def renew_invitation(*, account: Account, actor: Actor, today: date, once: uuid.UUID | None = None) -> str:
    """A new code for an account nobody has opened yet; for whoever may appoint to one of its posts."""
    with act(Verb.LOGIN_RESET, actor=actor, once=once) as done:
        _refuse_oneself(account, actor)
        standing = Account.objects.get(pk=account.pk)
        terms = terms_of(account, tree_of(today, last()))
        objections = objections_to_renewal(
            appointer_of(actor, today=today), terms, is_opened=standing.has_usable_password(), today=today
        )
        if objections:
            raise Refused(objections)
        done.subject_kind, done.subject = "account", account.uid
        return issue(account, Invitation.Kind.OPENING)


def _refuse_oneself(account: Account, actor: Actor) -> None:
    if objections := objection_to_oneself(is_self=account.uid == actor.uid):
        raise Refused(objections)


def _set_active(done: Act, account: Account, *, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    done.subject_kind, done.subject = "account", account.uid
