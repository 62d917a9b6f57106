"""Open cases and the edition each stands under: what moving them does, person by person, and the move as one act.

Preview and move ask the same pure function (`edition_moves`); under the lock it is asked again, and what differs from what was shown is refused.
Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q, QuerySet

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.asked import Ground
from yumiao.admission.case_files import read_cases
from yumiao.admission.edition_moves import Effect, Move, move_of, tally
from yumiao.admission.edition_rules import EDT_06, moving_objections
from yumiao.admission.edition_services import introduced_by
from yumiao.admission.editions import FIRST
from yumiao.admission.history import LAST
from yumiao.admission.models import Case, CaseEdition, CaseEnd, LateEntry, StepRecord
from yumiao.admission.path import Edition
from yumiao.admission.step_services import move_cases
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.dossier.recording import Deciding
from yumiao.journal.acts import act, last
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Refused
from yumiao.kernel.scope import Scope
from yumiao.people.models import Person
from yumiao.units.queries import Tree, UnitOnDay

_ORDER: Final = tuple(Effect)


class Which(StrEnum):
    """Which of the cases that were previewed are moved."""

    ALL = "all"
    SAME = "same"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Moving:
    """One open case under another edition: whose, where, how far, what a move does."""

    case: int
    uid: uuid.UUID
    person: uuid.UUID
    name: str
    unit: UnitOnDay | None
    edition: str
    stands_at: int
    move: Move


def open_cases(scope: Scope) -> QuerySet[Case]:
    """The cases of people within a scope that are begun and neither ended nor archived."""
    ended = CaseEnd.objects.alive().values("case")
    archived = StepRecord.objects.alive().filter(step=LAST).values("case")
    begun = Q(pk__in=StepRecord.objects.alive().values("case")) | Q(pk__in=LateEntry.objects.alive().values("case"))
    people = Person.objects.visible_to(scope).values("pk")
    return Case.objects.filter(begun, person__in=people).exclude(pk__in=ended).exclude(pk__in=archived)


def counts_by_edition(scope: Scope) -> Mapping[str, int]:
    """How many open cases stand under each edition; two queries."""
    found = open_cases(scope)
    rows = CaseEdition.objects.alive().filter(case__in=found.values("pk")).exclude(edition=FIRST)
    moved = dict(rows.values_list("edition").annotate(Count("pk")).order_by())
    return {**moved, FIRST: found.count() - sum(moved.values())}


def scope_of(reader: Reader, unit: UnitOnDay | None) -> Scope:
    """Where the reader may move cases, or that part of it below a unit."""
    whole = reader.scope(Permission.CASE_FILE)
    return whole if unit is None else Scope((unit.subtree,), whole.day)


def seen_moves(reader: Reader, edition: Edition, unit: UnitOnDay | None) -> list[Moving]:
    """The preview, from memory as long as the record stands."""
    scope, head = scope_of(reader, unit), reader.head
    account = reader.account
    own = account.person_uid if account is not None else None
    return remembered(
        "edition_moves", head, edition.key, scope, own,
        make=lambda: moves_to(edition, scope, reader.tree, head=head, own=own),
    )  # fmt: skip


def moves_to(edition: Edition, scope: Scope, tree: Tree, *, head: Head, own: uuid.UUID | None) -> list[Moving]:
    """Every open case within a scope that stands under another edition, by unit and name; `own`: whoever asks is not among them (STP-28)."""
    grounds: dict[str, Ground] = {}

    def ground(path: Edition) -> Ground:
        if path.key not in grounds:
            grounds[path.key] = ground_of(path, scope.day, head)
        return grounds[path.key]

    found = []
    for read in read_cases(list(open_cases(scope).values_list("pk", flat=True))).values():
        file, around = read.file, read.around
        if file.path.key == edition.key or around.person_uid == own:
            continue
        move = move_of(file, edition.key, before=ground(file.path), after=ground(edition))
        furthest = max((one.step for one in file.held), default=0)
        unit = tree.by_id.get(around.unit)
        found.append(
            Moving(around.case, around.uid, around.person_uid, around.name, unit, file.path.key, furthest, move)
        )
    return sorted(found, key=lambda one: (one.unit.path if one.unit else "", one.name, one.case))


def by_unit(moves: Sequence[Moving], tree: Tree, at: UnitOnDay | None) -> list[tuple[UnitOnDay, Mapping[Effect, int]]]:
    """The effects by the units next below `at`, the county's root unless said; what stands at `at` itself counts for it."""
    top = at or tree.root
    if top is None:
        return []
    found = []
    for unit in [top, *tree.below(top)]:
        own = [one.move for one in moves if one.unit is not None and _belongs(one.unit, unit, top)]
        if own:
            found.append((unit, tally(own)))
    return found


def _belongs(unit: UnitOnDay, part: UnitOnDay, top: UnitOnDay) -> bool:
    return unit.path == top.path if part.path == top.path else part.subtree.covers(unit.path)


def figures(moves: Sequence[Moving]) -> tuple[int, ...]:
    """The numbers of a preview in the order of `Effect`."""
    counted = tally(one.move for one in moves)
    return tuple(counted[one] for one in _ORDER)


def wanted(moves: Sequence[Moving], which: Which, chosen: Collection[uuid.UUID]) -> list[Moving]:
    """Those of a preview that are to be moved."""
    fits: Mapping[Which, Callable[[Moving], bool]] = {
        Which.ALL: lambda _one: True,
        Which.SAME: lambda one: one.move.effect is Effect.SAME,
        Which.CHOSEN: lambda one: one.uid in chosen,
    }
    return [one for one in moves if fits[which](one)]


def carry_out(
    edition: Edition, *, which: Which, chosen: Collection[uuid.UUID], shown: tuple[int, ...], reason: str, scope: Scope, unit: UnitOnDay | None,
    tree: Tree, who: Deciding, is_demo: bool, once: uuid.UUID | None = None,
) -> tuple[int, ...]:  # fmt: skip
    """Move cases in one act. Returns how many of each effect were moved, in the order of `Effect`.

    `shown` are the figures of the whole preview. Raises `Refused`, `journal.acts.AlreadyDone`. Taken back by moving them back.
    """
    reason = scrub(reason.strip())
    with act(Verb.CASES_MOVED, actor=who.actor, reason=reason, once=once) as current:
        moves = moves_to(edition, scope, tree, head=last(), own=who.person)
        taken = wanted(moves, which, chosen)
        found = moving_objections(
            edition=edition.key, introduced=introduced_by(scope.day), is_example=edition.is_example, is_demo=is_demo, count=len(taken),
            reason=reason,
        )  # fmt: skip
        if not EDT_06.holds(shown=shown, now=figures(moves)):
            found.append(EDT_06.objection("预览以后案卷有变动，数字已经不同", "看过新的预览再转换。"))
        if found:
            raise Refused(found)
        move_cases(current, [one.case for one in taken], edition.key)
        place = unit or tree.root
        current.subject_kind, current.subject = "unit", place.uid if place else None
        done = figures(taken)
        current.data |= {"edition": edition.key, "cases": len(taken)}
        current.data |= {effect.value: count for effect, count in zip(_ORDER, done, strict=True)}
    return done
