"""Cases that wait for the same thing, and who stands beside how many people. Reads only."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yumiao.admission.models import Case, CaseEnd, StepRecord
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.models import Person, PersonRecord, Tie

KINDS = (Tie.Kind.CONTACT, Tie.Kind.INTRODUCER)


def _held(step: int, case: str = "pk") -> Exists:
    return Exists(StepRecord.objects.filter(case=OuterRef(case), step=step, struck=ALIVE))


def open_cases(scope: Scope) -> QuerySet[Case]:
    """Cases without an end of the people within a scope."""
    ended = Exists(CaseEnd.objects.filter(case=OuterRef("pk"), struck=ALIVE))
    return Case.objects.filter(~ended, person__in=Person.objects.visible_to(scope).values("pk"))


def waiting_for(scope: Scope, *, having: Collection[int], lacking: Collection[int]) -> list[int]:
    """Cases within a scope that hold these steps and none of those."""
    found = open_cases(scope)
    for step in having:
        found = found.filter(_held(step))
    for step in lacking:
        found = found.filter(~_held(step))
    return list(found.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Tending:
    """Somebody stands beside somebody whose case goes on."""

    other: int
    kind: str
    person: int
    since: date


def tending(scope: Scope) -> list[Tending]:
    """Who stands beside whom of the people within a scope whose case is open; one query."""
    return _tending(Tie.objects.filter(person__in=open_cases(scope).values("person")))


def loads_of(people: Collection[int], *, without: int) -> dict[int, int]:
    """How many people with an open case each of these is contact of, in the whole county and one person apart; one query."""
    cases = Case.objects.filter(~Exists(CaseEnd.objects.filter(case=OuterRef("pk"), struck=ALIVE)))
    rows = Tie.objects.filter(other__in=people, kind=Tie.Kind.CONTACT, person__in=cases.values("person"))
    found: dict[int, set[int]] = defaultdict(set)
    for one in _tending(rows.exclude(person=without)):
        found[one.other].add(one.person)
    return {person: len(some) for person, some in found.items()}


def _tending(rows: QuerySet[Tie]) -> list[Tending]:
    standing = rows.filter(struck=ALIVE, until=FOREVER, kind__in=KINDS, other__isnull=False).order_by(
        "other", "kind", "since", "pk"
    )
    return [Tending(*values) for values in standing.values_list("other_id", "kind", "person_id", "since")]


def names_of(people: Collection[int]) -> dict[int, tuple[str, uuid.UUID]]:
    """Name and uid of people as they stand; one query."""
    rows = PersonRecord.objects.open().filter(person__in=people)
    return {pk: (name, uid) for pk, name, uid in rows.values_list("person_id", "name", "person__uid")}


def case_uids(people: Collection[int]) -> dict[int, uuid.UUID]:
    """The latest case without an end of each of these people; one query."""
    ended = Exists(CaseEnd.objects.filter(case=OuterRef("pk"), struck=ALIVE))
    rows = Case.objects.filter(~ended, person__in=people).order_by("pk")
    return dict(rows.values_list("person_id", "uid"))
