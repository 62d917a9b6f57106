"""What reconciliations leave to be done at a unit: those begun there and not closed yet. Derived, never stored.

Must not know: requests, pages. Ticks are no acts, so these lines are never kept with what is remembered of a home.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.reconciliation.findings import NEED, OPEN, STILL, fetched, found_of, seen
from yumiao.kernel.duties import Deadlines, Duty, together
from yumiao.kernel.periods import on_paper
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import last_day
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay


def with_reconciliations(deadlines: Deadlines, reader: Reader, unit: UnitOnDay) -> Deadlines:
    """The deadlines of a home, and those of its reconciliations."""
    return together(deadlines, reconciliation_duties(reader, unit), reader.today)


def reconciliation_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """A line for each at the unit itself, one for all below it; due on the last day they open."""
    tree = reader.tree
    if not reader.scope(NEED).covers(unit.path):
        return []
    rows = [one for one in seen(reader).filter(closed_on=None) if unit.subtree.covers(tree.by_id[one.unit_id].path)]
    found = [_line(reader, one, unit) for one in rows if one.unit_id == unit.id]
    if below := [one for one in rows if one.unit_id != unit.id]:
        title = _("下级有 %(count)s 次与全国系统对账未办结") % {"count": len(below)}
        address = f"{reverse('reconciliations')}?state=open&below={unit.code}"
        found.append(Duty("", title, unit.name, min(map(_due, below)), "", address))
    return found


def _due(comparison: Comparison) -> date:
    return last_day(comparison.made_on)


def _line(reader: Reader, comparison: Comparison, unit: UnitOnDay) -> Duty:
    address = reverse("reconciliation", args=[comparison.uid])
    words = {"day": on_paper(comparison.made_on)}
    if unit.parent is None:  # comparing a whole county anew would hold up its home for seconds
        title = _("与全国系统对账（%(day)s）未办结") % words
        reason = _("上传时查出差异 %(count)s 项") % {"count": comparison.found}
        return Duty("", title, unit.name, _due(comparison), reason, address)
    totals = found_of(reader, fetched(reader, comparison.uid)).totals
    if totals[OPEN]:
        title = _("与全国系统对账（%(day)s）还有 %(count)s 项未处理") % {**words, "count": totals[OPEN]}
        return Duty("", title, unit.name, _due(comparison), "", f"{address}?state={OPEN}")
    if totals[STILL]:
        title = _("与全国系统对账（%(day)s）%(count)s 项记为已更正仍不一致") % {**words, "count": totals[STILL]}
        return Duty("", title, unit.name, _due(comparison), "", f"{address}?state={STILL}")
    title = _("与全国系统对账（%(day)s）可以办结") % words
    return Duty("", title, unit.name, _due(comparison), "", reverse("reconciliation_report", args=[comparison.uid]))
