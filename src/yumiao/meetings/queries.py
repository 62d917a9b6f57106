"""Ballots with their results, for pages and for the steps that rest on them. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from yumiao.journal.facts import ALIVE
from yumiao.meetings.models import Ballot
from yumiao.meetings.rules import Count, Measure, Result, measure_of, result_of, said_of

COUNTS = ("due", "present", "yes", "no", "abstain", "spoilt", "written_yes", "written_no", "written_abstain")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVote:
    """A motion about somebody with its count as it stands."""

    motion: int
    uid: uuid.UUID
    meeting: uuid.UUID
    unit: int
    meeting_kind: str
    kind: str
    person: int | None
    on: date
    count: Count
    decision: str
    months: int

    @property
    def measure(self) -> Measure:
        return measure_of(self.kind, self.meeting_kind)

    @property
    def result(self) -> Result:
        return result_of(self.measure, self.count)

    @property
    def said(self) -> str:
        return said_of(self.measure, self.count)


def votes_about(people: Collection[int]) -> list[KnownVote]:
    """Every motion about these people that has a count, the latest meeting first; one query."""
    rows = (
        Ballot.objects.alive()
        .filter(motion__person__in=people, motion__meeting__records__struck=ALIVE)
        .order_by("-motion__meeting__records__held_on", "motion__position")
        .values_list(
            "motion_id", "motion__uid", "motion__meeting__uid", "motion__meeting__unit_id", "motion__meeting__kind", "motion__kind",
            "motion__person_id", "motion__meeting__records__held_on", "decision", "months", *COUNTS,
        )
    )  # fmt: skip
    found = []
    for motion, uid, meeting, unit, meeting_kind, kind, person, on, decision, months, *counts in rows:
        count = Count(**dict(zip(COUNTS, counts, strict=True)))
        found.append(
            KnownVote(
                motion=motion, uid=uid, meeting=meeting, unit=unit, meeting_kind=meeting_kind, kind=kind, person=person, on=on,
                count=count, decision=decision, months=months,
            )
        )  # fmt: skip
    return found
