"""Everything dated that is known of one person, read by one statement (`facts.sql`) and given names. Reads only.

Must not know: who looks, what the facts say against each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from django.db import connection

from yumiao.admission.history import APPROVAL, LAST
from yumiao.admission.path import Outcome
from yumiao.admission.rules import ACTIVIST, APPLICATION, MEETING, TARGET
from yumiao.desk.people.standing import Standing
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER

SEPARATOR: Final = "\x1f"  # a sign that no text may hold: see WBK-03
STAGES: Final = (APPLICATION, ACTIVIST, TARGET, MEETING, APPROVAL)


@dataclass(frozen=True, slots=True)
class Known:
    """By which entry a fact is known, written when."""

    entry: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """One version of the attributes; `struck` is the entry that took it back, None while it stands."""

    since: date
    name: str
    sex: str
    born_on: date | None
    ethnicity: str
    education: str
    occupation: str
    known: Known
    struck: int | None


@dataclass(frozen=True, slots=True)
class Membership:
    """One version of a membership, open ends as None."""

    cycle: int
    membership_on: date
    full_member_on: date | None
    ended_on: date | None
    ended_how: str
    approval: str
    approved_on: date
    probation_start_on: date
    probation_end_on: date | None
    confirmation_stated_on: date | None
    age_years: int | None
    known: Known
    struck: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """A fact over a time: where (`unit`) or what (`word`); `until` is None while it lasts."""

    since: date
    until: date | None
    word: str
    unit: int
    cycle: int
    known: Known


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie with the other person; `uid` None and `text` the masked number where the file named somebody unknown."""

    kind: str
    position: int
    since: date
    until: date | None
    text: str
    other: int | None
    uid: uuid.UUID | None
    name: str
    unit: int | None
    full_since: date | None
    known: Known


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A change of status as it was decided; `term_on`: until when what was decided lasts."""

    on: date
    change: str
    ground: str
    document: str
    reason: str
    term_on: date | None
    cycle: int
    known: Known


@dataclass(frozen=True, slots=True)
class Moved:
    """A transfer that reached a state; an end in the county is a unit, 0 where it is a text."""

    on: date
    kind: str
    state: str
    letter: str
    from_text: str
    to_text: str
    reason: str
    uid: uuid.UUID
    to_unit: int
    from_unit: int
    known: Known


@dataclass(frozen=True, slots=True)
class StepHeld:
    """One record of a step; `months`: by how many a probation was extended."""

    step: int
    on: date
    occurrence: int
    outcome: Outcome | None
    is_late: bool
    months: int
    known: Known


@dataclass(slots=True)
class Case:
    """One way from application on: `steps` that passed with their days and entries, every record in `held`, and its end.

    `is_entered`: not by import; `waits`: steps whose late entries wait for a second person.
    """

    id: int
    uid: uuid.UUID | None = None
    is_entered: bool = False
    steps: dict[int, tuple[date, Known]] = field(default_factory=dict)
    held: list[StepHeld] = field(default_factory=list)
    waits: list[tuple[int, date, Known]] = field(default_factory=list)
    returns: list[tuple[int, date, str, str, Known]] = field(default_factory=list)  # to which step, when, why, reason
    rests: list[Span] = field(default_factory=list)  # word: the reason
    end: tuple[date, str, Known] | None = None

    @property
    def is_archived(self) -> bool:
        return LAST in self.steps

    def held_on(self, step: int) -> date | None:
        return self.steps[step][0] if step in self.steps else None


@dataclass(slots=True)
class Facts:
    """Of one person, on one day; lists in the order of time."""

    person: int
    uid: uuid.UUID
    day: date
    records: list[Record] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    belongings: list[Span] = field(default_factory=list)
    attributions: list[Span] = field(default_factory=list)
    states: list[Span] = field(default_factory=list)
    talents: list[Span] = field(default_factory=list)
    posts: list[Span] = field(default_factory=list)
    changes: list[StatusChange] = field(default_factory=list)
    transfers: list[Moved] = field(default_factory=list)
    stays: list[Span] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    tied: list[Tie] = field(default_factory=list)
    cases: dict[int, Case] = field(default_factory=dict)
    merged: list[tuple[str, uuid.UUID, Known]] = field(default_factory=list)  # names of records that went into this one
    statements: list[tuple[str, str, str]] = field(default_factory=list)  # field, what the number says, reason

    @property
    def record(self) -> Record:
        """The attributes as they stand."""
        return next(one for one in reversed(self.records) if one.struck is None and one.since <= self.day)

    @property
    def membership(self) -> Membership | None:
        """The latest membership as it stands."""
        standing = [one for one in self.memberships if one.struck is None and one.membership_on <= self.day]
        return max(standing, key=lambda one: one.cycle, default=None)

    @property
    def unit(self) -> int | None:
        """Where the person stands today."""
        return next((one.unit for one in self.belongings if _lasts(one, self.day)), None)

    @property
    def case(self) -> Case | None:
        """The case that goes on; of several one that is not archived, and one with steps before one whose steps were all taken back."""
        found = [one for one in self.cases.values() if one.end is None or one.end[0] > self.day]
        return max(found, key=lambda one: (not one.is_archived, bool(one.held or one.waits), one.id), default=None)

    def open_talents(self) -> list[Span]:
        return [one for one in self.talents if _lasts(one, self.day)]

    def open_states(self) -> list[Span]:
        """States beside the present membership."""
        cycle = self.membership.cycle if self.membership else 0
        return [one for one in self.states if one.cycle == cycle and _lasts(one, self.day)]

    def standing(self) -> Standing:
        member, case = self.membership, self.case
        held = [step for step in case.steps if case.steps[step][0] <= self.day] if case else []
        return Standing(
            member.membership_on if member else None,
            (member.full_member_on or FOREVER) if member else None,
            (member.ended_on or FOREVER) if member else None,
            any(one.word == "suspended" for one in self.open_states()),
            max((step for step in held if step in STAGES), default=0),
            bool(self.open_talents()),
        )


def facts_of(person: int, uid: uuid.UUID, day: date) -> Facts:
    """Everything of the person with that id, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"person": person, "day": day, "sep": SEPARATOR, "forever": FOREVER})
        rows = [_Row(*row) for row in cursor.fetchall()]
    found = Facts(person, uid, day)
    for row in sorted(rows, key=lambda row: (row.since, row.entered)):
        _ADD[row.part](found, row)
    return found


