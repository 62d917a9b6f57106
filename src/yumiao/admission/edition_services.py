"""Which editions a county has introduced, and introducing one: an act each, or `Refused`. Must not know: who may, pages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.edition_rules import introducing_objections
from yumiao.admission.editions import EDITIONS, FIRST
from yumiao.admission.models import EditionUse
from yumiao.admission.path import Edition
from yumiao.bylaws.queries import paper_by_uid, papers
from yumiao.bylaws.rules import Paper
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import FOREVER

USE: Final = ("since", "until", "kind", "edition", "paper_uid", "reason")
NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Use:
    """Since when, up to but without `until`, new cases begin under an edition, and on which paper."""

    since: date
    until: date
    edition: str
    paper: Paper | None
    reason: str
    entered: int


def uses() -> list[Use]:
    """Every introduction on record, the latest first; two queries."""
    known = {one.uid: one for one in papers()}
    rows = EditionUse.objects.alive().filter(kind=NEW).order_by("-since")
    return [Use(one.since, one.until, one.edition, known.get(one.paper_uid), one.reason, one.entered) for one in rows]


def offered(*, is_demo: bool, editions: Mapping[str, Edition] = EDITIONS) -> Sequence[Edition]:
    """The editions of this release that the installation may introduce: examples in the demo county alone."""
    return [one for one in editions.values() if is_demo or not one.is_example]


def introduced_by(day: date) -> frozenset[str]:
    """The keys of the editions that new cases began under by that day; the first always was."""
    keys = EditionUse.objects.alive().filter(kind=NEW, since__lte=day).values_list("edition", flat=True)
    return frozenset({FIRST, *keys})


def in_use(day: date) -> str:
    """Under which edition new cases begin on a day."""
    return EditionUse.objects.on(day).filter(kind=NEW).values_list("edition", flat=True).first() or FIRST


def introduce(
    edition: Edition, *, since: date, paper: uuid.UUID | None, reason: str, actor: Actor, today: date, is_demo: bool,
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Let new cases begin under an edition from `since` on, up to the next introduction that is already recorded.

    What is under way stays under the edition it began with. Raises `Refused`, `journal.acts.AlreadyDone`.
    """
    reason = scrub(reason.strip())
    with act(Verb.EDITION_INTRODUCED, actor=actor, reason=reason, once=once) as done:
        known = paper_by_uid(paper) if paper is not None else None
        found = introducing_objections(
            since=since, today=today, in_force=edition.since, paper=known, reason=reason, is_example=edition.is_example, is_demo=is_demo,
            in_use=in_use(since) == edition.key,
        )  # fmt: skip
        if found:
            raise Refused(found)
        assert known is not None
        ahead = EditionUse.objects.alive().filter(kind=NEW, until__gt=since).order_by("since").first()
        until = FOREVER if ahead is None else ahead.until if ahead.since <= since else ahead.since
        rows = [(since, until, NEW, edition.key, known.uid, reason)]
        if ahead is not None and ahead.since <= since:
            done.strike(EditionUse, [ahead.pk])
            if ahead.since < since:
                rows.insert(0, (ahead.since, since, NEW, ahead.edition, ahead.paper_uid, ahead.reason))
        done.insert(EditionUse, USE, rows)
        done.data |= {"edition": edition.key, "since": since, "paper": known.number}
