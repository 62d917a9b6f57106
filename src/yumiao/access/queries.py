"""Accounts and appointments as pages and services read them, each reader within the units he sees.

Must not know: pages, forms. Rights of a request come from `readers`.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from yumiao.access.endings import SOON, ends_soon
from yumiao.access.models import OPERATOR, Account, Appointment, Invitation
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import Reader
from yumiao.access.rules import OPERATOR_APPOINTS, Appointer, Post, Term, fits, may_appoint, objections_to_appointer
from yumiao.journal.acts import Actor, last
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.units.queries import Tree, UnitOnDay

PAGE = 50


@dataclass(frozen=True, slots=True)
class Tenure:
    """One appointment as a page shows it, past, present or to come; `until` is None while it is open."""

    id: int
    role: Role
    unit: UnitOnDay
    since: date
    until: date | None
    is_over: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the list with the appointments the reader sees."""

    uid: uuid.UUID
    username: str
    display_name: str
    is_active: bool
    is_opened: bool
    seen_at: datetime | None
    held: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; all but the name look at appointments in force. `unit` means its subtree."""

    name: str = ""
    role: Role | None = None
    unit: UnitOnDay | None = None
    is_ending: bool = False

    @property
    def is_of_a_post(self) -> bool:
        return self.role is not None or self.unit is not None or self.is_ending


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`next_key` is given as `after` for the page that follows, `previous_key` as `before` for the one ahead; None where there is none."""

    rows: tuple[AccountRow, ...]
    total: int
    previous_key: str | None
    next_key: str | None


def appointer_of(actor: Actor, *, today: date) -> Appointer:
    """What an actor may appoint by today: the operator at the machine everything, others by the posts they hold."""
    account = Account.objects.filter(uid=actor.uid).first() if actor.uid else None
    if account is None:
        return Appointer()
    if account.username == OPERATOR:
        return OPERATOR_APPOINTS
    return appointer_as(Reader(account, today, last()))


def appointer_as(reader: Reader) -> Appointer:
    """What a reader may appoint by the posts he holds himself."""
    return Appointer(tuple(one.post for one in reader.own))


def open_roles(reader: Reader) -> list[Role]:
    """The roles a reader may appoint to somewhere; a member's is given from the member's own page."""
    return [
        role
        for role in Role
        if role is not Role.MEMBER and may_appoint(appointer={one.role for one in reader.own}, role=role)
    ]


def open_units(reader: Reader, role: Role) -> list[UnitOnDay]:
    """The units at which a reader may appoint as `role`, in official order."""
    appointer = appointer_as(reader)
    return [
        unit
        for unit in reader.tree
        if fits(role=role, kind=unit.kind.label)
        and not objections_to_appointer(appointer, Post(role, unit.path, unit.kind.label))
    ]


def tenure_for(reader: Reader, account: Account, appointment: int) -> Tenure:
    """One appointment of an account the reader sees, at a unit where he ends appointments; else `OutOfScope`."""
    scope = reader.scope(Permission.APPOINTMENT_END)
    held = appointments_of([account], scope, reader.tree, today=reader.today)[account.pk]
    found = next((one for one in held if one.id == appointment), None)
    if found is None:
        raise OutOfScope("没有找到这项任职，或不在您的管理范围内。")
    return found


def terms_of(account: Account, tree: Tree) -> list[Term]:
    """Every live appointment of an account at a unit that stands."""
    found = []
    for one in Appointment.objects.alive().filter(account=account):
        if (unit := tree.by_id.get(one.unit_id)) is not None:
            found.append(Term(Post(Role(one.role), unit.path, unit.kind.label), one.since, one.until))
    return found


def accounts_within(scope: Scope, tree: Tree) -> QuerySet[Account]:
    """Accounts with an appointment, whenever, at a unit of the scope; whoever sees the whole county sees those without any too."""
    rows = Account.objects.exclude(username=OPERATOR)
    if _is_whole(scope, tree):
        return rows
    return rows.filter(Exists(_appointments_within(scope, tree).filter(account=OuterRef("pk"))))


def _is_whole(scope: Scope, tree: Tree) -> bool:
    return tree.root is not None and scope.covers(tree.root.path)


def _appointments_within(scope: Scope, tree: Tree) -> QuerySet[Appointment]:
    rows = Appointment.objects.alive()
    if _is_whole(scope, tree):
        return rows
    return rows.filter(unit__in=[unit.id for unit in tree if scope.covers(unit.path)])


def account_for(reader: Reader, uid: uuid.UUID, permission: Permission) -> Account:
    """The account of that uid: `OutOfScope` where the reader does not see it, `NotAllowed` where he sees it and may not."""
    see = reader.scope(Permission.ACCOUNT_READ)
    account = accounts_within(see, reader.tree).filter(uid=uid).first()
    if account is None:
        raise OutOfScope("没有找到这个账号，或不在您的管理范围内。")
    may = reader.scope(permission)
    if may != see and not accounts_within(may, reader.tree).filter(pk=account.pk).exists():
        raise NotAllowed(f"您的任职不含“{permission.label}”。")
    return account


