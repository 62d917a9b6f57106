"""The rows of 届期一览 and 任职名册 for one reader, whole and in the order of the tree; pages and exports take what they need.

Terms and posts of a scope are read once for the head of the chain. Must not know: HTML, requests.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.posts.asked import STRUCTURE, Held, PostsAsked, TermsAsked
from yumiao.journal.memory import remembered
from yumiao.kernel.objections import Objection, OutOfScope
from yumiao.kernel.periods import add_months
from yumiao.ledger.lines import Counts
from yumiao.ledger.memory import sums_of
from yumiao.people.models import PersonRecord
from yumiao.posts.judging import structure_hints
from yumiao.posts.queries import KnownPost, KnownTerm, all_posts, lapsed, open_posts, open_terms, titles_by_unit
from yumiao.posts.rules import AHEAD, TermState, Title, term_years
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class TermRow:
    """A unit that holds terms, the running one if it is recorded, and what the numbers of a branch advise."""

    unit: UnitOnDay
    township: str
    term: KnownTerm | None
    state: TermState
    hints: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its unit; `lapsed` says why the holder may no longer hold it, empty where he may."""

    post: KnownPost
    unit: UnitOnDay
    township: str
    lapsed: str


def term_rows(reader: Reader, asked: TermsAsked) -> list[TermRow]:
    """Every unit of the reader's that holds terms and is asked for."""
    unit = unit_asked(reader, asked.unit, Permission.UNIT_READ)
    rows = remembered(
        "term_rows",
        reader.head,
        reader.today,
        reader.scope(Permission.UNIT_READ).roots,
        reader.scope(Permission.LEDGER_READ).roots,
        make=lambda: _all_term_rows(reader),
    )
    within = [one for one in rows if unit is None or unit.subtree.covers(one.unit.path)]
    if asked.state == STRUCTURE:
        return [one for one in within if one.hints]
    return [one for one in within if asked.state in ("", one.state)]


def _all_term_rows(reader: Reader) -> list[TermRow]:
    scope, counted = reader.scope(Permission.UNIT_READ), reader.scope(Permission.LEDGER_READ)
    terms, titles = open_terms(scope), titles_by_unit(open_posts(scope))
    sums = sums_of(reader.today, reader.head) if counted.roots else {}
    found = []
    for unit in sorted(reader.tree, key=lambda one: one.path):
        if not scope.covers(unit.path) or term_years(unit.kind.label) is None:
            continue
        term = terms.get(unit.id)
        counts = sums.get(unit.path, Counts()) if counted.covers(unit.path) else Counts()
        hints = hints_of(unit, counts, titles.get(unit.id, []))
        found.append(TermRow(unit, _township(reader, unit), term, state_of(term, reader.today), hints))
    return found


def state_of(term: KnownTerm | None, day: date) -> TermState:
    return TermState.UNRECORDED if term is None else term.state(day)


def hints_of(unit: UnitOnDay, counts: Counts, titles: Sequence[Title]) -> tuple[Objection, ...]:
    return tuple(
        structure_hints(kind=unit.kind.label, members=counts.members, full_members=counts.full_members, titles=titles)
    )


def post_rows(reader: Reader, asked: PostsAsked) -> list[PostRow]:
    """Every post of the reader's units that is asked for; at most three queries, one more to look for a name."""
    unit = unit_asked(reader, asked.unit, Permission.PERSON_READ)
    posts, gone = remembered(
        "posts",
        reader.head,
        reader.today,
        reader.scope(Permission.PERSON_READ).roots,
        make=lambda: _read_posts(reader),
    )
    named = _called(asked.q, posts) if asked.q else None
    found = []
    for post in posts:
        at = reader.tree.by_id.get(post.unit)
        if at is None or (unit is not None and not unit.subtree.covers(at.path)):
            continue
        if asked.title not in (None, post.title) or (named is not None and post.person not in named):
            continue
        if _is_asked(post, asked.held, gone, reader.today):
            found.append(PostRow(post, at, _township(reader, at), gone.get(post.uid, "")))
    return sorted(found, key=lambda row: row.unit.path)


def _read_posts(reader: Reader) -> tuple[list[KnownPost], dict[uuid.UUID, str]]:
    posts = all_posts(reader.scope(Permission.PERSON_READ))
    return posts, lapsed(posts, reader.today)


def _called(q: str, posts: Sequence[KnownPost]) -> set[int]:
    rows = PersonRecord.objects.open().filter(person__in={one.person for one in posts}, name__contains=q)
    return set(rows.values_list("person_id", flat=True))


def _is_asked(post: KnownPost, held: Held, gone: dict[uuid.UUID, str], day: date) -> bool:
    match held:
        case Held.ENDED:
            return not post.is_open
        case Held.LAPSED:
            return post.uid in gone
        case Held.SOON:
            return is_due(post, day)
    return post.is_open


def is_due(post: KnownPost, day: date) -> bool:
    """Whether what somebody was sent for is over or ends within the months ahead."""
    return post.is_open and post.due_on is not None and day >= add_months(post.due_on, -AHEAD)


def unit_asked(reader: Reader, code: str, need: Permission) -> UnitOnDay | None:
    """The unit a list is narrowed to; `OutOfScope` for one that has nothing in common with the reader's scope."""
    if not code:
        return None
    unit = reader.tree.by_code.get(code)
    roots = reader.scope(need).roots
    if unit is None or not any(root.covers(unit.path) or unit.subtree.covers(root.lo) for root in roots):
        raise OutOfScope("没有找到这个组织，或不在您的管理范围内。")
    return unit


def _township(reader: Reader, unit: UnitOnDay) -> str:
    above = reader.tree.by_id.get(unit.township or 0)
    return above.name if above is not None and above.id != unit.id else ""
