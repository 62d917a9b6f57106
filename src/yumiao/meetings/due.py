"""The roll of a meeting on a day: who stands in the branch, with or without a vote, by membership and exclusions as the record has them. Reads only."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """Every member who stood in the branch on `day`, those with a vote first, each by name; five queries, six where somebody is left out
    by a branch he no longer stands in.
    """
    units = Placement.objects.on(day).filter(path__gte=subtree.lo, path__lt=subtree.hi).values("unit")
    stands = dict(Belonging.objects.on(day).filter(unit__in=units).values_list("person_id", "unit_id"))
    left_out = _left_out(stands, day)
    return _roll(_members(stands, day, left_out), day, is_election=is_election)


def roll_among(people: Collection[int], day: date) -> list[OnRoll]:
    """The members of a committee by the same marks, wherever they stand; who is no member is not on it. Nobody is left out of a committee."""
    return _roll(_members(people, day, {}), day, is_election=False)


def _roll(members: Mapping[int, Member], day: date, *, is_election: bool) -> list[OnRoll]:
    standings = {person: standing_on(one, day, is_election=is_election) for person, one in members.items()}
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


def _members(people: Collection[int], day: date, left_out: Mapping[int, Sequence[LeftOut]]) -> dict[int, Member]:
    """The membership of each that had begun by then, the latest of several."""
    states: dict[int, set[str]] = defaultdict(set)
    lying = MembershipState.objects.on(day).filter(person__in=list(people))
    for person, cycle, state in lying.values_list("person_id", "cycle", "state"):
        states[person].add(f"{cycle} {state}")
    found = {}
    rows: Iterable[tuple[Any, ...]] = (
        Membership.objects.alive()
        .filter(membership_on__lte=day, person__in=list(people))
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


def _left_out(stands: Mapping[int, int], day: date) -> dict[int, Sequence[LeftOut]]:
    """Who is left out where he stands on `day`: it is the branch's own resolution, so another branch counts him; one that carries on does not."""
    rows = list(Exclusion.objects.alive().filter(person__in=list(stands)))
    elsewhere = {row.unit_id for row in rows if row.unit_id != stands[row.person_id]}
    lasting: set[int] = set()
    if elsewhere:
        lasting = set(Placement.objects.on(day).filter(unit__in=elsewhere).values_list("unit_id", flat=True))
    found: dict[int, list[LeftOut]] = defaultdict(list)
    for row in rows:
        if row.unit_id == stands[row.person_id] or row.unit_id not in lasting:
            found[row.person_id].append(
                LeftOut(
                    ground=row.ground, since=row.since, until=row.until, resolved_on=row.resolved_on, approved_on=row.approved_on,
                    document=row.document,
                )
            )  # fmt: skip
    return dict(found)
