"""What moving a case to another edition does, before it is done: the course of the case is computed under both. Pure.

The same function gives the preview and, after the move, what came of it. Must not know: whose case it is, the database, pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from yumiao.admission.asked import Ground
from yumiao.admission.course import State, course
from yumiao.admission.history import MEETING, CaseFile


class Effect(StrEnum):
    """What a move does to a case; the gravest that fits, in this order."""

    BLOCKED = "blocked"
    FREED = "freed"
    LATER = "later"
    EARLIER = "earlier"
    SAME = "same"

    @property
    def label(self) -> str:
        return {
            "blocked": "下一步变为不能办理", "freed": "下一步变为可以办理", "later": "最早接收日推后", "earlier": "最早接收日提前", "same": "没有影响",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands under an edition on a day: the steps that are done and that can be recorded; the earliest day of the branch meeting,
    None once it is held or the case is over.
    """

    done: frozenset[int]
    now: frozenset[int]
    meeting_on: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """A case before and after. `blocked`, `freed`: steps that can be recorded today under one of both editions, and are not yet done under the
    other: what is only asked for once more blocks nobody.
    """

    before: Standing
    after: Standing

    @property
    def blocked(self) -> frozenset[int]:
        return self.before.now - self.after.now - self.after.done

    @property
    def freed(self) -> frozenset[int]:
        return self.after.now - self.before.now - self.before.done

    @property
    def effect(self) -> Effect:
        if self.blocked:
            return Effect.BLOCKED
        if self.freed:
            return Effect.FREED
        was, will = self.before.meeting_on, self.after.meeting_on
        if was is None or will is None or was == will:
            return Effect.SAME
        return Effect.LATER if will > was else Effect.EARLIER


def standing(file: CaseFile, ground: Ground) -> Standing:
    """Where a case stands under its own edition."""
    found = course(file, ground)
    done = frozenset(one.step.number for one in found.steps if one.state is State.DONE)
    now = frozenset(one.step.number for one in found.steps if one.state is State.NOW)
    is_met = file.on(MEETING) is not None
    ahead = found.of(MEETING)
    return Standing(done, now, None if is_met or ahead.state is State.OVER else ahead.earliest)


def move_of(file: CaseFile, edition: str, *, before: Ground, after: Ground) -> Move:
    """What moving the case to `edition` does; the grounds are those of both editions on one day."""
    return Move(standing(file, before), standing(replace(file, edition=edition), after))


def tally(moves: Iterable[Move]) -> Mapping[Effect, int]:
    """How many of each effect, every effect named."""
    counted = Counter(one.effect for one in moves)
    return {effect: counted[effect] for effect in Effect}
