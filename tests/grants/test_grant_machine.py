"""Random histories of grants, their ends, emergencies, posts ending and days going by: a section opens to whom plain sets say, and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.access.opened import opened
from tests.access.posts import Posts
from tests.cast import PARTS, VILLAGE, Cast, cast
from tests.evidence.cases import case
from yumiao.access.models import Account, Grant
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.access.sections import Section
from yumiao.admission.relative_services import Named, replace_relatives
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.grants import acting
from yumiao.desk.grants.opening import opened_to
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused
from yumiao.ui.addresses import reverse

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]

ACTORS = ("officer", "clerk_a", "clerk_b", "secretary_a", "auditor", "reviewer", "member")
KIN = "secretary_a"
CANARY = "金丝雀"
REASON = "县委常委会正在研究，需要当场核对政治审查材料的内容。"
WHO, SECTIONS = st.sampled_from(ACTORS), st.sampled_from(list(Section))
ADDRESSES = ("case", "case_sections", "case_history", "case_papers")


@dataclass
class Given:
    """A grant as the model knows it; `ends` of an emergency: the moment it is over."""

    taker: str
    section: Section
    since: date
    until: date
    ends: datetime | None = None


def machine(cast: Cast) -> type[RuleBasedStateMachine]:
    """A machine over the cast and one case; each of its histories is rolled back."""
    uid = case(cast)
    kin = cast.person(7)
    with act(Verb.PREPARED, actor=cast.operator) as done:
        done.data["profile"] = "demo"
        replace_relatives(done, read_by(uid).around.case, [Named("sibling", CANARY, "concern", kin.pk)])
    Account.objects.filter(pk=cast.accounts[KIN].pk).update(person_uid=kin.uid)

    class Histories(Posts):
        actors = ACTORS

        @initialize()
        def begin(self) -> None:
            self.savepoint = transaction.savepoint()
            self.start()
            self.now = timezone.now()
            self.given: dict[object, Given] = {}

        @rule(giver=WHO, taker=WHO, section=SECTIONS, days=st.integers(-1, 70))
        def give(self, giver: str, taker: str, section: Section, days: int) -> None:
            known = set(Grant.objects.values_list("uid", flat=True))
            last_day = self.today + timedelta(days=days)
            try:
                acting.give(
                    uid, cast.accounts[taker].uid, section, purpose="复核有关情况", last_day=last_day, reader=self.reader(giver)
                )  # fmt: skip
            except (Refused, NotAllowed, OutOfScope):
                return
            assert self.holds(giver)
            assert giver in ("officer", "clerk_a")
            assert taker not in (giver, KIN)
            (new,) = set(Grant.objects.values_list("uid", flat=True)) - known
            self.given[new] = Given(taker, section, self.today, last_day + timedelta(days=1))

        @rule(place=st.integers(0, 5), who=WHO)
        def take_back(self, place: int, who: str) -> None:
            if not self.given:
                return
            chosen = list(self.given)[place % len(self.given)]
            grant = Grant.objects.alive().filter(uid=chosen).first()
            if grant is None:
                return
            try:
                acting.take_back(grant, reader=self.reader(who))
            except (Refused, NotAllowed, OutOfScope):
                return
            assert who in ("officer", "clerk_a")
            self.given[chosen].until = min(self.today, self.given[chosen].until)

        @rule(who=WHO, section=SECTIONS)
        def open_at_once(self, who: str, section: Section) -> None:
            known = set(Grant.objects.values_list("uid", flat=True))
            try:
                with self.at():
                    acting.open_at_once(uid, section, reason=REASON, reader=self.reader(who))
            except (Refused, NotAllowed, OutOfScope):
                return
            assert who == "officer"
            (new,) = set(Grant.objects.values_list("uid", flat=True)) - known
            two_days, two_hours = self.today + timedelta(days=2), self.now + timedelta(hours=2)
            self.given[new] = Given(who, section, self.today, two_days, two_hours)

        @rule(days=st.integers(1, 9))
        def days_go_by(self, days: int) -> None:
            self.today += timedelta(days=days)
            self.now += timedelta(days=days)

        @rule(minutes=st.integers(1, 130))
        def time_goes_by(self, minutes: int) -> None:
            self.now += timedelta(minutes=minutes)

        @rule(who=WHO, place=st.sampled_from((*ADDRESSES, *Section)))
        def look(self, who: str, place: str) -> None:
            """Through the page, while no day has gone by."""
            if self.today != cast.today or who in self.suspended:
                return
            is_section = place in set(Section)
            address = reverse("case_section", args=[uid, place]) if is_section else reverse(place, args=[uid])
            with self.at():
                answer = cast.client(Account.objects.get(pk=cast.accounts[who].pk)).get(address)
            shown = CANARY in answer.content.decode()
            assert shown == (place == Section.FAMILY and self.may(who, Section.FAMILY)), (who, place)

        @invariant()
        def sections_open_to_whom_the_sets_say(self) -> None:
            read = read_by(uid)
            with self.at():
                seen = {who: set(opened_to(self.reader(who), read)) for who in ACTORS}
            assert seen == {who: {one for one in Section if self.may(who, one)} for who in ACTORS}

        def at(self):  # type: ignore[no-untyped-def]
            """The clock of the model."""
            return patch("django.utils.timezone.now", return_value=self.now)

        def may(self, who: str, section: Section) -> bool:
            if not self.holds(who) or who == KIN:
                return False
            role, own, _name = PARTS[who]
            reaches = Permission.PERSON_READ in GRANTS[Role(role)] and (own == VILLAGE or VILLAGE.startswith(f"{own}."))
            return (reaches or section is Section.OBJECTORS) and any(
                one.taker == who
                and one.section is section
                and one.since <= self.today < one.until
                and (one.ends is None or self.now < one.ends)
                for one in self.given.values()
            )

        def teardown(self) -> None:
            if hasattr(self, "savepoint"):
                transaction.savepoint_rollback(self.savepoint)

    Histories.cast = cast
    return Histories


def test_a_section_is_never_shown_without_a_grant(cast: Cast) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(cast),
        settings=settings(
            max_examples=40,
            stateful_step_count=14,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
