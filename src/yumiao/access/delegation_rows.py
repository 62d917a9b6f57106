"""Delegations as pages list them, and who could be asked to act for a post. Reads only.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from yumiao.access.delegation_rules import LENDABLE, lendable, may_act_for
from yumiao.access.models import Account, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import appointer_as
from yumiao.access.readers import Held, Reader, Tenancy, holdings
from yumiao.access.rules import Post, objections_to_appointer
from yumiao.kernel.objections import OutOfScope
from yumiao.units.queries import Tree

MOST: Final = 50
RUNNING: Final = "running"


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Whose post, by whom it is acted, since and until when.

    `state`: `running`, `ahead`, `over`, or `dead`: giver or delegate no longer hold what it stands on.
    """

    uid: uuid.UUID
    giver: Account
    delegate: Account
    post: str
    rights: str
    since: date
    until: date
    reason: str
    state: str
    may_end: bool


def delegations_of(account: Account, reader: Reader, *, most: int = MOST) -> tuple[DelegationRow, ...]:
    """Those an account gave and those it holds, the latest first; one query. Rows taken back before they began are gone."""
    rows = Delegation.objects.alive().filter(Q(giver=account) | Q(delegate=account))
    found = rows.select_related("giver", "delegate").order_by("-until", "-pk")[:most]
    return tuple(_row(one, reader) for one in found)


def delegation_for(reader: Reader, account: Account, uid: uuid.UUID) -> DelegationRow:
    """One that an account gave or holds. Raises `OutOfScope`."""
    rows = Delegation.objects.alive().filter(Q(giver=account) | Q(delegate=account), uid=uid)
    row = rows.select_related("giver", "delegate").first()
    if row is None:
        raise OutOfScope("没有找到这次代办。")
    return _row(row, reader)


def _row(one: Delegation, reader: Reader) -> DelegationRow:
    unit, role = reader.tree.by_id.get(one.unit_id), Role(one.role)
    said = one.permissions.split()
    state = _state(one, reader)
    may_end = False
    if unit is not None and state != "over":
        is_party = reader.account is not None and reader.account.pk in (one.giver_id, one.delegate_id)
        post = Post(role, unit.path, unit.kind.label)
        may_end = is_party or not objections_to_appointer(appointer_as(reader), post)
    return DelegationRow(
        uid=one.uid,
        giver=one.giver,
        delegate=one.delegate,
        post=_("{unit} {role}").format(unit=unit.name if unit else _("已撤销的组织"), role=role.label),
        rights=_rights(role, frozenset(right for right in Permission if right.value in said)),
        since=one.since,
        until=one.until,
        reason=one.reason,
        state=state,
        may_end=may_end,
    )


def _rights(role: Role, said: frozenset[Permission]) -> str:
    if said >= lendable(role):
        return _("全部（不含授予任职和令牌）")
    return _("、").join(right.label for right in Permission if right in said)


def _state(one: Delegation, reader: Reader) -> str:
    if one.until <= reader.today:
        return "over"
    if one.since > reader.today:
        return "ahead"
    held = Reader(one.delegate, reader.today, reader.head).lent
    is_held = any(
        (own.role, own.unit.id) == (one.role, one.unit_id) and own.giver and own.giver.id == one.giver_id
        for own in held
    )
    return RUNNING if is_held else "dead"


def lendable_posts(reader: Reader, account: Account) -> list[Held]:
    """The appointments of an account that may be lent by the reader: his own, or those he could appoint to."""
    appointer = appointer_as(reader)
    held = reader.own if reader.account == account else Reader(account, reader.today, reader.head).own
    return [
        one
        for one in held
        if one.role in LENDABLE and (reader.account == account or not objections_to_appointer(appointer, one.post))
    ]


def candidates(reader: Reader, giver: Account, post: Post) -> list[tuple[Account, str]]:
    """Who may act for a post of `giver`, with the posts that let him; by login name. One query."""
    posts: dict[int, list[tuple[Post, str]]] = {}
    for account, held in holdings(reader.today, reader.head).items():
        own = [_post(one, reader.tree) for one in held if one.giver is None and one.unit in reader.tree.by_id]
        if may_act_for(own=[one for one, _said in own], post=post):
            posts[account] = own
    hidden = {giver.pk, reader.account.pk if reader.account else 0}
    accounts = Account.objects.filter(pk__in=[*posts], is_active=True).exclude(pk__in=hidden).order_by("username")
    return [(one, "、".join(said for _post, said in posts[one.pk])) for one in accounts if one.has_usable_password()]


def _post(one: Tenancy, tree: Tree) -> tuple[Post, str]:
    unit = tree.by_id[one.unit]
    return Post(one.role, unit.path, unit.kind.label), f"{unit.name} {one.role.label}"
