"""Signing in: from a name and a password, over the second factor where the roles ask for one, to a session.

Whoever has given only the password is nobody to every page: the session then holds the account as `pending`, not as signed in.
Must not know: forms, templates.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yumiao.access import factors, limiter, sessions
from yumiao.access.limiter import Origin
from yumiao.access.models import Account
from yumiao.access.readers import Reader
from yumiao.access.sessions import SessionStore

log = logging.getLogger("yumiao.access")

PENDING: Final = "pending"
PENDING_FOR: Final = timedelta(minutes=10)
UNKNOWN: Final = UNUSABLE_PASSWORD_PREFIX  # checked against for a name nobody has, at the cost of a real one


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody between password and second factor, and where the sign-in leads."""

    account: Account
    onward: str


class WrongPassword(Exception):
    """Name and password do not belong together, or the account is closed; `left` tries remain. It never says which."""

    def __init__(self, left: int) -> None:
        super().__init__("wrong password")
        self.left = left


def account_by_password(name: str, password: str, *, origin: Origin, now: datetime) -> Account:
    """The active account these open. Raises `WrongPassword`, `limiter.TooMany`, `passwords.Busy`.

    An unknown name costs the same hash as a known one.
    """
    tries = limiter.of_password(name, origin)
    left = limiter.take(tries, now=now)
    account = Account.objects.filter(username__iexact=limiter.normalised(name)).first()
    is_right = check_password(password, account.password if account else UNKNOWN, setter=_rehash(account))
    if account is None or not is_right or not account.is_active:
        log.warning("sign-in refused: %s", account.uid if account else "unknown account")
        raise WrongPassword(left)
    limiter.give_back(tries)
    return account


def verify_code(account: Account, code: str, *, origin: Origin, now: datetime) -> None:
    """Take a one-time or recovery code within the limits. Raises `factors.WrongCode`, `limiter.TooMany`."""
    with _code_tried(account, origin, now):
        factors.verify(account, code, now=now)


def confirm_factor(account: Account, code: str, *, origin: Origin, now: datetime) -> list[str]:
    """Enrol within the limits; gives the recovery codes. Raises `factors.WrongCode`, `limiter.TooMany`."""
    with _code_tried(account, origin, now):
        codes = factors.confirm(account, code, now=now)
    log.info("second factor enrolled: %s", account.uid)
    return codes


@contextmanager
def _code_tried(account: Account, origin: Origin, now: datetime) -> Iterator[None]:
    """A code is tried within: one that is wrong counts, and is told how many tries are left."""
    tries = limiter.of_code(account.username, origin)
    left = limiter.take(tries, now=now)
    try:
        yield
    except factors.WrongCode as wrong:
        log.warning("code refused: %s", account.uid)
        wrong.left = left
        raise
    limiter.give_back(tries)


def asks_for_factor(reader: Reader, *, is_demo: bool) -> bool:
    """Whether this sign-in takes a second factor: the roles ask for it, or the account has one; in the demo, never."""
    assert reader.account is not None
    return not is_demo and (sessions.needs_factor(reader, is_demo=False) or factors.is_enrolled(reader.account))


def hold(session: SessionStore, account: Account, *, onward: str, now: datetime) -> None:
    """Keep in a new session that the password was right, until the second factor follows."""
    session.flush()
    session[PENDING] = {
        "account": account.pk,
        "proof": account.get_session_auth_hash(),
        "at": int(now.timestamp()),
        "onward": onward,
    }
    if not factors.is_enrolled(account):
        factors.begin(account)


def held(session: SessionStore, *, now: datetime) -> Held | None:
    """The account whose password was given in this session up to ten minutes ago; None where there is none."""
    kept = session.get(PENDING)
    if not kept or not 0 <= int(now.timestamp()) - kept["at"] <= PENDING_FOR.total_seconds():
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    if account is None or not constant_time_compare(kept["proof"], account.get_session_auth_hash()):
        return None
    return Held(account, kept["onward"])


def sign_in(request: HttpRequest, reader: Reader, *, factor: bool, browser: str, now: datetime) -> None:
    """Open the session of `reader` under a new key. `factor`: a second one was given; `browser` names it on the list."""
    account, session = reader.account, store_of(request)
    assert account is not None
    session.flush()
    session.browser = browser
    session.update(sessions.signed_in_values(reader, factor=factor, now=now))
    sessions.prune(now=now)
    rotate_token(request)
    user_logged_in.send(sender=Account, request=request, user=account)
    log.info("signed in: %s, second factor: %s", account.uid, factor)


def is_demo(request: HttpRequest) -> bool:
    """Whether this is the demo county, as the installation says."""
    return bool(getattr(request, "is_demo", False))


class Unproven(Exception):
    """The last proof of who sits there is too old for what was asked: the door's middleware asks for it again, and then goes on."""


def need_proof(request: HttpRequest) -> None:
    """For a view that asks for a fresh proof only at times; one that always does says so at its door. Raises `Unproven`."""
    if not sessions.is_fresh(store_of(request), now=timezone.now()):
        raise Unproven


def store_of(request: HttpRequest) -> SessionStore:
    """The session of a request, as the one kind there is."""
    assert isinstance(request.session, SessionStore)
    return request.session


def change_password(account: Account, password: str, *, session: SessionStore) -> None:
    """Set a new password; every other session of the account ends, this one goes on."""
    account.set_password(password)
    account.save(update_fields=["password"])
    sessions.end_sessions(account, but=session)
    sessions.keep(session, account)
    log.info("password changed: %s", account.uid)


def prove(session: SessionStore, account: Account, *, now: datetime) -> None:
    """Somebody proved again who sits there."""
    sessions.prove(session, now=now)
    log.info("proved again: %s", account.uid)


def renew_recovery_codes(account: Account) -> list[str]:
    """Ten new recovery codes, to be shown once; the earlier ones are void."""
    log.info("recovery codes renewed: %s", account.uid)
    return factors.renew_recovery_codes(account)


def _rehash(account: Account | None) -> Callable[[str], None] | None:
    """Brings a hash of former strength up to the present one when its password is given."""
    if account is None:
        return None

    def write(password: str) -> None:
        account.set_password(password)
        account.save(update_fields=["password"])

    return write
