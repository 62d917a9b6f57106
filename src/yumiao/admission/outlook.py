"""When a case can be admitted, for many cases at once: the earliest lawful day of the branch meeting, and what holds it there. Pure.

It says of the meeting what `course` says of it, case by case (a test compares them), but looks at nothing that comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Ground
from yumiao.admission.course import course
from yumiao.admission.editions import edition_of
from yumiao.admission.history import APPROVAL, MEETING, CaseFile
from yumiao.admission.path import Terms
from yumiao.admission.rules import DEV_06, DEV_15
from yumiao.kernel.periods import add_months, add_years
from yumiao.people.rules import ADULT, DEV_01
from yumiao.rulebook import Rule

INSPECTION, TARGET, ACTIVIST, APPLICATION = 6, 7, 3, 1
NOTHING: Final = date.min


@dataclass(slots=True)
class Brief:
    """What the day of the meeting follows from: by step the days of its records, which steps failed, which wait for a second person."""

    edition: str
    born_on: date | None = None
    days: dict[int, list[date]] | None = None
    failed: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()

    @classmethod
    def of(cls, file: CaseFile) -> Brief:
        """The same of a whole case."""
        days: dict[int, list[date]] = {}
        for one in file.held:
            days.setdefault(one.step, []).append(one.on)
        failed = frozenset(one.step for one in file.held if not one.is_passed)
        return cls(file.edition, file.born_on, days, failed, frozenset(one.step for one in file.waiting))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies before one case. `meeting_on`: held, or the earliest lawful day; None where it rests or was voted down.

    `step`: where it is held up: the first step that has to wait or to be done; `rule` and `said`: by what. `is_met`: the meeting was held;
    `is_too_late`: so long ago that it can no longer be approved (DEV-15).
    """

    meeting_on: date | None
    step: int = 0
    rule: Rule | None = None
    said: str = ""
    is_met: bool = False
    is_too_late: bool = False
    failed: int = 0
    is_resting: bool = False
    waiting: int = 0

    def is_in_time(self, year: int) -> bool:
        """Whether the branch meeting can lawfully be held by 31 December of a year."""
        stands = not (self.failed or self.is_too_late or self.is_resting)
        return stands and self.meeting_on is not None and self.meeting_on <= date(year, 12, 31)


_Day = tuple[date, int, Rule | None, str]  # the day of a step, and where it comes from


@cache
def _way(edition: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The steps the meeting stands on and itself, each after those before it."""
    path = edition_of(edition)
    wanted = path.ground_of(MEETING) | {MEETING}
    return tuple((one.number, one.after) for one in path.steps if one.number in wanted)


def outlook_of(brief: Brief, terms: Terms, today: date) -> Outlook:
    """The outlook of a case that does not rest."""
    held = brief.days or {}
    failed = next((one for one in sorted(brief.failed) if one <= MEETING), 0)
    if MEETING in held:
        met = held[MEETING][-1]
        if MEETING in brief.failed:
            return Outlook(None, MEETING, failed=MEETING)
        late = today > add_months(met, terms.approval_most_months)
        return Outlook(met, APPROVAL, DEV_15 if late else None, is_met=True, is_too_late=late, failed=failed)
    days: dict[int, _Day] = {}
    done: set[int] = set()
    for step, after in _way(brief.edition):
        found = held.get(step)
        if found and step not in brief.failed and (step != INSPECTION or len(found) >= terms.fewest_inspections):
            done.add(step)
            days[step] = (max(found) if step == INSPECTION else found[-1], 0, None, "")
            continue
        days[step] = _first(step, after, brief, terms, today, days, done)
    on, step, rule, said = days[MEETING]
    return Outlook(on, step, rule, said, failed=failed, waiting=min(brief.waiting, default=0))


def _first(
    step: int, after: tuple[int, ...], brief: Brief, terms: Terms, today: date, days: Mapping[int, _Day], done: set[int],
) -> _Day:  # fmt: skip
    """The earliest day of a step that is not held: of what is before it the latest, of its own term the end."""
    best: _Day = (NOTHING, step, None, "")
    begun = False
    for before in after:
        day, at, rule, said = days[before]
        if before in done:
            at, rule, said = step, None, ""
        elif day < today:
            day = today
        if not begun or day > best[0]:
            best, begun = (day, at, rule, said), True
    own = _own(step, brief, terms, today, days)
    if own is not None and (not begun or own[0] > best[0]):
        return own
    return best


def _own(step: int, brief: Brief, terms: Terms, today: date, days: Mapping[int, _Day]) -> _Day | None:
    """The end of a step's own term."""
    held = brief.days or {}
    if step == TARGET:
        begun = held[ACTIVIST][-1] if ACTIVIST in held else max(days[ACTIVIST][0], today)
        return add_months(begun, terms.activist_months), step, DEV_06, f"培养教育满 {terms.activist_months} 个月"
    if step == INSPECTION and held.get(step):
        return max(held[step]), step, None, ""
    if step == ACTIVIST and terms.months_to_activist:
        first = add_months(days[APPLICATION][0], terms.months_to_activist)
        return first, step, rules.STP_03, f"申请后满 {terms.months_to_activist} 个月"
    if step == APPLICATION and brief.born_on is not None:
        return add_years(brief.born_on, ADULT), step, DEV_01, "年满十八周岁"
    return None


def outlook_of_file(file: CaseFile, ground: Ground) -> Outlook:
    """The outlook of any case, also one that rests or rested: by its whole course where a rest moves a day."""
    found = outlook_of(Brief.of(file), ground.terms, ground.today)
    if not file.rests:
        return found
    is_resting = file.resting_on(ground.today) is not None
    return replace(found, meeting_on=course(file, ground).meeting_on, is_resting=is_resting)
