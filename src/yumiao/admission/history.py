"""One case as a value: what was held, who stands beside it, what was lifted, where it rests. Pure; the rules and the course read nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from yumiao.admission.editions import edition_of
from yumiao.admission.gates import Objected, Posted, Reviewed, Round
from yumiao.admission.path import Edition, Outcome, Terms

LAST = 25
MEETING, APPROVAL, DISCUSSION, CONFIRMATION = 15, 17, 23, 24
AGAIN = (22, 23, 24)  # what is done once more after an extension
REPEATING = (6, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A step as it was held; `entered_on`: the day it was written down, None where that is not known. `record` is its row."""

    step: int
    on: date
    occurrence: int = 1
    outcome: Outcome | None = None
    document: str = ""
    place: str = ""
    people: str = ""
    note: str = ""
    days: int | None = None
    hours: Decimal | None = None
    months: int = 0
    reason: str = ""
    is_late: bool = False
    is_imported: bool = False
    entered_on: date | None = None
    entered: int = 0
    record: int = 0
    motion: int | None = None

    @property
    def is_passed(self) -> bool:
        """Whether the way goes on from it."""
        return self.outcome is not Outcome.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """A contact or introducer over a time. `full_since`: since when a full member; `barred`: times of 留党察看, ended ones too;
    `ended_on`: the first day no longer a member, or dead.
    """

    person: int | None
    name: str
    since: date
    until: date | None = None
    full_since: date | None = None
    ended_on: date | None = None
    barred: tuple[tuple[date, date | None], ...] = ()

    def is_full_on(self, day: date) -> bool:
        if self.full_since is None or day < self.full_since:
            return False
        return self.ended_on is None or day < self.ended_on

    def is_barred_on(self, day: date) -> bool:
        return any(since <= day and (until is None or day < until) for since, until in self.barred)

    def stands_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Exempted:
    """One rule lifted for one step, by whom and why."""

    rule: str
    step: int
    by: str
    on: date
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """The case lies still; `counts`: whether the time counts as cultivation (EDGE-21: a note by people, never by the program)."""

    since: date
    until: date | None
    counts: bool
    reason: str = ""

    def lasts_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class CaseFile:
    """One case. `transferred_on`: since when somebody on probation stands in another branch (MEM-06); `leaving`: a transfer is under way.

    `waiting` are late entries that nobody else has confirmed yet: they count for nothing. `is_sampled`: the county's draw fell on it.
    """

    id: int = 0
    person: int = 0
    edition: str = ""
    held: tuple[Held, ...] = ()
    born_on: date | None = None
    contacts: tuple[Helper, ...] = ()
    introducers: tuple[Helper, ...] = ()
    exemptions: tuple[Exempted, ...] = ()
    rests: tuple[Rest, ...] = ()
    waiting: tuple[Held, ...] = ()
    ended_on: date | None = None
    ended_how: str = ""
    died_on: date | None = None
    probation_end_on: date | None = None
    transferred_on: date | None = None
    leaving: bool = False
    notices: tuple[Posted, ...] = ()
    objected: tuple[Objected, ...] = ()
    rounds: tuple[Round, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    is_sampled: bool = False

    @property
    def path(self) -> Edition:
        return edition_of(self.edition)

    @cached_property
    def _by_step(self) -> dict[int, list[Held]]:
        found: dict[int, list[Held]] = {}
        for one in sorted(self.held, key=lambda one: one.occurrence):
            found.setdefault(one.step, []).append(one)
        return found

    def all(self, step: int) -> list[Held]:
        """Every record of a step, the earliest occurrence first."""
        return list(self._by_step.get(step, ()))

    def last(self, step: int) -> Held | None:
        found = self._by_step.get(step)
        return found[-1] if found else None

    def on(self, step: int) -> date | None:
        """The day of a step: of what repeats the first, of what is done once more the last."""
        found = self.all(step)
        if not found:
            return None
        return (found[0] if step in REPEATING else found[-1]).on

    @property
    def round(self) -> int:
        """Which time the confirmation is gone through: 1, and 2 after an extension."""
        return 1 + sum(one.outcome is Outcome.EXTENDED for one in self.all(CONFIRMATION))

    def is_done(self, step: int, terms: Terms) -> bool:
        """Whether the way goes on from a step."""
        found = self.all(step)
        if step == 6:
            return len(found) >= terms.fewest_inspections
        if step in AGAIN:
            found = [one for one in found if one.occurrence >= self.round]
        return bool(found) and found[-1].is_passed

    def done(self, terms: Terms) -> frozenset[int]:
        return frozenset(one.number for one in self.path.steps if self.is_done(one.number, terms))

    @property
    def is_confirmed(self) -> bool:
        last = self.last(CONFIRMATION)
        return last is not None and last.outcome in (Outcome.CONFIRMED, None)

    @property
    def extended_months(self) -> int:
        return sum(one.months for one in self.all(CONFIRMATION) if one.outcome is Outcome.EXTENDED)

    def is_exempt(self, rule: str, step: int) -> bool:
        return any(one.rule == rule and one.step == step for one in self.exemptions)

    def is_open_on(self, day: date) -> bool:
        return self.ended_on is None or day < self.ended_on

    def resting_on(self, day: date) -> Rest | None:
        return next((one for one in self.rests if one.lasts_on(day)), None)

    def idle_days(self, since: date, until: date) -> int:
        """Days between that do not count as cultivation. A rest without an end adds nothing yet: while it lasts nothing is recorded."""
        ended = [(one.since, one.until) for one in self.rests if not one.counts and one.until is not None]
        spans = [(max(first, since), min(last, until)) for first, last in ended]
        return sum(((end - start) for start, end in spans if start < end), timedelta()).days

    def occurrence_next(self, step: int) -> int:
        """The number the next record of a step gets."""
        return self.round if step in AGAIN else 1 + max((one.occurrence for one in self.all(step)), default=0)

    def sealed(self) -> int:
        """The last approval that settled membership: nothing at or before it can be returned to; 0 where there is none.

        An extension settles nothing: the confirmation is gone through once more.
        """
        last = self.last(CONFIRMATION)
        if last is not None and last.is_passed and last.outcome is not Outcome.EXTENDED:
            return CONFIRMATION
        return APPROVAL if any(one.is_passed for one in self.all(APPROVAL)) else 0

    def events(self) -> Iterator[Held]:
        """Every record in the order of days."""
        yield from sorted(self.held, key=lambda one: (one.on, one.step, one.occurrence))


def fallen(file: CaseFile, step: int) -> list[Held]:
    """The records that a return to `step` takes back: its own and all that stand on it; of a second round that round's alone."""
    above = {step, *file.path.standing_on[step]}
    found = []
    for one in file.held:
        if one.step not in above or one.step <= file.sealed():
            continue
        if file.round > 1 and (one.step not in AGAIN or one.occurrence < file.round):
            continue
        if one.step == step and step in REPEATING and one.occurrence < max(held.occurrence for held in file.all(step)):
            continue
        found.append(one)
    return found
