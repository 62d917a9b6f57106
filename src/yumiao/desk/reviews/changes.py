"""What a review saw compared with what is there now: 需复审 is found by comparing, never stored. Must not know: requests, pages."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_file import Read
from yumiao.admission.gate_rules import changed_objection, points_asked
from yumiao.admission.gates import review_at
from yumiao.admission.models import Review
from yumiao.admission.paper_queries import Paper, papers_of
from yumiao.admission.seen import Change, SeenPaper, changes, digest_of, label_of, read_back, seen, written
from yumiao.kernel.objections import Objection, Severity
from yumiao.vault.cells import Fingerprint


@dataclass(frozen=True, slots=True)
class Saw:
    """What there is to see at a point now: every item, as it is kept, and one digest over all."""

    items: dict[str, str]
    digest: str

    @property
    def text(self) -> str:
        return written(self.items)


def keyed_digest(text: str) -> str:
    """A digest that nobody without the county's keys can make."""
    found = Fingerprint()
    found.update(text.encode())
    return found.hexdigest()[:32]


def saw(read: Read, point: str, papers: list[Paper] | None = None) -> Saw:
    """What there is to see; two queries for the papers where they are not given."""
    there = papers_of(read.around.case) if papers is None else papers
    items = seen(read.file, [_paper(one) for one in there], point, keyed_digest)
    return Saw(items, digest_of(items, keyed_digest))


def _paper(one: Paper) -> SeenPaper:
    checked = json.dumps(asdict(one.checked), default=str, sort_keys=True, ensure_ascii=False)
    return SeenPaper(one.uid.hex, one.slot, one.step, one.scan_uid.hex, checked)


def changes_since(review: Review, now: Saw) -> list[Change]:
    """Item by item what is not as that review saw it."""
    return changes(read_back(review.seen), now.items) if review.digest != now.digest else []


def said_of(found: list[Change], read: Read) -> list[tuple[str, str]]:
    """(item, how it differs) in words."""
    return [(label_of(one.key, read.file.path), one.kind.label) for one in found]


def changed_objections(read: Read, asked: Asked, ground: Ground) -> list[Objection]:
    """That what an approval saw is not as it was, for the steps that wait for one; no query for the others. Of a late entry it warns."""
    points = points_asked(read.file, asked.step, ground)
    approved = [one for point in points if (one := review_at(read.file.reviews, point)) is not None and one.is_approved]
    if not approved:
        return []
    papers = papers_of(read.around.case)
    found = [changed_objection(one) for one in approved if saw(read, one.point, papers).digest != one.digest]
    if ground.today - asked.on > timedelta(days=ground.terms.late_days):
        return [replace(one, severity=Severity.WARN) for one in found]
    return found