def account_page(
    scope: Scope, tree: Tree, wanted: Wanted, *, today: date, after: str = "", before: str = ""
) -> AccountPage:
    """Fifty accounts by login name, those after or before a name. Three queries whatever the number of rows."""
    rows = _wanted_ones(scope, tree, wanted, today)
    total = rows.count()
    if before:
        found = list(rows.filter(username__lt=before).order_by("-username")[: PAGE + 1])
        shown, has_previous, has_next = found[:PAGE][::-1], len(found) > PAGE, True
    else:
        found = list(rows.filter(username__gt=after).order_by("username")[: PAGE + 1])
        shown, has_previous, has_next = found[:PAGE], after != "", len(found) > PAGE
    held = appointments_of(shown, scope, tree, today=today)
    return AccountPage(
        tuple(_row(account, held[account.pk]) for account in shown),
        total,
        shown[0].username if shown and has_previous else None,
        shown[-1].username if shown and has_next else None,
    )


def all_accounts(scope: Scope, tree: Tree, wanted: Wanted, *, today: date, most: int) -> tuple[AccountRow, ...]:
    """Every account of a list, at most `most`, by login name. Two queries."""
    shown = list(_wanted_ones(scope, tree, wanted, today).order_by("username")[:most])
    held = appointments_of(shown, scope, tree, today=today)
    return tuple(_row(account, held[account.pk]) for account in shown)


def _wanted_ones(scope: Scope, tree: Tree, wanted: Wanted, today: date) -> QuerySet[Account]:
    rows = accounts_within(scope, tree)
    if wanted.name:
        rows = rows.filter(Q(display_name__icontains=wanted.name) | Q(username__icontains=wanted.name))
    if wanted.is_of_a_post:
        rows = rows.filter(Exists(_matching(scope, tree, wanted, today).filter(account=OuterRef("pk"))))
    return rows


def _matching(scope: Scope, tree: Tree, wanted: Wanted, today: date) -> QuerySet[Appointment]:
    rows = _appointments_within(scope, tree).filter(since__lte=today, until__gt=today)
    if wanted.role is not None:
        rows = rows.filter(role=wanted.role.value)
    if wanted.unit is not None:
        below = wanted.unit.subtree
        rows = rows.filter(unit__in=[unit.id for unit in tree if below.covers(unit.path)])
    if wanted.is_ending:
        next_one = Appointment.objects.alive().filter(
            account=OuterRef("account"), role=OuterRef("role"), unit=OuterRef("unit"), since=OuterRef("until")
        )
        rows = rows.filter(~Exists(next_one), until__lte=today + SOON)
    return rows


def appointments_of(
    accounts: Collection[Account], scope: Scope, tree: Tree, *, today: date
) -> dict[int, tuple[Tenure, ...]]:
    """The appointments within the scope by account id, those in force first, then the latest."""
    found: dict[int, list[Tenure]] = defaultdict(list)
    wanted = Appointment.objects.alive().filter(account__in=[account.pk for account in accounts])
    rows = list(wanted.order_by("-since", "pk"))
    begun = {(one.account_id, one.role, one.unit_id, one.since) for one in rows}
    for one in rows:
        unit = tree.by_id.get(one.unit_id)
        if unit is not None and scope.covers(unit.path):
            goes_on = (one.account_id, one.role, one.unit_id, one.until) in begun
            is_ending = one.since <= today and ends_soon(one.until, today) and not goes_on
            until = None if one.until == FOREVER else one.until
            tenure = Tenure(one.pk, Role(one.role), unit, one.since, until, one.until <= today, is_ending)
            found[one.account_id].append(tenure)
    return {account.pk: tuple(sorted(found[account.pk], key=lambda one: one.is_over)) for account in accounts}


def _row(account: Account, held: tuple[Tenure, ...]) -> AccountRow:
    return AccountRow(
        account.uid,
        account.username,
        account.display_name,
        account.is_active,
        account.has_usable_password(),
        account.last_login,
        held,
    )


def open_invitation(account: Account, now: datetime) -> Invitation | None:
    """The code of this account that still counts, if there is one."""
    return account.invitations.filter(used_at=None, expires_at__gt=now).order_by("-pk").first()


def may_end(reader: Reader, one: Tenure) -> bool:
    """Whether a reader may end this appointment, which is not over."""
    post = Post(one.role, one.unit.path, one.unit.kind.label)
    is_asked = not one.is_over and reader.may_at(Permission.APPOINTMENT_END, one.unit)
    return is_asked and not objections_to_appointer(appointer_as(reader), post)


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the journal about an account."""

    seq: int
    at: datetime
    verb: Verb
    actor_label: str
    reason: str


def history_of(account: Account) -> tuple[Happened, ...]:
    """The latest twenty entries about an account, the newest first."""
    rows = Entry.objects.filter(subject=account.uid).order_by("-seq")[:20]
    return tuple(Happened(row.seq, row.at, Verb(row.verb), row.actor_label, row.reason) for row in rows)
