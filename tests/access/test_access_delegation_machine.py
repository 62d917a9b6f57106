"""Random histories of lending, taking back, ending, suspending and days going by: what everybody sees is what plain sets say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.access.opened import opened
from tests.access.posts import Posts
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, PARTS, TOWN, VILLAGE, Cast, cast
from yumiao.access.delegation_rules import LENDABLE, lendable
from yumiao.access.delegations import Loan, delegate, take_back
from yumiao.access.models import Delegation
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.journal.closing import problems
from yumiao.kernel.objections import OutOfScope, Refused

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]

ACTORS = ("officer", "clerk_a", "clerk_b", "secretary_a", "secretary_b", "assistant", "member")
CODES = (COUNTY, TOWN, OTHER_TOWN, VILLAGE, FAR_VILLAGE)
WATCHED = (Permission.PERSON_READ, Permission.WORKBOOK_IMPORT, Permission.ACCOUNT_INVITE)
TAKEN = (  # giver and delegate as the rules take them
    ("clerk_a", "clerk_b"),
    ("clerk_b", "clerk_a"),
    ("clerk_a", "assistant"),
    ("clerk_a", "member"),
    ("secretary_a", "member"),
)
PAIRS = st.one_of(st.sampled_from(TAKEN), st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)))
WHO, DAYS = st.sampled_from(ACTORS), st.integers(0, 12)


@dataclass
class Lent:
    """A delegation as the model knows it."""

    giver: str
    delegate: str
    rights: frozenset[Permission]
    since: date
    until: date


def covers(code: str, other: str) -> bool:
    return other == code or other.startswith(f"{code}.")


def machine(cast: Cast) -> type[RuleBasedStateMachine]:
    """A machine over the cast; each of its histories is rolled back."""

    class Histories(Posts):
        actors = ACTORS

        @initialize()
        def begin(self) -> None:
            self.savepoint = transaction.savepoint()
            self.start()
            self.lent: dict[object, Lent] = {}

        @rule(pair=PAIRS, days=DAYS, ahead=st.integers(0, 3), is_narrow=st.booleans())
        def lend(self, pair: tuple[str, str], days: int, ahead: int, is_narrow: bool) -> None:
            giver, other = pair
            role, code, _name = PARTS[giver]
            rights = lendable(Role(role)) & ({Permission.PERSON_READ} if is_narrow else lendable(Role(role)))
            since, until = (self.today + timedelta(days=one) for one in (ahead, ahead + days))
            unit, delegate_account = cast.unit(code), cast.accounts[other]
            loan = Loan(cast.accounts[giver], Role(role), unit, delegate_account, since, until, rights, "外出")
            try:
                uid = delegate(loan, actor=self.reader(giver).actor, today=self.today)
            except (Refused, OutOfScope):
                return
            assert Role(role) in LENDABLE
            assert giver not in self.suspended
            self.lent[uid] = Lent(giver, other, rights, since, until)

        @rule(place=st.integers(0, 5), who=WHO)
        def take_back(self, place: int, who: str) -> None:
            if not self.lent:
                return
            uid = list(self.lent)[place % len(self.lent)]
            try:
                take_back(uid, actor=self.reader(who).actor, today=self.today)  # type: ignore[arg-type]
            except (Refused, OutOfScope):
                return
            self.lent[uid].until = min(self.today, self.lent[uid].until)

        @rule(days=st.integers(1, 8))
        def days_go_by(self, days: int) -> None:
            self.today += timedelta(days=days)

        @invariant()
        def everybody_sees_what_the_sets_say(self) -> None:
            for who in ACTORS:
                reader = self.reader(who)
                seen = {one: [code for code in CODES if reader.may_at(one, cast.unit(code))] for one in WATCHED}
                assert seen == {one: [code for code in CODES if self.may(who, one, code)] for one in WATCHED}, who

        @invariant()
        def no_post_is_lent_twice_at_a_time(self) -> None:
            assert problems(Delegation) == []

        def may(self, who: str, right: Permission, code: str) -> bool:
            role, own, _name = PARTS[who]
            if not self.holds(who):
                return False
            if right in GRANTS[Role(role)] and covers(own, code):
                return True
            return any(
                one.delegate == who
                and one.since <= self.today < one.until
                and self.holds(one.giver)
                and right in one.rights
                and covers(PARTS[one.giver][1], code)
                for one in self.lent.values()
            )

        def teardown(self) -> None:
            if hasattr(self, "savepoint"):
                transaction.savepoint_rollback(self.savepoint)

    Histories.cast = cast
    return Histories


def test_nobody_ever_sees_more_or_less_than_was_lent_to_him(cast: Cast) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(cast),
        settings=settings(
            max_examples=40,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
