"""What writes a change of status: the dates of a membership, states beside it, whom an admission counts for, and the change itself.

All of it within an open act. It must not know whether the change is lawful.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import recorded
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, StatusChange
from yumiao.people.rules import probation_end
from yumiao.people.services import ATTRIBUTION, BELONGING, MEMBERSHIP
from yumiao.people.status import Change
from yumiao.people.stay_services import end_stays

STATE: Final = ("since", "until", "person_id", "cycle", "state")
STATUS_CHANGE: Final = ("person_id", "cycle", "change", "ground", "changed_on", "term_on", "document", "reason")


@dataclass(frozen=True, slots=True)
class Decision:
    """A change as decided of a person; `months`: how long it lasts, `term_on`: the day it runs out; 0 and None where it has no term."""

    person: int
    change: Change
    on: date
    reason: str
    ground: str = ""
    document: str = ""
    months: int = 0
    term_on: date | None = None


def write_change(act: Act, decision: Decision) -> None:
    """Move the rows that the change moves, and write the change."""
    change, on = decision.change, decision.on
    member = latest_membership(decision.person)
    term_on = decision.term_on
    if member is not None:
        if change.opens == MembershipState.State.PROBATION_EXTENDED:
            term_on = _extend_probation(act, member, decision)
        elif change.opens:
            act.insert(MembershipState, STATE, [(on, FOREVER, decision.person, member.cycle, change.opens)])
        if change.closes:
            close_states(act, decision.person, on, only=change.closes)
        if change.ends_membership and member.ended_on == FOREVER:
            end_membership(act, member, on, change.key)
            end_stays(act, decision.person, on)
        if change.uncounts_admission:
            close_attributions(act, decision.person, member.cycle, on)
    cycle = member.cycle if member is not None else 0
    said = (decision.person, cycle, change.key, decision.ground, on, term_on, decision.document, decision.reason)
    act.insert(StatusChange, STATUS_CHANGE, [said])


def latest_membership(person: int) -> Membership | None:
    """The live version of the latest membership."""
    return Membership.objects.alive().filter(person=person).order_by("-cycle").first()


def end_membership(act: Act, member: Membership, on: date, how: str) -> None:
    """Let a membership end on a day, which is its first without; the states beside it end with it."""
    _rewrite(act, member, ended_on=on, ended_how=how)
    close_states(act, member.person_id, on)


def resume_membership(act: Act, member: Membership, on: date, full_member_on: date | None) -> None:
    """Let a membership that left the county go on: the days out are a state beside it, none where he came back on the day he left.

    `full_member_on`: since when he is a full member by the letter, which fills what the record leaves open.
    """
    left_on = member.ended_on
    said = {"full_member_on": full_member_on, "confirmation_stated_on": full_member_on}
    filled = said if full_member_on and member.confirmation_stated_on is None else {}
    _rewrite(act, member, ended_on=FOREVER, ended_how="", **filled)
    if left_on < on:
        act.insert(MembershipState, STATE, [(left_on, on, member.person_id, member.cycle, MembershipState.State.AWAY)])


def _extend_probation(act: Act, member: Membership, decision: Decision) -> date:
    """Move the end of the probation; the state lasts over the added time. Returns the new end."""
    before = member.probation_end_on or probation_end(member.probation_start_on)
    after = add_months(before, decision.months)
    _rewrite(act, member, probation_end_on=after)
    row = (min(decision.on, before), after, decision.person, member.cycle, decision.change.opens)
    act.insert(MembershipState, STATE, [row])
    return after


def _rewrite(act: Act, member: Membership, **changed: object) -> None:
    """The membership anew, with some values changed."""
    act.strike(Membership, [member.pk])
    act.insert(
        Membership, MEMBERSHIP, [tuple(changed.get(name, getattr(member, name)) for name in recorded(Membership))]
    )


def close_states(act: Act, person: int, on: date, *, only: str = "") -> None:
    """End the states that last beyond a day on it; one that begins on it or later is taken back."""
    rows = MembershipState.objects.alive().filter(person=person, until__gt=on)
    lasting = list(rows.filter(state=only) if only else rows)
    act.strike(MembershipState, [row.pk for row in lasting])
    ended = [(row.since, on, person, row.cycle, row.state) for row in lasting if row.since < on]
    act.insert(MembershipState, STATE, ended)


def close_attributions(act: Act, person: int, cycle: int, on: date) -> None:
    """From a day on an admission counts for nobody."""
    rows = list(Attribution.objects.alive().filter(person=person, cycle=cycle, until__gt=on))
    act.strike(Attribution, [row.pk for row in rows])
    closed = [(row.since, on, person, cycle, row.unit_id, row.reason) for row in rows if row.since < on]
    act.insert(Attribution, ATTRIBUTION, closed)


def move_belonging(act: Act, person: int, unit: int, on: date) -> None:
    """Let somebody stand at another unit from a day on, which lies after the beginning of where he stands."""
    row = Belonging.objects.open().get(person=person)
    act.strike(Belonging, [row.pk])
    act.insert(
        Belonging,
        BELONGING,
        [(row.since, on, person, row.unit_id, row.since_known), (on, FOREVER, person, unit, True)],
    )
