"""The roll of a meeting on a day: who stands in the branch, with or without a vote, by membership and exclusions as the record has them. Reads only."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from yumiao.kernel.scope import Range
from yumiao.meetings.due_rules import LeftOut, Member, Standing, due_of, standing_on
from yumiao.meetings.models import Exclusion
from yumiao.people.models import Belonging, Membership, MembershipState, PersonRecord
from yumiao.people.status import OUT_OF_STOCK
from yumiao.units.models import Placement


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One line of a roll."""

    person: int
    uid: uuid.UUID
    name: str
    standing: Standing

    @property
    def votes(self) -> bool:
        return self.standing is Standing.VOTES


def roll_of(subtree: Range, day: date, *, is_election: bool = False) -> list[OnRoll]:
    """Every member who stood in the branch on `day`, those with a vote first, each by name; five queries."""
    units = Placement.objects.on(day).filter(path__gte=subtree.lo, path__lt=subtree.hi).values("unit")
    people = list(Belonging.objects.on(day).filter(unit__in=units).values_list("person_id", flat=True))
    return roll_among(people, day, is_election=is_election)


def roll_among(people: Collection[int], day: date, *, is_election: bool = False) -> list[OnRoll]:
    """The same of these people, wherever they stand: the members of a committee. Who is no member is not on it; four queries."""
    standings = {
        person: standing_on(one, day, is_election=is_election) for person, one in _members(people, day).items()
    }
    there = [person for person, one in standings.items() if one is not Standing.GONE]
    rows: Iterable[tuple[Any, ...]] = (
        PersonRecord.objects.on(day).filter(person__in=there).values_list("person_id", "person__uid", "name")
    )
    found = [OnRoll(person, uid, name, standings[person]) for person, uid, name in rows]
    order = list(Standing)
    return sorted(found, key=lambda one: (order.index(one.standing), one.name, one.person))


def due_on(subtree: Range, day: date, *, is_election: bool = False) -> int:
    """n of a members' meeting on `day` (MTG-04)."""
    return due_of(one.standing for one in roll_of(subtree, day, is_election=is_election))


def _members(people: Collection[int], day: date) -> dict[int, Member]:
    """The membership of each that had begun by then, the latest of several."""
    states: dict[int, set[str]] = defaultdict(set)
    lying = MembershipState.objects.on(day).filter(person__in=people)
    for person, cycle, state in lying.values_list("person_id", "cycle", "state"):
        states[person].add(f"{cycle} {state}")
    left_out = _left_out(people)
    found = {}
    rows: Iterable[tuple[Any, ...]] = (
        Membership.objects.alive()
        .filter(Q(membership_on__lte=day), person__in=people)
        .order_by("cycle")
        .values_list("person_id", "cycle", "membership_on", "full_member_on", "ended_on")
    )
    for person, cycle, since, full, ended in rows:
        found[person] = Member(
            membership_on=since, full_on=full, ended_on=ended,
            is_barred=f"{cycle} {MembershipState.State.INNER_PROBATION.value}" in states[person],
            is_out=any(f"{cycle} {state}" in states[person] for state in OUT_OF_STOCK), left_out=left_out.get(person, ()),
        )  # fmt: skip
    return found


def _left_out(people: Collection[int]) -> dict[int, Sequence[LeftOut]]:
    found: dict[int, list[LeftOut]] = defaultdict(list)
    for row in Exclusion.objects.alive().filter(person__in=people):
        found[row.person_id].append(
            LeftOut(
                ground=row.ground, since=row.since, until=row.until, resolved_on=row.resolved_on, approved_on=row.approved_on,
                document=row.document,
            )
        )  # fmt: skip
    return dict(found)
