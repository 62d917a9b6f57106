"""Units to narrow a list of people to: those one step up or down, or, where they are too many to run through, those that a text names.

Must not know: people, pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.people.filters import Filter
from yumiao.desk.units.finding import dotless, said, units_by
from yumiao.units.queries import UnitOnDay

MOST_OFFERED: Final = 50
MOST_TO_CHOOSE: Final = 200
"""Units directly below that a list to choose from holds; no township or county of today has as many."""


class Placed(NamedTuple):
    """The conditions with the unit that a text names; where it names several or none, as they were.

    `offered` are those it may mean, at most `MOST_OFFERED`; None where there is no doubt.
    """

    asked: Filter
    offered: list[UnitOnDay] | None = None


def units_to_choose(reader: Reader, unit: UnitOnDay | None) -> list[UnitOnDay] | None:
    """The chosen unit, those above it as far as the reader sees them, and what stands directly below: one step up or down.

    None where more than `MOST_TO_CHOOSE` stand directly below: then a unit is asked for by name or code.
    """
    tree, scope = reader.tree, reader.scope(Permission.PERSON_READ)
    line = [one for one in tree.line(unit) if scope.covers(one.path)]
    tops = [one for root in scope.roots if (one := tree.by_path.get(root.lo)) is not None]
    below = [child for one in (line[-1:] or tops) for child in tree.below(one)]
    if len(below) > MOST_TO_CHOOSE:
        return None
    return sorted({one.id: one for one in (*tops, *line, *below)}.values(), key=lambda one: one.path)


def placed(reader: Reader, asked: Filter, typed: str | None) -> Placed:
    """What is asked once `typed` is understood as a unit's name or code; None: nothing was typed, and the unit stays.

    The field shows the name of the unit in force, so that this name means that unit, whoever else is called so.
    """
    if typed is None:
        return Placed(asked)
    wanted, chosen = said(typed), reader.tree.by_code.get(asked.unit)
    if chosen is not None and wanted == said(chosen.name):
        return Placed(asked)
    if not wanted:
        return Placed(replace(asked, unit=""))
    found = units_by(reader, typed, Permission.PERSON_READ)
    named = [unit for unit in found if said(unit.name) == wanted or dotless(unit.code) == dotless(typed)] or found
    return Placed(replace(asked, unit=named[0].code)) if len(named) == 1 else Placed(asked, named[:MOST_OFFERED])
