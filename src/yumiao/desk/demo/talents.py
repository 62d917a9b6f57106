"""The talent pool of the demo county: who is in it, and the two contacts of each.

It must not know applicants: nobody of the demo county is in both sheets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY, birth_at_age, day_between, years_after
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.members import Member
from yumiao.desk.demo.people import Person, Register
from yumiao.desk.demo.tree import Branch, Tree

POOL_OPENED_ON: Final = date(2023, 3, 1)
VETERAN_YEARS: Final = 10
COMPLETE_IN_100: Final = 94


@dataclass(frozen=True, slots=True)
class Category:
    """A category of talents: how frequent, how old, and the occupations and schooling found in it (empty: any)."""

    name: str
    weight: int
    ages: tuple[int, int]
    occupations: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    woman_in_100: int = 35


CATEGORIES: Final = (
    Category("优秀农民工", 35, (24, 48), ("外出务工经商人员",)),
    Category("致富能手", 26, (28, 55), ("农牧渔民", "个体工商户")),
    Category("退役军人", 15, (21, 45), ("退役军人", "外出务工经商人员"), woman_in_100=4),
    Category("返乡大学生", 19, (21, 30), ("其他", "村（社区）干部"), ("大专", "本科", "本科"), woman_in_100=50),
    Category("其他", 5, (25, 55)),
)


@dataclass(frozen=True, slots=True)
class Talent:
    """One row of the sheet 人才库; `veteran` and `mentor` are identity numbers of members."""

    person: Person
    branch: Branch
    category: str
    since_on: date
    veteran: str | None
    mentor: str | None

    def cells(self) -> list[object]:
        """The row as the sheet has it."""
        return [*self.person.cells(self.branch.code), self.category, self.since_on, self.veteran, self.mentor]


def talents(
    tree: Tree, full: Mapping[str, list[Member]], figures: Figures, register: Register, rng: Random
) -> list[Talent]:
    """All rows, by branch; the veteran stands in the talent's branch, the mentor in the township's office."""
    branches = [branch for village in tree.villages for branch in village.branches]
    mentors = _mentors(tree, full)
    chosen = rng.choices(branches, k=figures.talents)
    categories = rng.choices(CATEGORIES, [category.weight for category in CATEGORIES], k=figures.talents)
    rows = [
        _talent(branch, category, full[branch.code], mentors[branch.township or ""], register, rng)
        for branch, category in zip(chosen, categories, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.branch.code, row.since_on, row.person.number))


def _mentors(tree: Tree, full: Mapping[str, list[Member]]) -> dict[str, list[Member]]:
    """Full members of the township office, by township code."""
    return {
        branch.township: full[branch.code] for branch in tree.offices if branch.township and branch.kind == "机关党支部"
    }


def _talent(
    branch: Branch,
    category: Category,
    standing: Sequence[Member],
    mentors: Sequence[Member],
    register: Register,
    rng: Random,
) -> Talent:
    since_on = day_between(POOL_OPENED_ON, DEMO_DAY, rng)
    person = register.enter(
        branch, birth_at_age(rng.randint(*category.ages), since_on, rng), woman_in_100=category.woman_in_100
    )
    if category.occupations:
        person = replace(person, occupation=rng.choice(category.occupations))
    if category.education:
        person = replace(person, education=rng.choice(category.education))
    veterans = list(_veterans(standing, since_on))
    complete = rng.randrange(100) < COMPLETE_IN_100
    return Talent(
        person=person,
        branch=branch,
        category=category.name,
        since_on=since_on,
        veteran=rng.choice(veterans) if veterans else None,
        mentor=rng.choice(mentors).person.number if complete else None,
    )


def _veterans(standing: Sequence[Member], on: date) -> Iterator[str]:
    for member in standing:
        if member.confirmed_on and years_after(member.confirmed_on, VETERAN_YEARS) <= on:
            yield member.person.number
