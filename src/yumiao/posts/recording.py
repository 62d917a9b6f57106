"""Many terms and posts at once, as a county brings them in: written within an open act, without asking the rules of an election.

Must not know: where they come from. Whoever reads them in has checked them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yumiao.journal.acts import Act
from yumiao.kernel.periods import FOREVER
from yumiao.posts.models import Post, Term
from yumiao.posts.rules import How, Title
from yumiao.posts.services import POST, TERM


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A running term of a unit."""

    unit: int
    elected_on: date
    due_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class PostDraft:
    """Somebody in a post, open unless `until` says when it ended."""

    unit: int
    person: int
    title: Title
    how: How
    since: date
    until: date = FOREVER
    due_on: date | None = None
    sending_unit: str = ""
    document: str = ""
    ended_why: str = ""


def record_terms(act: Act, drafts: Iterable[TermDraft]) -> None:
    """Write running terms."""
    rows = [(d.elected_on, FOREVER, uuid.uuid4(), d.unit, d.due_on, None, d.document, "") for d in drafts]
    act.insert(Term, TERM, rows)


def record_posts(act: Act, drafts: Iterable[PostDraft], *, instead_of: Iterable[int] = ()) -> None:
    """Write posts, striking the rows they correct."""
    act.strike(Post, instead_of)
    rows = [
        (
            d.since, d.until, uuid.uuid4(), d.unit, d.person, d.title, d.how, d.sending_unit, d.due_on, d.document,
            d.ended_why,
        )
        for d in drafts
    ]  # fmt: skip
    act.insert(Post, POST, rows)
