"""What writes the past of a case as papers show it: days, what is said beside them, the number of the form. Within an open act.

It judges nothing: history is taken as it stands (`faults` says what is wrong with it). Must not know where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from yumiao.admission.models import CaseEnd, FormUse, StepDetail, StepRecord
from yumiao.admission.queries import KnownCase, KnownDetail, Place
from yumiao.admission.services import STEP
from yumiao.admission.step_services import DETAIL, FORM
from yumiao.journal.acts import Act


@dataclass(frozen=True, slots=True)
class Beside:
    """What papers say of a step beside its day; None and the empty text say nothing."""

    outcome: str = ""
    document: str = ""
    days: int | None = None
    hours: Decimal | None = None
    months: int | None = None

    def over(self, known: KnownDetail) -> Beside:
        """The same with what is on record where nothing is said: an empty cell never erases."""
        return Beside(
            self.outcome or known.outcome,
            self.document or known.document,
            known.days if self.days is None else self.days,
            known.hours if self.hours is None else self.hours,
            known.months if self.months is None else self.months,
        )

    def is_said_by(self, known: KnownDetail) -> bool:
        mine = self.over(known)
        return (mine.outcome, mine.document, mine.days, mine.hours, mine.months or 0) == (
            known.outcome, known.document, known.days, known.hours, known.months,
        )  # fmt: skip


@dataclass(slots=True)
class Past:
    """A case's history but for the days of application, activist and target: `gone` are records that the papers no longer show."""

    days: dict[Place, date] = field(default_factory=dict)
    beside: dict[Place, Beside] = field(default_factory=dict)
    form: tuple[str, int] | None = None
    gone: list[Place] = field(default_factory=list)
    known: KnownCase | None = None

    @property
    def changes_nothing(self) -> bool:
        known = self.known
        if known is None:
            return not (self.days or self.beside or self.form)
        return not (
            self.gone
            or known.end is not None
            or any(_day_of(known, place) != on for place, on in self.days.items())
            or any(_differs(known, place, said) for place, said in self.beside.items())
            or self.gives_form
        )

    @property
    def gives_form(self) -> bool:
        """Whether another form is written down than the one on record."""
        standing = self.known.form[1] if self.known and self.known.form else None
        return self.form is not None and self.form != standing


def _day_of(known: KnownCase, place: Place) -> date | None:
    found = known.record_of(place)
    return found[1] if found else None


def _differs(known: KnownCase, place: Place, said: Beside) -> bool:
    standing = known.details.get(place)
    return not said.is_said_by(standing) if standing is not None else said != Beside()


def record_pasts(act: Act, pasts: Sequence[tuple[int, Past]]) -> None:
    """Write histories: (case, what papers show of it), new or corrected."""
    struck: dict[type[StepRecord] | type[StepDetail], list[int]] = {StepRecord: [], StepDetail: []}
    steps: list[tuple[Any, ...]] = []
    details: list[tuple[Any, ...]] = []
    for case, past in pasts:
        known = past.known
        records = {place: row for place in (*past.days, *past.gone) if known and (row := known.record_of(place))}
        changed = [
            (place, on) for place, on in sorted(past.days.items()) if place not in records or records[place][1] != on
        ]
        steps += [(case, *place, on) for place, on in changed]
        fallen = {place for place, _ in changed} | set(past.gone)
        struck[StepRecord] += [row for place, (row, _) in records.items() if place in fallen]
        struck[StepDetail] += [known.details[place].id for place in past.gone if known and place in known.details]
        for place in sorted({*past.days, *past.beside}):
            said, detail = past.beside.get(place, Beside()), known.details.get(place) if known else None
            if detail is None or not said.is_said_by(detail):
                struck[StepDetail] += [detail.id] if detail else []
                details.append(_detail_row(case, place, said.over(detail) if detail else said, detail))
    act.strike(StepRecord, struck[StepRecord])
    act.insert(StepRecord, STEP, steps)
    act.strike(StepDetail, struck[StepDetail])
    act.insert(StepDetail, DETAIL, details)
    _write_forms(act, pasts)
    act.strike(CaseEnd, [past.known.end for _, past in pasts if past.known and past.known.end is not None])


def _detail_row(case: int, place: Place, said: Beside, known: KnownDetail | None) -> tuple[Any, ...]:
    where, people, note, reason, is_late = known.rest if known else ("", "", "", "", False)
    return (
        case, *place, said.outcome, said.document, where, people, note, said.days, said.hours, said.months or 0, reason, is_late,
        True if known is None else known.is_imported,
    )  # fmt: skip


def _write_forms(act: Act, pasts: Sequence[tuple[int, Past]]) -> None:
    changed = [(case, past, past.form) for case, past in pasts if past.gives_form and past.form is not None]
    act.strike(FormUse, [past.known.form[0] for _, past, _ in changed if past.known and past.known.form])
    act.insert(FormUse, FORM, [(case, *form, _given_on(past)) for case, past, form in changed])


def _given_on(past: Past) -> date:
    day = past.days.get((14, 1)) or (_day_of(past.known, (14, 1)) if past.known else None)
    assert day is not None  # a number without the day of step 14 is refused before
    return day


def merged(known: KnownCase | None, past: Past, steps: Mapping[int, date]) -> Iterable[tuple[Place, date, Beside]]:
    """Every record of a case as it will stand, with what is said beside it."""
    days = {(step, 1): on for step, on in steps.items()} | past.days
    if known is not None:
        standing = {(step, 1): row[1] for step, row in known.steps.items()} | {
            p: row[1] for p, row in known.again.items()
        }
        days = {place: on for place, on in standing.items() if place not in past.gone} | days
    for place, on in sorted(days.items()):
        said, detail = past.beside.get(place, Beside()), known.details.get(place) if known else None
        yield place, on, said.over(detail) if detail else said
