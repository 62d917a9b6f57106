"""Terms and posts of any day, and what is known of whoever shall hold one. Reads only; a list takes one statement for each of its parts."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yumiao.journal.models import Entry
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Range, Scope
from yumiao.people.models import Belonging, Membership, MembershipState, PersonRecord
from yumiao.people.status import OUT_OF_STOCK
from yumiao.posts.judging import Candidate
from yumiao.posts.models import Post, Term
from yumiao.posts.rules import PLACES, How, TermState, Title, term_state
from yumiao.units.models import Placement

_TERM = ("uid", "unit_id", "since", "until", "due_on", "postponed_to", "document", "postponed_by", "id", "entered")
_POST = (
    "uid", "unit_id", "person_id", "title", "how", "since", "until", "due_on", "sending_unit", "document", "ended_why",
    "id", "entered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term as it stands; `id` is the row to strike."""

    uid: uuid.UUID
    unit: int
    since: date
    until: date
    due_on: date
    postponed_to: date | None
    document: str
    postponed_by: str
    id: int
    entered: int

    @property
    def ends_on(self) -> date:
        """The day that counts."""
        return self.postponed_to or self.due_on

    @property
    def is_open(self) -> bool:
        return self.until == FOREVER

    def state(self, day: date) -> TermState:
        return term_state(self.ends_on, day)


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post as it stands; `id` is the row to strike. `due_on` is None where the term of the unit says it."""

    uid: uuid.UUID
    unit: int
    person: int
    title: Title
    how: How
    since: date
    until: date
    due_on: date | None
    sending_unit: str
    document: str
    ended_why: str
    id: int
    entered: int

    @property
    def is_open(self) -> bool:
        return self.until == FOREVER

    @property
    def ended_on(self) -> date | None:
        return None if self.is_open else self.until


def _terms(rows: QuerySet[Term]) -> list[KnownTerm]:
    return [KnownTerm(*row) for row in rows.order_by("unit", "since").values_list(*_TERM)]


def _posts(rows: QuerySet[Post]) -> list[KnownPost]:
    found = []
    for uid, unit, person, title, how, *rest in rows.values_list(*_POST):
        found.append(KnownPost(uid, unit, person, Title(title), How(how), *rest))
    return sorted(found, key=lambda one: (one.unit, PLACES[one.title], one.since, one.person))


def terms_of(unit: int) -> list[KnownTerm]:
    """Every term of a unit, the first one first."""
    return _terms(Term.objects.alive().filter(unit=unit))


def open_terms(within: Scope | None = None) -> dict[int, KnownTerm]:
    """The running term of each unit that has one, by the unit's id; of a scope only, where one is given."""
    rows = Term.objects.open()
    if within is not None:
        rows = rows.filter(_placed(within.roots, within.day))
    return {one.unit: one for one in _terms(rows)}


def posts_of(unit: int) -> list[KnownPost]:
    """Every post at a unit, those that ended too, by title."""
    return _posts(Post.objects.alive().filter(unit=unit))


def posts_of_person(person: int) -> list[KnownPost]:
    return _posts(Post.objects.alive().filter(person=person))


def open_posts(within: Scope | None = None) -> list[KnownPost]:
    """Whoever holds a title now; of a scope only, where one is given."""
    rows = Post.objects.open()
    return _posts(rows if within is None else rows.filter(_placed(within.roots, within.day)))


def every_post() -> list[KnownPost]:
    """Every post of the county, ended ones too."""
    return _posts(Post.objects.alive())


def all_posts(within: Scope) -> list[KnownPost]:
    """Every post within a scope, ended ones too."""
    return _posts(Post.objects.alive().filter(_placed(within.roots, within.day)))


def post_by_uid(uid: uuid.UUID) -> KnownPost | None:
    found = _posts(Post.objects.alive().filter(uid=uid))
    return found[0] if found else None


def _placed(roots: Iterable[Range], day: date) -> Q:
    """Rows of units that stand within one of the subtrees on the day."""
    within = Q(pk__in=[])
    for root in roots:
        within |= Q(path__gte=root.lo, path__lt=root.hi)
    return Q(unit__in=Placement.objects.on(day).filter(within).values("unit"))


def full_members_on(within: Range, day: date) -> list[int]:
    """Ids of the full members who stand in a subtree of today on the day, without 停止党籍 and those who had left the county."""
    out = MembershipState.objects.on(day).filter(state__in=OUT_OF_STOCK).values("person")
    standing = Belonging.objects.on(day).filter(_within(within)).values("person")
    rows = Membership.objects.alive().filter(person__in=standing, full_member_on__lte=day, ended_on__gt=day)
    return sorted(set(rows.exclude(person__in=out).values_list("person_id", flat=True)))


def _within(subtree: Range) -> Q:
    placed = Placement.objects.open().filter(path__gte=subtree.lo, path__lt=subtree.hi)
    return Q(unit__in=placed.values("unit"))


def candidates(wanted: Collection[tuple[Title, int]], *, within: Range, day: date) -> list[Candidate]:
    """What the rules look at, of each (title, person), for a unit with that subtree of today."""
    people = {person for _title, person in wanted}
    names = dict(PersonRecord.objects.open().filter(person__in=people).values_list("person_id", "name"))
    full = _full_since(people, day)
    under = MembershipState.objects.on(day).filter(person__in=people, state=MembershipState.State.INNER_PROBATION)
    on_probation = set(under.values_list("person_id", flat=True))
    here = set(Belonging.objects.on(day).filter(_within(within), person__in=people).values_list("person_id", flat=True))
    return [
        Candidate(title, person, names[person], full.get(person), person in on_probation, person in here)
        for title, person in wanted
    ]


def _full_since(people: Collection[int], day: date) -> dict[int, date]:
    rows = Membership.objects.alive().filter(person__in=people, full_member_on__lte=day, ended_on__gt=day)
    return dict(rows.values_list("person_id", "full_member_on"))


def lapsed(posts: Iterable[KnownPost], day: date) -> dict[uuid.UUID, str]:
    """Posts whose holder may no longer hold them, with the reason: POS-05 shows them, nobody ends them but by an act. Two queries."""
    standing = [one for one in posts if one.is_open and one.title is not Title.RESIDENT]
    people = {one.person for one in standing}
    if not people:
        return {}
    members = _full_since(people, day)
    under = MembershipState.objects.on(day).filter(person__in=people, state=MembershipState.State.INNER_PROBATION)
    on_probation = set(under.values_list("person_id", flat=True))
    found = {}
    for one in standing:
        if one.person in on_probation:
            found[one.uid] = "受留党察看处分"
        elif one.person not in members:
            found[one.uid] = "党籍已终止，或者不是正式党员"
    return found


def titles_by_unit(posts: Iterable[KnownPost]) -> dict[int, list[Title]]:
    """Which titles are held at each unit now."""
    found: dict[int, list[Title]] = defaultdict(list)
    for one in posts:
        if one.is_open:
            found[one.unit].append(one.title)
    return dict(found)


def last_act(unit: uuid.UUID, verbs: Collection[str]) -> Entry | None:
    """The latest entry about terms and posts of a unit that was not taken back: the one that may be taken back next."""
    undone = Entry.objects.exclude(undoes=None).values("undoes")
    return Entry.objects.filter(subject=unit, verb__in=verbs).exclude(seq__in=undone).order_by("-seq").first()
