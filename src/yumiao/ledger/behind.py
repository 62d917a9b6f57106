"""The people behind a figure of the ledger: who counts and who does not, with the reason. The same conditions as `lines.sql`, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.admission.history import APPROVAL
from yumiao.admission.models import Case, CaseEnd, StepDetail, StepRecord
from yumiao.admission.path import Outcome
from yumiao.admission.rules import ACTIVIST, APPLICATION, MEETING, TARGET
from yumiao.kernel.ages import LeapBirthday, completed_years
from yumiao.kernel.periods import on_screen
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, PersonRecord
from yumiao.people.queries import Named, named
from yumiao.people.status import OUT_OF_STOCK
from yumiao.units.queries import Tree


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with what is said of him, and the day on which it happened (None where no day is meant)."""

    person: Named
    on: date | None
    said: str

    def as_json(self) -> dict[str, Any]:
        return {
            "person": str(self.person.uid),
            "name": self.person.name,
            "number": self.person.masked,
            "on": self.on.isoformat() if self.on else None,
            "said": self.said,
        }


@dataclass(frozen=True, slots=True)
class Admission:
    """One admission that concerns a village: counted there from `membership_on`, or not, and why not."""

    person: int
    membership_on: date
    age_years: int | None
    why_not: str

    @property
    def counts(self) -> bool:
        return not self.why_not


def admissions(units: Collection[int], day: date, tree: Tree) -> list[Admission]:
    """Every admission up to `day` attributed to one of `units` at some time, or of somebody who stands there, earliest first."""
    here = set(units)
    attributed: dict[tuple[int, int], list[Attribution]] = defaultdict(list)
    for row in Attribution.objects.alive().filter(person__in=_concerned(here, day), since__lte=day).order_by("since"):
        attributed[row.person_id, row.cycle].append(row)
    found = []
    people = {person for person, _ in attributed} | set(_standing(here, day))
    for member in Membership.objects.alive().filter(person__in=people, membership_on__lte=day):
        why_not = _why_not(attributed[member.person_id, member.cycle], member, here, day, tree)
        found.append(Admission(member.person_id, member.membership_on, member.age_years, why_not))
    return sorted(found, key=lambda admission: (admission.membership_on, admission.person))


def _concerned(units: set[int], day: date) -> set[int]:
    attributed = Attribution.objects.alive().filter(unit__in=units).values_list("person_id", flat=True)
    return set(attributed) | set(_standing(units, day))


def _standing(units: set[int], day: date) -> Iterable[int]:
    return Belonging.objects.on(day).filter(unit__in=units).values_list("person_id", flat=True)


def _why_not(rows: list[Attribution], member: Membership, here: set[int], day: date, tree: Tree) -> str:
    current = next((row for row in rows if row.until > day), None)
    if current is None:
        if not rows:
            return "入党时不在本县，不计入"
        return f"自 {on_screen(rows[-1].until)} 起不再计入（取消或不予承认）"
    if current.unit_id not in here:
        other = tree.by_id.get(current.unit_id)
        return f"计入{tree.label(other) if other else '其他组织'}（{current.get_reason_display()}）"
    if member.approved_on > day:
        return "待上级党委审批"
    return ""


def by_name(admissions: Iterable[Admission], say: Any) -> list[Someone]:
    """The admissions as named people; `say` makes the words of each."""
    rows = list(admissions)
    people = named(row.person for row in rows)
    return [Someone(people[row.person], row.membership_on, say(row)) for row in rows if row.person in people]


@dataclass(frozen=True, slots=True)
class Standing:
    """A member who stands in the village on the day."""

    person: int
    age: int | None
    is_suspended: bool


def members(units: Collection[int], day: date, leap: LeapBirthday) -> list[Standing]:
    """Members standing in `units` on `day`, those with 停止党籍 among them and marked, without those who had left the county."""
    standing = set(_standing(set(units), day))
    living = Membership.objects.alive().filter(person__in=standing, membership_on__lte=day, ended_on__gt=day)
    cycles = set(living.values_list("person_id", "cycle"))
    states = MembershipState.objects.on(day).filter(person__in=standing, state__in=OUT_OF_STOCK)
    out = {(person, cycle): state for person, cycle, state in states.values_list("person_id", "cycle", "state")}
    ids = {person for person, cycle in cycles if out.get((person, cycle)) != MembershipState.State.AWAY}
    suspended = {person for person, cycle in cycles if (person, cycle) in out}
    births = PersonRecord.objects.on(day).filter(person__in=ids).values_list("person_id", "born_on")
    return [
        Standing(person, completed_years(born_on, day, leap) if born_on else None, person in suspended)
        for person, born_on in births.order_by("person_id")
    ]


@dataclass(frozen=True, slots=True)
class Cultivated:
    """Somebody with an open case who stands in the village on the day; days are None for steps not held by then."""

    person: int
    applied_on: date | None
    activist_on: date | None
    target_on: date | None

    @property
    def is_activist(self) -> bool:
        return self.activist_on is not None or self.target_on is not None


def cultivated(units: Collection[int], day: date) -> list[Cultivated]:
    """Open cases whose branch meeting (step 15) has not passed by `day`."""
    return [
        Cultivated(person, held.get(APPLICATION), held.get(ACTIVIST), held.get(TARGET))
        for person, held, _is_approved in _cases(units, day)
        if MEETING not in held and set(held) & {APPLICATION, ACTIVIST, TARGET}
    ]


def waiting(units: Collection[int], day: date) -> list[tuple[int, date]]:
    """(person, day of the branch meeting) of open cases that wait for the approval of the committee; they count as pending."""
    return [
        (person, held[MEETING])
        for person, held, is_approved in _cases(units, day)
        if MEETING in held and not is_approved
    ]


def _cases(units: Collection[int], day: date) -> Iterator[tuple[int, dict[int, date], bool]]:
    """(person, days of the steps that passed by `day`, whether it is approved at all) of every open case of those who stand there."""
    standing = set(_standing(set(units), day))
    cases = dict(Case.objects.filter(person__in=standing).values_list("id", "person_id"))
    ended = set(CaseEnd.objects.alive().filter(case__in=cases, ended_on__lte=day).values_list("case_id", flat=True))
    details = StepDetail.objects.alive().filter(case__in=cases, outcome=Outcome.FAILED)
    failed = set(details.values_list("case_id", "step", "occurrence"))
    held: dict[int, dict[int, date]] = defaultdict(dict)
    approved = set()
    steps = StepRecord.objects.alive().filter(case__in=cases).order_by("occurrence")
    for case, step, occurrence, on in steps.values_list("case_id", "step", "occurrence", "held_on"):
        if (case, step, occurrence) in failed:
            continue
        if step == APPROVAL:
            approved.add(case)
        if on <= day:
            held[case].setdefault(step, on)
    for case, person in sorted(cases.items()):
        if case not in ended:
            yield person, held[case], case in approved
