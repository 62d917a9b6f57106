"""Writing what a reform makes of the tree, within an open act: units that begin, end and change from one day on, and who succeeds whom.

Must not know: people, plans, who may decide it. Nothing before the day is touched.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.journal.facts import Lasting
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import FOREVER, on_screen
from yumiao.units.change_rules import DIVC_05, ORG_08B
from yumiao.units.changes import Outcome, Standing
from yumiao.units.models import Placement, Reform, Succession, Unit, UnitRecord, ZonePlace
from yumiao.units.queries import Tree
from yumiao.units.rules import Node, arrange
from yumiao.units.services import PLACEMENT, RECORD, UNIT, ZONE

REFORM: Final = ("uid", "title", "document", "approved_on", "effective_on")
SUCCESSION: Final = ("predecessor_id", "successor_id", "effective_on", "is_split", "is_main", "document")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a reform stands on, and from which day it holds."""

    title: str
    document: str
    approved_on: date
    effective_on: date

    def row(self, uid: uuid.UUID) -> tuple[Any, ...]:
        return (uid, self.title, self.document, self.approved_on, self.effective_on)


def standings(tree: Tree) -> list[Standing]:
    """A tree as the steps of a reform see it."""
    codes = {unit.id: unit.code for unit in tree}
    return [Standing(unit.code, unit.name, unit.kind.label, codes.get(unit.parent or 0)) for unit in tree]


def taken_codes() -> frozenset[str]:
    """Codes of all units that stand or stood. One whose founding was taken back may be founded again."""
    return frozenset(UnitRecord.objects.alive().values_list("unit__code", flat=True))


def records_since(outcome: Outcome, tree: Tree, day: date) -> dict[str, date]:
    """From when the record of every founded unit reaches back: that of its oldest predecessor, else the day (WRN-08)."""
    found: dict[str, date] = {}
    for code, heirs in outcome.heirs.items():
        if code in tree.by_code:
            for heir in heirs:
                since = tree.by_code[code].record_since
                found[heir] = min(found.get(heir, since), since)
    return {code: found.get(code, day) for code in outcome.founded}


def time_objections(outcome: Outcome, tree: Tree, day: date) -> list[Objection]:
    """What stands against this day: facts of the units concerned that begin later, codes and units of another age."""
    concerned = [tree.by_code[code].id for code in (*outcome.ended, *outcome.changed()) if code in tree.by_code]
    carried = [tree.by_code[code].id for code in _carried_along(outcome)]
    later: set[int] = set()
    for model, units in ((UnitRecord, concerned), (Placement, [*concerned, *carried]), (ZonePlace, concerned)):
        later |= set(model.objects.alive().filter(unit__in=units, since__gte=day).values_list("unit_id", flat=True))
    later |= _succeeding_later([tree.by_code[code].id for code in outcome.heirs if code in tree.by_code], day)
    found = [
        ORG_08B.objection(
            f"{tree.by_id[unit].name}在 {on_screen(day)} 当日或以后已有变更", "把生效日期定在其后，或先撤销其后的变更。"
        )
        for unit in sorted(later)
    ]
    wanted = records_since(outcome, tree, day)
    known = dict(Unit.objects.filter(code__in=list(wanted)).values_list("code", "record_since"))
    for code, since in known.items():
        if since != wanted[code]:
            found.append(DIVC_05.objection(f"组织代码{code}曾按另一建立日期登记", "换一个从未用过的代码。"))
    return found + _age_objections(outcome, tree)


def _succeeding_later(units: Sequence[int], day: date) -> set[int]:
    """Those that end or are divided on the day, and take over from others or gave a part away only after it."""
    rows = Succession.objects.alive().filter(effective_on__gt=day)
    taking = rows.filter(successor__in=units).values_list("successor_id", flat=True)
    giving = rows.filter(predecessor__in=units).values_list("predecessor_id", flat=True)
    return {*taking, *giving}


def _carried_along(outcome: Outcome) -> set[str]:
    """Units that are placed anew because one above them ends, or stands elsewhere or as another kind."""
    before, after = outcome.before, outcome.after
    found = {
        code
        for code, unit in before.items()
        if code not in after or (unit.parent, unit.kind) != (after[code].parent, after[code].kind)
    }
    reached: set[str] = set()
    while found - reached:
        reached |= found
        found = {code for code, unit in before.items() if unit.parent in reached}
    return reached


