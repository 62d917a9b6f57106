"""Cases read into values, by two statements (`case.sql`). Reads only; must not know who looks."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

from django.db import connection

from yumiao.admission.editions import FIRST
from yumiao.admission.gates import Objected, Posted, Reviewed, Round
from yumiao.admission.history import APPROVAL, CaseFile, Exempted, Held, Helper, Rest
from yumiao.admission.models import Case
from yumiao.admission.path import Outcome
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER, today_in_china

Barred = dict[int, list[tuple[date, date | None]]]
SEPARATOR: Final = "\x1f"  # a sign that no text may hold: see WBK-03


@dataclass(frozen=True, slots=True)
class Late:
    """A late entry that waits: its address, who may not confirm it is said by entry `entered`."""

    uid: uuid.UUID
    step: int
    occurrence: int
    on: date
    reason: str
    entered: int


@dataclass(slots=True)
class Around:
    """What stands around a case and is no business of the rules: whose it is and where he stands."""

    case: int
    uid: uuid.UUID
    person: int
    person_uid: uuid.UUID
    name: str = ""
    sex: str = ""
    unit: int = 0
    late: list[Late] = field(default_factory=list)
    belongings: list[tuple[date, date | None, int]] = field(default_factory=list)

    def unit_on(self, day: date) -> int:
        """Where the person stood on a day; where he stands, for a day before all."""
        return next(
            (unit for since, until, unit in self.belongings if since <= day and (until is None or day < until)),
            self.unit,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """A case as the rules see it, and what stands around it."""

    file: CaseFile
    around: Around


def case_of(uid: uuid.UUID) -> tuple[int, int, uuid.UUID] | None:
    """(case's id, person's id and uid); None where there is none."""
    return Case.objects.filter(uid=uid).values_list("id", "person_id", "person__uid").first()


def read_case(case: int, uid: uuid.UUID, person: int, person_uid: uuid.UUID) -> Read:
    """The case with that id, as known now."""
    return read_around([Around(case, uid, person, person_uid)])[0]


def read_around(arounds: Sequence[Around]) -> list[Read]:
    """These cases in their order, in two statements however many they are; `case_files` asks it by the thousand."""
    if not arounds:
        return []
    places, values = _places(arounds)
    held, found = defaultdict(list), {one.case: _Found() for one in arounds}
    with connection.cursor() as cursor:
        cursor.execute(_statements()["steps"].format(**places), values)
        for case, *row in cursor.fetchall():
            held[case].append(_held(row))
        cursor.execute(_statements()["around"].format(**places), values)
        rows = cursor.fetchall()
    by_case: dict[int, list[Around]] = {one.case: [one] for one in arounds}
    by_person: dict[int, list[Around]] = defaultdict(list)
    for one in arounds:
        by_person[one.person].append(one)
    barred: Barred = defaultdict(list)
    for part, owner, *rest in rows:
        row = _Row(*rest)
        if part == "barred":
            barred[owner].append((row.day, row.until))
            continue
        for one in (by_case if part in _OF_CASE else by_person).get(owner, ()):
            _ADD[part](found[one.case], one, row)
    return [Read(_file(found[one.case], one, tuple(held[one.case]), barred), one) for one in arounds]


def _places(arounds: Sequence[Around]) -> tuple[dict[str, str], dict[str, Any]]:
    """The marks for the ids in a statement, and the values for them."""
    values: dict[str, Any] = {"sep": SEPARATOR, "forever": FOREVER}
    places = {}
    for name, ids in (("cases", [one.case for one in arounds]), ("people", sorted({one.person for one in arounds}))):
        values |= {f"{name}_{place}": one for place, one in enumerate(ids)}
        places[name] = ", ".join(f"%({name}_{place})s" for place in range(len(ids)))
    return places, values


@cache
def _statements() -> dict[str, str]:
    text = resources.files(__package__).joinpath("case.sql").read_text(encoding="utf-8")
    found = {}
    for part in text.split("-- name: ")[1:]:
        name, _, rest = part.partition("\n")
        lines = [line for line in rest.splitlines() if not line.startswith("--")]
        found[name.strip()] = "\n".join(lines).replace("{alive}", str(ALIVE))
    return found


class _Row:
    """One row of `around`, its values made plain."""

    def __init__(self, *values: Any) -> None:
        since, until, more, words, self.number, self.extra, self.entered = values
        self.since, self.until, self.more = _day(since), _end(until), _end(more)
        self.words: list[str] = words.split(SEPARATOR)

    @property
    def day(self) -> date:
        return self.since or date.min


@dataclass(slots=True)
class _Found:
    edition: str = FIRST
    born_on: date | None = None
    ended: tuple[date | None, str] = (None, "")
    died_on: date | None = None
    rests: list[Rest] = field(default_factory=list)
    exemptions: list[Exempted] = field(default_factory=list)
    ties: list[tuple[str, int, Helper]] = field(default_factory=list)
    memberships: list[tuple[int, date, date | None]] = field(default_factory=list)
    leaving: bool = False
    notices: list[Posted] = field(default_factory=list)
    objected: list[Objected] = field(default_factory=list)
    rounds: dict[int, Round] = field(default_factory=dict)
    answers: dict[int, list[tuple[str, date]]] = field(default_factory=lambda: defaultdict(list))
    conclusions: dict[int, tuple[str, date]] = field(default_factory=dict)
    reviews: list[Reviewed] = field(default_factory=list)
    is_sampled: bool = False
    moved: list[date] = field(
        default_factory=list
    )  # days on which another branch took him in; a village merged is no such day


def _file(found: _Found, around: Around, held: tuple[Held, ...], barred: Barred) -> CaseFile:
    waiting = tuple(
        Held(step=one.step, on=one.on, occurrence=one.occurrence, is_late=True, reason=one.reason)
        for one in around.late
    )
    file = CaseFile(
        id=around.case, person=around.person, edition=found.edition, held=held, born_on=found.born_on,
        contacts=_helpers(found, barred, "contact"), introducers=_helpers(found, barred, "introducer"), exemptions=tuple(found.exemptions),
        rests=tuple(found.rests), waiting=waiting, ended_on=found.ended[0], ended_how=found.ended[1], died_on=found.died_on,
        leaving=found.leaving, notices=tuple(found.notices), objected=tuple(found.objected), rounds=_rounds(found),
        reviews=tuple(found.reviews), is_sampled=found.is_sampled,
    )  # fmt: skip
    approved = file.on(APPROVAL)
    if approved is None:
        return file
    ends = max((row for row in found.memberships), key=lambda row: row[0], default=(0, date.min, None))[2]
    moved = [day for day in found.moved if day > approved]
    return replace(file, probation_end_on=ends, transferred_on=max(moved, default=None))


def _rounds(found: _Found) -> tuple[Round, ...]:
    """The batches with what was answered and concluded."""
    whole = []
    for key, one in found.rounds.items():
        effect, concluded = found.conclusions.get(key, ("", None))
        answers = tuple(sorted(found.answers[key], key=lambda said: (said[1], said[0])))
        whole.append(replace(one, answers=answers, effect=effect, concluded_on=concluded))
    return tuple(sorted(whole, key=lambda one: (one.sent_on, one.round)))


def _helpers(found: _Found, barred: Barred, kind: str) -> tuple[Helper, ...]:
    rows = sorted((position, one.since, one) for of, position, one in found.ties if of == kind)
    return tuple(replace(one, barred=tuple(barred.get(one.person or 0, ()))) for _position, _since, one in rows)


def _held(row: Sequence[Any]) -> Held:
    (
        step, occurrence, on, outcome, document, place, people, note, days, hours, months, reason, late, imported, at, entered, record, motion,
    ) = row  # fmt: skip
    return Held(
        step=step, on=_day(on) or date.min, occurrence=occurrence, outcome=Outcome(outcome) if outcome else None, document=document or "",
        place=place or "", people=people or "", note=note or "", days=days, hours=None if hours is None else Decimal(str(hours)),
        months=months or 0, reason=reason or "", is_late=bool(late), is_imported=bool(imported), entered_on=_entered(at), entered=entered,
        record=record, motion=motion,
    )  # fmt: skip


def _entered(at: Any) -> date | None:
    made = datetime.fromisoformat(at) if isinstance(at, str) else at
    if made is None:
        return None
    return today_in_china(made if made.tzinfo else made.replace(tzinfo=UTC))


def _add_person(found: _Found, around: Around, row: _Row) -> None:
    found.born_on = row.since
    around.name, around.sex = row.words


def _add_belonging(_found: _Found, around: Around, row: _Row) -> None:
    around.belongings.append((row.day, row.until, row.number))
    if row.until is None:
        around.unit = row.number


def _add_tie(found: _Found, _around: Around, row: _Row) -> None:
    kind, name, ended = row.words
    gone = _end(ended) if ended else None
    one = Helper(
        person=row.number or None, name=name, since=row.day, until=row.until, full_since=row.more, ended_on=gone
    )
    found.ties.append((kind, row.extra, one))


def _add_late(_found: _Found, around: Around, row: _Row) -> None:
    uid, reason = row.words
    around.late.append(Late(uuid.UUID(uid), row.number, row.extra, row.day, reason, row.entered))


def _add_exemption(found: _Found, _around: Around, row: _Row) -> None:
    rule, by, reason, document = row.words
    found.exemptions.append(Exempted(rule, row.number, by, row.day, reason, document))


def _add_notice(found: _Found, _around: Around, row: _Row) -> None:
    kind, uid = row.words
    assert row.until is not None
    found.notices.append(Posted(kind, row.day, row.until, str(uuid.UUID(uid))))


def _add_objection(found: _Found, _around: Around, row: _Row) -> None:
    kind, effect = row.words
    found.objected.append(Objected(row.day, row.more, effect, kind))


def _add_round(found: _Found, _around: Around, row: _Row) -> None:
    round_, uid = row.words
    assert row.until is not None
    found.rounds[row.number] = Round(round_, row.day, row.until, row.extra, uid=str(uuid.UUID(uid)))


def _add_answer(found: _Found, _around: Around, row: _Row) -> None:
    found.answers[row.number].append((row.words[0], row.day))


def _add_conclusion(found: _Found, _around: Around, row: _Row) -> None:
    found.conclusions[row.number] = (row.words[0], row.day)


def _add_review(found: _Found, _around: Around, row: _Row) -> None:
    point, outcome, digest = row.words
    found.reviews.append(Reviewed(point, outcome, row.day, digest))


def _set(name: str, value: Callable[[_Row], object]) -> Callable[[_Found, Around, _Row], None]:
    return lambda found, _around, row: setattr(found, name, value(row))


_ADD: Final[dict[str, Callable[[_Found, Around, _Row], None]]] = {
    "end": _set("ended", lambda row: (row.since, row.words[0])),
    "edition": _set("edition", lambda row: row.words[0]),
    "death": _set("died_on", lambda row: row.since),
    "leaving": _set("leaving", lambda _row: True),
    "moved": lambda found, _around, row: found.moved.append(row.day),
    "rest": lambda found, _around, row: found.rests.append(Rest(row.day, row.until, bool(row.number), row.words[0])),
    "exemption": _add_exemption,
    "late": _add_late,
    "notice": _add_notice,
    "objection": _add_objection,
    "round": _add_round,
    "answer": _add_answer,
    "conclusion": _add_conclusion,
    "review": _add_review,
    "sampled": _set("is_sampled", lambda _row: True),
    "person": _add_person,
    "membership": lambda found, _around, row: found.memberships.append((row.number, row.day, row.until)),
    "belonging": _add_belonging,
    "tie": _add_tie,
}


_OF_CASE: Final = frozenset(
    {
        "end", "edition", "rest", "exemption", "late", "notice", "objection", "round", "answer", "conclusion", "review", "sampled",
    }
)  # fmt: skip


def _day(value: Any) -> date | None:
    """SQLite gives days as text, PostgreSQL as days."""
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return None if value is None else date(value.year, value.month, value.day)


def _end(value: Any) -> date | None:
    day = _day(value)
    return None if day == FOREVER else day
