"""Which plan holds for a unit: its own, or what it took over from the units it succeeded. Reads only.

A merger sums what its parts had, a split leaves the plan with the main part (EDGE-19, 20); a plan given after the change beats both.
Nothing is written for it, so that the ledger of a day before the change shows the plans of that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import IntegerField, QuerySet, Value

from yumiao.kernel.periods import FOREVER
from yumiao.ledger.figures import Plan
from yumiao.ledger.models import Quota
from yumiao.units.models import Succession

_PARTS: Final = ("planned", "young", "women", "college")
Parts = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class KnownQuota:
    """The plan that holds; `id` is the row to strike when it is corrected, None where all of it was taken over."""

    id: int | None
    planned: int
    young: int | None
    women: int | None
    college: int | None


@dataclass(frozen=True, slots=True)
class _Own:
    id: int
    entered: int
    parts: Parts


def known_quotas() -> dict[tuple[int, int], KnownQuota]:
    """The plans that hold now, by (unit id, year)."""
    found = _read(Quota.objects.alive(), Succession.objects.alive())
    return {key: KnownQuota(row, *parts) for key, (row, parts) in found.items()}  # type: ignore[arg-type]


def plans_on(day: date, known: int | None = None) -> dict[int, Plan]:
    """The plans of the year that hold on `day`, by unit id, as known now or when entry `known` had been written; one query."""
    if known is None:
        quotas, successions = Quota.objects.alive(), Succession.objects.alive()
    else:
        quotas, successions = Quota.objects.known_at(known), Succession.objects.known_at(known)
    found = _read(quotas.filter(year=day.year), successions, day)
    return {unit: Plan(*parts) for (unit, _year), (_row, parts) in found.items()}  # type: ignore[arg-type]


def taken_over(plans: Mapping[int, Plan], heirs: Mapping[int, Sequence[int]]) -> dict[int, Plan]:
    """The plans as they would hold if the units in `heirs` went over to their successors now, the main one first."""
    held: dict[int, list[Parts]] = defaultdict(list)
    for unit, plan in plans.items():
        held[heirs[unit][0] if unit in heirs else unit].append((plan.planned, plan.young, plan.women, plan.college))
    return {unit: Plan(*parts) for unit, many in held.items() if (parts := _sum(many))}  # type: ignore[arg-type]


def _read(
    quotas: QuerySet[Quota], successions: QuerySet[Succession], day: date = FOREVER
) -> dict[tuple[int, int], tuple[int | None, Parts]]:
    """(row of its own or None, planned and parts) by unit and year."""
    nothing = Value(None, output_field=IntegerField())
    rows = quotas.annotate(after=nothing).values_list("unit_id", "year", "id", "entered", *_PARTS, "after")
    taken_over = (
        successions.filter(is_main=True, effective_on__lte=day)
        .annotate(**dict.fromkeys(("year", *_PARTS), nothing))
        .values_list("successor_id", "year", "id", "entered", *_PARTS, "predecessor_id")
    )
    own: dict[int, dict[int, _Own]] = defaultdict(dict)
    before: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit, year, row, entered, *parts, after in rows.union(taken_over, all=True):
        if after is None:
            own[year][unit] = _Own(row, entered, tuple(parts))
        else:
            before[unit].append((after, entered))
    return {(unit, year): held for year, plans in own.items() for unit, held in _held(plans, before).items()}


def _held(own: Mapping[int, _Own], before: Mapping[int, list[tuple[int, int]]]) -> dict[int, tuple[int | None, Parts]]:
    """Of one year: what every unit holds, its predecessors' plans added to its own unless its own was given later."""
    found: dict[int, tuple[int | None, Parts]] = {}

    def parts_of(unit: int) -> Parts | None:
        mine, predecessors = own.get(unit), before.get(unit, ())
        if mine is not None and all(mine.entered > entered for _, entered in predecessors):
            return mine.parts
        held = [parts for parts in (parts_of(one) for one, _ in predecessors) if parts is not None]
        return _sum([*held, *([mine.parts] if mine else [])])

    for unit in {*own, *before}:
        parts = parts_of(unit)
        if parts is not None:
            mine = own.get(unit)
            found[unit] = (mine.id if mine else None, parts)
    return found


def _sum(many: list[Parts]) -> Parts | None:
    """Column by column, the sum of what was said; None where nothing was."""
    if not many:
        return None
    said = ([one for one in column if one is not None] for column in zip(*many, strict=True))
    return tuple(sum(one) if one else None for one in said)
