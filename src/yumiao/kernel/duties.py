"""What somebody still has to do, and by when. Duties are derived from the tables, never stored.

Must not know: who offers them, and which page shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do; `due_on` is the last day on which it is in time."""

    rule: str
    title: str
    unit_label: str
    due_on: date
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Duties by urgency, each group with the earliest deadline first."""

    overdue: tuple[Duty, ...]
    this_week: tuple[Duty, ...]
    later: tuple[Duty, ...]


def by_deadline(duties: Iterable[Duty], today: date) -> Deadlines:
    """Group duties: due before today, from today to the Sunday of this week, afterwards."""
    ordered = sorted(duties, key=lambda duty: (duty.due_on, duty.rule, duty.title))
    sunday = today + timedelta(days=6 - today.weekday())
    return Deadlines(
        overdue=tuple(duty for duty in ordered if duty.due_on < today),
        this_week=tuple(duty for duty in ordered if today <= duty.due_on <= sunday),
        later=tuple(duty for duty in ordered if duty.due_on > sunday),
    )


def together(deadlines: Deadlines, more: Iterable[Duty], today: date) -> Deadlines:
    """The same with further duties among them."""
    return by_deadline([*deadlines.overdue, *deadlines.this_week, *deadlines.later, *more], today)
