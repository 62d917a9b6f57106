"""Random transfers, receipts, withdrawals, deaths, changes and undos: every member always stands in exactly one branch, and every promise holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import COMMUNITY, FAR_VILLAGE, OFFICE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from yumiao.bylaws.queries import settings_on
from yumiao.desk.membership.deciding import Who, decide
from yumiao.desk.membership.undoing import UNDOABLE, undo_change
from yumiao.desk.people.facts import facts_of
from yumiao.desk.transfers import acting
from yumiao.desk.transfers.arrival import Arrival
from yumiao.desk.transfers.inward import take_in
from yumiao.journal.closing import problems
from yumiao.journal.facts import ALIVE, Lasting, kinds
from yumiao.journal.models import Entry
from yumiao.kernel import identity
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.ledger.queries import ledger
from yumiao.people.models import Belonging, Membership, Person, Transfer
from yumiao.people.services import Attributes
from yumiao.people.status import CHANGES
from yumiao.people.status_rules import Asked
from yumiao.people.transfer_queries import with_states

pytestmark = pytest.mark.db
__all__ = ["cast"]

BRANCHES = (VILLAGE, COMMUNITY, OFFICE, FAR_VILLAGE)
TOWNS = (TOWN, OTHER_TOWN)
PLACES = (1, 4, 7, 21, 31)
CHANGED = (
    "deceased",
    "membership_suspended",
    "membership_restored",
    "removed",
    "probation_cancelled",
    "inner_probation",
)


def machine(cast: Cast) -> type[RuleBasedStateMachine]:
    """A machine over the small county of the cast; each of its histories is rolled back."""

    class Movements(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.savepoint = transaction.savepoint()
            self.who = Who(cast.operator, None)
            self.day = cast.today - timedelta(days=400)
            self.past = self.members_then(self.day)
            self.people = Person.objects.count()

        def members_then(self, day: date) -> int:
            return ledger(day).total.members

        def today(self, days: int) -> date:
            """Time goes on: nothing is dated before what went before."""
            self.day = min(self.day + timedelta(days=days), cast.today)
            return self.day

        @rule(place=st.sampled_from(PLACES), to=st.sampled_from((*TOWNS, "")), days=st.integers(0, 40))
        def issue(self, place: int, to: str, days: int) -> None:
            where = acting.Destination(cast.unit(to) if to else None, "" if to else "外县党工委")
            given: dict[str, Any] = {"tree": cast.tree, "who": self.who, "today": cast.today}
            self.attempt(acting.issue, cast.person(place), where, on=self.today(days), valid_days=30, **given)

        @rule(pick=st.integers(0, 9), branch=st.sampled_from(BRANCHES), days=st.integers(0, 40))
        def receive(self, pick: int, branch: str, days: int) -> None:
            if (uid := self.picked(pick)) is not None:
                unit = cast.unit(branch)
                self.attempt(acting.receive, uid, unit, on=self.today(days), who=self.who, today=cast.today)

        @rule(pick=st.integers(0, 9), days=st.integers(0, 40))
        def receipt(self, pick: int, days: int) -> None:
            if (uid := self.picked(pick)) is not None:
                self.attempt(acting.register_receipt, uid, on=self.today(days), who=self.who, today=cast.today)

        @rule(place=st.sampled_from((1, 4, 7)), branch=st.sampled_from(BRANCHES), early=st.integers(-1, 1))
        def come_back(self, place: int, branch: str, early: int) -> None:
            """With a letter of elsewhere, on the day of the record or about it."""
            facts = facts_of(cast.person(place).pk, cast.people[place], cast.today)
            member, on = facts.membership, self.today(0)
            if member is None:
                return
            arrival = Arrival(
                number=identity.parse(number(place)), attributes=Attributes(facts.record.name, "m", facts.record.born_on),
                membership_on=member.membership_on, full_member_on=member.confirmation_stated_on, sender="外县党工委", letter="外组介1号",
                issued_on=on - timedelta(days=early), received_on=on, branch=cast.unit(branch),
            )  # fmt: skip
            self.attempt(take_in, arrival, reader=cast.reader(cast.officer), who=self.who, valid_days=90)

        @rule(pick=st.integers(0, 9), close=st.sampled_from((acting.refuse, acting.withdraw)))
        def close(self, pick: int, close: Any) -> None:
            if (uid := self.picked(pick)) is not None:
                self.attempt(close, uid, on=self.today(0), reason="不转了", who=self.who, today=cast.today)

        @rule(place=st.sampled_from(PLACES), change=st.sampled_from(CHANGED), days=st.integers(0, 40))
        def change(self, place: int, change: str, days: int) -> None:
            asked = Asked(self.today(days), "settled_abroad", "青石党发〔2026〕1号", 12)
            given: dict[str, Any] = {"who": self.who, "settings": settings_on(cast.today), "today": cast.today}
            self.attempt(decide, cast.person(place), CHANGES[change], asked, reason="经支部大会讨论", **given)

        @rule(back=st.integers(0, 3))
        def undo(self, back: int) -> None:
            seqs = list(
                Entry.objects.filter(verb__in=UNDOABLE).order_by("-seq").values_list("seq", flat=True)[: back + 1]
            )
            if seqs:
                self.attempt(undo_change, seqs[-1], actor=cast.operator, reason="登记有误")

        def attempt(self, what: Any, *args: Any, **given: Any) -> None:
            """A refusal is an answer too; nothing of it may be left."""
            before = Entry.objects.count()
            try:
                what(*args, **given)
            except (Refused, OutOfScope):
                assert Entry.objects.count() == before

        def picked(self, pick: int) -> Any:
            uids = list(Transfer.objects.order_by("pk").values_list("uid", flat=True))
            return uids[pick % len(uids)] if uids else None

        @invariant()
        def everybody_stands_in_exactly_one_branch(self) -> None:
            if not hasattr(self, "day"):
                return
            people = Person.objects.count()
            assert Belonging.objects.open().count() == people
            assert Belonging.objects.on(cast.today).count() == people
            there = Belonging.objects.on(self.day)
            assert there.count() == there.values("person").distinct().count()

        @invariant()
        def nobody_has_two_letters_out(self) -> None:
            waiting = [one.transfer.person_id for one in with_states(Transfer.objects.all()) if one.is_open]
            assert len(waiting) == len(set(waiting))

        @invariant()
        def a_letter_out_means_a_member_still_here(self) -> None:
            for one in with_states(Transfer.objects.select_related("person")):
                if one.is_open and one.transfer.kind in ("inside", "outward"):
                    member = Membership.objects.get(person=one.transfer.person, struck=ALIVE)
                    assert member.ended_on > cast.today

        @invariant()
        def nobody_has_a_second_membership_or_record(self) -> None:
            if hasattr(self, "day"):
                assert Person.objects.count() == self.people
                assert Membership.objects.alive().exclude(cycle=1).count() == 0

        def teardown(self) -> None:
            if hasattr(self, "savepoint"):
                taken: dict[tuple[int, int], list[int]] = {}
                for issuer, year, serial in Transfer.objects.exclude(serial=None).values_list(
                    "issuer", "year", "serial"
                ):
                    taken.setdefault((issuer, year), []).append(serial)
                assert [sorted(some) for some in taken.values()] == [
                    list(range(1, len(some) + 1)) for some in taken.values()
                ]
                assert [found for model in kinds() if issubclass(model, Lasting) for found in problems(model)] == []
                assert self.members_then(cast.today - timedelta(days=401)) == self.past
                transaction.savepoint_rollback(self.savepoint)

    return Movements


def test_whatever_moves_everybody_stands_in_exactly_one_branch(cast: Cast) -> None:
    quick = settings(
        max_examples=100, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    assert facts_of(cast.person(1).pk, cast.people[1], cast.today).unit == cast.unit(VILLAGE).id
    run_state_machine_as_test(machine(cast), settings=quick)
