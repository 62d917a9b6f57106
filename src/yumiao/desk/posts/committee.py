"""A unit's committee as its page shows it: the running term, who holds what, what is vacant or lapsed, and what was. Must not know: HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.posts.faces import Face, faces
from yumiao.desk.posts.lists import hints_of, state_of
from yumiao.journal.memory import remembered
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Objection
from yumiao.ledger.lines import Counts
from yumiao.ledger.memory import sums_of
from yumiao.posts.queries import KnownPost, KnownTerm, lapsed, last_act, posts_of, terms_of
from yumiao.posts.rules import COMMITTEE_FROM, COMMITTEE_ONLY, TermState, Title, term_years
from yumiao.posts.services import UNDOABLE
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Form


@dataclass(frozen=True, slots=True)
class Holder:
    """A post with the name of who holds it; `lapsed` says why he may no longer."""

    post: KnownPost
    face: Face
    lapsed: str


@dataclass(frozen=True, slots=True)
class Committee:
    """`vacant`: titles that ought to be held and are not. `last`: the act that may be taken back next."""

    unit: UnitOnDay
    years: int | None
    terms: tuple[KnownTerm, ...]
    state: TermState
    now: tuple[Holder, ...]
    past: tuple[Holder, ...]
    vacant: tuple[str, ...]
    hints: tuple[Objection, ...]
    last: Entry | None

    @property
    def term(self) -> KnownTerm | None:
        return next((one for one in self.terms if one.is_open), None)


def committee(unit: UnitOnDay, reader: Reader) -> Committee:
    """From memory, or made once per entry of the record by seven queries, whatever was held."""
    roots = (reader.scope(Permission.PERSON_READ).roots, reader.scope(Permission.LEDGER_READ).roots)
    return remembered("committee", reader.head, reader.today, unit.id, *roots, make=lambda: _committee(unit, reader))


def _committee(unit: UnitOnDay, reader: Reader) -> Committee:
    posts, terms = posts_of(unit.id), terms_of(unit.id)
    names, gone = faces((one.person for one in posts), reader), lapsed(posts, reader.today)
    holders = [Holder(one, names[one.person], gone.get(one.uid, "")) for one in posts]
    now = tuple(one for one in holders if one.post.is_open)
    past = sorted((one for one in holders if not one.post.is_open), key=lambda one: one.post.until, reverse=True)
    counts = _counts(unit, reader)
    titles = [one.post.title for one in now]
    open_term = next((one for one in terms if one.is_open), None)
    return Committee(
        unit,
        term_years(unit.kind.label),
        tuple(reversed(terms)),
        state_of(open_term, reader.today),
        now,
        tuple(past),
        tuple(_vacant(unit, counts, titles)) if posts or terms else (),
        hints_of(unit, counts, titles),
        last_act(unit.uid, UNDOABLE),
    )


def _counts(unit: UnitOnDay, reader: Reader) -> Counts:
    if not reader.scope(Permission.LEDGER_READ).covers(unit.path):
        return Counts()
    return sums_of(reader.today, reader.head).get(unit.path, Counts())


def _vacant(unit: UnitOnDay, counts: Counts, titles: Sequence[Title]) -> list[str]:
    """The secretary, and of a branch that has a committee, organisation, publicity and discipline."""
    if unit.kind.form is Form.GROUP:
        return [] if Title.GROUP_HEAD in titles else [Title.GROUP_HEAD.label]
    wanted = [Title.SECRETARY]
    has_committee = unit.kind.form is not Form.BRANCH or counts.full_members >= COMMITTEE_FROM
    if has_committee and any(one in COMMITTEE_ONLY for one in titles):
        wanted += [Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE]
    return [_(one.label) for one in wanted if one not in titles]
