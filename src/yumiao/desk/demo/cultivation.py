"""The sheet 发展培养 of the demo county: applicants, activists and development targets with their contacts.

It must not know the lines; it is told how many activists a township needs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY, age_on, birth_at_age, day_between
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.members import Member
from yumiao.desk.demo.people import Person, Register
from yumiao.desk.demo.plans import without_plan
from yumiao.desk.demo.tree import Branch, Tree, Village

ACTIVISTS_FOR_ONE: Final = 3
OLDEST_CONTACT: Final = 75


@dataclass(frozen=True, slots=True)
class Applicant:
    """One row of the sheet 发展培养."""

    person: Person
    branch: Branch
    applied_on: date
    activist_on: date | None = None
    target_on: date | None = None
    contacts: tuple[str, ...] = ()

    def cells(self) -> list[object]:
        """The row as the sheet has it."""
        first, second = (*self.contacts, None, None)[:2]
        dates = [self.applied_on, self.activist_on, self.target_on]
        return [*self.person.cells(self.branch.code), *dates, first, second]


def applicants(
    tree: Tree,
    wanted: Mapping[str, int],
    full: Mapping[str, list[Member]],
    figures: Figures,
    register: Register,
    rng: Random,
) -> list[Applicant]:
    """All rows, by branch; `wanted` is the year's plan by township code, `full` the full members by branch code."""
    rows = [
        _activist(rng.choice(village.branches), full, register, rng)
        for village, count in _activists_by_village(tree, wanted, figures, rng)
        for _ in range(count)
    ]
    branches = list(tree.branches())
    rows += [_applicant(branch, register, rng) for branch in rng.choices(branches, k=figures.applicants_only)]
    return sorted(rows, key=lambda row: (row.branch.code, row.applied_on, row.person.number))


def _activists_by_village(
    tree: Tree, wanted: Mapping[str, int], figures: Figures, rng: Random
) -> Iterator[tuple[Village, int]]:
    """Three for every planned admission, save in a few townships; at least one in a village, save in a few."""
    empty = set(rng.sample([v.code for v in tree.villages], figures.villages_without_activist))
    mine: dict[str, list[Village]] = {township: [] for township in tree.townships}
    for village in tree.villages:
        if village.code not in empty:
            mine[village.township].append(village)
    planning = [code for code in tree.townships if code not in without_plan(tree)]
    can_fall_short = [code for code in planning if ACTIVISTS_FOR_ONE * wanted[code] > len(mine[code]) + 3]
    short = set(rng.sample(can_fall_short, figures.townships_short_of_reserve))
    counts = {
        code: ACTIVISTS_FOR_ONE * wanted[code] - rng.randint(1, 3)
        if code in short
        else max(ACTIVISTS_FOR_ONE * wanted[code], len(mine[code]))
        for code in tree.townships
    }
    amply = [code for code in tree.townships if code not in short]
    surplus = figures.activists - sum(counts.values())
    for code, more in Counter(rng.choices(amply, k=surplus)).items():
        counts[code] += more
    for code, villages in mine.items():
        spread = Counter(rng.choices(range(len(villages)), k=counts[code] - len(villages)))
        for number, village in enumerate(villages):
            yield village, 1 + spread[number]


def _activist(branch: Branch, full: Mapping[str, list[Member]], register: Register, rng: Random) -> Applicant:
    """An activist of the last two and a half years; every third who is one for more than a year is a target."""
    activist_on = DEMO_DAY - timedelta(days=rng.randint(15, 900))
    applied_on = activist_on - timedelta(days=rng.randint(184, 480))
    ripe_on = activist_on + timedelta(days=370)
    target_on = day_between(ripe_on, DEMO_DAY, rng) if ripe_on <= DEMO_DAY and rng.random() < 0.36 else None
    pool = [
        member.person.number
        for member in full[branch.code]
        if member.confirmed_on
        and member.confirmed_on <= activist_on
        and age_on(member.person.born_on, activist_on) < OLDEST_CONTACT
    ]
    return Applicant(
        person=_candidate(branch, applied_on, register, rng),
        branch=branch,
        applied_on=applied_on,
        activist_on=activist_on,
        target_on=target_on,
        contacts=tuple(rng.sample(pool, min(len(pool), rng.choice((1, 2, 2, 2, 2, 2))))),
    )


def _applicant(branch: Branch, register: Register, rng: Random) -> Applicant:
    applied_on = DEMO_DAY - timedelta(days=rng.randint(3, 640))
    return Applicant(_candidate(branch, applied_on, register, rng), branch, applied_on)


def _candidate(branch: Branch, applied_on: date, register: Register, rng: Random) -> Person:
    age = round(rng.triangular(18, 47, 26))
    return register.enter(branch, birth_at_age(age, applied_on, rng), woman_in_100=38)
