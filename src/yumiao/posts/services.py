"""Elections, postponements, posts filled and ended, and taking such an act back: one act each, or `Refused`.

What only warns is written where a reason is given. Must not know: who may do it, pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.models import Entry
from yumiao.journal.undoing import standing_on, take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Severity
from yumiao.kernel.periods import FOREVER, on_screen
from yumiao.posts import rules
from yumiao.posts.judging import election_objections, end_objections, post_objections
from yumiao.posts.models import Post, Term
from yumiao.posts.queries import KnownPost, KnownTerm, candidates, full_members_on, posts_of, terms_of
from yumiao.posts.rules import ELECTED, How, Title, term_due_on
from yumiao.units.queries import UnitOnDay

TERM = ("since", "until", "uid", "unit_id", "due_on", "postponed_to", "document", "postponed_by")
POST = (
    "since", "until", "uid", "unit_id", "person_id", "title", "how", "sending_unit", "due_on", "document", "ended_why",
)  # fmt: skip
ENDED = "组织撤销"
UNDOABLE = (Verb.TERM_ELECTED, Verb.ELECTION_POSTPONED, Verb.POST_FILLED, Verb.POST_ENDED)


@dataclass(frozen=True, slots=True)
class Filled:
    """Somebody for a title; `person` is an id."""

    title: Title
    person: int


def hold_election(
    *,
    unit: UnitOnDay,
    elected_on: date,
    elected: Sequence[Filled],
    document: str = "",
    reason: str = "",
    actor: Actor,
    today: date,
    once: uuid.UUID | None = None,
) -> None:
    """Begin a term with everybody elected: the term before ends on that day, and with it every elected title there.

    Raises `Refused` for what blocks, and for what only warns where no `reason` is given.
    """
    kind, document = unit.kind.label, scrub(document.strip())
    with act(Verb.TERM_ELECTED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        terms, running = terms_of(unit.id), [one for one in posts_of(unit.id) if one.is_open and one.title in ELECTED]
        previous = terms[-1] if terms else None
        wanted = candidates([(one.title, one.person) for one in elected], within=unit.subtree, day=elected_on)
        _heed(
            election_objections(
                kind=kind,
                elected_on=elected_on,
                today=today,
                previous_on=_latest(previous, running),
                full_members=len(full_members_on(unit.subtree, elected_on)),
                elected=wanted,
            ),
            reason,
        )
        due_on = term_due_on(kind, elected_on)
        assert due_on is not None, "refused above"
        _close_term(done, previous, elected_on)
        _close_posts(done, running, elected_on, _("换届"))
        done.insert(Term, TERM, [(elected_on, FOREVER, uuid.uuid4(), unit.id, due_on, None, document, "")])
        rows = [_row(one.title, one.person, unit.id, How.ELECTED, elected_on, document=document) for one in wanted]
        done.insert(Post, POST, rows)
        _say(done, unit, on=elected_on, due_on=due_on, count=len(rows), document=document)


def _latest(previous: KnownTerm | None, running: Collection[KnownPost]) -> date | None:
    """The day after which the next election lies: that of the last one, and of whoever was elected in between."""
    return max([*([previous.since] if previous else []), *(one.since for one in running)], default=None)


def postpone_election(
    *,
    unit: UnitOnDay,
    postponed_to: date,
    document: str,
    reason: str = "",
    actor: Actor,
    once: uuid.UUID | None = None,
) -> None:
    """Let the running term end later, on the paper of the committee above (ORG-05)."""
    document = scrub(document.strip())
    with act(Verb.ELECTION_POSTPONED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        term = next((one for one in terms_of(unit.id) if one.is_open), None)
        if term is None:
            raise Refused([rules.ORG_05.objection("本组织没有登记届期", "先登记上一次换届。")])
        if not rules.ORG_05.holds(due_on=term.due_on, postponed_to=postponed_to, document=document):
            text = f"本届至 {on_screen(term.due_on)} 届满，延期应当写明批复文号，最长 1 年"
            raise Refused([rules.ORG_05.objection(text)])
        done.strike(Term, [term.id])
        row = (term.since, term.until, term.uid, unit.id, term.due_on, postponed_to, term.document, document)
        done.insert(Term, TERM, [row])
        _say(done, unit, on=postponed_to, due_on=term.due_on, count=0, document=document)


def fill_post(
    *,
    unit: UnitOnDay,
    filled: Filled,
    how: How,
    since: date,
    due_on: date | None = None,
    sending_unit: str = "",
    document: str = "",
    reason: str = "",
    actor: Actor,
    today: date,
    once: uuid.UUID | None = None,
) -> None:
    """Put somebody into one post beside an election; raises as `hold_election` does."""
    document, sending_unit = scrub(document.strip()), scrub(sending_unit.strip())
    with act(Verb.POST_FILLED, actor=actor, reason=scrub(reason.strip()), once=once) as done:
        (wanted,) = candidates([(filled.title, filled.person)], within=unit.subtree, day=since)
        standing = [one for one in posts_of(unit.id) if one.title is filled.title and one.until > since]
        if any(one.person == filled.person for one in standing):
            raise Refused([rules.POS_04.objection(f"{wanted.name}在这段时间已任{filled.title.label}")])
        objections = post_objections(
            wanted,
            how=how,
            since=since,
            due_on=due_on,
            sending_unit=sending_unit,
            today=today,
            others=len(standing),
            full_members=len(full_members_on(unit.subtree, since)),
            kind=unit.kind.label,
        )
        _heed(objections, reason)
        row = _row(filled.title, filled.person, unit.id, how, since, sending_unit, due_on, document)
        done.insert(Post, POST, [row])
        _say(done, unit, on=since, due_on=due_on, count=1, document=document, title=filled.title)


def end_post(
    *,
    unit: UnitOnDay,
    post: KnownPost,
    ended_on: date,
    why: str,
    actor: Actor,
    today: date,
    once: uuid.UUID | None = None,
) -> None:
    """End one post: the holder holds it up to, but without, `ended_on`."""
    why = scrub(why.strip())
    with act(Verb.POST_ENDED, actor=actor, reason=why, once=once) as done:
        standing = next((one for one in posts_of(unit.id) if one.uid == post.uid and one.is_open), None)
        if standing is None:
            raise Refused([rules.POS_04.objection("该任职已经办理免职")])
        if objections := end_objections(since=standing.since, ended_on=ended_on, today=today, why=why):
            raise Refused(objections)
        _close_posts(done, [standing], ended_on, why)
        _say(done, unit, on=ended_on, due_on=None, count=1, document="", title=standing.title)


def take_back_act(*, unit: UnitOnDay, seq: int, reason: str, actor: Actor, once: uuid.UUID | None = None) -> None:
    """Take back an act on terms or posts of the unit, as if it had not been entered, while no later one stands on it.

    Raises `OutOfScope` where there is no such act, `Refused` without a reason or where something stands on it.
    """
    reason = scrub(reason.strip())
    with act(Verb.POSTS_UNDONE, actor=actor, reason=reason, once=once) as done:
        undone = Entry.objects.filter(seq=seq, subject=unit.uid, verb__in=UNDOABLE).first()
        if undone is None:
            raise OutOfScope
        if not reason:
            raise Refused([rules.POS_04.objection("请写明撤销的原因")])
        later = _later(unit, seq)
        if Entry.objects.filter(undoes=seq).exists() or later:
            text = f"其后还有第 {later[0]} 条登记" if later else "这条登记已经撤销"
            raise Refused([rules.POS_04.objection(text, "先撤销其后的登记。" if later else "")])
        take_back(done, seq)
        done.data |= {"unit": unit.code, "verb": undone.verb}
        done.subject_kind, done.subject = "unit", unit.uid


def _later(unit: UnitOnDay, seq: int) -> list[int]:
    """Entries that stand on this one, and later ones on terms and posts of the same unit that were not taken back: the last goes first."""
    own = Entry.objects.filter(seq__gt=seq, subject=unit.uid, verb__in=UNDOABLE).values_list("seq", flat=True)
    gone = set(Entry.objects.exclude(undoes=None).values_list("undoes", flat=True))
    settings = set(Entry.objects.filter(seq__gt=seq, verb=Verb.SETTING_CHANGED).values_list("seq", flat=True))
    return sorted((set(own) - gone) | (set(standing_on(seq)) - settings))


def _heed(objections: Sequence[Objection], reason: str) -> None:
    """What blocks stops; what warns stops until somebody says why."""
    if any(one.severity is Severity.BLOCK for one in objections) or (objections and not reason.strip()):
        raise Refused(objections)


def end_with_units(done: Act, units: Collection[int], day: date) -> None:
    """Let terms and posts of units that end on `day` end with them; what began later is taken back. A successor's begin by election (EDGE-19)."""
    terms = list(Term.objects.alive().filter(unit__in=units, until__gt=day))
    posts = list(Post.objects.alive().filter(unit__in=units, until__gt=day))
    done.strike(Term, [one.pk for one in terms])
    done.strike(Post, [one.pk for one in posts])
    ended_terms = [one for one in terms if one.since < day]
    ended_posts = [one for one in posts if one.since < day]
    done.insert(Term, TERM, [(one.since, day, *(getattr(one, name) for name in TERM[2:])) for one in ended_terms])
    done.insert(
        Post, POST, [(one.since, day, *(getattr(one, name) for name in POST[2:-1]), ENDED) for one in ended_posts]
    )


