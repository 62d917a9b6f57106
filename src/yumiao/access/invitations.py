"""One-time codes: with one somebody sets the first password of his account, or a new one after a reset.

The code is said once, to whoever had it made; the database keeps a keyed digest. Must not know: pages, how often somebody may try.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password

from yumiao.access.models import Account, Invitation, LoginSession, RecoveryCode, SecondFactor
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope
from yumiao.vault.cells import keyed

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
LENGTH: Final = 10
VALID: Final = timedelta(days=7)
_BETWEEN = re.compile(r"[\s\-－—]+")


class CodeSpent(OutOfScope):
    """No such code, or it was used, replaced, or is over: the four look the same."""

    def __init__(self) -> None:
        super().__init__("开户码不正确，或者已经用过、已经过期。请核对，或请为您开户的人重新发码。")


def issue(account: Account, kind: Invitation.Kind) -> str:
    """A new code for the account, as it is read out: `ABCDE-FGHJK`. Those made before count no more. Called within an act."""
    account.invitations.filter(used_at=None).update(expires_at=datetime.now(UTC))
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    Invitation.objects.create(account=account, kind=kind, keyed=_keyed(code), expires_at=datetime.now(UTC) + VALID)
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def invited(code: str) -> Invitation:
    """The invitation of a code as somebody typed it, with its account. Raises `CodeSpent`."""
    found = (
        Invitation.objects.select_related("account")
        .filter(keyed=_keyed(code), used_at=None, expires_at__gt=datetime.now(UTC), account__is_active=True)
        .first()
    )
    if found is None:
        raise CodeSpent
    return found


def accept_invitation(*, code: str, password: str) -> Account:
    """Set the password of the code's account and spend the code. Raises `CodeSpent`.

    Whatever signed in to the account before ends here: sessions, second factor, recovery codes. The password has been validated.
    """
    account = invited(code).account
    hashed = make_password(password)  # takes its time: before the lock, not under it
    with act(Verb.INVITATION_ACCEPTED, actor=Actor(account.uid, account.display_name)) as done:
        invitation = invited(code)
        invitation.used_at = datetime.now(UTC)
        invitation.save(update_fields=["used_at"])
        account.password = hashed
        account.save(update_fields=["password"])
        forget_factors(account)
        done.subject_kind, done.subject = "account", account.uid
        done.data["kind"] = invitation.kind
    return account


def forget_factors(account: Account) -> None:
    """End the sessions of an account and take its second factor and recovery codes away."""
    for model in (LoginSession, SecondFactor, RecoveryCode):
        model._default_manager.filter(account=account).delete()


def _keyed(code: str) -> bytes:
    return keyed("invitation", _BETWEEN.sub("", unicodedata.normalize("NFKC", code)).upper())
