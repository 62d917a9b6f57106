"""The ledger of a day: plans read, the lines run, sums taken by village, figures made. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yumiao.bylaws.queries import settings_on
from yumiao.bylaws.rules import Settings
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.ledger.figures import Ledger, Plan, Township, Village
from yumiao.ledger.lines import Counts, counts_by_path
from yumiao.ledger.plans import plans_on
from yumiao.units.queries import Tree, UnitOnDay, tree
from yumiao.units.rules import Sector


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything a ledger of `day` is made of, for the subtree `within`; `by_path` has no units that count nothing."""

    day: date
    units: Tree
    by_path: dict[str, Counts]
    plans: dict[int, Plan]
    settings: Settings
    within: Range


def counted(
    day: date,
    units: Tree,
    *,
    within: Range = EVERYTHING,
    known: int | None = None,
    settings: Settings | None = None,
) -> Counted:
    """The lines run over `within` and the plans read, on the tree of `day`, as known now or when entry `known` had been written.

    `settings` are those of the day, for who has them already.
    """
    settings = settings or settings_on(day, known=known)
    by_path = counts_by_path(day, settings, within=within, known=known)
    return Counted(day, units, by_path, plans_on(day, known), settings, within)


def ledger(day: date, *, within: Range = EVERYTHING, known: int | None = None) -> Ledger:
    """The ledger of `day` for the subtree `within`, as known now or as known when entry `known` had been written.

    Settings are those of the day, the tree is that of the day: a change of yesterday leaves last year's ledger as it was.
    """
    return assessed(counted(day, tree(day, known=known), within=within, known=known))


def assessed(counts: Counted) -> Ledger:
    """What the rules say of the counts."""
    units, day, settings, plans = counts.units, counts.day, counts.settings, counts.plans
    inside = [unit for unit in units if counts.within.covers(unit.path)]
    villages = tuple(
        Village.assessed(unit, sums, plans.get(unit.id), day, settings)
        for unit, sums in _by_village(inside, counts.by_path)
    )
    below: dict[int | None, list[Village]] = defaultdict(list)
    for village in villages:
        below[village.unit.township].append(village)
    townships = tuple(
        Township(unit, tuple(below[unit.id]), plans.get(unit.id), settings) for unit in _townships(inside)
    )
    total = Counts.total(list(counts.by_path.values()))
    return Ledger(day, _top(units, inside, counts.within), villages, townships, total, settings)


def _by_village(inside: list[UnitOnDay], by_path: dict[str, Counts]) -> list[tuple[UnitOnDay, Counts]]:
    """Every village of the subtree in the order of its code, with the sum of what its branches count."""
    branches: dict[int, list[Counts]] = defaultdict(list)
    for unit in inside:
        if unit.village is not None and (counts := by_path.get(unit.path)) is not None:
            branches[unit.village].append(counts)
    found = [unit for unit in inside if unit.village == unit.id]
    return [(unit, Counts.total(branches[unit.id])) for unit in sorted(found, key=lambda unit: unit.code)]


def _townships(inside: list[UnitOnDay]) -> list[UnitOnDay]:
    """Townships of the subtree; of a subtree below a township, none: a part of a township has no guidance line or plan."""
    return sorted((unit for unit in inside if unit.kind.sector is Sector.TOWNSHIP), key=lambda unit: unit.code)


def _top(units: Tree, inside: list[UnitOnDay], within: Range) -> UnitOnDay | None:
    return min(inside, key=lambda unit: unit.path, default=None) if within != EVERYTHING else units.root