def _age_objections(outcome: Outcome, tree: Tree) -> list[Objection]:
    """A unit that takes older ones in keeps its own age, so it may not be younger: the lines would take it for new."""
    found = []
    for code, heirs in outcome.heirs.items():
        older = tree.by_code.get(code)
        for heir in heirs:
            into = tree.by_code.get(heir)
            if older is not None and into is not None and older.record_since < into.record_since:
                text = f"{into.name}建立的时间晚于并入的{older.name}"
                found.append(DIVC_05.objection(text, "改为由原组织承接，或新设一个组织承接。"))
    return found


def write_reform(act: Act, outcome: Outcome, tree: Tree, paper: Paper) -> dict[str, int]:
    """Write everything a reform changes in the tree. Returns code -> id of all units that stand before or after."""
    day = paper.effective_on
    ids = {unit.code: unit.id for unit in tree} | _founded(act, outcome, tree, day)
    _records(act, outcome, ids, day)
    _zones(act, outcome, ids, day)
    _placements(act, outcome, ids, day)
    act.insert(Reform, REFORM, [paper.row(uuid.uuid4())])
    act.insert(
        Succession,
        SUCCESSION,
        [
            (ids[one.predecessor], ids[one.successor], day, one.is_split, one.is_main, paper.document)
            for one in outcome.successions
        ],
    )
    return ids


def _founded(act: Act, outcome: Outcome, tree: Tree, day: date) -> dict[str, int]:
    since = records_since(outcome, tree, day)
    known = dict(Unit.objects.filter(code__in=list(outcome.founded)).values_list("code", "id"))
    unheard = [code for code in outcome.founded if code not in known]
    known |= dict(zip(unheard, new_ids(Unit, len(unheard)), strict=True))
    act.insert(Unit, UNIT, [(known[code], uuid.uuid4(), code, since[code]) for code in unheard])
    return known


def _close(act: Act, model: type[Lasting], rows: Iterable[Any], names: tuple[str, ...], day: date) -> None:
    """Let rows end on `day`; those that begin then or later are taken back."""
    found = list(rows)
    act.strike(model, [row.pk for row in found])
    kept = [row for row in found if row.since < day]
    act.insert(model, names, [(row.since, day, *(getattr(row, name) for name in names[2:])) for row in kept])


def _records(act: Act, outcome: Outcome, ids: Mapping[str, int], day: date) -> None:
    otherwise = [
        code
        for code in outcome.changed()
        if (outcome.before[code].name, outcome.before[code].kind)
        != (outcome.after[code].name, outcome.after[code].kind)
    ]
    concerned = [ids[code] for code in (*outcome.ended, *otherwise)]
    _close(act, UnitRecord, UnitRecord.objects.open().filter(unit__in=concerned), RECORD, day)
    now = [outcome.after[code] for code in (*otherwise, *outcome.founded)]
    act.insert(UnitRecord, RECORD, [(day, FOREVER, ids[unit.code], unit.name, unit.kind) for unit in now])


def _zones(act: Act, outcome: Outcome, ids: Mapping[str, int], day: date) -> None:
    ended = [ids[code] for code in outcome.ended]
    _close(act, ZonePlace, ZonePlace.objects.open().filter(unit__in=ended), ZONE, day)


def _placements(act: Act, outcome: Outcome, ids: Mapping[str, int], day: date) -> None:
    """Arrange the tree as it shall be, let every placement that differs end and write it anew."""
    nodes = [
        Node(ids[unit.code], unit.kind, ids[unit.parent] if unit.parent else None) for unit in outcome.after.values()
    ]
    parents = {node.id: node.parent for node in nodes}
    standing = {place.unit_id: place for place in Placement.objects.open()}
    positions = _positions(outcome, ids, standing)
    rows: list[tuple[Any, ...]] = []
    over = [standing[ids[code]] for code in outcome.ended]
    for unit, place in arrange(nodes).items():
        as_it_shall = (parents[unit], place.path, place.depth, place.village, place.township)
        old = standing.get(unit)
        if old is not None:
            if (old.parent_id, old.path, old.depth, old.village_id, old.township_id) == as_it_shall:
                continue
            over.append(old)
        rows.append((day, FOREVER, unit, *as_it_shall, positions[unit], True))
    _close(act, Placement, over, PLACEMENT, day)
    act.insert(Placement, PLACEMENT, rows)


def _positions(outcome: Outcome, ids: Mapping[str, int], standing: Mapping[int, Placement]) -> dict[int, int]:
    """The official order: a founded unit stands where its first predecessor stood, what is wholly new comes last."""
    found = {unit: place.position for unit, place in standing.items()}
    last = max(found.values(), default=0)
    for code in outcome.founded:
        before = [found[ids[one.predecessor]] for one in outcome.successions if one.successor == code]
        last += not before
        found[ids[code]] = min(before, default=last)
    return found