@cache
def _statement() -> str:
    text = resources.files(__package__).joinpath("facts.sql").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).replace("{alive}", str(ALIVE))


class _Row:
    """One row as the database gives it, its values made plain."""

    def __init__(self, *values: Any) -> None:
        part, since, until, more, words, number, extra, other, entered, struck, at, uid, name, unit, full = values
        self.part: str = part
        self.since, self.until, self.more = _day(since) or date.min, _end(until), _end(more)
        self.words: Sequence[str] = words.split(SEPARATOR)
        self.number: int = number
        self.extra: int | None = extra
        self.other: int | None = other
        self.entered: int = entered
        self.struck: int | None = None if struck == ALIVE else struck
        self.known = Known(entered, _moment(at))
        self.uid = uuid.UUID(uid) if isinstance(uid, str) else uid
        self.name: str = name or ""
        self.unit: int | None = unit
        self.full_since = _end(full)

    @property
    def span(self) -> Span:
        return Span(self.since, self.until, self.words[0], self.number, self.extra or self.number, self.known)

    @property
    def tie(self) -> Tie:
        kind, text = self.words
        return Tie(
            kind, self.number, self.since, self.until, text, self.other, self.uid, self.name, self.unit,
            self.full_since, self.known,
        )  # fmt: skip


def _add_record(found: Facts, row: _Row) -> None:
    name, sex, ethnicity, education, occupation = row.words
    found.records.append(
        Record(row.since, name, sex, row.more, ethnicity, education, occupation, row.known, row.struck)
    )


