"""How the gates beside the steps move the earliest day of a step, and what shuts it until somebody acts. Pure; `course` asks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from yumiao.admission import gates
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.gate_rules import RULES, gate_objections
from yumiao.admission.gates import KIND_BEFORE, ROUND_BEFORE
from yumiao.admission.history import CaseFile
from yumiao.admission.order_rules import DEV_13, STP_26
from yumiao.kernel.objections import Severity
from yumiao.kernel.workdays import MissingYear
from yumiao.rulebook import Rule

_AFTER: Final = {8: 7, 15: 13, 23: 17}
Said = tuple[str, Rule | None]


def gate_bounds(file: CaseFile, number: int, ground: Ground) -> list[tuple[date, Said]]:
    """The first day that what is posted or answered leaves open; of what is not posted yet, the first one if it were posted today."""
    found: list[tuple[date, Said]] = []
    if number in KIND_BEFORE and KIND_BEFORE[number][0] in ground.asks:
        posted = gates.notice_for(file.notices, KIND_BEFORE[number][1], file.on(_AFTER[number]))
        if posted is not None:
            found.append((posted.closes_on + timedelta(days=1), ("公示期满", DEV_13)))
        elif (first := first_after_posting(ground.today, ground)) is not None:
            found.append((first, ("公示期满", DEV_13)))
    if number in ROUND_BEFORE and gates.Gate.JOINT_REVIEW in ground.asks:
        last = gates.round_for(file.rounds, ROUND_BEFORE[number])
        closed = last.closed_on if last is not None else None
        found.append((closed or ground.today, ("待部门联审", STP_26)))
    return found


def first_after_posting(posted_on: date, ground: Ground) -> date | None:
    """The first day after a notice posted on that day; None where the calendar does not reach so far."""
    closes = closes_on(posted_on, ground)
    return None if closes is None else closes + timedelta(days=1)


def closes_on(posted_on: date, ground: Ground) -> date | None:
    """The last day of a notice posted on that day, by the county's settings; None where the calendar does not reach so far (CAL-01)."""
    if not ground.in_working_days:
        return posted_on + timedelta(days=ground.publicity_days)
    if ground.calendar is None:
        return None
    try:
        return ground.calendar.publicity_ends(posted_on, ground.publicity_days)
    except MissingYear:
        return None


def shut_by(file: CaseFile, number: int, ground: Ground, earliest: date | None) -> Said | None:
    """What keeps a step from being recorded on its earliest day until somebody acts beside the case; None where nothing does."""
    if not ground.asks and not file.objected:
        return None
    on = max(earliest or ground.today, ground.today)
    for one in gate_objections(file, Asked(step=number, on=on), ground):
        if one.severity is Severity.BLOCK:
            return one.text, _BY_ID.get(one.rule)
    return None


_BY_ID: Final = {one.id: one for one in (*RULES, DEV_13)}
