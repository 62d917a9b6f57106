"""The history of a case: every record that stood, also what was taken back, each beside what was submitted anew; by which entries.

Must not know: who may open it.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.admission.history import Held
from yumiao.admission.models import CaseReturn, StepDetail, StepRecord
from yumiao.admission.path import Edition, Outcome, Step
from yumiao.desk.dossier.page import said_of
from yumiao.desk.dossier.seeing import Seen, seen
from yumiao.desk.refusals import keep_pace
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.journal.readings import What, record_reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed
from yumiao.kernel.periods import on_paper

P = Permission
VERBS = (
    Verb.CASE_OPENED, Verb.STEP_RECORDED, Verb.STEP_PROPOSED, Verb.STEP_CONFIRMED, Verb.STEP_REFUSED, Verb.CASE_RETURNED, Verb.CASE_RESTED,
    Verb.CASE_RESUMED, Verb.EXEMPTION_GRANTED, Verb.EXEMPTION_WITHDRAWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A step as it was on record from entry `entered` on; `struck`: the entry that took it back, None of what stands."""

    held: Held
    entered: int
    struck: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """The versions of one step, the first first; `differences`: (item, before, after) between the last two, where there are two."""

    step: Step
    occurrence: int
    versions: tuple[Version, ...]
    differences: list[tuple[str, str, str]]

    @property
    def was_changed(self) -> bool:
        return len(self.versions) > 1


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry about the case."""

    seq: int
    at: datetime
    verb: str
    by: str
    reason: str
    step: str


def versions_of(case: int, path: Edition) -> list[Told]:
    """Every step that was ever on record, in the order of the path; two queries."""
    details: dict[tuple[int, int, int], StepDetail] = {}
    for row in StepDetail.objects.filter(case=case):
        details[row.step, row.occurrence, row.entered] = row
    found: dict[tuple[int, int], list[Version]] = defaultdict(list)
    for record in StepRecord.objects.filter(case=case).order_by("step", "occurrence", "entered"):
        said = details.get((record.step, record.occurrence, record.entered))
        struck = None if record.struck == ALIVE else record.struck
        found[record.step, record.occurrence].append(Version(_held(record, said), record.entered, struck))
    return [
        Told(path.by_number[step], occurrence, tuple(versions), differences(versions, path.by_number[step]))
        for (step, occurrence), versions in sorted(found.items())
        if step in path.by_number
    ]


def _held(record: StepRecord, said: StepDetail | None) -> Held:
    held = Held(step=record.step, on=record.held_on, occurrence=record.occurrence, record=record.pk)
    if said is None:
        return held
    return replace(
        held, outcome=Outcome(said.outcome) if said.outcome else None, document=said.document, place=said.place, people=said.people,
        note=said.note, days=said.days, hours=said.hours, months=said.months, reason=said.reason, is_late=said.is_late,
        is_imported=said.is_imported,
    )  # fmt: skip


def differences(versions: Iterable[Version], step: Step) -> list[tuple[str, str, str]]:
    """Between the last two versions of a step: each item of either, before and after."""
    last = list(versions)[-2:]
    if len(last) < 2:
        return []
    before, after = (dict(said_of(one.held, step)) for one in last)
    labels = [*before, *(label for label in after if label not in before)]
    return [(label, before.get(label, ""), after.get(label, "")) for label in labels]


def entries_about(person: uuid.UUID, case: uuid.UUID, path: Edition) -> list[Happened]:
    """The entries that concern a case, the latest first; one query."""
    rows = Entry.objects.filter(subject=person, verb__in=VERBS, data__contains=case.hex).order_by("-seq")
    return [
        Happened(one.seq, one.at, Verb(one.verb).label, one.actor_label, one.reason, _step_said(one.data, path))
        for one in rows
    ]


def _step_said(data: str, path: Edition) -> str:
    step = json.loads(data).get("step")
    return path.by_number[step].label if step in path.by_number else ""


@door(P.PERSON_READ)
def case_history(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Everything that was ever on record of a case."""
    keep_pace(request)
    found = seen(request, uid, P.PERSON_READ)
    if found.is_own:
        raise NotAllowed(_("这是您本人的档案，办理记录由党组织掌握。"))
    around = found.read.around
    actor = request.reader.acting(P.PERSON_READ, found.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=around.person_uid, count=1)
    return render(request, "desk/dossier/history.html", _values(request, found))


def _values(request: Request, found: Seen) -> Mapping[str, Any]:
    around, path = found.read.around, found.read.file.path
    reasons: list[tuple[date, str, str, str, int]] = [
        (one.returned_on, path.by_number[one.step].label, str(CaseReturn.Why(one.why).label), one.reason, one.entered)
        for one in CaseReturn.objects.alive().filter(case=around.case).order_by("-entered")
    ]
    return {
        "seen": found,
        "told": [
            (one, [(version, said_of(version.held, one.step)) for version in one.versions])
            for one in versions_of(around.case, path)
        ],
        "returns": reasons,
        "rests": [
            (on_paper(one.since), on_paper(one.until) if one.until else "", one.counts, one.reason)
            for one in found.read.file.rests
        ],
        "entries": entries_about(around.person_uid, around.uid, path),
        "may_entry": request.reader.may(P.JOURNAL_READ),
    }
