"""The lines counted a second time: plain loops over all rows, with conditions written as the handbook says them.

It is the oracle of the SQL, so it must not know a statement, a query or a cut-off of the ledger. It takes every table
whole and decides in Python; ages are counted by calendar, not by integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from yumiao.admission.models import Case, CaseEnd, StepDetail, StepRecord
from yumiao.journal.facts import ALIVE
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.ledger.lines import Counts
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, PersonRecord
from yumiao.talent.models import Talent
from yumiao.units.models import Placement

LOW = ("小学及以下", "初中")
YOUNG, OLD = 35, 61
Figure = tuple[int | None, str, int]  # (unit, or None for somebody who stands nowhere; name in `Counts`; how many)


Rows = dict[type[models.Model], list[Any]]
TABLES = (
    Attribution,
    Belonging,
    CaseEnd,
    Case,
    Membership,
    MembershipState,
    Placement,
    PersonRecord,
    StepDetail,
    StepRecord,
    Talent,
)


def all_rows() -> Rows:
    """Every table the figures stand on, struck rows included."""
    return {model: list(model._default_manager.all()) for model in TABLES}


@dataclass(frozen=True)
class Knowledge:
    """Rows as known now, or as known when entry `known` had been written."""

    rows: Rows
    known: int | None = None

    def of(self, model: type[models.Model]) -> list[Any]:
        return [row for row in self.rows[model] if self._has(row)]

    def on(self, model: type[models.Model], day: date) -> list[Any]:
        return [row for row in self.of(model) if row.since <= day < row.until]

    def _has(self, row: Any) -> bool:
        if self.known is None:
            return bool(row.struck == ALIVE)
        return bool(row.entered <= self.known < row.struck)


@dataclass(frozen=True)
class Recount:
    """What every village counts on a day, by its id, and what the whole subtree counts."""

    villages: dict[int, Counts]
    total: Counts


def recount(
    rows: Rows,
    day: date,
    *,
    within: Range = EVERYTHING,
    known: int | None = None,
    leap: LeapBirthday = LeapBirthday.MAR_1,
) -> Recount:
    """The figures of `day` for the paths of `within`."""
    knowledge = Knowledge(rows, known)
    places = {place.unit_id: place for place in knowledge.on(Placement, day) if within.lo <= place.path < within.hi}
    where = {row.person_id: row.unit_id for row in knowledge.on(Belonging, day)}
    figures: list[Figure] = [
        *_stock(knowledge, day, where, leap),
        *_admissions(knowledge, day),
        *_cultivation(knowledge, day, where),
        *((where.get(person), "talents", 1) for person in {row.person_id for row in knowledge.on(Talent, day)}),
    ]
    inside = [(places[unit], name, number) for unit, name, number in figures if unit in places]
    villages = {unit: _sum(()) for unit, place in places.items() if place.village_id == unit}
    for village in villages:
        villages[village] = _sum((name, number) for place, name, number in inside if place.village_id == village)
    return Recount(villages, _sum((name, number) for _, name, number in inside))


def age(born_on: date, day: date, leap: LeapBirthday) -> int:
    """Birthdays had by `day`."""
    birthday = (born_on.month, born_on.day)
    if birthday == (2, 29) and not (day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0)):
        birthday = (3, 1) if leap is LeapBirthday.MAR_1 else (2, 28)
    return day.year - born_on.year - ((day.month, day.day) < birthday)


def _stock(knowledge: Knowledge, day: date, where: dict[int, int], leap: LeapBirthday) -> Iterable[Figure]:
    suspended = {
        (row.person_id, row.cycle)
        for row in knowledge.on(MembershipState, day)
        if row.state in (MembershipState.State.SUSPENDED, MembershipState.State.AWAY)
    }
    records = {row.person_id: row for row in knowledge.on(PersonRecord, day)}
    for member in knowledge.of(Membership):
        if not member.membership_on <= day < member.ended_on or (member.person_id, member.cycle) in suspended:
            continue
        record, unit = records[member.person_id], where.get(member.person_id)
        years = age(record.born_on, day, leap) if record.born_on else None
        yield unit, "members", 1
        yield unit, "full_members", member.full_member_on <= day
        yield unit, "women", record.sex == PersonRecord.Sex.FEMALE
        yield unit, "low_education", record.education in LOW
        if years is not None:
            yield unit, "known_births", 1
            yield unit, "age_sum", years
            yield unit, "young", years <= YOUNG
            yield unit, "old", years >= OLD


def _admissions(knowledge: Knowledge, day: date) -> Iterable[Figure]:
    counted_for = {(row.person_id, row.cycle): row.unit_id for row in knowledge.on(Attribution, day)}
    names = {day.year: "this_year", day.year - 1: "last_year", day.year - 2: "year_before"}
    for member in knowledge.of(Membership):
        unit, admitted_on = counted_for.get((member.person_id, member.cycle)), member.membership_on
        if unit is None or admitted_on > day or admitted_on.year not in names:
            continue
        if member.approved_on > day:
            yield unit, "pending", 1
            continue
        yield unit, names[admitted_on.year], 1
        yield unit, "in_window", _less_than_24_months_ago(admitted_on, day)
        if admitted_on.year == day.year:
            yield unit, "young_this_year", member.age_years is not None and member.age_years <= YOUNG
            yield unit, "unknown_age_this_year", member.age_years is None


def _less_than_24_months_ago(past: date, day: date) -> bool:
    """The corresponding day two years ago, the last of its month where there is none, is still inside."""
    corresponding = day.replace(year=day.year - 2, day=28) if (day.month, day.day) == (2, 29) else None
    return past >= (corresponding or day.replace(year=day.year - 2))


def _cultivation(knowledge: Knowledge, day: date, where: dict[int, int]) -> Iterable[Figure]:
    failed = {(one.case_id, one.step, one.occurrence) for one in knowledge.of(StepDetail) if one.outcome == "failed"}
    held: dict[int, set[int]] = defaultdict(set)
    approved: set[int] = set()
    for record in knowledge.of(StepRecord):
        if (record.case_id, record.step, record.occurrence) in failed:
            continue
        if record.step == 17:
            approved.add(record.case_id)
        if record.held_on <= day:
            held[record.case_id].add(record.step)
    ended = {end.case_id for end in knowledge.of(CaseEnd) if end.ended_on <= day}
    for case in knowledge.rows[Case]:
        steps = held[case.pk]
        if case.pk in ended:
            continue
        if 15 in steps:
            yield where.get(case.person_id), "pending", case.pk not in approved
        elif steps & {1, 3, 8}:
            yield where.get(case.person_id), "applicants", 1
            yield where.get(case.person_id), "activists", bool(steps & {3, 8})
            yield where.get(case.person_id), "targets", 8 in steps


def _sum(figures: Iterable[tuple[str, int]]) -> Counts:
    sums: dict[str, int] = defaultdict(int)
    for name, number in figures:
        sums[name] += int(number)
    return Counts(**sums)
