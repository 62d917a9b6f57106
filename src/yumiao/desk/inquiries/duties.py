"""What letters leave to be done at a unit: those whose reply is overdue. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.admission.inquiry_rules import INQ_01
from yumiao.desk.inquiries.lists import Which, inquiries_of, rows_of
from yumiao.kernel.duties import Duty
from yumiao.kernel.scope import Scope
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

FEW = 3


def inquiry_duties(unit: UnitOnDay, tree: Tree, day: date) -> list[Duty]:
    """A line each where they are few, else one that opens the list. The county has none: it is the branches' and townships' work."""
    if unit.parent is None:
        return []
    found = (
        inquiries_of(Scope((unit.subtree,), day), Which.OVERDUE, day).order_by("due_on", "pk").select_related("case")
    )
    count = found.count()
    if not count:
        return []
    if count > FEW:
        first = found[0].due_on
        title = _("函调有 %(count)s 份逾期没有回复") % {"count": count}
        return [Duty(INQ_01.id, title, unit.name, first, "", f"{reverse('inquiries')}?state={Which.OVERDUE}")]
    return [
        Duty(
            INQ_01.id, _("%(name)s的函调逾期没有回复") % {"name": row.name}, row.unit.name if row.unit else "", row.one.inquiry.due_on,
            row.one.inquiry.addressee, reverse("inquiry", args=[row.one.inquiry.uid]),
        )
        for row in rows_of(found, tree, day)
    ]  # fmt: skip
