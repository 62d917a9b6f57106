"""Why a village or a township stands where it stands, and how many do in a county.

For each line the rule, the period, the figures, the people, and what would clear it. It asks the same rules with the same settings as
the ledger; its numbers are the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import on_screen
from yumiao.ledger import rules
from yumiao.ledger.behind import Someone
from yumiao.ledger.explaining_township import township_lines
from yumiao.ledger.explaining_village import village_lines
from yumiao.ledger.explaining_whole import whole_lines
from yumiao.ledger.figures import Ledger
from yumiao.ledger.lines_said import Line
from yumiao.ledger.queries import ledger
from yumiao.units.queries import Tree, UnitOnDay, tree
from yumiao.units.rules import Sector

__all__ = ["Explanation", "Line", "explain", "explain_in", "explained"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything said of one unit on one day; only villages and townships have a grade."""

    unit: UnitOnDay
    label: str
    day: date
    grade: rules.Grade | None
    lines: tuple[Line, ...]

    @property
    def people_count(self) -> int:
        """How many different persons are named."""
        return len({one.person.id for line in self.lines for one in (*line.counted, *line.not_counted)})

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit.code,
            "name": self.label,
            "as_of": self.day.isoformat(),
            "grade": self.grade.value if self.grade else None,
            "lines": [line.as_json() for line in self.lines],
        }

    def as_lines(self) -> list[str]:
        """Plain Chinese for a terminal or a sheet of paper."""
        grade = f"  预警等级：{self.grade.label}" if self.grade else ""
        said = [f"{self.label}（{self.unit.code}）  {on_screen(self.day)}{grade}"]
        for line in self.lines:
            said += ["", f"【{line.rule.title}】{line.verdict}", f"  依据：{line.rule.citation}（{line.rule.id}）"]
            if line.period:
                said.append(f"  期间：{line.period}")
            said += [f"  {sentence}" for sentence in line.sentences]
            said += [f"  {clock.sentence}" for clock in line.clocks]
            said += _people("计入", line.counted)
            said += _people("未计入", line.not_counted)
            if line.to_clear:
                said.append(f"  怎样解除：{line.to_clear}")
        return said


def _people(title: str, people: tuple[Someone, ...]) -> Iterator[str]:
    if people:
        yield f"  {title} {len(people)} 人："
        for one in people:
            on = f"{on_screen(one.on)} " if one.on else ""
            yield f"    {one.person.name}（{one.person.masked}） {on}{one.said}".rstrip()


def explain(code: str, day: date) -> Explanation:
    """The reasons for the village, township or county with that code on `day`; a branch below a village is explained by its village.

    Raises `OutOfScope` where there is no such unit, or it stands in no line.
    """
    units = tree(day)
    unit = explained(units, code)
    return explain_in(unit, units, ledger(day, within=units.by_id[unit.township or unit.id].subtree))


def explain_in(unit: UnitOnDay, units: Tree, found: Ledger) -> Explanation:
    """The reasons for `unit`, one of `explained`, out of a ledger that holds it; a county's are those of all that `found` holds."""
    day = found.day
    if unit.village is not None:
        village = next(village for village in found.villages if village.unit.id == unit.id)
        return Explanation(unit, units.label(unit), day, village.grade, tuple(village_lines(village, units)))
    if unit.id == unit.township:
        township = next(township for township in found.townships if township.unit.id == unit.id)
        return Explanation(unit, unit.name, day, township.grade, tuple(township_lines(township, day, units)))
    return Explanation(unit, unit.name, day, None, tuple(whole_lines(found)))


def explained(units: Tree, code: str) -> UnitOnDay:
    """The unit whose lines are meant by `code`. Raises `OutOfScope` as `explain` does."""
    unit = units.by_code.get(code)
    if unit is None:
        raise OutOfScope(f"没有代码为 {code} 的组织。")
    if unit.village is not None:
        return units.by_id[unit.village]
    stands_above = any(unit.subtree.covers(other.path) for other in units if other.kind.sector is Sector.TOWNSHIP)
    if not stands_above:
        raise OutOfScope(f"{unit.name}不在三线之内；请指定村（社区）、乡镇或县。")
    return unit
