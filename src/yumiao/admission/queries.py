"""Open cases as an import compares them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yumiao.admission.models import Case, CaseEnd, StepRecord


@dataclass(slots=True)
class KnownCase:
    """A case without an end; `steps` maps a step to (row id, day)."""

    id: int
    person: int
    steps: dict[int, tuple[int, date]] = field(default_factory=dict)

    def held_on(self, step: int) -> date | None:
        return self.steps[step][1] if step in self.steps else None


def open_cases() -> dict[int, KnownCase]:
    """Cases without an end, by the person's id."""
    ended = set(CaseEnd.objects.alive().values_list("case_id", flat=True))
    cases = {
        case: KnownCase(case, person)
        for case, person in Case.objects.values_list("id", "person_id")
        if case not in ended
    }
    for row, case, step, held_on in (
        StepRecord.objects.alive().filter(occurrence=1).values_list("id", "case_id", "step", "held_on")
    ):
        if case in cases:
            cases[case].steps[step] = (row, held_on)
    # a case without a step was taken back with the import that opened it
    return {case.person: case for case in cases.values() if case.steps}
