"""What the records of people at a unit lack, for whoever may correct them there. Derived, never stored. Must not know: requests, pages."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.records.lacking import lacking
from yumiao.kernel.duties import Duty
from yumiao.people.rules import IDN_04
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay


def record_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """One line with how much is to be mended in the unit and below."""
    if not reader.scope(Permission.PERSON_CORRECT).covers(unit.path):
        return []
    found = lacking(reader, unit.code)
    if not found.counts:
        return []
    first = _("、").join(gap.label for gap in list(found.counts)[:2])
    title = _("人员信息有 %(count)s 处缺漏或不一致") % {"count": found.whole}
    due_on, address = date(reader.today.year, 12, 31), f"{reverse('gaps')}?unit={unit.code}"
    return [Duty(IDN_04.id, title, unit.name, due_on, _("%(items)s等") % {"items": first}, address)]
