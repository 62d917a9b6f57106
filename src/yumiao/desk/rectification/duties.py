"""What findings and orders leave to be done at a unit. Derived, never stored. Must not know: requests, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.rectification import lists, referring
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.oversight.rules import State
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

P = Permission
TERM: Final = timedelta(days=15)
_WAITING: Final = (State.ISSUED, State.RETURNED, State.OVERDUE)


def order_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """Orders to be answered by the unit, to be accepted by it, breaches nobody handed over; from memory while nothing changes."""
    if not reader.may_at(P.CASE_RECORD, unit):
        return []
    account = reader.account.pk if reader.account else 0
    return remembered("order_duties", reader.head, unit.id, account, reader.today, make=lambda: _duties(reader, unit))


def _duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    found = []
    for one in lists.order_rows(lists.orders_in(reader), reader):
        state, link = one.one.state(reader.today), reverse("order", args=[one.uid])
        if one.unit.id == unit.id and state in _WAITING and one.may(P.ORDER_SUBMIT):
            found.append(
                Duty(
                    "REV-03",
                    _("%(number)s待报送整改情况") % {"number": one.number},
                    unit.name,
                    one.one.term.until,
                    "",
                    link,
                )
            )
        elif one.issuer.id == unit.id and state is State.SUBMITTED and one.may(P.ORDER_ACCEPT):
            found.append(
                Duty(
                    "REV-03",
                    _("%(number)s待验收") % {"number": one.number},
                    one.unit.name,
                    one.one.term.until + TERM,
                    "",
                    link,
                )
            )
    if unit.parent is None and reader.may_at(P.REFERRAL_RECORD, unit):
        open_ones = referring.unreferred(reader)
        if open_ones:
            title = _("%(count)s 个违反原则的问题待研究责任追究") % {"count": len(open_ones)}
            found.append(Duty("REV-03", title, unit.name, open_ones[0].found_on + TERM, "", reverse("referrals")))
    return found
