"""The yearly plans of the demo county: how many members each township means to admit, and of which kind.

It must not know who is admitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from yumiao.desk.demo.admissions import LAST_YEAR, Admission, admitted_by_township
from yumiao.desk.demo.days import THIS_YEAR
from yumiao.desk.demo.tree import Tree

# In every 38 townships the third gives its plan by villages, the fifth gives none.
TOWNSHIPS_IN_TURN: Final = 38
BY_VILLAGES: Final = 2
WITHOUT: Final = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """One row of the sheet 发展计划."""

    year: int
    unit: str
    planned: int
    detailed: bool = True

    def cells(self) -> list[object]:
        """Three quarters young, a third women, two fifths with college; a village's own plan says the number only."""
        if not self.detailed:
            return [self.year, self.unit, self.planned, None, None, None]
        young, women, college = -(-3 * self.planned // 4), -(-self.planned // 3), -(-2 * self.planned // 5)
        return [self.year, self.unit, self.planned, young, women, college]


def targets(tree: Tree, admissions: Sequence[Admission], year: int, rng: Random) -> dict[str, int]:
    """What each township means to admit in `year`, close to what it did admit, whether it hands in a plan or not."""
    admitted = admitted_by_township(admissions, year)
    return {township: max(1, admitted[township] + rng.choice((-1, 0, 0, 0, 1, 1))) for township in tree.townships}


def without_plan(tree: Tree) -> set[str]:
    """The townships that hand in none."""
    return {code for number, code in enumerate(tree.townships) if number % TOWNSHIPS_IN_TURN == WITHOUT}


def plans(tree: Tree, last_year: dict[str, int], this_year: dict[str, int]) -> list[Plan]:
    """The plans handed in for both years."""
    rows: list[Plan] = []
    without = without_plan(tree)
    for year, wanted in ((LAST_YEAR, last_year), (THIS_YEAR, this_year)):
        for number, township in enumerate(tree.townships):
            turn = number % TOWNSHIPS_IN_TURN
            if turn == BY_VILLAGES and year == THIS_YEAR:
                rows += _village_plans(tree, township, wanted[township])
            elif township not in without:
                rows.append(Plan(year, township, wanted[township]))
    return rows


def _village_plans(tree: Tree, township: str, planned: int) -> list[Plan]:
    mine = [village.code for village in tree.villages if village.township == township]
    each, rest = divmod(planned, len(mine))
    return [Plan(THIS_YEAR, code, each + (number < rest), detailed=False) for number, code in enumerate(mine)]
