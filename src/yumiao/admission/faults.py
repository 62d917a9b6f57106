"""What is wrong with a case as it stands: every record held against the rules that would be asked of it today, and against its papers. Pure.

It finds, people decide (domain 7.2): nothing is corrected, nobody is judged. Must not know: the database, pages, who looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_rules import past_objections
from yumiao.admission.history import AGAIN, APPROVAL, MEETING, CaseFile, Held, Helper
from yumiao.admission.path import Ask, Need, Outcome, Terms
from yumiao.admission.rules import DEV_06, DEV_09, DEV_17
from yumiao.admission.step_judges import earliest_target, expiry
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper


class Gravity(StrEnum):
    """How a finding of the review counts: to be put right in time, or a breach of principle that people answer for."""

    IRREGULAR = "irregular"
    PRINCIPLE = "principle"

    @property
    def label(self) -> str:
        return {"irregular": "不规范", "principle": "违反原则"}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One violation: at which step, by which rule, how grave, in words, and the days that were compared."""

    step: int
    rule: str
    gravity: Gravity
    text: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperDay:
    """A paper in a slot of a step: the day written on it, where it bears one, and the day it was put in."""

    slot: str
    step: int
    dated_on: date | None
    entered_on: date


PRINCIPLE: Final = frozenset({
    "DEV-01", "DEV-06", "DEV-07", "DEV-08", "DEV-10", "DEV-11", "DEV-12", "DEV-14", "DEV-15", "DEV-17", "DEV-18", "DEV-19", "DEV-23",
    "DEV-24", "STP-09",
})  # fmt: skip
"""Rules whose breach is one of principle where an entry of today would be blocked; every other breach is irregular."""

NEVER_WITHOUT: Final = frozenset({3, 7, 8, 10, 11, 13, 15, 17, 23, 24})
"""Steps without which nobody is admitted or confirmed: that one is missing is a breach of principle."""

FILINGS: Final[Mapping[int, str]] = {4: "STP-04", 8: "DEV-08"}
GROWING: Final = frozenset({"A07", "A08", "A16", "A21"})
"""Slots whose paper is written on over many steps: its day says nothing of one of them."""

_BRIEF: Final = frozenset({1, 3, 8})


def faults(
    file: CaseFile, ground: Ground, *, papers: Sequence[PaperDay] = (), joined_on: date | None = None
) -> list[Fault]:
    """Everything, in the order of the steps. `joined_on`: since when the register has the person as a member."""
    settled = replace(file, leaving=False)
    found = [
        *record_faults(settled, ground), *_missing(settled, ground.terms), *_of_membership(settled, ground.terms, joined_on),
        *_of_papers(settled, papers, ground.terms),
    ]  # fmt: skip
    return sorted(set(found))


def place_of(held: Held) -> tuple[int, int, int]:
    """Where a record stands among the others: by step, but what is done again after an extension comes after the first time."""
    return (22 if held.step in AGAIN else held.step, held.occurrence if held.step in AGAIN else 0, held.step)


def record_faults(file: CaseFile, ground: Ground) -> Iterator[Fault]:
    """What the rules say against each record, seen from those before it, and what it says itself. Without a calendar of its year nothing is
    said of a term in working days.
    """
    before: list[Held] = []
    # what depends on which time a step is held is judged without the records after it
    by_place = {6, *(AGAIN if any(one.outcome is Outcome.EXTENDED for one in file.held) else ())}
    for held in sorted(file.held, key=lambda one: (*place_of(one), one.occurrence)):
        seen = replace(file, held=tuple(before)) if held.step in by_place else file
        for one in past_objections(seen, as_asked(file, held), ground):
            if one.rule != "CAL-01" and not _is_unsaid(held, one):
                yield Fault(held.step, one.rule, _gravity(one), one.text, (held.on,))
        before.append(held)
        yield from _of_entry(file, held)
    target, first = file.on(8), earliest_target(file, ground.terms)
    if target is not None and first is not None and file.on(7) is None and target < first:
        text = f"确定为发展对象（{on_paper(target)}）时培养教育考察未满 {ground.terms.activist_months} 个月"
        yield Fault(8, DEV_06.id, Gravity.PRINCIPLE, text, (target, first))


def _gravity(one: Objection) -> Gravity:
    is_grave = one.severity is Severity.BLOCK and one.rule in PRINCIPLE
    return Gravity.PRINCIPLE if is_grave else Gravity.IRREGULAR


def _is_unsaid(held: Held, one: Objection) -> bool:
    """Whether it only says that a number was never stated: that is said in other words."""
    return one.rule == DEV_09.id and held.days is None and held.hours is None


