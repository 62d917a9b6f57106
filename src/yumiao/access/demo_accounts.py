"""One account for every role in the demo county, so that a visitor sees what each of them sees. Only ever in the demo.

Must not know: the people of the demo, who lives where; the caller says which of them the member's account stands for.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant
from yumiao.access.delegation_rules import lendable
from yumiao.access.delegations import Loan, delegate
from yumiao.access.invitations import accept_invitation
from yumiao.access.models import Account, Delegation
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import Reader, tree_of
from yumiao.access.token_rows import tokens_in_force
from yumiao.access.tokens import issue_token
from yumiao.journal.acts import Actor, last
from yumiao.journal.models import Entry
from yumiao.kernel.periods import FOREVER, add_months

STANDING_IN: Final = timedelta(days=12)
DEMO_PASSWORD: Final = "qinglan-2026"  # noqa: S105 said on the demo's own login page


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo; `unit` by its code, `term` where the appointment ends, `begun` how long ago it began.

    A member's `display_name` is that of the person he stands for.
    """

    username: str
    display_name: str
    role: Role
    unit: str
    term: timedelta | None = None
    begun: timedelta = timedelta()


COUNTY: Final = "001"
TOWNSHIP: Final = "001.032"
NEXT_TOWNSHIP: Final = "001.031"
VILLAGE: Final = "001.032.006"
DEMO_ACCOUNTS: Final = (
    DemoAccount("xianwei", "韦清禾", Role.COUNTY_OFFICER, COUNTY),
    DemoAccount("ganshi", "盘云舟", Role.TOWNSHIP_CLERK, TOWNSHIP, begun=timedelta(days=60)),
    DemoAccount("linzhen", "莫远山", Role.TOWNSHIP_CLERK, NEXT_TOWNSHIP, begun=timedelta(days=60)),
    DemoAccount("shuji", "李青山", Role.BRANCH_SECRETARY, VILLAGE),
    DemoAccount("lianshen", "陆知远", Role.DEPARTMENT_REVIEWER, COUNTY),
    DemoAccount("bangfu", "苏景行", Role.ASSISTING_UNIT, TOWNSHIP, term=timedelta(days=15)),
    DemoAccount("dangyuan", "", Role.MEMBER, VILLAGE),
    DemoAccount("jiancha", "黄明鉴", Role.AUDITOR, COUNTY),
    DemoAccount("xitong", "周守常", Role.SYSTEM_ADMINISTRATOR, COUNTY),
    DemoAccount("anquan", "冯慎行", Role.SECURITY_ADMINISTRATOR, COUNTY),
    DemoAccount("shenji", "吴思齐", Role.AUDIT_ADMINISTRATOR, COUNTY),
)


@dataclass(frozen=True, slots=True)
class Person:
    """The member of the demo county for whom the member's account stands."""

    uid: uuid.UUID
    name: str


def make_demo_accounts(*, member: Person, actor: Actor, today: date) -> None:
    """Open every demo account that is not there yet, by invitation and acceptance as anywhere. `RuntimeError` in a real county."""
    first = Entry.objects.get(seq=1)
    if json.loads(first.data).get("profile") != "demo":
        raise RuntimeError("accounts with a known password are for the demo county alone")
    standing = set(Account.objects.values_list("username", flat=True))
    tree = tree_of(today, last())
    for one in DEMO_ACCOUNTS:
        if one.username in standing:
            continue
        is_member = one.role is Role.MEMBER
        invited = invite(
            username=one.username,
            display_name=member.name if is_member else one.display_name,
            grant=Grant(one.role, tree.by_code[one.unit], today - one.begun, today + one.term if one.term else FOREVER),
            person=member.uid if is_member else None,
            actor=actor,
            today=today - one.begun,
        )
        accept_invitation(code=invited.code, password=DEMO_PASSWORD)
    _issue_token(today)
    _lend(today)


def _lend(today: date) -> None:
    """Two clerks stand in for each other: one time that is over, one that runs."""
    first, second = (Account.objects.get(username=name) for name in ("ganshi", "linzhen"))
    if Delegation.objects.exists():
        return
    times = ((second, first, today - timedelta(days=45), "病休"), (first, second, today, "参加县委党校培训"))
    for giver, other, since, reason in times:
        held = Reader(giver, since, last()).own[0]
        loan = Loan(giver, held.role, held.unit, other, since, since + STANDING_IN, lendable(held.role), reason)
        delegate(loan, actor=Reader(giver, since, last()).actor, today=since)


def _issue_token(today: date) -> None:
    """One token of the county officer's, whose secret nobody keeps: the page shows what one looks like."""
    account = Account.objects.get(username=DEMO_ACCOUNTS[0].username)
    officer = Reader(account, today, last())
    if officer.home is not None and not tokens_in_force(account, today=today):
        rights, until = (Permission.UNIT_READ, Permission.LEDGER_READ), add_months(today, 6)
        issue_token(reader=officer, unit=officer.home, permissions=rights, name="县党建驾驶舱", until=until)
