"""What meetings leave to be done at a unit: a members' meeting every quarter (MTG-01). Derived, never stored. Must not know: requests, pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from yumiao.kernel.duties import Duty
from yumiao.kernel.periods import add_months
from yumiao.meetings.models import Meeting, MeetingRecord
from yumiao.meetings.rules import MTG_01
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.rules import Form


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, add_months(first, 3) - timedelta(days=1)


def meeting_duties(unit: UnitOnDay, tree: Tree, day: date) -> list[Duty]:
    """One line for the branches below that have no members' meeting on record this quarter. One query.

    The county has none: it is the branches' work. Nothing is said where no meeting was ever recorded here: meetings are not kept in this
    system there yet.
    """
    if unit.parent is None:
        return []
    branches = [one for one in tree if one.kind.form is Form.BRANCH and unit.subtree.covers(one.path)]
    first, last = quarter_of(day)
    met = dict(_last_meetings([one.id for one in branches], day))
    if not met:
        return []
    without = [one for one in branches if not MTG_01.holds(meetings=int(met.get(one.id, date.min) >= first))]
    if not without:
        return []
    said = (
        _("本季度没有登记支部党员大会")
        if len(without) == 1
        else _("%(count)s 个党支部本季度没有登记支部党员大会") % {"count": len(without)}
    )
    name = without[0].name if len(without) == 1 else unit.name
    return [Duty(MTG_01.id, said, name, last, _("一般每季度召开一次"), reverse("meetings"))]


def _last_meetings(units: Collection[int], day: date) -> list[tuple[int, date]]:
    rows = MeetingRecord.objects.alive().filter(
        meeting__unit__in=units, meeting__kind=Meeting.Kind.MEMBERS, held_on__lte=day
    )
    return sorted(rows.values_list("meeting__unit_id", "held_on"), key=lambda row: row[1])
