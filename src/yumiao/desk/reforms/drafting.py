"""The use cases of a draft: begun, changed, asked for by a township, given back by the county, dropped.

A draft changes in place; whoever saves an older version of it is told. Each change of hands is an entry of the record.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.reforms.plan import Reforming, blocking, objections_to_tree
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Difference, NotAllowed, Objection, OutOfScope, Refused, Stale
from yumiao.units import drafts
from yumiao.units.change_rules import ORG_08B
from yumiao.units.changes import Step, codes_of
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree, UnitOnDay, standing

State = ReformDraft.State
PREPARE, DECIDE = Permission.REFORM_PREPARE, Permission.REFORM_DECIDE
OPEN: Final = (State.DRAFTING, State.RETURNED)
MOST_STEPS: Final = 600


def begin(title: str, unit: UnitOnDay, *, reader: Reader) -> ReformDraft:
    """A new draft for what lies below `unit`."""
    if not reader.may_at(PREPARE, unit):
        raise NotAllowed
    return ReformDraft.objects.create(
        unit_id=unit.id,
        title=title,
        made_by=reader.acting(PREPARE, unit).uid,
        made_by_label=reader.acting(PREPARE, unit).label[:60],
        made_on=reader.today,
        changed_on=reader.today,
    )


def visible_drafts(reader: Reader) -> list[tuple[ReformDraft, UnitOnDay]]:
    """Drafts of units within the reader's rights, the latest first, each with its unit of today."""
    scope, by_id = reader.scope(PREPARE), reader.tree.by_id
    rows = ReformDraft.objects.order_by("-changed_on", "-pk")
    return [(row, by_id[row.unit_id]) for row in rows if row.unit_id in by_id and scope.covers(by_id[row.unit_id].path)]


def found_draft(uid: uuid.UUID, *, reader: Reader) -> ReformDraft:
    """Raises `OutOfScope` for one of a unit elsewhere."""
    row = ReformDraft.objects.filter(uid=uid).first()
    unit = reader.tree.by_id.get(row.unit_id) if row else None
    if row is None or unit is None or not reader.may_at(PREPARE, unit):
        raise OutOfScope
    return row


def may_change(draft: ReformDraft, reader: Reader) -> bool:
    """Who prepares may change it until it is asked for; from then on whoever decides."""
    if draft.state in OPEN:
        return True
    return draft.state == State.REQUESTED and may_decide(draft, reader)


def may_decide(draft: ReformDraft, reader: Reader) -> bool:
    unit = reader.tree.by_id.get(draft.unit_id)
    return unit is not None and reader.may_at(DECIDE, unit)


def save(
    draft: ReformDraft,
    *,
    version: int,
    reader: Reader,
    steps: Sequence[Step] | None = None,
    assigned: Mapping[uuid.UUID, str] | None = None,
) -> None:
    """Put steps or assignments in the place of those of version `version`. Raises `Stale` where somebody changed it since."""
    if not may_change(draft, reader):
        raise NotAllowed
    values: dict[str, object] = {"changed_on": reader.today}
    if steps is not None:
        if len(steps) > MOST_STEPS:
            raise Refused(
                [ORG_08B.objection(_("一个方案最多 %(most)s 项变更") % {"most": MOST_STEPS}, _("分成几个方案办理。"))]
            )
        values["steps"] = drafts.written(steps)
    if assigned is not None:
        kept = {str(uid): code for uid, code in Reforming.of(draft).assigned.items()}
        values["assigned"] = json.dumps(kept | {str(uid): code for uid, code in assigned.items()}, ensure_ascii=False)
    _update(draft, version, values)


def _update(draft: ReformDraft, version: int, values: Mapping[str, object]) -> None:
    changed = ReformDraft.objects.filter(pk=draft.pk, version=version).update(version=version + 1, **values)
    if not changed:
        now = ReformDraft.objects.get(pk=draft.pk)
        raise Stale(
            [
                Difference(
                    _("方案"),
                    _("您打开时的内容"),
                    _("他人已改动，现为“%(state)s”") % {"state": now.get_state_display()},
                )
            ]
        )
    draft.refresh_from_db()


def _acting(draft: ReformDraft, permission: Permission, reader: Reader) -> Actor:
    return reader.acting(permission, reader.tree.by_id[draft.unit_id])


def request(draft: ReformDraft, *, version: int, note: str, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Ask the county for it. Raises `Refused` while something in it cannot be done."""
    if draft.state not in OPEN:
        raise NotAllowed
    with act(Verb.REFORM_REQUESTED, actor=_acting(draft, PREPARE, reader), reason=note, once=once) as current:
        tree = standing()
        plan = Reforming.of(draft)
        against = blocking(objections_to_tree(plan.outcome(tree), tree))
        if not plan.steps:
            against.append(ORG_08B.objection(_("方案中没有任何变更"), _("先添加合并、拆分等变更。")))
        against += outside(draft, plan, tree)
        if against:
            raise Refused(against)
        _hand_over(draft, version, State.REQUESTED, note, reader.today)
        current.subject_kind, current.subject = "reform", draft.uid
        current.data |= {"title": draft.title, "steps": len(plan.steps)}


def outside(draft: ReformDraft, plan: Reforming, tree: Tree) -> list[Objection]:
    """A unit of today that a step names and that lies outside the range of the draft."""
    within = tree.by_id[draft.unit_id].subtree
    named = dict.fromkeys(code for step in plan.steps for code in codes_of(step))
    units = [tree.by_code[code] for code in named if code in tree.by_code]
    return [
        ORG_08B.objection(
            _("%(name)s不在方案的范围内") % {"name": unit.name}, _("删去这一项，或由县委组织部拟制方案。")
        )
        for unit in units
        if not within.covers(unit.path)
    ]


def give_back(draft: ReformDraft, *, version: int, note: str, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Give it back to whoever asked for it, with what is to be mended."""
    if draft.state != State.REQUESTED or not may_decide(draft, reader):
        raise NotAllowed
    with act(Verb.REFORM_RETURNED, actor=_acting(draft, DECIDE, reader), reason=note, once=once) as current:
        _hand_over(draft, version, State.RETURNED, note, reader.today)
        current.subject_kind, current.subject = "reform", draft.uid
        current.data |= {"title": draft.title}


def drop(draft: ReformDraft, *, version: int, reader: Reader) -> None:
    """Put it away; it stays readable and comes back by nothing."""
    if draft.state not in OPEN:
        raise NotAllowed
    with transaction.atomic():
        _hand_over(draft, version, State.WITHDRAWN, draft.note, reader.today)


def _hand_over(draft: ReformDraft, version: int, state: State, note: str, today: date) -> None:
    _update(draft, version, {"state": state, "note": note[:200], "changed_on": today})
