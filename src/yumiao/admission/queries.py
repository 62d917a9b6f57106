"""Open cases as an import compares them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from yumiao.admission.models import Case, CaseEnd, FormUse, StepDetail, StepRecord

Place = tuple[int, int]
"""A step and which time it is held."""

_DETAIL: Final = (
    "outcome", "document", "place", "people", "note", "days", "hours", "months", "reason", "is_late", "is_imported",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownDetail:
    """What is said of a step beside its day, with its row; `rest` is what no sheet speaks of."""

    id: int
    outcome: str
    document: str
    days: int | None
    hours: Decimal | None
    months: int
    is_imported: bool
    rest: tuple[Any, ...]


@dataclass(slots=True)
class KnownCase:
    """A case without an end; `steps` maps a step to (row id, day), `again` those held more than once to the same.

    `end` is the row that ended it, where an import did because the person came to be a member.
    """

    id: int
    person: int
    steps: dict[int, tuple[int, date]] = field(default_factory=dict)
    again: dict[Place, tuple[int, date]] = field(default_factory=dict)
    details: dict[Place, KnownDetail] = field(default_factory=dict)
    is_entered: bool = False
    form: tuple[int, tuple[str, int]] | None = None
    end: int | None = None

    def held_on(self, step: int) -> date | None:
        return self.steps[step][1] if step in self.steps else None

    def record_of(self, place: Place) -> tuple[int, date] | None:
        """Row and day of a step held that time."""
        step, occurrence = place
        return self.steps.get(step) if occurrence == 1 else self.again.get(place)

    def places_of(self, step: int) -> list[Place]:
        """Every time a step was held, the first before the others."""
        first = [(step, 1)] if step in self.steps else []
        return first + sorted(place for place in self.again if place[0] == step)

    @property
    def is_own(self) -> bool:
        """Whether anything of it was recorded in the system: then the dossier is where it goes on."""
        return self.is_entered or any(not one.is_imported for one in self.details.values())


def open_cases() -> dict[int, KnownCase]:
    """Cases without an end, by the person's id."""
    ended = set(CaseEnd.objects.alive().values_list("case_id", flat=True))
    rows = Case.objects.order_by("pk").values_list("id", "person_id", "origin")
    cases = {
        case: KnownCase(case, person, is_entered=origin == Case.Origin.ENTERED)
        for case, person, origin in rows
        if case not in ended
    }
    return _filled(cases)


def admitted_cases() -> dict[int, KnownCase]:
    """The last case of everybody that ended because they were found among the members, by the person's id; four statements."""
    ends = CaseEnd.objects.alive().filter(how=CaseEnd.How.ADMITTED)
    cases = {
        case: KnownCase(case, person, is_entered=origin == Case.Origin.ENTERED, end=end)
        for end, case, person, origin in ends.order_by("case_id").values_list(
            "id", "case_id", "case__person_id", "case__origin"
        )
    }
    return _filled(cases)


def _filled(cases: dict[int, KnownCase]) -> dict[int, KnownCase]:
    """With their records; without those of which nothing is on record."""
    records = StepRecord.objects.alive().values_list("id", "case_id", "step", "occurrence", "held_on")
    for row, case, step, occurrence, held_on in records:
        if (known := cases.get(case)) is None:
            continue
        if occurrence == 1:
            known.steps[step] = (row, held_on)
        else:
            known.again[step, occurrence] = (row, held_on)
    for row, case, step, occurrence, *said in StepDetail.objects.alive().values_list(
        "id", "case_id", "step", "occurrence", *_DETAIL
    ):
        if case in cases:
            cases[case].details[step, occurrence] = _detail(row, said)
    for row, case, prefix, number in FormUse.objects.alive().values_list("id", "case_id", "prefix", "number"):
        if case in cases:
            cases[case].form = (row, (prefix, number))
    # a case without a step was taken back with the import that opened it
    return {case.person: case for case in cases.values() if case.steps}


def _detail(row: int, said: list[Any]) -> KnownDetail:
    outcome, document, place, people, note, days, hours, months, reason, is_late, is_imported = said
    rest = (place, people, note, reason, is_late)
    return KnownDetail(row, outcome, document, days, hours, months, is_imported, rest)


def forms_in_use() -> dict[tuple[str, int], int]:
    """The case of every admission form given out, by its number."""
    rows = FormUse.objects.alive().values_list("prefix", "number", "case_id")
    return {(prefix, number): case for prefix, number, case in rows}
