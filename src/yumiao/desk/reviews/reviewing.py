"""The use cases of reviews: review a case at a point, draw a sample, give an opinion on a case of another township. Each is one act.

Rules are asked again under the chain's lock; who saw something else than what is there now is told. Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.models import Account
from yumiao.access.permissions import Permission
from yumiao.access.sections import Section
from yumiao.admission.asked import Ground
from yumiao.admission.grant_services import write_grant
from yumiao.admission.history import CaseFile
from yumiao.admission.models import SampledCase
from yumiao.admission.review_rules import (
    APPROVED,
    COUNTY,
    LEVELS,
    RETURNED,
    TOWNSHIP,
    VILLAGE,
    place_objections,
    verdict_objections,
)
from yumiao.admission.review_services import write_findings, write_opinion, write_review
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import Deciding, read_by
from yumiao.desk.reviews.changes import saw
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope, Refused, Stale
from yumiao.oversight.models import Finding
from yumiao.oversight.services import FindingDraft

NEEDS: Final = {
    VILLAGE: Permission.REVIEW_VILLAGE,
    TOWNSHIP: Permission.REVIEW_TOWNSHIP,
    COUNTY: Permission.REVIEW_COUNTY,
}
"""Which right a review of a level takes."""
OPEN_FOR: Final = timedelta(days=15)
PURPOSE: Final = "三级审查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reviewer says: the outcome, the checklist, what he found, a note."""

    outcome: str
    answers: Mapping[str, str]
    note: str = ""
    findings: Sequence[FindingDraft] = ()


def need_of(point: str) -> Permission:
    return NEEDS[LEVELS[point]]


def review(
    case: uuid.UUID, point: str, verdict: Verdict, *, who: Deciding, today: date, ground_for: Callable[[CaseFile], Ground], stood: str,
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Approve a case at a point, or return it with what was found. `stood`: the digest of what the page showed.

    Raises `Refused` with everything against it, `Stale` where the file changed since, `AlreadyDone`.
    """
    with act(Verb.CASE_REVIEWED, actor=who.actor, once=once) as current:
        read = read_by(case)
        ground = ground_for(read.file)
        found = near_objections(who.person, read)
        found += place_objections(read.file, point, ground.terms)
        found += verdict_objections(point, verdict.outcome, verdict.answers, len(verdict.findings), verdict.note)
        if found:
            raise Refused(found)
        now = saw(read, point)
        if now.digest != stood:
            raise Stale([])
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "point": point, "review_outcome": verdict.outcome}
        write_review(
            current, read.around.case, point, outcome=verdict.outcome, on=today, digest=now.digest, seen=now.text,
            answers=verdict.answers, note=verdict.note,
        )  # fmt: skip
        write_findings(
            current, read.around.case, point, verdict.findings, unit=read.around.unit, person=read.around.person,
            source=Finding.Source.REVIEW, on=today,
        )  # fmt: skip


def open_political_review(
    case: uuid.UUID, point: str, account: Account, *, who: Deciding, today: date, ground_for: Callable[[CaseFile], Ground],
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Let the reviewer read the political review for as long as a review takes: dated, with its purpose, on record."""
    with act(Verb.SECTION_GRANTED, actor=who.actor, reason=PURPOSE, once=once) as current:
        read = read_by(case)
        found = near_objections(who.person, read)
        found += place_objections(read.file, point, ground_for(read.file).terms)
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        until = today + OPEN_FOR
        current.data |= {"case": case.hex, "section": Section.POLITICAL_REVIEW.value, "until": until.isoformat()}
        write_grant(
            current, [read.around.case], account=account.pk, section=Section.POLITICAL_REVIEW, purpose=PURPOSE, since=today, until=until,
            by=account.pk,
        )  # fmt: skip


def give_opinion(
    sampled: int, account: int, *, is_sound: bool, text: str, findings: Sequence[FindingDraft], who: Deciding, today: date,
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """What somebody of another township says of a case that was drawn for him. It settles nothing."""
    with act(Verb.PEER_OPINION_GIVEN, actor=who.actor, once=once) as current:
        row = SampledCase.objects.filter(pk=sampled, account=account).select_related("case").first()
        if row is None:
            raise OutOfScope(str(sampled))
        read = read_by(row.case.uid)
        if found := near_objections(who.person, read):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": row.case.uid.hex, "on": today.isoformat()}
        write_opinion(current, sampled, on=today, is_sound=is_sound, text=text)
        write_findings(
            current, read.around.case, "", findings, unit=read.around.unit, person=read.around.person, source=Finding.Source.PEER,
            on=today,
        )  # fmt: skip


__all__ = ["APPROVED", "RETURNED", "Verdict", "give_opinion", "need_of", "open_political_review", "review"]
