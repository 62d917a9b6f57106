"""The cast of every test about who sees what: a small county with something on the other side of each boundary.

`from tests.cast import cast` gives the fixture. The county is that of `tests.desk.county_cells` (two townships A and B, villages, a
general branch with two branches, an office), with a second village in township B. Everybody is signed in with a second factor.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk.county_cells import (
    COMMUNITY,
    COUNTY,
    FAR_VILLAGE,
    GENERAL,
    OFFICE,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    County,
    member,
)

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import ClientHandler

    from yumiao.access.models import Account
    from yumiao.access.readers import Reader
    from yumiao.journal.acts import Act, Actor
    from yumiao.people.models import Person
    from yumiao.units.queries import Tree, UnitOnDay

__all__ = ["COMMUNITY", "COUNTY", "FAR_VILLAGE", "GENERAL", "OFFICE", "OTHER_TOWN", "TOWN", "VILLAGE", "Cast", "cast"]

OTHER_FAR_VILLAGE = "001.002.002"
PASSWORD = "青石溪畔种新苗，三年成林"

# name in the cast: role, code of the unit, name on the screen
PARTS = {
    "officer": ("county_officer", COUNTY, "韦清禾"),
    "clerk_a": ("township_clerk", TOWN, "盘云舟"),
    "clerk_b": ("township_clerk", OTHER_TOWN, "陆远帆"),
    "secretary_a": ("branch_secretary", VILLAGE, "李青山"),
    "secretary_b": ("branch_secretary", FAR_VILLAGE, "黄松岭"),
    "general_secretary": ("branch_secretary", GENERAL, "覃石桥"),
    "reviewer": ("department_reviewer", COUNTY, "陆知远"),
    "assistant": ("assisting_unit", TOWN, "苏景行"),
    "member": ("member", VILLAGE, ""),
    "auditor": ("auditor", COUNTY, "黄明鉴"),
    "system": ("system_administrator", COUNTY, "周守常"),
    "security": ("security_administrator", COUNTY, "冯慎行"),
    "audit": ("audit_administrator", COUNTY, "吴思齐"),
    "outsider": ("", "", "石未名"),
}


@dataclass(frozen=True)
class Cast:
    """Accounts by their part (`cast.officer`, `cast.clerk_a` …), units by code, people by their place in `county_cells`.

    Places: members 1 (the member himself), 2, 3, 4, 6, 7, 8 in township A, 5, 9 and 10 in township B; applicants 21, 22 in A, 23 in B;
    talents 31 in A, 32 in B.
    """

    accounts: dict[str, Account]
    today: date
    operator: Actor
    people: dict[int, uuid.UUID] = field(default_factory=dict)

    def __getattr__(self, part: str) -> Account:
        try:
            return self.accounts[part]
        except KeyError:
            raise AttributeError(part) from None

    @property
    def parts(self) -> list[str]:
        return list(self.accounts)

    @property
    def tree(self) -> Tree:
        from yumiao.access.readers import tree_of
        from yumiao.journal.acts import last

        return tree_of(self.today, last())

    def unit(self, code: str) -> UnitOnDay:
        return self.tree.by_code[code]

    def person(self, place: int) -> Person:
        from yumiao.people.models import Person

        return Person.objects.get(uid=self.people[place])

    def reader(self, who: Account) -> Reader:
        """What a request of theirs would read by."""
        from yumiao.access.readers import Reader
        from yumiao.journal.acts import last

        return Reader(who, self.today, last())

    def actor(self, who: Account) -> Actor:
        return self.reader(who).actor

    def client(self, who: Account | None, **options: Any) -> Client:
        """A browser in which `who` has just signed in, with a second factor; None: nobody has."""
        from django.conf import settings
        from django.test import Client

        from yumiao.access import sessions

        browser = Client(**options)
        browser.handler = _handler(browser.handler.enforce_csrf_checks)
        if who is not None:
            session = sessions.SessionStore()
            session.update(sessions.signed_in_values(self.reader(who), factor=True, now=datetime.now(UTC)))
            session.save()
            browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return browser


@cache
def _handler(enforce_csrf_checks: bool) -> ClientHandler:
    """The middleware, put together once for all browsers of a run."""
    from django.conf import settings
    from django.test.client import ClientHandler

    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # its absence is a warning, and warnings are errors
    return ClientHandler(enforce_csrf_checks)


@pytest.fixture
def cast(db: None) -> Cast:
    """The small county imported, and everybody of `PARTS` appointed since today."""
    return make_cast()


def make_cast() -> Cast:
    """Within a test's transaction: import, open the accounts, say where everybody is."""
    from yumiao.access.models import OPERATOR, Account
    from yumiao.desk.refusals import looks, reveals
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.journal.acts import Actor
    from yumiao.kernel.periods import today_in_china

    for pace in (looks, reveals):
        pace.forget()  # counted by accounts' ids, and those of a test that was undone are given again
    today = today_in_china(datetime.now(UTC))
    account = Account.objects.create(username=OPERATOR, display_name="命令行", password="!")
    operator = Actor(account.uid, OPERATOR)
    result = import_workbook(cast_county().workbook(), today=today, actor=operator)
    assert result.written, result.checked.faults
    made = Cast({}, today, operator, people_by_place())
    open_accounts(made, PARTS)
    return made


def cast_county() -> County:
    """The cells: one more village in township B, and more people on both sides."""
    county = County()
    village = (OTHER_FAR_VILLAGE, "枫溪村党支部", "村党支部", OTHER_TOWN, None)
    county.add("组织", dict(zip(county.headers["组织"], village, strict=True)))
    county.add("党员", member(8), member(9, FAR_VILLAGE), member(10, OTHER_FAR_VILLAGE))
    return county


def people_by_place() -> dict[int, uuid.UUID]:
    """uid of everybody, by the place his identity number was made from."""
    from yumiao.people.models import PersonRecord

    places = range(1, 40)
    by_name = {member(place)["姓名"]: place for place in places}
    rows = PersonRecord.objects.open().values_list("name", "person__uid")
    return {by_name[name]: uid for name, uid in rows}


def open_accounts(cast: Cast, parts: Iterable[str]) -> None:
    """Accounts and appointments of these parts, in one act for all: every test of a page begins here."""
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    tree = cast.tree
    with act(Verb.APPOINTMENT_GRANTED, actor=cast.operator) as done:
        for part in parts:
            cast.accounts[part] = _account(done, cast, tree, part)


def _account(done: Act, cast: Cast, tree: Tree, part: str) -> Account:
    from yumiao.access.appointments import Grant, write_grant
    from yumiao.access.models import Account
    from yumiao.access.permissions import Role

    role, code, name = PARTS[part]
    is_member = role == Role.MEMBER
    account = Account.objects.create(
        username=part,
        display_name=member(1)["姓名"] if is_member else name,
        person_uid=cast.people[1] if is_member else None,
        password="!",
    )
    if role:
        grant = Grant(Role(role), tree.by_code[code], since=cast.today)
        write_grant(done, account, grant, actor=cast.operator, today=cast.today)
    return account
