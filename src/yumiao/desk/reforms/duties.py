"""What a reform leaves to be done: drafts that wait for the county's word, and those that were given back. Reads only."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.reforms.drafting import State
from yumiao.kernel.duties import Duty
from yumiao.kernel.periods import add_months
from yumiao.ui.addresses import reverse
from yumiao.units.change_rules import ORG_08B
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree, UnitOnDay


def reform_duties(unit: UnitOnDay, tree: Tree, day: date) -> list[Duty]:
    """At the county's home what was asked for, at a township's what came back; due a month after the last change of hands."""
    state = State.REQUESTED if unit.parent is None else State.RETURNED
    said = _("组织变更方案“%(title)s”待审核") if unit.parent is None else _("组织变更方案“%(title)s”被退回，须修改")
    rows = ReformDraft.objects.filter(state=state).order_by("changed_on", "pk")
    return [
        Duty(
            ORG_08B.id,
            said % {"title": row.title},
            tree.by_id[row.unit_id].name,
            add_months(row.changed_on, 1),
            row.note,
            reverse("reform", args=[row.uid]),
        )
        for row in rows
        if row.unit_id in tree.by_id and unit.subtree.covers(tree.by_id[row.unit_id].path)
    ]