def _of_entry(file: CaseFile, held: Held) -> Iterator[Fault]:
    """What a record itself says: that it came late, that no number of the training stands there, that it rests on no ballot."""
    if held.is_late:
        days = (held.entered_on - held.on).days if held.entered_on else 0
        text = f"事后补录（{days} 天）" if days else "事后补录"
        yield Fault(held.step, rules.DEV_22.id, Gravity.IRREGULAR, text, (held.on,))
    if held.step == 11 and held.days is None and held.hours is None and not file.is_exempt(DEV_09.id, 11):
        yield Fault(11, DEV_09.id, Gravity.IRREGULAR, "没有培训天数和学时的记录", (held.on,))
    if file.path.by_number[held.step].asks_for(Ask.MOTION) and held.motion is None:
        text = "没有对本人表决的会议记录"
        yield Fault(held.step, rules.STP_15.id, Gravity.IRREGULAR, text, (held.on,))


def as_asked(file: CaseFile, held: Held) -> Asked:
    """A record as it would be filled in, with whoever stood as contact or introducer on its day."""
    return Asked(
        step=held.step, on=held.on, outcome=held.outcome, document=held.document, days=held.days, hours=held.hours, months=held.months,
        contacts=_standing(file.contacts, held.on) if held.step == 5 else (),
        introducers=_standing(file.introducers, held.on) if held.step == 9 else (),
    )  # fmt: skip


def _standing(helpers: Iterable[Helper], on: date) -> tuple[Helper, ...]:
    return tuple(one for one in helpers if one.stands_on(on))


def _missing(file: CaseFile, terms: Terms) -> Iterator[Fault]:
    """Steps that later ones stand on and that are not there. Of a case taken over with its three days alone nothing is missing."""
    held = {one.step for one in file.held}
    if held <= _BRIEF:
        return
    for step in file.path.steps:
        above = sorted(held & file.path.standing_on[step.number])
        if step.number in held or not above:
            continue
        days = tuple(day for one in above[:1] if (day := file.on(one)) is not None)
        is_grave = step.number in NEVER_WITHOUT
        gravity = Gravity.PRINCIPLE if is_grave else Gravity.IRREGULAR
        text = f"没有{step.label}的记录，而{file.path.by_number[above[0]].label}已经办理"
        if step.number in FILINGS:
            text = f"未上报乡镇党委备案：{text}"
        yield Fault(step.number, FILINGS.get(step.number, rules.STP_26.id), gravity, text, days)
    seen = len(file.all(6))
    if 7 in held and 0 < seen < terms.fewest_inspections:
        text = f"确定发展对象前只考察 {seen} 次，不足 {terms.fewest_inspections} 次"
        yield Fault(6, rules.STP_06.id, Gravity.IRREGULAR, text)


def _of_membership(file: CaseFile, terms: Terms, joined_on: date | None) -> Iterator[Fault]:
    """Membership and probation run from the branch meeting, whatever day another paper gives (DEV-17)."""
    met, approved = file.last(MEETING), file.last(APPROVAL)
    if met is None or approved is None or not approved.is_passed:
        return
    if joined_on is not None and joined_on != met.on:
        text = f"登记的入党日期 {on_paper(joined_on)}与支部大会日期 {on_paper(met.on)}不一致"
        yield Fault(APPROVAL, DEV_17.id, Gravity.PRINCIPLE, text, (met.on, joined_on))
    ends = expiry(file, terms)
    if file.probation_end_on is not None and ends is not None and file.probation_end_on != ends:
        text = f"登记的预备期届满日 {on_paper(file.probation_end_on)}应为{on_paper(ends)}"
        yield Fault(APPROVAL, DEV_17.id, Gravity.IRREGULAR, text, (ends, file.probation_end_on))


def _of_papers(file: CaseFile, papers: Iterable[PaperDay], terms: Terms) -> Iterator[Fault]:
    """Papers written, or where they bear no day put in, after the step they belong to."""
    for paper in papers:
        day, slot = file.on(paper.step), file.path.slots.get(paper.slot)
        if day is None or slot is None or paper.slot in GROWING:
            continue
        if paper.dated_on is not None and paper.dated_on > day:
            text = f"补充材料：“{slot.title}”落款 {on_paper(paper.dated_on)}，晚于本步 {on_paper(day)}"
            written = paper.dated_on
        elif paper.dated_on is None and (paper.entered_on - day).days > terms.late_days:
            text = f"补充材料：“{slot.title}”没有日期，{on_paper(paper.entered_on)}放入，晚于本步 {on_paper(day)}"
            written = paper.entered_on
        else:
            continue
        gravity = Gravity.PRINCIPLE if slot.need is Need.CORE else Gravity.IRREGULAR
        yield Fault(paper.step, "ARC-03", gravity, text, (day, written))
