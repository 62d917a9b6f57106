"""What a reform would make of tree, people, plans and lines, counted in memory: nothing is tried out in the database. Reads only.

The counts of units that end are added up under the tree as it would be; of a divided unit each person's own counts are taken. The
verdicts are those that the ledger of today gives once the reform is carried out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from yumiao.access.models import Appointment
from yumiao.access.readers import tree_of
from yumiao.desk.reforms.plan import Reforming, heirs_of, objections_to_tree
from yumiao.journal.chain import Head
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.lines import Counts, counts_by_person
from yumiao.ledger.memory import Whole, counts_of, cut, ledger_of
from yumiao.ledger.plans import taken_over
from yumiao.ledger.queries import Counted, assessed
from yumiao.people.succession import Heirs
from yumiao.units.changes import Outcome
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.reforming import records_since
from yumiao.units.rules import KINDS, Node, arrange


@dataclass(frozen=True, slots=True)
class Pair:
    """A village or township before and after; one of them is None for what ends or begins."""

    code: str
    before: Village | Township | None
    after: Village | Township | None


@dataclass(frozen=True)
class Preview:
    """The reform looked at on a day, as the record stood at `head`."""

    day: date
    head: Head
    outcome: Outcome
    tree: Tree
    tree_after: Tree
    before: Ledger
    counts_after: Counted
    after: Ledger
    objections: tuple[Objection, ...]

    def within(self, unit: UnitOnDay) -> tuple[Ledger, Ledger]:
        """The ledgers before and after of what stands at and below a unit."""
        after = cut(Whole(self.counts_after, self.after), unit.subtree)
        return ledger_of(self.day, self.head, unit.subtree), after

    @cached_property
    def pairs(self) -> list[Pair]:
        """Villages and townships that end, begin, change or count otherwise, ended ones beside what follows them."""
        old, new = _assessed(self.before), _assessed(self.after)
        codes = dict.fromkeys([*old, *new])
        return [Pair(code, old.get(code), new.get(code)) for code in codes if _differs(old.get(code), new.get(code))]

    @cached_property
    def appointments(self) -> int:
        """How many appointments at units that end are in force."""
        units = [self.tree.by_code[code].id for code in self.outcome.ended]
        return Appointment.objects.alive().filter(unit__in=units, until__gt=self.day).count()


def preview(plan: Reforming, *, today: date, head: Head, effective_on: date | None = None) -> Preview:
    """Look at a reform as if it were carried out now."""
    tree = tree_of(today, head)
    outcome = plan.outcome(tree)
    after_tree = tree_after(outcome, tree, effective_on or today)
    counted = counts_of(today, head)
    ids = {unit.code: unit.id for unit in (*tree, *after_tree)}
    heirs = heirs_of(outcome, ids, plan.assigned)
    by_path = _counts_after(counted, tree, after_tree, heirs)
    after = replace(
        counted,
        units=after_tree,
        by_path=by_path,
        plans=taken_over(counted.plans, heirs.of),
    )
    against = tuple(objections_to_tree(outcome, tree))
    return Preview(today, head, outcome, tree, after_tree, ledger_of(today, head), after, assessed(after), against)


def tree_after(outcome: Outcome, tree: Tree, day: date = BEGIN) -> Tree:
    """The tree as it would stand from `day` on, new units with numbers nobody has."""
    first = max(tree.by_id, default=0) + 1
    ids = {unit.code: unit.id for unit in tree}
    ids |= {code: first + place for place, code in enumerate(outcome.founded)}
    since = records_since(outcome, tree, day)
    nodes = {
        unit.code: Node(ids[unit.code], unit.kind, ids[unit.parent] if unit.parent else None)
        for unit in outcome.after.values()
    }
    places = arrange(nodes.values())
    own = {unit.id: unit.own_zone for unit in tree}
    found = {}
    for code, node in nodes.items():
        place, known = places[node.id], tree.by_code.get(code)
        zone = own.get(node.id, "")
        found[node.id] = UnitOnDay(
            node.id,
            known.uid if known else uuid.uuid4(),
            code,
            outcome.after[code].name,
            KINDS[node.kind],
            node.parent,
            place.path,
            place.village,
            place.township,
            known.position if known else 0,
            zone,
            zone or own.get(place.township or 0, ""),
            known.record_since if known else since.get(code, BEGIN),
        )
    return Tree(found, {unit.code: unit for unit in found.values()})


def _counts_after(counted: Counted, tree: Tree, after: Tree, heirs: Heirs) -> dict[str, Counts]:
    """What each unit would count, by its path after the reform."""
    parts: dict[int, list[Counts]] = {}
    for path, counts in counted.by_path.items():
        unit = tree.by_path[path].id
        if unit not in heirs.of:
            parts.setdefault(unit, []).append(counts)
        elif not heirs.is_split(unit):
            parts.setdefault(heirs.of[unit][0], []).append(counts)
        else:
            for person, own in counts_by_person(counted.day, counted.settings, path).items():
                parts.setdefault(heirs.for_person(person, unit), []).append(own)
    return {after.by_id[unit].path: Counts.total(many) for unit, many in parts.items() if unit in after.by_id}


def _assessed(ledger: Ledger) -> dict[str, Village | Township]:
    units: Iterable[Village | Township] = (*ledger.townships, *ledger.villages)
    return {one.unit.code: one for one in units}


def _differs(old: Village | Township | None, new: Village | Township | None) -> bool:
    if old is None or new is None:
        return True
    same: Mapping[str, object] = old.as_json()
    return same != new.as_json() or old.unit.township != new.unit.township
