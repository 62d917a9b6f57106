"""Tokens as pages list them: those in force, and the last that were.

Must not know: requests, the secrets themselves.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from yumiao.access.models import Account, Token
from yumiao.access.readers import Reader
from yumiao.access.token_rules import GRANTABLE
from yumiao.journal.facts import ALIVE
from yumiao.kernel.objections import OutOfScope


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What a token is for, what it opens and where, when it was last used; `why_over` is empty while it is in force."""

    uid: uuid.UUID
    name: str
    unit: str
    rights: str
    since: date
    until: date
    used_at: datetime | None
    why_over: str


def token_of(account: Account, uid: uuid.UUID) -> Token:
    """A token of that account, revoked or not. Raises `OutOfScope`."""
    token = Token.objects.filter(uid=uid, account=account).first()
    if token is None:
        raise OutOfScope("没有找到这个令牌。")
    return token


def tokens_in_force(account: Account, *, today: date) -> list[Token]:
    """Those that may open something today or on a day to come, the latest first."""
    rows = Token.objects.alive().filter(account=account, until__gt=today, secret__isnull=False)
    return list(rows.select_related("secret").order_by("-pk"))


def tokens_over(account: Account, *, today: date, most: int) -> list[Token]:
    """Those that open nothing any more, the latest first, at most `most`."""
    rows = Token.objects.filter(account=account).exclude(struck=ALIVE, until__gt=today, secret__isnull=False)
    return list(rows.select_related("secret").order_by("-pk")[:most])


def token_row(token: Token, reader: Reader) -> TokenRow:
    unit = reader.tree.by_id.get(token.unit_id)
    secret = getattr(token, "secret", None)
    said = token.permissions.split()
    return TokenRow(
        uid=token.uid,
        name=token.name,
        unit=reader.tree.label(unit) if unit else _("已不存在的组织"),
        rights=_("、").join(one.label for one in GRANTABLE if one.value in said),
        since=token.since,
        until=token.until,
        used_at=secret.used_at if secret else None,
        why_over=_why_over(token, reader.today, has_secret=secret is not None),
    )


def _why_over(token: Token, today: date, *, has_secret: bool) -> str:
    if token.struck != ALIVE:
        return _("已撤销")
    if token.until <= today:
        return _("已到期")
    return "" if has_secret else _("从备份恢复后失效，请重新签发")
