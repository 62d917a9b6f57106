"""Archives that were not handed over. Derived, never stored. Must not know: requests, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.history import LAST
from yumiao.admission.models import StepRecord
from yumiao.admission.order_rules import STP_25
from yumiao.desk.packages.lists import Which, cases_of
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

TERM: Final = timedelta(days=31)


def handover_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """One line of a committee; from memory while nothing changes."""
    if unit.parent is None or not is_committee(unit) or not reader.may_at(Permission.HANDOVER_RECORD, unit):
        return []
    return remembered("handover_duties", reader.head, unit.id, reader.today, make=lambda: _duties(reader, unit))


def _duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    cases = cases_of(reader, Which.OPEN)
    days = list(
        StepRecord.objects.alive()
        .filter(case__in=cases, step=LAST)
        .order_by("held_on")
        .values_list("held_on", flat=True)
    )
    if not days:
        return []
    title = _("%(count)s 份档案已归档，没有移交") % {"count": len(days)}
    return [Duty(STP_25.id, title, unit.name, days[0] + TERM, "", reverse("handovers"))]
