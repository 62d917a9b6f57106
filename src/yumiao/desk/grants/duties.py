"""What need-to-know leaves to be looked at: sections opened in an emergency in the last three days. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.grant_rules import ACC_20
from yumiao.access.models import Grant
from yumiao.access.permissions import Role
from yumiao.access.readers import Reader
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.ui.addresses import reverse

REVIEWED_WITHIN: Final = timedelta(days=3)
INSPECTING: Final = frozenset(
    {Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.AUDITOR, Role.COUNTY_OFFICER}
)


def emergency_duties(reader: Reader) -> list[Duty]:
    """One line for those who inspect, while one was opened in the last three days; from memory while nothing changes."""
    if not reader.roles & INSPECTING:
        return []
    return remembered("emergency_duties", reader.head, reader.today, make=lambda: _duties(reader))


def _duties(reader: Reader) -> list[Duty]:
    rows = Grant.objects.alive().filter(is_emergency=True, since__gte=reader.today - REVIEWED_WITHIN)
    days = sorted(rows.values_list("since", flat=True))
    if not days:
        return []
    title = _("紧急阅看 %(count)s 次，核对理由") % {"count": len(days)}
    return [Duty(ACC_20.id, title, "", days[0] + REVIEWED_WITHIN, "", reverse("emergencies"))]
