"""People of units that end or are divided: where they stand from the day on, and for whom past admissions count. Within an open act.

Must not know: the tree, why it changes. Nothing before the day is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.journal.acts import Act
from yumiao.people.models import Attribution, Belonging
from yumiao.people.services import ATTRIBUTION, BELONGING

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who takes over the people of which unit.

    `of` maps a unit's id to the ids of its successors, the main one first (itself where it goes on); `assigned` maps persons' ids to
    the successor they come to stand in, and says nothing of those who go to the main one.
    """

    of: Mapping[int, Sequence[int]]
    assigned: Mapping[int, int]

    def for_person(self, person: int, unit: int) -> int:
        heirs = self.of[unit]
        chosen = self.assigned.get(person)
        return chosen if chosen is not None and chosen in heirs else heirs[0]

    def is_split(self, unit: int) -> bool:
        return len(self.of[unit]) > 1


def carry_people(act: Act, heirs: Heirs, day: date) -> tuple[int, int]:
    """Let everybody of the units in `heirs` stand in a successor from `day` on. Returns how many people and how many admissions went over."""
    belongings = _carry_belongings(act, heirs, day)
    return belongings, _carry_attributions(act, heirs, day)


def _carry_belongings(act: Act, heirs: Heirs, day: date) -> int:
    struck: list[int] = []
    rows: Rows = []
    people = set()
    for row in Belonging.objects.alive().filter(unit__in=list(heirs.of), until__gt=day):
        unit = heirs.for_person(row.person_id, row.unit_id)
        if unit == row.unit_id:
            continue
        struck.append(row.pk)
        people.add(row.person_id)
        if row.since < day:
            rows.append((row.since, day, row.person_id, row.unit_id, row.since_known))
        rows.append((max(row.since, day), row.until, row.person_id, unit, row.since_known or row.since < day))
    act.strike(Belonging, struck)
    act.insert(Belonging, BELONGING, rows)
    return len(people)


def _carry_attributions(act: Act, heirs: Heirs, day: date) -> int:
    struck: list[int] = []
    rows: Rows = []
    for row in Attribution.objects.alive().filter(unit__in=list(heirs.of), until__gt=day):
        unit = heirs.for_person(row.person_id, row.unit_id)
        if unit == row.unit_id:
            continue
        reason = Attribution.Reason.SPLIT if heirs.is_split(row.unit_id) else Attribution.Reason.MERGED
        struck.append(row.pk)
        if row.since < day:
            rows.append((row.since, day, row.person_id, row.cycle, row.unit_id, row.reason))
        rows.append((max(row.since, day), row.until, row.person_id, row.cycle, unit, reason))
    act.strike(Attribution, struck)
    act.insert(Attribution, ATTRIBUTION, rows)
    return len(struck)
