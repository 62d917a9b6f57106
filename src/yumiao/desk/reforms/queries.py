"""Reforms that were carried out, and the tree as a draft would leave it. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.reforms.preview import tree_after
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.scope import Range
from yumiao.units.models import Reform, Succession, Unit, UnitRecord
from yumiao.units.queries import Tree, UnitOnDay


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A reform that is in the record; `undone_by` is the entry that took it back."""

    seq: int
    at: datetime
    actor: str
    title: str
    document: str
    approved_on: date
    effective_on: date
    ended: int
    founded: int
    changed: int
    people: int
    undone_by: int | None


def carried_out(reader: Reader) -> list[CarriedOut]:
    """Reforms within the reader's rights, the latest first."""
    entries = {one.seq: one for one in Entry.objects.filter(verb=Verb.REFORM_CARRIED_OUT)}
    found = []
    for row in Reform.objects.filter(entered__in=list(entries)).order_by("-entered"):
        entry = entries[row.entered]
        said = json.loads(entry.data)
        if _is_seen(said, reader):
            found.append(_carried_out(row, entry, said))
    return found


def reform_of(seq: int, reader: Reader) -> CarriedOut | None:
    return next((one for one in carried_out(reader) if one.seq == seq), None)


def _carried_out(row: Reform, entry: Entry, said: dict[str, list[str]]) -> CarriedOut:
    counts = (len(said["ended"]), len(said["founded"]), len(said["changed"]), int(said["people"]))  # type: ignore[call-overload]
    undone = None if row.struck == ALIVE else row.struck
    days = (row.approved_on, row.effective_on)
    return CarriedOut(entry.seq, entry.at, entry.actor_label, row.title, row.document, *days, *counts, undone)


def _is_seen(said: dict[str, list[str]], reader: Reader) -> bool:
    """Whether something it touched stands where the reader prepares reforms; what it ended was there too."""
    scope, by_code = reader.scope(Permission.REFORM_PREPARE), reader.tree.by_code
    named = [by_code[code] for key in ("founded", "changed", "ended") for code in said[key] if code in by_code]
    if any(scope.covers(unit.path) for unit in named):
        return True
    heirs = Succession.objects.filter(predecessor__code__in=said["ended"]).values_list("successor_id", flat=True)
    return any(scope.covers(reader.tree.by_id[unit].path) for unit in heirs if unit in reader.tree.by_id)


@dataclass(frozen=True, slots=True)
class Move:
    """A unit that ended or was divided, and what carries on; `unit` None where it no longer stands."""

    code: str
    name: str
    successors: tuple[tuple[str, str, UnitOnDay | None], ...]
    is_split: bool


def moves_of(one: CarriedOut, reader: Reader) -> list[Move]:
    """Who carries on whose record by a reform, as it was written, also where it was taken back."""
    rows = list(Succession.objects.filter(entered=one.seq).order_by("pk"))
    units = {row.predecessor_id for row in rows} | {row.successor_id for row in rows}
    codes = dict(Unit.objects.filter(id__in=units).values_list("id", "code"))
    names = _names(list(units))
    found: dict[int, list[Succession]] = {}
    for row in rows:
        found.setdefault(row.predecessor_id, []).append(row)
    return [
        Move(
            codes[unit],
            names.get(unit, codes[unit]),
            tuple(
                (
                    codes[row.successor_id],
                    names.get(row.successor_id, codes[row.successor_id]),
                    reader.tree.by_id.get(row.successor_id),
                )
                for row in successions
            ),
            successions[0].is_split,
        )
        for unit, successions in found.items()
    ]


def _names(units: list[int]) -> dict[int, str]:
    rows = UnitRecord.objects.filter(unit__in=units).order_by("since", "pk")
    return dict(rows.values_list("unit_id", "name"))


def steps_after(plan: Reforming, tree: Tree, top: UnitOnDay) -> Tree:
    """What would stand in the range of `top` after the steps: what further steps can be about."""
    after = tree_after(plan.outcome(tree), tree)
    root = after.by_code.get(top.code)
    within = root.subtree if root else Range("", "")
    found = {unit.id: unit for unit in after if within.covers(unit.path)}
    return Tree(found, {unit.code: unit for unit in found.values()})
