"""Appointments that end soon, and those acted by for others: which they are, and what is said of them on every page.

Must not know: the database, pages. An appointment that is followed at once by the same one does not end.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import MAY_APPOINT, Role
from yumiao.kernel.periods import on_paper

if TYPE_CHECKING:
    from yumiao.access.readers import Reader

SOON: Final = timedelta(days=30)


def ends_soon(until: date, today: date) -> bool:
    """Whether what is in force today, and no more from `until` on, ends within `SOON`."""
    return today < until <= today + SOON


def endings(reader: Reader) -> tuple[str, ...]:
    """What a reader is told of each of his appointments that ends soon: the day, and whom to ask if it is to go on."""
    return tuple(
        _("您的任职“{unit} {role}”将于{day}到期，如需继续，请联系{whom}。").format(
            unit=one.unit.name, role=one.role.label, day=on_paper(one.until), whom=_who_appoints(one.role)
        )
        for one in reader.own
        if ends_soon(one.until, reader.today)
    )


def acting_for(reader: Reader) -> tuple[str, ...]:
    """For whom a reader acts, as what, and on which day that ends."""
    return tuple(
        _("您正在代{name}办理“{unit} {role}”，{day}到期。").format(
            name=one.giver.name, unit=one.unit.name, role=one.role.label, day=on_paper(one.until)
        )
        for one in reader.lent
        if one.giver is not None
    )


def _who_appoints(role: Role) -> str:
    if role in MAY_APPOINT[Role.COUNTY_OFFICER]:
        return _("县委组织部")
    return _("安全管理员")