def _add_membership(found: Facts, row: _Row) -> None:
    approval, approved, starts, ends, stated, how = row.words
    found.memberships.append(
        Membership(
            row.number, row.since, row.more, row.until, how, approval, date.fromisoformat(approved),
            date.fromisoformat(starts), _day(ends), _day(stated), row.extra, row.known, row.struck,
        )
    )  # fmt: skip


def _case(found: Facts, row: _Row, uid: str) -> Case:
    case = found.cases.setdefault(row.extra or 0, Case(row.extra or 0))
    case.uid = uuid.UUID(uid)
    return case


def _add_step(found: Facts, row: _Row) -> None:
    origin, uid, occurrence, outcome, late, months = row.words
    case, said = _case(found, row, uid), Outcome(outcome) if outcome else None
    case.is_entered = origin == "entered"
    case.held.append(StepHeld(row.number, row.since, int(occurrence), said, bool(late), int(months), row.known))
    if said is not Outcome.FAILED:
        case.steps.setdefault(row.number, (row.since, row.known))


def _add_return(found: Facts, row: _Row) -> None:
    why, reason, uid = row.words
    _case(found, row, uid).returns.append((row.number, row.since, why, reason, row.known))


def _add_rest(found: Facts, row: _Row) -> None:
    _counts, reason, uid = row.words
    _case(found, row, uid).rests.append(Span(row.since, row.until, reason, 0, 0, row.known))


def _add_waiting(found: Facts, row: _Row) -> None:
    _case(found, row, row.words[0]).waits.append((row.number, row.since, row.known))


def _add_change(found: Facts, row: _Row) -> None:
    change, ground, document, reason = row.words
    found.changes.append(StatusChange(row.since, change, ground, document, reason, row.more, row.number, row.known))


def _add_transfer(found: Facts, row: _Row) -> None:
    kind, state, letter, sender, receiver, reason, uid = row.words
    found.transfers.append(
        Moved(
            row.since, kind, state, letter, sender, receiver, reason, uuid.UUID(uid), row.number, row.extra or 0, row.known
        )
    )  # fmt: skip


def _add_end(found: Facts, row: _Row) -> None:
    _case(found, row, row.words[1]).end = (row.since, row.words[0], row.known)


_ADD: Final = {
    "record": _add_record,
    "membership": _add_membership,
    "belonging": lambda found, row: found.belongings.append(row.span),
    "attribution": lambda found, row: found.attributions.append(row.span),
    "state": lambda found, row: found.states.append(row.span),
    "change": _add_change,
    "transfer": _add_transfer,
    "stay": lambda found, row: found.stays.append(row.span),
    "merged": lambda found, row: found.merged.append((row.words[0], row.uid, row.known)),
    "talent": lambda found, row: found.talents.append(row.span),
    "post": lambda found, row: found.posts.append(row.span),
    "tie": lambda found, row: found.ties.append(row.tie),
    "tied": lambda found, row: found.tied.append(row.tie),
    "statement": lambda found, row: found.statements.append(tuple(row.words)),
    "step": _add_step,
    "end": _add_end,
    "return": _add_return,
    "rest": _add_rest,
    "waits": _add_waiting,
}


def _lasts(one: Span, day: date) -> bool:
    return one.since <= day and (one.until is None or day < one.until)


def lasting(ties: Iterable[Tie], day: date) -> list[Tie]:
    """The ties of that day, by kind and position."""
    found = [one for one in ties if one.since <= day and (one.until is None or day < one.until)]
    return sorted(found, key=lambda one: (one.kind, one.position, one.name))


def _day(value: Any) -> date | None:
    """SQLite gives days as text, PostgreSQL as days; an empty text is none."""
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return None if value is None else date(value.year, value.month, value.day)


def _end(value: Any) -> date | None:
    day = _day(value)
    return None if day == FOREVER else day


def _moment(value: Any) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    made = datetime.fromisoformat(value) if isinstance(value, str) else value
    return made if made is None or made.tzinfo else made.replace(tzinfo=UTC)
