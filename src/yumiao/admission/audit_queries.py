"""How old files were found, and what was decided on memberships: reads only. Must not know: pages, scopes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from yumiao.admission.audit_rules import UNPROVEN, WRONG, Ground
from yumiao.admission.models import FileAuditRecord, Recognition
from yumiao.journal.facts import ALIVE
from yumiao.oversight.models import Finding, FindingRecord
from yumiao.people.models import Person


@dataclass(frozen=True, slots=True)
class Latest:
    """The last audit of somebody's file."""

    record: FileAuditRecord

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(self.record.missing.split())

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(self.record.wrong.split())


def with_result(people: QuerySet[Person]) -> QuerySet[Any]:
    """People with `result`, of the last audit of each file; None where it was not looked through."""
    last = FileAuditRecord.objects.filter(struck=ALIVE, audit__person=OuterRef("pk")).order_by("-audited_on", "-pk")
    return people.annotate(result=Subquery(last.values("result")[:1]))


def latest_audits(people: Collection[int]) -> dict[int, Latest]:
    """The last audit of each file, by the person's id."""
    rows = FileAuditRecord.objects.filter(struck=ALIVE, audit__person__in=list(people)).select_related("audit")
    return {row.audit.person_id: Latest(row) for row in rows.order_by("audited_on", "pk")}


def audits_of(person: int) -> list[FileAuditRecord]:
    """Every audit of one file that stands, the last first."""
    rows = FileAuditRecord.objects.filter(struck=ALIVE, audit__person=person).select_related("audit__person")
    return list(rows.order_by("-audited_on", "-pk"))


def findings_of(person: int) -> list[FindingRecord]:
    """What audits found at one person's file."""
    rows = FindingRecord.objects.filter(struck=ALIVE, finding__person=person, finding__source=Finding.Source.AUDIT)
    return list(rows.select_related("finding").order_by("-found_on", "-pk"))


def grounds_of(people: Collection[int]) -> dict[int, Ground]:
    """What each file gives for a decision; a breach of principle counts from whatever source it was found."""
    audits = latest_audits(people)
    grave = FindingRecord.objects.filter(
        struck=ALIVE, grade=FindingRecord.Grade.PRINCIPLE, finding__person__in=list(people)
    )
    broken = set(grave.values_list("finding__person", flat=True))
    found = {}
    for person in people:
        record = audits[person].record if person in audits else None
        found[person] = Ground(
            record.result if record else "", record.audited_on if record else None, is_grave=person in broken
        )
    return found


def to_decide(people: QuerySet[Any]) -> QuerySet[Any]:
    """Of people with `result`, those about whom a decision may be made and was not made yet."""
    grave = FindingRecord.objects.filter(
        struck=ALIVE, grade=FindingRecord.Grade.PRINCIPLE, finding__person=OuterRef("pk")
    )
    decided = Recognition.objects.filter(struck=ALIVE, person=OuterRef("pk"))
    asked = people.filter(result__isnull=False).annotate(is_grave=Exists(grave)).exclude(Exists(decided))
    found: QuerySet[Any] = asked.filter(Q(result__in=(WRONG, UNPROVEN)) | Q(is_grave=True))
    return found


def recognitions_of(person: int) -> list[Recognition]:
    """What was decided on one person's memberships, the last first."""
    return list(Recognition.objects.alive().filter(person=person).order_by("-decided_on", "-pk"))


def together_with(one: Recognition) -> list[Recognition]:
    """Everybody of the same act, in the order in which they were written."""
    rows = Recognition.objects.alive().filter(entered=one.entered).select_related("person")
    return list(rows.order_by(F("pk")))