def _close_term(done: Act, term: KnownTerm | None, day: date) -> None:
    if term is None or not term.is_open:
        return
    done.strike(Term, [term.id])
    row = (term.since, day, term.uid, term.unit, term.due_on, term.postponed_to, term.document, term.postponed_by)
    done.insert(Term, TERM, [row])


def _close_posts(done: Act, posts: Sequence[KnownPost], day: date, why: str) -> None:
    done.strike(Post, [one.id for one in posts])
    rows = [
        (
            one.since, day, one.uid, one.unit, one.person, one.title, one.how, one.sending_unit, one.due_on,
            one.document, why,
        )
        for one in posts
    ]  # fmt: skip
    done.insert(Post, POST, rows)


def _row(
    title: Title,
    person: int,
    unit: int,
    how: How,
    since: date,
    sending_unit: str = "",
    due_on: date | None = None,
    document: str = "",
) -> tuple[object, ...]:
    return (since, FOREVER, uuid.uuid4(), unit, person, title, how, sending_unit, due_on, document, "")


def _say(
    done: Act, unit: UnitOnDay, *, on: date, due_on: date | None, count: int, document: str, title: Title | None = None
) -> None:
    """What the entry says: never a name."""
    done.subject_kind, done.subject = "unit", unit.uid
    done.data |= {"unit": unit.code, "on": on, "count": count, "document": document}
    done.data |= {"due_on": due_on} if due_on else {}
    done.data |= {"title": title.value} if title else {}
