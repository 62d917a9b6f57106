"""A reform as it is meant: its steps, who of a divided unit goes where, and everything that stands against it. Reads only."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import FOREVER, on_screen
from yumiao.people.models import Belonging, Person
from yumiao.people.succession import Heirs
from yumiao.units import drafts
from yumiao.units.change_rules import ORG_08B, ORG_12B
from yumiao.units.changes import Outcome, Step, applied
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree
from yumiao.units.reforming import Paper, standings, taken_codes, time_objections


@dataclass(frozen=True, slots=True)
class Reforming:
    """Steps in their order; `assigned` maps persons' uids to the code they come to stand in after a split."""

    steps: Sequence[Step]
    assigned: Mapping[uuid.UUID, str] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: ReformDraft) -> Reforming:
        assigned = {uuid.UUID(uid): code for uid, code in json.loads(draft.assigned).items()}
        return cls(drafts.read(draft.steps), assigned)

    def outcome(self, tree: Tree) -> Outcome:
        return applied(standings(tree), self.steps, taken=taken_codes())


def heirs_of(outcome: Outcome, ids: Mapping[str, int], assigned: Mapping[uuid.UUID, str]) -> Heirs:
    """The successors by ids; an assignment to what is no unit after the reform says nothing."""
    uids = {uid: ids[code] for uid, code in assigned.items() if code in outcome.after}
    people = dict(Person.objects.filter(uid__in=list(uids)).values_list("uid", "id"))
    return Heirs(
        {ids[code]: [ids[heir] for heir in heirs] for code, heirs in outcome.heirs.items() if code in ids},
        {people[uid]: unit for uid, unit in uids.items() if uid in people},
    )


def objections_to_tree(outcome: Outcome, tree: Tree) -> list[Objection]:
    """What stands against the steps, whatever paper they rest on."""
    return [*(fault.objection for fault in outcome.faults), *_left_behind(outcome, tree)]


def objections_to_paper(paper: Paper, outcome: Outcome, tree: Tree, today: date) -> list[Objection]:
    """What stands against the paper and its days."""
    found = []
    values = {"document": paper.document, "approved_on": paper.approved_on, "effective_on": paper.effective_on}
    if not ORG_08B.holds(**values, today=today):
        found.append(
            ORG_08B.objection(
                "批准文件的文号、日期或生效日期不合要求", "填写文号；批准日期不晚于生效日期，生效日期不晚于今天。"
            )
        )
    found += _left_later(outcome, tree, paper.effective_on)
    return found + time_objections(outcome, tree, paper.effective_on)


def blocking(objections: Iterable[Objection]) -> list[Objection]:
    return [one for one in objections if one.severity is Severity.BLOCK]


def _left_behind(outcome: Outcome, tree: Tree) -> list[Objection]:
    """People of units that end without a successor."""
    return [
        ORG_12B.objection(f"{name}仍有 {people} 人在册，不能撤销", "改为合并到其他组织，或先办理转接。")
        for name, people in _people_of_closed(outcome, tree, Belonging.objects.open())
    ]


def _left_later(outcome: Outcome, tree: Tree, day: date) -> list[Objection]:
    """People who left such a unit only after the day on which it is to end: they would have stood nowhere between."""
    rows = Belonging.objects.alive().filter(until__gt=day, until__lt=FOREVER)
    return [
        ORG_12B.objection(f"{name}在 {on_screen(day)} 以后仍有 {people} 人在册", "把生效日期定在他们转出之日或以后。")
        for name, people in _people_of_closed(outcome, tree, rows)
    ]


def _people_of_closed(outcome: Outcome, tree: Tree, rows: QuerySet[Belonging]) -> list[tuple[str, int]]:
    """Name of each unit that ends without a successor and of whom there are rows, and of how many people."""
    closed = {tree.by_code[code].id: code for code in outcome.ended if code not in outcome.heirs}
    found = Counter(
        unit for unit, _ in rows.filter(unit__in=list(closed)).values_list("unit_id", "person_id").distinct()
    )
    return [
        (outcome.before[closed[unit]].name, people)
        for unit, people in sorted(found.items())
        if not ORG_12B.holds(people=people)
    ]
