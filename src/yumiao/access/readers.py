"""Who reads: an account with the appointments it holds on a day, its own and those it acts by for others, and what it may do where.

Rights are judged by the tree of the day. Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, UUIDField, Value

from yumiao.access.delegation_rules import is_entangled, lendable
from yumiao.access.models import Account, Appointment, Delegation
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.access.rules import Post
from yumiao.journal.acts import Actor
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.scope import Scope
from yumiao.units.queries import Tree, UnitOnDay, tree


@dataclass(frozen=True, slots=True)
class Giver:
    """For whom somebody acts, and how far: the uid and name of the account, the rights it lent."""

    id: int
    uid: uuid.UUID
    name: str
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Tenancy:
    """An appointment in force, of an account; `until` counts in what continues it at once. With a `giver` it is his, and acted by."""

    account: int
    name: str
    role: Role
    unit: int
    until: date
    giver: Giver | None = None


Holdings = dict[int, tuple[Tenancy, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment in force: a role at a unit as it stands; `until` is its first day without. With a `giver` it is his, acted by for a time."""

    role: Role
    unit: UnitOnDay
    until: date
    giver: Giver | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        return GRANTS[self.role] if self.giver is None else self.giver.permissions & lendable(self.role)

    @property
    def post(self) -> Post:
        return Post(self.role, self.unit.path, self.unit.kind.label)


@dataclass(frozen=True)
class Reader:
    """An account on one day, as the record stands at `head`; without an account, nobody, who may nothing.

    `need` is the permission of the page that is asked for, by which whoever acts there acts.
    """

    account: Account | None
    today: date
    head: Head
    need: Permission | None = field(default=None, kw_only=True)

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.today, self.head)

    @cached_property
    def own(self) -> tuple[Held, ...]:
        """One's own, in force today, the widest first; one at a unit that no longer stands grants nothing."""
        return self._standing(is_lent=False)

    @cached_property
    def lent(self) -> tuple[Held, ...]:
        """Those of others that one acts by today. Without a post of one's own, or with one that reviews the other, there are none."""
        posts = [one.post for one in self.own]
        found = self._standing(is_lent=True) if posts else ()
        return tuple(one for one in found if not is_entangled(own=posts, post=one.post))

    @cached_property
    def appointments(self) -> tuple[Held, ...]:
        """One's own before those of others."""
        return (*self.own, *self.lent)

    def _standing(self, *, is_lent: bool) -> tuple[Held, ...]:
        if self.account is None or not self.account.is_active:
            return ()
        found = [
            Held(one.role, self.tree.by_id[one.unit], one.until, one.giver)
            for one in holdings(self.today, self.head).get(self.account.pk, ())
            if one.unit in self.tree.by_id and (one.giver is not None) == is_lent
        ]
        return tuple(sorted(found, key=lambda one: (len(one.unit.path), list(Role).index(one.role), one.unit.path)))

    @property
    def home(self) -> UnitOnDay | None:
        """The unit somebody works for: that of the widest appointment of his own."""
        return self.own[0].unit if self.own else None

    @property
    def roles(self) -> frozenset[Role]:
        """His own and those he acts in."""
        return frozenset(one.role for one in self.appointments)

    @property
    def actor(self) -> Actor:
        """Who acts by the permission of the page, wherever."""
        return self.acting(self.need)

    def acting(self, permission: Permission | None, unit: UnitOnDay | None = None) -> Actor:
        """Who acts by a permission, at a unit where it is known: in his own name where he has the right himself, else for whoever lent it.

        Where it is not known and only another's post reaches some of the units, both are said.
        """
        if self.account is None:
            raise PermissionError("nobody acts")
        name, office = self.account.display_name, self.home.name if self.home else ""
        using = [one for one in self.appointments if permission in one.permissions]
        using = [one for one in using if unit is None or one.unit.subtree.covers(unit.path)]
        own = [one for one in using if one.giver is None]
        lent = (
            [one for one in using if one.giver is not None and not _covered(one, own)]
            if unit is None or not own
            else []
        )
        if not lent:
            return Actor(self.account.uid, f"{name}（{office}）" if office else name)
        givers = {one.giver.uid: one.giver.name for one in lent if one.giver is not None}
        for_whom = f"{'兼' if own else ''}代{'、'.join(givers.values())}"
        where = office if own else lent[0].unit.name
        return Actor(self.account.uid, f"{name}（{for_whom}，{where}）", tuple(givers))

    def may(self, permission: Permission) -> bool:
        """Whether some appointment grants it, wherever."""
        return any(permission in one.permissions for one in self.appointments)

    def scope(self, permission: Permission) -> Scope:
        """Where it is granted: the subtrees of the appointments that grant it, none within another."""
        roots: list[UnitOnDay] = []
        granting = [one.unit for one in self.appointments if permission in one.permissions]
        for unit in sorted(granting, key=lambda unit: len(unit.path)) if self.lent else granting:
            if not any(root.subtree.covers(unit.path) for root in roots):
                roots.append(unit)
        return Scope(tuple(root.subtree for root in roots), self.today)

    def may_at(self, permission: Permission, unit: UnitOnDay) -> bool:
        return self.scope(permission).covers(unit.path)


def _covered(one: Held, own: list[Held]) -> bool:
    return any(other.unit.subtree.covers(one.unit.path) for other in own)


def tree_of(day: date, head: Head) -> Tree:
    """The tree of a day as the record stands at `head`, from memory where somebody asked before."""
    return remembered("tree", head, day, make=lambda: tree(day))


def holdings(day: date, head: Head) -> Holdings:
    """Every appointment in force on `day`, and those acted by, by account id; one query where nobody asked before."""
    return remembered("holdings", head, day, make=lambda: _holdings(day))


_TERM = ("pk", "account_id", "account__display_name", "role", "unit_id", "since", "until")
_LENT = (
    "pk", "delegate_id", "delegate__display_name", "role", "unit_id", "since", "until",
    "giver_id", "giver__uid", "giver__display_name", "permissions",
)  # fmt: skip


def _rows(day: date) -> list[tuple[Any, ...]]:
    """Terms that last on `day` or begin later, then delegations of that day, in one query; a term's giver is None."""
    nobody = {
        "of": Value(None, BigIntegerField()),
        "uid_of": Value(None, UUIDField()),
        "name_of": Value("", CharField()),
        "rights": Value("", CharField()),
    }
    terms = Appointment.objects.alive().filter(until__gt=day).order_by()
    lent = Delegation.objects.on(day).filter(giver__is_active=True).order_by()
    rows = terms.annotate(**nobody).values_list(*_TERM, *nobody)
    both = rows.union(lent.values_list(*_LENT), all=True)
    return sorted(both, key=lambda row: (row[7] is not None, row[0]))


def _holdings(day: date) -> Holdings:
    rows, found = _rows(day), Holdings()
    ends = {(*row[1:2], *row[3:6]): row[6] for row in rows if row[7] is None}
    standing: set[tuple[int, str, int]] = set()
    for _pk, account, name, role, unit, since, until, giver, uid, called, said in rows:
        held, lender = found.get(account, ()), None
        if giver is None:
            if since > day:
                continue
            while (account, role, unit, until) in ends:
                until = ends[account, role, unit, until]
            standing.add((account, role, unit))
        elif (giver, role, unit) in standing:
            lender = Giver(giver, uid, called, frozenset(one for one in Permission if one.value in said.split()))
        else:
            continue
        found[account] = (*held, Tenancy(account, name, Role(role), unit, until, lender))
    return found
