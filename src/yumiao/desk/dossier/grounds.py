"""What a case is judged by on a day: the county's settings under the case's edition, the calendar, who stands as a helper.

Must not know: pages, the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yumiao.admission.asked import Ground, Vote
from yumiao.admission.county_gates import gates_in_force, window
from yumiao.admission.editions import bounds_of
from yumiao.admission.history import Helper
from yumiao.admission.path import Edition, Outcome
from yumiao.bylaws.memory import settings_of
from yumiao.bylaws.queries import calendar
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.workdays import Calendar
from yumiao.meetings.models import Ballot, Motion
from yumiao.meetings.queries import KnownVote
from yumiao.meetings.rules import Result
from yumiao.people.models import Membership, MembershipState, PersonRecord

# Which motion a step may rest on.
MOTIONS = {
    15: (Motion.Kind.ADMISSION,), 17: (Motion.Kind.APPROVAL,), 23: (Motion.Kind.CONFIRMATION,), 24: (Motion.Kind.CONFIRMATION_APPROVAL,),
}  # fmt: skip


def calendar_of(head: Head) -> Calendar:
    """The working days as the record stands at `head`, from memory."""
    return remembered("calendar", head, make=calendar)


def ground_of(edition: Edition, today: date, head: Head) -> Ground:
    """By what a case under an edition is judged today."""
    settings = settings_of(today, head)
    return Ground(
        today,
        bounds_of(edition, settings),
        calendar_of(head),
        settings.leap_birthday_policy,
        gates_in_force(settings),
        **window(settings),
    )


def vote_of(known: KnownVote, step: int) -> Vote:
    """A ballot as a step rests on it: what a confirmation proposed is its outcome."""
    outcome = Outcome.FAILED if known.result is Result.FAILED else Outcome.PASSED
    if step in (23, 24) and known.result is Result.PASSED:
        outcome = Outcome(known.decision or Ballot.Decision.CONFIRMED)
    return Vote(
        motion=known.motion, person=known.person or 0, on=known.on, result=known.result.value, outcome=outcome, months=known.months,
        said=known.said,
    )  # fmt: skip


def helpers_of(people: Sequence[int], on: date) -> tuple[Helper, ...]:
    """These people as contacts or introducers from a day on, in the order given; three queries."""
    names = dict(PersonRecord.objects.open().filter(person__in=people).values_list("person_id", "name"))
    members: dict[int, tuple[date, date]] = {}
    rows = Membership.objects.alive().filter(person__in=people).order_by("cycle")
    for person, full, ended in rows.values_list("person_id", "full_member_on", "ended_on"):
        members[person] = (full, ended)
    barred: dict[int, list[tuple[date, date | None]]] = {}
    states = MembershipState.objects.alive().filter(person__in=people, state=MembershipState.State.INNER_PROBATION)
    for person, since, until in states.values_list("person_id", "since", "until"):
        barred.setdefault(person, []).append((since, None if until == FOREVER else until))
    found = []
    for person in people:
        full, ended = members.get(person, (FOREVER, FOREVER))
        found.append(
            Helper(
                person=person, name=names.get(person, ""), since=on, full_since=None if full == FOREVER else full,
                ended_on=None if ended == FOREVER else ended, barred=tuple(barred.get(person, ())),
            )
        )  # fmt: skip
    return tuple(found)
