"""Of which unit a reader may see statistics on a day, and which he may choose next. Rights stand on today's tree, figures on that of the day.

Must not know: pages.
"""

from __future__ import annotations

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.desk.people.places import MOST_TO_CHOOSE
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.reading import Subject
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger.memory import roots_on
from yumiao.units.queries import UnitOnDay


def unit_of(reader: Reader, asked: Asked) -> UnitOnDay | None:
    """The unit asked for, else the reader's first; None where he had none on that day. A balance may name one that stood at its start only.

    `OutOfScope` for one that was not there or is not his.
    """
    assert asked.day is not None
    scope = reader.scope(Permission.LEDGER_READ)
    days = [asked.day, asked.start] if asked.subject is Subject.BALANCE else [asked.day]
    for day in days:
        units, roots = tree_of(day, reader.head), roots_on(reader, scope, day)
        if not asked.unit:
            return units.by_path[roots[0].lo] if roots else None
        unit = units.by_code.get(asked.unit)
        if unit is not None and any(root.covers(unit.path) for root in roots):
            return unit
    raise OutOfScope(f"没有代码为 {asked.unit} 的组织。")


def to_choose(reader: Reader, asked: Asked, unit: UnitOnDay) -> list[UnitOnDay]:
    """The unit, those above it as far as the reader sees them, his others, and what stands directly below: one step up or down.

    More than `MOST_TO_CHOOSE` below are not among them: each has its row in the table, which leads to its own.
    """
    assert asked.day is not None
    units = tree_of(asked.day, reader.head)
    roots = roots_on(reader, reader.scope(Permission.LEDGER_READ), asked.day)
    line = [one for one in units.line(unit) if any(root.covers(one.path) for root in roots)]
    tops = [units.by_path[root.lo] for root in roots]
    below = units.below(unit)
    listed = below if len(below) <= MOST_TO_CHOOSE else ()
    return sorted({one.id: one for one in (*tops, *line, *listed)}.values(), key=lambda one: one.path)
