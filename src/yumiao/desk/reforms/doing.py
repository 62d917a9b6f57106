"""The use cases: a reform is carried out as one act over units, people and appointments, and taken back as one.

Plans follow by themselves (`ledger.plans`). Must not know: pages, previews.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yumiao.access.appointments import APPOINTMENT
from yumiao.access.models import Appointment
from yumiao.desk.reforms.plan import Reforming, blocking, heirs_of, objections_to_paper, objections_to_tree
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.bulk import refresh_statistics
from yumiao.journal.models import Entry
from yumiao.journal.undoing import standing_on, take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.kernel.scope import Scope
from yumiao.people.succession import carry_people
from yumiao.posts.services import end_with_units
from yumiao.units.change_rules import ORG_08B
from yumiao.units.changes import Outcome, codes_of
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree, standing
from yumiao.units.reforming import Paper, write_reform

NAMED = 10  # later entries that a refusal names one by one


@dataclass(frozen=True, slots=True)
class Done:
    """What a reform did; `people` moved over, of `appointments` at units that ended none is in force any more."""

    seq: int
    people: int
    admissions: int
    appointments: int


def carry_out(
    plan: Reforming,
    paper: Paper,
    *,
    actor: Actor,
    today: date,
    scope: Scope,
    draft: ReformDraft | None = None,
    once: uuid.UUID | None = None,
) -> Done:
    """Carry a reform out as one act. Raises `Refused` with everything against it, `NotAllowed` where a unit lies outside `scope`."""
    with act(Verb.REFORM_CARRIED_OUT, actor=actor, once=once) as current:
        tree = standing()
        outcome = plan.outcome(tree)
        _guard(plan, tree, scope)
        against = [*objections_to_tree(outcome, tree), *objections_to_paper(paper, outcome, tree, today)]
        if not plan.steps:
            against.append(ORG_08B.objection("方案中没有任何变更", "先添加合并、拆分等变更。"))
        if found := blocking(against):
            raise Refused(found)
        ids = write_reform(current, outcome, tree, paper)
        people, admissions = carry_people(current, heirs_of(outcome, ids, plan.assigned), paper.effective_on)
        units = [ids[code] for code in outcome.ended]
        ended = _end_appointments(current, units, today)
        end_with_units(current, units, paper.effective_on)
        current.data |= _said(outcome, paper, people)
        if draft is not None:
            draft.state, draft.entry, draft.changed_on = ReformDraft.State.DONE, current.seq, today
            draft.version += 1
            draft.save(update_fields=["state", "entry", "changed_on", "version"])
    refresh_statistics()
    return Done(current.seq, people, admissions, ended)


def _guard(plan: Reforming, tree: Tree, scope: Scope) -> None:
    named = [tree.by_code[code] for step in plan.steps for code in codes_of(step) if code in tree.by_code]
    if any(not scope.covers(unit.path) for unit in named):
        raise NotAllowed


def _end_appointments(current: Act, units: Sequence[int], today: date) -> int:
    """Rights at a unit that ends do not go over by themselves: whoever answers for the successor gives them anew."""
    rows = list(Appointment.objects.alive().filter(unit__in=units, until__gt=today))
    current.strike(Appointment, [row.pk for row in rows])
    kept = [row for row in rows if row.since < today]
    current.insert(
        Appointment, APPOINTMENT, [(row.since, today, row.account_id, row.role, row.unit_id) for row in kept]
    )
    return len(rows)


def _said(outcome: Outcome, paper: Paper, people: int) -> dict[str, object]:
    return {
        "document": paper.document,
        "effective_on": paper.effective_on,
        "ended": outcome.ended,
        "founded": list(outcome.founded),
        "changed": outcome.changed(),
        "people": people,
    }


def take_reform_back(
    seq: int, *, actor: Actor, reason: str, today: date, scope: Scope, once: uuid.UUID | None = None
) -> int:
    """Take back the reform that is entry `seq`: the tree, people and rights stand as before, and its draft may be worked on again.

    Raises `OutOfScope` where there is no such reform or not all of the county is in `scope`, `Refused` while later entries stand on it.
    """
    with act(Verb.REFORM_TAKEN_BACK, actor=actor, reason=reason, once=once) as current:
        entry = Entry.objects.filter(seq=seq, verb=Verb.REFORM_CARRIED_OUT).first()
        if entry is None or not _reaches(json.loads(entry.data), scope):
            raise OutOfScope
        if (by := Entry.objects.filter(undoes=seq).values_list("seq", flat=True).first()) is not None:
            raise Refused([ORG_08B.objection(f"这次变更已由第 {by} 条撤销")])
        if later := standing_on(seq):
            raise Refused([_stands_on(later)])
        take_back(current, seq)
        current.data["document"] = json.loads(entry.data)["document"]
        ReformDraft.objects.filter(entry=seq).update(
            state=ReformDraft.State.DRAFTING, entry=None, changed_on=today, note=reason
        )
    refresh_statistics()
    return current.seq


def _reaches(said: dict[str, list[str]], scope: Scope) -> bool:
    by_code = standing().by_code
    named = [by_code[code] for key in ("founded", "changed") for code in said[key] if code in by_code]
    return bool(scope.roots) and all(scope.covers(unit.path) for unit in named)


def _stands_on(later: Sequence[int]) -> Objection:
    rows = Entry.objects.filter(seq__in=list(later[:NAMED])).order_by("seq")
    named = [f"第 {entry.seq} 条“{Verb(entry.verb).label}”" for entry in rows]
    if len(later) > NAMED:
        named.append(f"等另外 {len(later) - NAMED} 条")
    return ORG_08B.objection(
        f"其后的登记建立在这次变更之上：{'、'.join(named)}", "先撤销其后的登记；不能撤销的，另行办理一次组织变更。"
    )
