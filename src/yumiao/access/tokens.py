"""Tokens: issuing and revoking them, and who reads by one.

A token is a part of its account's rights, judged anew at every request: it ends when they do. Must not know: endpoints, pages.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from yumiao.access import limiter
from yumiao.access.limiter import TooMany
from yumiao.access.models import Account, Token, TokenSecret
from yumiao.access.pace import Pace
from yumiao.access.permissions import Permission
from yumiao.access.readers import Held, Reader
from yumiao.access.token_rows import tokens_in_force
from yumiao.access.token_rules import GRANTABLE, objections_to_token
from yumiao.journal.acts import Actor, act, head_beside, last, with_head
from yumiao.journal.facts import ALIVE
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused
from yumiao.kernel.scope import Scope
from yumiao.units.queries import UnitOnDay

PREFIX: Final = "yumiao_"
SECRET_BYTES: Final = 32
USED_EVERY: Final = timedelta(minutes=1)
pace: Final = Pace(600, timedelta(minutes=1))
TOKEN: Final = ("uid", "account_id", "unit_id", "name", "permissions", "since", "until")
_HEADER = re.compile(r"bearer +(yumiao_[A-Za-z0-9_-]{43})", re.IGNORECASE)


class NoToken(Exception):
    """Nothing that opens: none, a malformed one, one that has run out or was revoked. It says which only to whoever had one."""


@dataclass(frozen=True)
class TokenReader(Reader):
    """An account as far as a token goes: its rights within the token's permissions and unit."""

    token: Token

    @cached_property
    def lent(self) -> tuple[Held, ...]:
        """None: what one does for others, a machine does not."""
        return ()

    @cached_property
    def granted(self) -> frozenset[Permission]:
        said = self.token.permissions.split()
        return frozenset(one for one in GRANTABLE if one.value in said)

    @property
    def home(self) -> UnitOnDay | None:
        return self.tree.by_id.get(self.token.unit_id)

    @property
    def is_in_force(self) -> bool:
        """Whether it opens anything: it ends on its day, when it is revoked, and with its account's right to issue it."""
        token, unit = self.token, self.home
        if unit is None or token.struck != ALIVE or not token.since <= self.today < token.until:
            return False
        return super().scope(Permission.TOKEN_ISSUE).covers(unit.path) and any(map(self.may, self.granted))

    def may(self, permission: Permission) -> bool:
        return bool(self.scope(permission).roots)

    def scope(self, permission: Permission) -> Scope:
        """What the account's rights and the token's unit have in common."""
        own, unit = super().scope(permission).roots, self.home
        if unit is None or permission not in self.granted:
            return Scope((), self.today)
        if any(root.covers(unit.path) for root in own):
            return Scope((unit.subtree,), self.today)
        return Scope(tuple(root for root in own if unit.subtree.covers(root.lo)), self.today)


def issue_token(
    *,
    reader: Reader,
    unit: UnitOnDay,
    permissions: Collection[Permission],
    name: str,
    until: date,
    once: uuid.UUID | None = None,
) -> tuple[Token, str]:
    """A token of the reader's own account from today up to, but without, `until`; the secret is told this once. Raises `Refused`."""
    account, today = reader.account, reader.today
    assert account is not None
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    with act(Verb.TOKEN_ISSUED, actor=reader.actor, once=once) as done:
        now = Reader(Account.objects.get(pk=account.pk), today, last())
        if not now.may_at(Permission.TOKEN_ISSUE, unit):
            raise NotAllowed(f"您的任职不含“{Permission.TOKEN_ISSUE.label}”。")
        own = {right for held in now.own if held.unit.subtree.covers(unit.path) for right in held.permissions}
        in_force = len(tokens_in_force(account, today=today))
        if objections := objections_to_token(wanted=permissions, own=own, since=today, until=until, in_force=in_force):
            raise Refused(objections)
        said = " ".join(sorted(one.value for one in permissions))
        uid, title = uuid.uuid4(), scrub(name.strip())
        done.insert(Token, TOKEN, [(uid, account.pk, unit.id, title, said, today, until)])
        token = Token.objects.get(uid=uid)
        TokenSecret.objects.create(token=token, digest=_digest(secret))
        done.subject_kind, done.subject = "account", account.uid
        done.data |= {"token": title, "unit": unit.code, "permissions": said, "since": today, "until": until}
    return token, secret


def revoke_token(
    *, account: Account, uid: uuid.UUID, actor: Actor, reason: str = "", once: uuid.UUID | None = None
) -> Token:
    """Strike a token of an account, one's own or one the caller may suspend; it opens nothing from then on. Raises `OutOfScope`."""
    with act(Verb.TOKEN_REVOKED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        token = Token.objects.alive().filter(uid=uid, account=account).first()
        if token is None:
            raise OutOfScope("没有找到这个令牌，可能已经撤销。")
        done.strike(Token, [token.pk])
        TokenSecret.objects.filter(token=token).delete()
        done.subject_kind, done.subject = "account", account.uid
        done.data |= {"token": token.name}
    return token


def reader_by_token(request: HttpRequest, *, today: date) -> TokenReader:
    """Who reads, by the token in the header. Raises `NoToken`, and `TooMany` where one is used, or guessed, too often."""
    found, now = _HEADER.fullmatch(request.headers.get("Authorization", "").strip()), timezone.now()
    secret = _secret_by(_digest(found[1])) if found else None
    if secret is None:
        if found:  # counted only when it is none, so that who reads by a good one waits for nobody
            limiter.take(limiter.of_token(limiter.source_of(request)), now=now)
        raise NoToken
    token = secret.token
    reader = TokenReader(token.account, today, head_beside(secret), token)
    if not reader.is_in_force:
        raise NoToken
    if (used := pace.count(token.pk, now))[0] > pace.most:
        raise TooMany(used[1])
    _note_use(secret, now)
    return reader


def _secret_by(digest: bytes) -> TokenSecret | None:
    """With token, account and head of the record, in one statement."""
    rows: list[TokenSecret] = list(
        with_head(TokenSecret.objects.select_related("token__account").filter(digest=digest))
    )
    return rows[0] if rows else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _note_use(secret: TokenSecret, now: datetime) -> None:
    """Writes at most once a minute."""
    if secret.used_at is None or now - secret.used_at >= USED_EVERY:
        TokenSecret.objects.filter(pk=secret.pk).update(used_at=now)
