"""What floating members leave to be done at a unit: be in touch every six months, transfer who has settled. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.stays.lists import SOON, rows_of, stays_of
from yumiao.kernel.duties import Duty
from yumiao.kernel.scope import Scope
from yumiao.people.models import Stay
from yumiao.people.stay_rules import CONTACT_MONTHS, MOB_02, MOB_08B, transfer_due
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

FEW = 3


def stay_duties(unit: UnitOnDay, tree: Tree, day: date, months: int = CONTACT_MONTHS) -> list[Duty]:
    """A line each where they are few, else one that opens the list. The county has none: it is the branches' work; `months` as in `due_in`."""
    if unit.parent is None:
        return []
    rows = rows_of(stays_of(Scope((unit.subtree,), day), Stay.Kind.OUT), tree, day, months)
    found = []
    for row in rows:
        link, where = reverse("stay", args=[row.stay.uid]), row.unit.name if row.unit else ""
        if row.due_on <= day + SOON:
            title = _("与流动党员%(name)s联系") % {"name": row.name}
            found.append(Duty(MOB_08B.id, title, where, row.due_on, row.stay.place, link))
        if row.should_transfer:
            title = _("流动党员%(name)s应转移组织关系") % {"name": row.name}
            found.append(Duty(MOB_02.id, title, where, transfer_due(row.stay.since), row.stay.place, link))
    if len(found) <= FEW:
        return found
    title = _("流动党员有 %(count)s 件事要办") % {"count": len(found)}
    return [Duty(MOB_08B.id, title, unit.name, min(one.due_on for one in found), "", reverse("stays"))]
