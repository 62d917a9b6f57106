"""Who was admitted in the last three years: where, on which day, and whether at 35 or younger.

Here the three lines get their story: villages without an admission, townships that admit too few young people.
It must not know who the admitted are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from yumiao.desk.demo.days import THIS_YEAR, meeting_day
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.tree import Branch, Tree, Village

LAST_YEAR: Final = THIS_YEAR - 1
YEAR_BEFORE: Final = THIS_YEAR - 2


@dataclass(frozen=True, slots=True)
class Admission:
    """One admission that is still without a name."""

    branch: Branch
    on: date
    young: bool


def village_admissions(tree: Tree, figures: Figures, rng: Random) -> list[Admission]:
    """All admissions of 2024 to 2026 in villages and communities."""
    places = _places_by_year(tree.villages, figures, rng)
    admissions = [
        Admission(rng.choice(village.branches), meeting_day(year, rng), rng.random() < 0.78)
        for year in (YEAR_BEFORE, LAST_YEAR)
        for village in places[year]
    ]
    for mine, young in _young_by_township(places[THIS_YEAR], figures, rng):
        chosen = set(rng.sample(range(len(mine)), young))
        admissions += [
            Admission(rng.choice(village.branches), meeting_day(THIS_YEAR, rng), number in chosen)
            for number, village in enumerate(mine)
        ]
    return admissions


def office_admissions(tree: Tree, rng: Random) -> list[Admission]:
    """Admissions of 2024 to 2026 in offices, schools, hospitals and firms."""
    return [
        Admission(branch, meeting_day(year, rng), rng.random() < 0.8)
        for branch in tree.offices
        for year in (YEAR_BEFORE, LAST_YEAR, THIS_YEAR)
        for _ in range(rng.choice((0, 0, 1, 1, 2)))
    ]


def admitted_by_township(admissions: Sequence[Admission], year: int) -> Counter[str]:
    """How many were admitted in the villages of each township in `year`, keyed by the township's code."""
    places = (admission.branch for admission in admissions if admission.on.year == year)
    return Counter(place.township for place in places if place.township and place.village)


def _places_by_year(villages: Sequence[Village], figures: Figures, rng: Random) -> dict[int, list[Village]]:
    """One entry an admission. The order of a random sample decides which villages stand on which line."""
    order = rng.sample(villages, len(villages))
    warned, steady = order[: figures.without_admission_last_year], order[figures.without_admission_last_year :]
    two_years, one_year = warned[: figures.without_admission_two_years], warned[figures.without_admission_two_years :]
    longest = figures.still_without_after_two_years
    still = {*two_years[:longest], *one_year[: figures.still_without_this_year - longest]}
    cleared = [village for village in warned if village not in still]
    places = {YEAR_BEFORE: list(one_year), LAST_YEAR: list(steady), THIS_YEAR: list(cleared)}
    places[YEAR_BEFORE] += rng.sample(steady, len(steady) * 3 // 5)
    for year in (YEAR_BEFORE, LAST_YEAR):
        places[year] += rng.choices(steady, [len(village.branches) for village in steady], k=len(steady) // 5)
    missing, settled = figures.admitted_this_year - len(cleared), [*cleared, *steady]
    places[THIS_YEAR] += rng.sample(steady, missing * 4 // 5)
    sizes = [len(village.branches) for village in settled]
    places[THIS_YEAR] += rng.choices(settled, sizes, k=missing - missing * 4 // 5)
    return places


def _young_by_township(places: Sequence[Village], figures: Figures, rng: Random) -> Iterator[tuple[list[Village], int]]:
    """The admissions of each township and how many of them are young: three quarters or more, save in a few."""
    by_township: defaultdict[str, list[Village]] = defaultdict(list)
    for village in places:
        by_township[village.township].append(village)
    eligible = [code for code, mine in sorted(by_township.items()) if len(mine) >= 4]
    below = set(rng.sample(eligible, figures.townships_below_guidance_line))
    for code, mine in sorted(by_township.items()):
        enough = -(-3 * len(mine) // 4)
        yield mine, enough - rng.choice((1, 2)) if code in below else rng.randint(enough, len(mine))
