"""Demo cases at every step: those of two townships whole, of the rest every so many, right ones and wrong ones.

Nobody becomes a member by it and nobody ceases to be an applicant, so that no figure of the lines moves. Without chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.admission.models import Case, StepRecord
from yumiao.admission.step_services import rewrite_membership
from yumiao.desk.demo.case_acts import act_on_cases
from yumiao.desk.demo.case_days import (
    Done,
    after_meeting,
    after_target,
    before_target,
    gone_wrong,
    next_sitting,
    sat_by_now,
    until_meeting,
)
from yumiao.desk.demo.case_facts import Way, days_of, voters, write_ways
from yumiao.desk.demo.case_letters import hand_ranges, write_letters
from yumiao.desk.demo.case_papers import write_papers
from yumiao.desk.demo.case_people import open_cases_for, write_newcomers
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import completed_years
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, PersonRecord
from yumiao.units.queries import Tree, UnitOnDay, tree

TOWNSHIPS: Final = ("001.031", "001.032")
VOTED_DOWN: Final = "001.032.002"
VILLAGE: Final = "001.032.006"  # where the demo's branch secretary works
SCANNED: Final = 12  # cases with papers
ALL_STEPS: Final = 6  # a turn that leaves out none of the steps up to the form
OTHERS: Final = 20  # of the rest of the county every so many cases
ADMITTED: Final = 14  # of the rest of the county every so many admissions of this year
YOUNGEST: Final = 21  # on the day of the meeting, so that the application lies after the eighteenth birthday
ADMITTED_SINCE: Final = date(2025, 1, 1)
APPROVED_BY: Final = DEMO_DAY - timedelta(days=45)
FORMS_A_TOWNSHIP: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The tree, and where everybody stands."""

    units: Tree
    of_person: Mapping[int, int]

    def unit(self, person: int) -> UnitOnDay:
        return self.units.by_id[self.of_person[person]]

    def is_shown(self, unit: int) -> bool:
        """Whether it lies in one of the townships that are shown whole."""
        return self.units.by_id[unit].code.startswith(TOWNSHIPS)


def record_cases(*, actor: Actor) -> None:
    """Record them once; a second run finds them there."""
    if StepRecord.objects.filter(step=15).exists():
        return
    units = tree(DEMO_DAY)
    place = Place(units, dict(Belonging.objects.open().values_list("person", "unit")))
    with act(Verb.PREPARED, actor=actor, reason="按纸质档案补登发展党员全程") as done:
        done.data["profile"] = "demo"
        ways = [
            *cultivated(place),
            *admitted(done, place),
            *audited(done, place),
            *write_newcomers(done, units.by_code),
            *extended(done, place),
        ]
        _write(done, ways, units)
    act_on_cases([way for way in ways if place.is_shown(way.unit)], actor=actor)


def _write(done: Act, ways: Sequence[Way], units: Tree) -> None:
    """The steps with their meetings, the ranges of forms, letters, and papers of a few."""
    offices = {one.township: one.id for one in units if one.kind.label == "机关党支部" and one.township}
    known = voters({*(way.unit for way in ways), *offices.values()})
    townships = sorted(one.code for one in units if one.township == one.id)
    first = {units.by_code[code].id: at * FORMS_A_TOWNSHIP + 1 for at, code in enumerate(townships, 1)}
    forms = dict(first)
    write_ways(done, ways, known, offices, forms)
    hand_ranges(done, forms, first)
    shown = [way for way in ways if units.by_id[way.unit].code.startswith(TOWNSHIPS)]
    write_letters(done, shown)
    own = [way for way in shown if units.by_id[way.unit].code == VILLAGE]
    others = [way for way in shown if way not in own and any(one.step == 15 for one in way.steps)]
    write_papers(done, [*own, *others[: SCANNED - len(own)]], known.names)


def cultivated(place: Place) -> Iterator[Way]:
    """Applicants, activists and targets of the workbook: everybody of the two townships, of the others every twentieth."""
    people = dict(Case.objects.order_by("pk").values_list("pk", "person_id"))
    chosen = [one for at, one in enumerate(people) if at % OTHERS == 0 or place.is_shown(place.of_person[people[one]])]
    days = days_of(chosen)
    for turn, case in enumerate(chosen):
        unit, target = place.unit(people[case]), days[case].get(8)
        if unit.code == VOTED_DOWN and target is not None:
            steps = [
                *_cultivation(days[case], ALL_STEPS),
                Done(15, target + timedelta(days=33), said={"outcome": "failed"}),
            ]
            yield Way(case, people[case], unit.id, unit.township or 0, steps, is_opposed=True)
        else:
            yield Way(case, people[case], unit.id, unit.township or 0, list(_cultivation(days[case], turn)))


