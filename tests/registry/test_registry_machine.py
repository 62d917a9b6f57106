"""Random histories of everything that changes a registry: after every act it says, of today and of days before, what plain loops say.

Nobody sees a row too many or too few, no path is broken, nobody stands in no branch or in two, and what was issued stays as it was.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings, strategies
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from tests.access.opened import opened
from tests.cast import Cast, cast
from tests.registry.registry_acts import OFTEN, WATCHED, Acts
from tests.registry.remembered_county import County, Happenings, Post, Received, Reformed, Stay, Stood
from yumiao.access.models import Appointment
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import tree_of
from yumiao.desk.proof import findings
from yumiao.journal.acts import last
from yumiao.journal.chain import Head
from yumiao.journal.closing import problems
from yumiao.journal.facts import Lasting, kinds
from yumiao.kernel.scope import Scope
from yumiao.ledger.issues import opened as opened_issue
from yumiao.ledger.models import Issue
from yumiao.ledger.queries import ledger
from yumiao.people.models import Belonging, Person
from yumiao.units.models import Placement, UnitRecord
from yumiao.units.queries import tree
from yumiao.units.rules import Node, arrange

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]
PARTS_OF_THE_WHOLE = 4  # the parts run beside each other
HISTORIES = {"sqlite": 200, "postgresql": 60}
STEPS = 8
LONG_AGO = timedelta(days=400)


def beginning(cast: Cast) -> County:
    """The county as it was imported, and everybody as appointed."""
    codes = {unit.id: unit.code for unit in cast.tree}
    names = dict(UnitRecord.objects.open().values_list("unit_id", "name"))
    county = County()
    for row in Placement.objects.open():
        stood = Stood(row.since, row.until, names[row.unit_id], codes.get(row.parent_id or 0))
        county.units[codes[row.unit_id]] = [stood]
    for stay in Belonging.objects.open().select_related("person").order_by("person"):
        county.stays[stay.person.uid] = [Stay(stay.since, stay.until, codes[stay.unit_id])]
    accounts = {account.pk: part for part, account in cast.accounts.items()}
    for held in Appointment.objects.alive().order_by("pk"):
        who = accounts[held.account_id]
        if who in WATCHED:
            county.posts.append(Post(who, Role(held.role), codes[held.unit_id], held.since, held.until, key=-held.pk))
    return county


class Histories(Acts):
    """Each history is rolled back."""

    part: ClassVar[int]
    steps: int
    looked_at: tuple[Head, date] | None

    @initialize()
    def begin(self) -> None:
        self.savepoint, self.head = transaction.savepoint(), Path(django_settings.HEAD_FILE).read_bytes()
        self.today, self.founded, self.issued = self.cast.today, 0, []
        self.steps, self.looked_at, self.touched, self.moved = 0, None, [], []
        self.happened = Happenings(beginning(self.cast))

    @rule(number=strategies.integers(0, 2**32))
    def something_happens(self, number: int) -> None:
        """Small numbers are drawn again and again, so what has happened is mixed in."""
        self.steps += 1
        dice = Random(f"{self.part} {self.steps} {number} {len(self.happened.events)}")
        (what,) = dice.choices(list(OFTEN), weights=list(OFTEN.values()))
        what(self, dice)

    def past(self) -> list[date]:
        """A day long before everything, and the days about every reform and receipt."""
        turns = {event.day for event in self.happened.events.values() if isinstance(event, Reformed | Received)}
        around = sorted({day + timedelta(days=step) for day in turns for step in (-1, 0)})
        return [self.cast.today - LONG_AGO, *around]

    @invariant()
    def the_registry_says_what_happened(self) -> None:
        """Of today and in turn of the days of the past; a third of those who look at a time."""
        if (now := (last(), self.today)) == self.looked_at:
            return
        self.looked_at = now
        past = self.past()
        for day in (self.today, past[now[0].seq % len(past)]):
            self._tree_and_people(day)
        self._readers(WATCHED[now[0].seq % 3 :: 3])

    def _readers(self, watched: Sequence[str]) -> None:
        found: dict[Scope, set[Hashable]] = {}
        for who in watched:
            scope = self.reader(who).scope(Permission.PERSON_READ)
            if scope not in found:
                found[scope] = set(Person.objects.visible_to(scope).values_list("uid", flat=True))
            assert found[scope] == self.happened.now.seen_by(who, self.today), who

    def _tree_and_people(self, day: date) -> None:
        found = tree_of(day, last())
        codes = {unit.id: unit.code for unit in found}
        said = {unit.code: (unit.name, codes.get(unit.parent or 0)) for unit in found}
        assert said == self.happened.now.tree(day), day
        places = arrange(Node(unit.id, unit.kind.label, unit.parent) for unit in found)
        stands = {unit.id: (unit.path, unit.village, unit.township) for unit in found}
        assert stands == {unit: (one.path, one.village, one.township) for unit, one in places.items()}, day
        rows = list(Belonging.objects.on(day).values_list("person__uid", "unit_id"))
        assert len(rows) == len(dict(rows)), day
        assert {who: codes.get(unit) for who, unit in rows} == self.happened.now.standing_at(day), day

    @invariant()
    def what_was_issued_stays_as_it_was(self) -> None:
        for made, payload in self.issued:
            assert bytes(Issue.objects.get(pk=made.pk).payload) == payload
        if self.issued:
            made = self.issued[len(self.happened.events) % len(self.issued)][0]
            frozen = opened_issue(Issue.objects.get(pk=made.pk)).frozen
            within = tree(made.for_day, known=made.known_seq).by_id[made.unit_id].subtree
            now = ledger(made.for_day, within=within, known=made.known_seq)
            assert now.as_json() == frozen["ledger"]

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            try:
                self._readers(WATCHED)
                for day in self.past():
                    self._tree_and_people(day)
                assert list(findings()) == []
                assert [one for model in kinds() if issubclass(model, Lasting) for one in problems(model)] == []
            finally:
                transaction.savepoint_rollback(self.savepoint)
                Path(django_settings.HEAD_FILE).write_bytes(self.head)


@pytest.mark.parametrize("part", range(PARTS_OF_THE_WHOLE))
def test_whatever_happens_the_registry_says_what_happened(cast: Cast, part: int, database_vendor: str) -> None:
    quick = settings(
        max_examples=HISTORIES[database_vendor] // PARTS_OF_THE_WHOLE,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # a history has few steps; making it shorter takes minutes
        suppress_health_check=list(HealthCheck),
    )
    machine = seed(part)(type("Registry", (Histories,), {"cast": cast, "part": part}))
    run_state_machine_as_test(machine, settings=quick)  # type: ignore[no-untyped-call]
