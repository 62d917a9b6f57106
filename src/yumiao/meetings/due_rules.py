"""Who is due at a meeting with a vote on a day, and why not: MTG-07, MTG-10 over one person's dates. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from yumiao.kernel.periods import FOREVER
from yumiao.meetings.rules import MTG_07, MTG_10

ELECTIONS_ONLY: Final = frozenset({"retired_away"})


class Standing(StrEnum):
    """What somebody is at a meeting of a day."""

    VOTES = "votes"
    PROBATIONARY = "probationary"
    BARRED = "barred"
    EXCLUDED = "excluded"
    GONE = "gone"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    Standing.VOTES: "有表决权",
    Standing.PROBATIONARY: "预备党员，没有表决权",
    Standing.BARRED: "留党察看期间，没有表决权",
    Standing.EXCLUDED: "经批准和决议，不计入应到会",
    Standing.GONE: "当日不在本支部或者党籍已终止",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An exclusion as resolved: in force from `since` up to, not including, `until`."""

    ground: str
    since: date
    until: date
    resolved_on: date
    approved_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One membership by its dates, with what lies on it that day. `is_out`: party membership suspended, or the relation out of the county."""

    membership_on: date
    full_on: date = FOREVER
    ended_on: date = FOREVER
    is_barred: bool = False
    is_out: bool = False
    left_out: Sequence[LeftOut] = ()


def standing_on(one: Member, day: date, *, is_election: bool = False) -> Standing:
    """What he is at a meeting of `day`. Whoever died or left is gone from that day on."""
    if one.is_out or not one.membership_on <= day < one.ended_on:
        return Standing.GONE
    if not MTG_07.holds(is_full=one.full_on <= day, is_barred=one.is_barred):
        return Standing.PROBATIONARY if one.full_on > day else Standing.BARRED
    if exclusion_on(one.left_out, day, is_election=is_election) is not None:
        return Standing.EXCLUDED
    return Standing.VOTES


def exclusion_on(left_out: Iterable[LeftOut], day: date, *, is_election: bool = False) -> LeftOut | None:
    """The exclusion that takes somebody out of those due on `day`: in force, resolved and approved by then, of a ground that counts."""
    for one in left_out:
        if one.ground in ELECTIONS_ONLY and not is_election:
            continue
        dated = {"resolved_on": one.resolved_on, "approved_on": one.approved_on, "document": one.document}
        if one.since <= day < one.until and MTG_10.holds(**dated, held_on=day):
            return one
    return None


def due_of(standings: Iterable[Standing]) -> int:
    """n: how many are due with a vote."""
    return sum(one is Standing.VOTES for one in standings)