def _cultivation(days: Mapping[int, date], turn: int) -> Iterator[Done]:
    applied, activist, target = days[1], days.get(3), days.get(8)
    if activist is None:
        if turn % 3 and applied + timedelta(days=30) < DEMO_DAY:
            yield Done(2, applied + timedelta(days=12 + turn % 16), said={"people": "支部书记"})
        return
    steps = list(before_target(applied, activist, target, turn))
    yield from (one for one in steps if one.on <= DEMO_DAY)
    if target is not None and any(one.step == 7 for one in steps):
        yield from after_target(target, turn, 8 + turn % 7)


def admitted(done: Act, place: Place) -> Iterator[Way]:
    """Cases for members of late: of the two townships everybody, of the others every fourteenth."""
    cases = Case.objects.values("person")
    rows = Membership.objects.alive().filter(
        membership_on__range=(ADMITTED_SINCE, APPROVED_BY), ended_on=FOREVER, cycle=1
    )
    born = {
        person: on for person, on in PersonRecord.objects.open().values_list("person_id", "born_on") if on is not None
    }
    found = []
    for at, (person, met, stated) in enumerate(
        rows.exclude(person__in=cases)
        .order_by("person")
        .values_list("person_id", "membership_on", "confirmation_stated_on")
    ):
        unit = place.unit(person)
        is_old_enough = person in born and completed_years(born[person], met) >= YOUNGEST
        is_on_time = stated in (None, add_months(met, 12))
        if unit.village and is_old_enough and is_on_time and (place.is_shown(unit.id) or at % ADMITTED == 0):
            found.append((person, met, unit))
    opened = open_cases_for(done, [person for person, _met, _unit in found])
    wrong = iter(range(len(found)))
    for turn, ((person, met, unit), case) in enumerate(zip(found, opened, strict=True)):
        approved = next_sitting(met + timedelta(days=14))
        # of those confirmed some are not archived yet; of the others some have not sworn the oath
        last = 25 if turn % 3 else 24
        steps = [*until_meeting(met, turn), *after_meeting(met, approved, turn, last)]
        if turn % 7 == 3:
            steps = [one for one in steps if one.step not in (20, 25)]
        if not place.is_shown(unit.id):
            steps = gone_wrong(steps, next(wrong))
        yield Way(case, person, unit.id, unit.township or 0, steps)


def audited(done: Act, place: Place) -> Iterator[Way]:
    """The rest of this year's admissions of villages: the county has looked their files through, all of them."""
    have = Case.objects.values("person")
    here = Membership.objects.alive().filter(membership_on__year=DEMO_DAY.year, cycle=1, ended_on=FOREVER)
    counted = dict(Attribution.objects.open().filter(person__in=here.values("person")).values_list("person", "unit"))
    born = dict(PersonRecord.objects.open().filter(person__in=list(counted)).values_list("person_id", "born_on"))
    rows = here.exclude(person__in=have).order_by("person").values_list("person_id", "membership_on")
    found = []
    for person, met in rows:
        unit = place.units.by_id.get(counted.get(person, 0))
        if unit is not None and unit.village is not None:
            found.append((person, met, unit))
    opened = open_cases_for(done, [person for person, _met, _unit in found])
    for turn, ((person, met, unit), case) in enumerate(zip(found, opened, strict=True)):
        born_on = born[person]
        is_young = born_on is not None and completed_years(born_on, met) < YOUNGEST
        steps = [
            *until_meeting(met, turn, is_young=is_young),
            *after_meeting(met, sat_by_now(met + timedelta(days=14)), turn, 21),
        ]
        yield Way(case, person, unit.id, unit.township or 0, steps)


def extended(done: Act, place: Place) -> Iterator[Way]:
    """One of a township's office whose probation was extended by six months; the admission counts in no village."""
    found = Membership.objects.alive().filter(
        membership_on__range=(date(2025, 6, 1), date(2025, 9, 15)), ended_on=FOREVER, full_member_on__lt=FOREVER
    )
    counted = dict(Attribution.objects.open().values_list("person_id", "unit"))
    for member in found.order_by("person"):
        unit, of = place.unit(member.person_id), place.units.by_id.get(counted.get(member.person_id, 0))
        if unit.village is not None or of is None or of.village is not None or unit.township is None:
            continue
        met, ends = member.membership_on, add_months(member.membership_on, 12)
        later, sat = add_months(met, 18), next_sitting(ends + timedelta(days=12))
        if sat > DEMO_DAY:
            continue
        rewrite_membership(done, member, full_member_on=FOREVER, confirmation_stated_on=None, probation_end_on=later)
        state = (ends, later, member.person_id, member.cycle, MembershipState.State.PROBATION_EXTENDED)
        done.insert(MembershipState, ("since", "until", "person_id", "cycle", "state"), [state])
        (case,) = open_cases_for(done, [member.person_id])
        said = {"outcome": "extended", "months": 6}
        steps = [
            *until_meeting(met, 5),
            *after_meeting(met, next_sitting(met + timedelta(days=14)), 5, 22),
            Done(23, ends + timedelta(days=4), said=said),
            Done(24, sat, said=said | {"document": f"转正〔{sat.year}〕21号"}),
        ]
        yield Way(case, member.person_id, unit.id, unit.township, steps)
        return
