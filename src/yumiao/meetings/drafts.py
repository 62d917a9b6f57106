"""A meeting as it is to be written down, as plain values; what the numbers and the order of a vote say against it. Pure.

Must not know: the database, pages, who stands in which branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.meetings.rules import EDGE_17, MTG_05, MTG_06, MTG_13, Count, Measure, count_objections

SECRET: Final = frozenset({"admission", "confirmation"})
"""Kinds of motion that are voted on in secret, one person each (MTG-06)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionDraft:
    """One motion with its count. `named`: (person, choice) of an open vote; `opinions`: (person, day it arrived) of written ones."""

    kind: str
    title: str
    count: Count
    person: int | None = None
    is_secret: bool = True
    decision: str = ""
    months: int = 0
    tellers: str = ""
    resolution: str = ""
    named: Sequence[tuple[int, str]] = ()
    opinions: Sequence[tuple[int, date]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """One meeting. `attendance`: (person, is due, is present, why not)."""

    unit: int
    kind: str
    held_on: date
    place: str
    chair: str
    recorder: str
    agenda: str
    resolution: str = ""
    document: str = ""
    attendance: Sequence[tuple[int, bool, bool, str]] = ()
    motions: Sequence[MotionDraft] = ()


def counted(received_on: date, held_on: date) -> bool:
    """Whether a written opinion counts: it arrived before the meeting (MTG-05)."""
    return MTG_05.holds(received_on=received_on, held_on=held_on)


def motion_objections(motion: MotionDraft, measure: Measure, *, name: str = "") -> list[Objection]:
    """What the numbers and the order of one vote say against it; `name` is the candidate's. That it was not passed is no objection."""
    found = count_objections(measure, motion.count)
    people = 1 if motion.person is not None else 0
    if motion.kind in SECRET and not MTG_06.holds(people=people, is_secret=motion.is_secret):
        found.append(MTG_06.objection(f"{motion.title}没有逐人、无记名表决", "逐人发票、无记名投票后重新登记。"))
    if motion.named and motion.is_secret:
        found.append(MTG_06.objection("无记名表决不登记各人的意见", "只填写票数。"))
    if name and any(not EDGE_17.holds(teller=one, candidate=name) for one in tellers_of(motion.tellers)):
        found.append(
            EDGE_17.objection(
                f"{name}是本次表决的对象，不能担任计票人、监票人", "更换计票人、监票人。", severity=Severity.BLOCK
            )
        )
    return found + _named_objections(motion)


def _named_objections(motion: MotionDraft) -> list[Objection]:
    """The votes named must be those counted."""
    if not motion.named:
        return []
    choices = [choice for _person, choice in motion.named]
    said = tuple(choices.count(one) for one in ("yes", "no", "abstain"))
    if said != (motion.count.yes, motion.count.no, motion.count.abstain):
        return [
            MTG_13.objection(f"逐人意见为赞成 {said[0]}、反对 {said[1]}、弃权 {said[2]}，与票数不符", "核对逐人意见。")
        ]
    return []


def opinion_objections(motion: MotionDraft, held_on: date) -> list[Objection]:
    """Written opinions that came after the meeting: kept, and not counted (MTG-05). As many are counted as came before it."""
    late = [on for _person, on in motion.opinions if not counted(on, held_on)]
    found = [
        MTG_05.objection(f"有一份书面意见于{on_paper(on)}收到，晚于会议日期，不计入票数", severity=Severity.INFO)
        for on in late
    ]
    if motion.opinions and len(motion.opinions) - len(late) != motion.count.written:
        text = f"会前收到书面意见 {len(motion.opinions) - len(late)} 份，填写的书面票数合计 {motion.count.written}"
        found.append(MTG_13.objection(text, "核对书面意见的份数。"))
    return found


def tellers_of(said: str) -> list[str]:
    """The names of the tellers, however they are set apart."""
    text = said
    for mark in "，、,;；/ 　":
        text = text.replace(mark, "\n")
    return [one for one in text.split("\n") if one]
