"""The members of the demo county: the admissions of the last three years with names, and those who joined before.

It must not know activists, talents or plans.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from yumiao.desk.demo.admissions import YEAR_BEFORE, Admission
from yumiao.desk.demo.days import DEMO_DAY, age_on, birth_at_age, day_at_age, years_after
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.people import Person, Register
from yumiao.desk.demo.tree import Branch, Tree

YOUNG_AGE: Final = 35
MOVED_IN_100: Final = 3
LAST_OF_STOCK: Final = date(YEAR_BEFORE - 1, 12, 31)
# How many members a branch has, from and to.
SIZES: Final = {
    "村党支部": (14, 32),
    "社区党支部": (20, 38),
    "机关党支部": (18, 34),
    "学校党支部": (7, 16),
    "医院党支部": (5, 11),
    "企业党支部": (4, 9),
}
COUNTY_OFFICE_SIZE: Final = (20, 46)
# More than 50 members make a general branch, 100 a committee (Rural-2018).
LARGE_VILLAGE_BRANCH_SIZE: Final = (26, 34)
COMMITTEE_BRANCH_SIZE: Final = (34, 39)


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the sheet 党员. `admitted_in` is None where that is `branch` itself."""

    person: Person
    branch: Branch
    admitted_on: date
    is_full: bool
    confirmed_on: date | None
    admitted_in: Branch | None = None
    statement: str | None = None
    old_number: str | None = None

    def cells(self) -> list[object]:
        """The row as the sheet has it."""
        return [
            *self.person.cells(self.branch.code),
            "正式党员" if self.is_full else "预备党员",
            self.admitted_on,
            self.confirmed_on,
            self.admitted_in.code if self.admitted_in else None,
            self.statement,
            self.old_number,
        ]


def members(
    tree: Tree, admissions: Sequence[Admission], figures: Figures, register: Register, rng: Random
) -> list[Member]:
    """All members, branch by branch in the order of codes, the longest standing first."""
    sizes = _branch_sizes(tree, figures, rng)
    branches = list(tree.branches())
    rows = [_admitted(admission, branches, register, rng) for admission in admissions]
    standing = Counter(row.branch.code for row in rows)
    young = Counter(row.branch.code for row in rows if _is_young(row.person))
    greying = _greying(tree, sizes, young, figures, rng)
    for branch in branches:
        size, recent = sizes[branch.code], young[branch.code]
        wanted = 0 if branch.code in greying else max(-(-size // 10), round(size * rng.uniform(0.1, 0.24))) - recent
        places = size - standing[branch.code]
        for place in range(places):
            rows.append(_long_standing(branch, place < wanted, register, rng))
    return sorted(rows, key=lambda row: (row.branch.code, row.admitted_on, row.person.number))


def _is_young(person: Person) -> bool:
    return age_on(person.born_on, DEMO_DAY) <= YOUNG_AGE


def _branch_sizes(tree: Tree, figures: Figures, rng: Random) -> dict[str, int]:
    """Members by branch code, together exactly `figures.members`."""
    committees = {unit.code for unit in tree.units if unit.kind == "村党委"}
    ranges = {branch.code: SIZES[branch.kind] if branch.township else COUNTY_OFFICE_SIZE for branch in tree.branches()}
    for village in tree.villages:
        if len(village.branches) > 1:
            size = COMMITTEE_BRANCH_SIZE if village.code in committees else LARGE_VILLAGE_BRANCH_SIZE
            ranges.update((branch.code, size) for branch in village.branches)
    sizes = {code: rng.randint(low, high) for code, (low, high) in ranges.items()}
    ordinary = [village.code for village in tree.villages if len(village.branches) == 1]
    missing = figures.members - sum(sizes.values())
    for number in range(abs(missing)):
        sizes[ordinary[number % len(ordinary)]] += 1 if missing > 0 else -1
    return sizes


def _greying(tree: Tree, sizes: dict[str, int], young: Counter[str], figures: Figures, rng: Random) -> set[str]:
    """Villages whose young members, admitted lately, are fewer than a tenth; nobody young is added to them."""
    ordinary = [village.code for village in tree.villages if len(village.branches) == 1]
    few = [code for code in ordinary if 10 * young[code] < sizes[code]]
    return set(rng.sample(few, figures.greying_villages))


def _admitted(admission: Admission, branches: Sequence[Branch], register: Register, rng: Random) -> Member:
    """The person behind one admission; a few have moved since, and still count where they were admitted."""
    age = rng.choice(range(19, YOUNG_AGE + 1)) if admission.young else rng.choice(range(YOUNG_AGE + 1, 53))
    person = register.enter(admission.branch, birth_at_age(age, admission.on, rng), woman_in_100=36)
    confirmed_on = years_after(admission.on, 1)
    is_full = confirmed_on <= DEMO_DAY
    standing = rng.choice(branches) if rng.randrange(100) < MOVED_IN_100 else admission.branch
    return Member(
        person=person,
        branch=standing,
        admitted_on=admission.on,
        is_full=is_full,
        confirmed_on=confirmed_on if is_full else None,
        admitted_in=None if standing == admission.branch else admission.branch,
    )


def _long_standing(branch: Branch, young: bool, register: Register, rng: Random) -> Member:
    """A full member who joined before 2024; in offices and firms nobody is over 75."""
    if young:
        age = rng.randint(24, YOUNG_AGE)
    elif branch.village is None:
        age = rng.choice((rng.randint(36, 60), rng.randint(36, 60), rng.randint(61, 75)))
    else:
        age = rng.choice((rng.randint(36, 60), rng.randint(48, 72), rng.randint(61, 92)))
    person = register.enter(branch, birth_at_age(age, DEMO_DAY, rng), woman_in_100=36 if age < 45 else 24)
    admitted_on = day_at_age(person.born_on, _age_at_admission(person, rng), rng)
    return Member(
        person=person,
        branch=branch,
        admitted_on=admitted_on,
        is_full=True,
        confirmed_on=years_after(admitted_on, 1),
        old_number=_number_before_1999(person) if age >= 50 and rng.random() < 0.05 else None,
    )


def _age_at_admission(person: Person, rng: Random) -> int:
    latest = age_on(person.born_on, LAST_OF_STOCK) - 1
    return min(latest, round(rng.triangular(18, 48, 25)))


def _number_before_1999(person: Person) -> str:
    """The fifteen digits of the same number: the year of birth in two digits, no check character."""
    return person.number[:6] + person.number[8:17]


def full_members_by_branch(rows: Sequence[Member]) -> dict[str, list[Member]]:
    """Full members with a known day of confirmation, by branch code, the longest standing first."""
    found: dict[str, list[Member]] = {}
    for row in rows:
        if row.is_full and row.confirmed_on:
            found.setdefault(row.branch.code, []).append(row)
    return found
