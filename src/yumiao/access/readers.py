"""Who reads: an account with the appointments it holds on a day, and from them what it may do and where.

Rights are judged by the tree of the day. Must not know: requests, pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.journal.acts import Actor
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.scope import Scope
from yumiao.units.queries import Tree, UnitOnDay, tree

Holdings = dict[int, tuple[tuple[Role, int, date], ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment in force: a role at a unit as it stands; `until` is its first day without, what continues it at once counted in."""

    role: Role
    unit: UnitOnDay
    until: date


@dataclass(frozen=True)
class Reader:
    """An account on one day, as the record stands at `head`; without an account, nobody, who may nothing."""

    account: Account | None
    today: date
    head: Head

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.today, self.head)

    @cached_property
    def appointments(self) -> tuple[Held, ...]:
        """In force today, the widest first; one at a unit that no longer stands grants nothing."""
        if self.account is None or not self.account.is_active:
            return ()
        held = holdings(self.today, self.head).get(self.account.pk, ())
        found = [Held(role, self.tree.by_id[unit], until) for role, unit, until in held if unit in self.tree.by_id]
        return tuple(sorted(found, key=lambda one: (len(one.unit.path), list(Role).index(one.role), one.unit.path)))

    @property
    def home(self) -> UnitOnDay | None:
        """The unit somebody works for: that of the widest appointment."""
        return self.appointments[0].unit if self.appointments else None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(one.role for one in self.appointments)

    @property
    def actor(self) -> Actor:
        if self.account is None:
            raise PermissionError("nobody acts")
        where = f"（{self.home.name}）" if self.home else ""
        return Actor(self.account.uid, f"{self.account.display_name}{where}")

    def may(self, permission: Permission) -> bool:
        """Whether some appointment grants it, wherever."""
        return any(permission in GRANTS[one.role] for one in self.appointments)

    def scope(self, permission: Permission) -> Scope:
        """Where it is granted: the subtrees of the appointments that grant it, none within another."""
        roots: list[UnitOnDay] = []
        for one in self.appointments:
            if permission in GRANTS[one.role] and not any(root.subtree.covers(one.unit.path) for root in roots):
                roots.append(one.unit)
        return Scope(tuple(root.subtree for root in roots), self.today)

    def may_at(self, permission: Permission, unit: UnitOnDay) -> bool:
        return self.scope(permission).covers(unit.path)


def tree_of(day: date, head: Head) -> Tree:
    """The tree of a day as the record stands at `head`, from memory where somebody asked before."""
    return remembered("tree", head, day, make=lambda: tree(day))


def holdings(day: date, head: Head) -> Holdings:
    """(role, unit id, first day without) of every appointment in force on `day`, by account id."""

    def read() -> Holdings:
        found: Holdings = {}
        rows = Appointment.objects.alive().filter(until__gt=day).order_by("pk")
        known = list(rows.values_list("account_id", "role", "unit_id", "since", "until"))
        ends = {(account, role, unit, since): until for account, role, unit, since, until in known}
        for account, role, unit, since, until in known:
            if since <= day:
                last = until
                while (account, role, unit, last) in ends:
                    last = ends[account, role, unit, last]
                found[account] = (*found.get(account, ()), (Role(role), unit, last))
        return found

    return remembered("holdings", head, day, make=read)
