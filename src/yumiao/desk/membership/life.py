"""What the facts of a person say for the table of status. Must not know: requests, what is lawful."""

from __future__ import annotations

from datetime import date

from yumiao.admission.history import APPROVAL
from yumiao.admission.rules import ACTIVIST, APPLICATION, MEETING, TARGET
from yumiao.desk.people.facts import Facts, Span
from yumiao.people.rules import probation_end
from yumiao.people.status import Life, Status, status_on

_STAGES = (
    (MEETING, Status.AWAITING_APPROVAL),
    (TARGET, Status.TARGET),
    (ACTIVIST, Status.ACTIVIST),
    (APPLICATION, Status.APPLICANT),
)


def life_of(facts: Facts) -> Life:
    """As the facts stand on their day."""
    member = facts.membership
    died = next((one.on for one in facts.changes if one.change == "deceased"), None)
    if member is None:
        return Life(stage=_stage(facts), died_on=died)
    states = {one.word: one.since for one in facts.open_states()}
    extended = [one for one in facts.states if one.word == "probation_extended" and one.cycle == member.cycle]
    return Life(
        membership_on=member.membership_on,
        probation_end_on=member.probation_end_on or probation_end(member.probation_start_on),
        full_member_on=member.full_member_on,
        ended_on=member.ended_on,
        ended_how=member.ended_how,
        states=states,
        stage=_stage(facts),
        died_on=died if died is not None else member.ended_on if member.ended_how == Status.DECEASED else None,
        extensions=len(extended),
    )


def _stage(facts: Facts) -> Status | None:
    case = facts.case
    held = {step for step, (on, _known) in case.steps.items() if on <= facts.day} if case else set()
    if APPROVAL in held:
        return None
    return next((status for step, status in _STAGES if step in held), None)


def status_of(facts: Facts) -> Status:
    """The one status of the person on the day of the facts."""
    return status_on(life_of(facts), facts.day)


def open_state(facts: Facts, state: str) -> Span | None:
    """The side state that lasts, if any."""
    return next((one for one in facts.open_states() if one.word == state), None)


def term_of(facts: Facts, state: str) -> int:
    """For how many months a side state was decided; 0 where no term was recorded."""
    span = open_state(facts, state)
    if span is None:
        return 0
    keys = (state, f"{state}_extended")
    terms = [one.term_on for one in facts.changes if one.change in keys and one.on >= span.since and one.term_on]
    end = max(terms, default=span.since)
    return (end.year - span.since.year) * 12 + end.month - span.since.month


def last_moved_on(facts: Facts) -> date | None:
    """The day of the latest change of status."""
    return max((one.on for one in facts.changes), default=None)
