"""What writes admission cases. Within an open act; it must not know where the dates came from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yumiao.admission.models import Case, CaseEnd, CaseRest, LateEntry, StepRecord
from yumiao.admission.queries import KnownCase
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

CASE = ("id", "uid", "person_id", "origin")
STEP = ("case_id", "step", "occurrence", "held_on")
END = ("case_id", "ended_on", "how")
REST = ("since", "until", "case_id", "counts", "reason")
BLOCK = 900


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case that papers show: the person and the days on which steps were held."""

    person: int
    steps: Mapping[int, date]


def record_cases(
    act: Act, *, new: Sequence[CaseDraft], corrected: Sequence[tuple[KnownCase, Mapping[int, date]]]
) -> list[int]:
    """Open imported cases with their steps, and correct days of known ones. Returns the ids of the new cases in order."""
    ids = new_ids(Case, len(new))
    act.insert(
        Case, CASE, [(i, uuid.uuid4(), draft.person, Case.Origin.IMPORTED) for i, draft in zip(ids, new, strict=True)]
    )
    rows = [(i, step, 1, on) for i, draft in zip(ids, new, strict=True) for step, on in sorted(draft.steps.items())]
    changed = [
        (case, step, on) for case, steps in corrected for step, on in sorted(steps.items()) if case.held_on(step) != on
    ]
    act.strike(StepRecord, [case.steps[step][0] for case, step, _ in changed if step in case.steps])
    act.insert(StepRecord, STEP, rows + [(case.id, step, 1, on) for case, step, on in changed])
    return ids


def end_cases(act: Act, ends: Iterable[tuple[int, date, str]]) -> None:
    """Close cases: (case id, day, how of `CaseEnd.How`). A rest ends with its case; late entries that wait are taken back."""
    rows = list(ends)
    act.insert(CaseEnd, END, rows)
    days = {case: on for case, on, _how in rows}
    for block in _blocks(list(days)):
        waiting = LateEntry.objects.alive().filter(case__in=block).values_list("pk", flat=True)
        act.strike(LateEntry, list(waiting))
        resting = [one for one in CaseRest.objects.open().filter(case__in=block) if one.since <= days[one.case_id]]
        act.strike(CaseRest, [one.pk for one in resting])
        ended = [(one.since, days[one.case_id], one.case_id, one.counts, one.reason) for one in resting]
        act.insert(CaseRest, REST, [row for row in ended if row[0] < row[1]])


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many as SQLite takes in one statement."""
    return (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
