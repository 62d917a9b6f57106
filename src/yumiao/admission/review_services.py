"""What writes reviews, draws and opinions. Within an open act; whether it is lawful `review_rules` answered before."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from yumiao.admission.models import CaseFinding, PeerOpinion, Review, SampledCase
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.oversight.models import Sample
from yumiao.oversight.services import FindingDraft, record_finding

REVIEW: Final = ("uid", "case_id", "point", "outcome", "reviewed_on", "digest", "seen", "answers", "note")
SAMPLE: Final = (
    "id", "uid", "unit_id", "kind", "period", "seed", "part", "whole", "population", "population_digest", "drawn_on",
)  # fmt: skip


def write_review(
    act: Act, case: int, point: str, *, outcome: str, on: date, digest: str, seen: str, answers: Mapping[str, str], note: str
) -> uuid.UUID:  # fmt: skip
    """A review, in place of the one that stood at that point. Returns its uid."""
    uid = uuid.uuid4()
    act.strike(Review, Review.objects.alive().filter(case=case, point=point).values_list("pk", flat=True))
    said = json.dumps(answers, sort_keys=True, separators=(",", ":"))
    act.insert(Review, REVIEW, [(uid, case, point, outcome, on, digest, seen, said, note)])
    return uid


def write_findings(
    act: Act, case: int, point: str, drafts: Iterable[FindingDraft], *, unit: int, person: int, source: str, on: date
) -> int:
    """What a review found, tied to the case. Returns how many."""
    rows = [record_finding(act, one, unit=unit, person=person, source=source, found_on=on)[0] for one in drafts]
    ids = new_ids(CaseFinding, len(rows))
    act.insert(
        CaseFinding,
        ("id", "finding_id", "case_id", "point"),
        [(pk, finding, case, point) for pk, finding in zip(ids, rows, strict=True)],
    )
    return len(rows)


def write_sample(
    act: Act, *, unit: int, kind: str, period: str, seed: str, part: int, whole: int, population: int, digest: str, on: date,
    cases: Sequence[tuple[int, int | None]],
) -> uuid.UUID:  # fmt: skip
    """A draw with the cases it fell on, each with who is to look at it where one is. Returns its uid."""
    (pk,), uid = new_ids(Sample, 1), uuid.uuid4()
    act.insert(Sample, SAMPLE, [(pk, uid, unit, kind, period, seed, part, whole, population, digest, on)])
    ids = new_ids(SampledCase, len(cases))
    rows = [(one, pk, case, account) for one, (case, account) in zip(ids, cases, strict=True)]
    act.insert(SampledCase, ("id", "sample_id", "case_id", "account_id"), rows)
    return uid


def write_opinion(act: Act, sampled: int, *, on: date, is_sound: bool, text: str) -> None:
    """What somebody of another township says of a case, in place of what he said before."""
    act.strike(PeerOpinion, PeerOpinion.objects.alive().filter(sampled=sampled).values_list("pk", flat=True))
    act.insert(PeerOpinion, ("sampled_id", "given_on", "is_sound", "text"), [(sampled, on, is_sound, text)])
