"""Reforms that were carried out, and the tree as a draft would leave it. Reads only."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.reforms.preview import tree_after
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.scope import Range
from yumiao.units.models import Placement, Reform, Succession, Unit, UnitRecord
from yumiao.units.queries import Tree, UnitOnDay

Said = dict[str, Any]  # what the entry says: codes of units by what became of them, how many people moved


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


def carried_out(reader: Reader, need: Permission = Permission.REFORM_PREPARE) -> list[CarriedOut]:
    """Reforms where the reader has a right, the latest first."""
    entries = {one.seq: one for one in Entry.objects.filter(verb=Verb.REFORM_CARRIED_OUT)}
    rows = [
        (row, entries[row.entered], json.loads(entries[row.entered].data))
        for row in Reform.objects.filter(entered__in=list(entries)).order_by("-entered")
    ]
    is_seen = _seen_by(reader, need, [said for _row, _entry, said in rows])
    return [_carried_out(row, entry, said) for row, entry, said in rows if is_seen(said)]


def reform_of(seq: int, reader: Reader) -> CarriedOut | None:
    return next((one for one in carried_out(reader) if one.seq == seq), None)


def _carried_out(row: Reform, entry: Entry, said: Said) -> CarriedOut:
    counts = (len(said["ended"]), len(said["founded"]), len(said["changed"]), said["people"])
    undone = None if row.struck == ALIVE else row.struck
    days = (row.approved_on, row.effective_on)
    return CarriedOut(entry.seq, entry.at, entry.actor_label, row.title, row.document, *days, *counts, undone)


def _seen_by(reader: Reader, need: Permission, all_said: Sequence[Said]) -> Callable[[Said], bool]:
    """Whether something a reform touched stands where the reader has that right, is carried on there, or stood below what is there."""
    scope, tree = reader.scope(need), reader.tree
    if any(scope.covers(unit.path) for unit in tree if unit.parent is None):
        return lambda _said: True
    gone = {code for said in all_said for code in _codes(said) if code not in tree.by_code}
    stood = Placement.objects.filter(unit__code__in=gone).order_by("struck", "until")
    # the last word on where each one stood
    above = dict(stood.values_list("unit__code", "parent_id"))
    heirs: dict[str, set[int]] = {}
    ended = {code for said in all_said for code in said["ended"]} & gone
    for code, heir in Succession.objects.filter(predecessor__code__in=ended).values_list(
        "predecessor__code", "successor_id"
    ):
        heirs.setdefault(code, set()).add(heir)

    def is_seen(said: Said) -> bool:
        named = {tree.by_code[code].id for code in _codes(said) if code in tree.by_code}
        near = {above[code] for code in _codes(said) if code in above}
        carried = {heir for code in said["ended"] for heir in heirs.get(code, ())}
        return any(scope.covers(tree.by_id[unit].path) for unit in named | near | carried if unit in tree.by_id)

    return is_seen


def _codes(said: Said) -> list[str]:
    return [*said["founded"], *said["changed"], *said["ended"]]


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
