"""What ends for a reader himself: his appointments, those he gives, what he lent and what was lent to him. All from memory, no query.

Must not know: requests, pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.delegation_rules import ACC_13
from yumiao.access.endings import ends_soon
from yumiao.access.permissions import Permission
from yumiao.access.queries import appointer_as
from yumiao.access.readers import Reader, Tenancy, holdings
from yumiao.access.rules import ACC_04, Post, objections_to_appointer
from yumiao.kernel.duties import Duty
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

LENT_SOON: Final = timedelta(days=3)
FEW: Final = 3


def personal_duties(reader: Reader) -> list[Duty]:
    """Appointments that end within thirty days, the reader's own and those he may renew; delegations that end within three."""
    return [*_own(reader), *_below(reader), *_lent(reader)]


def endings_below(reader: Reader, within: UnitOnDay | None = None) -> list[tuple[Tenancy, UnitOnDay]]:
    """Appointments of others that end soon and that the reader may renew, at or below a unit; the earliest first."""
    if not reader.may(Permission.ACCOUNT_INVITE):
        return []
    appointer, found = appointer_as(reader), []
    for one in _everybody(reader):
        unit = reader.tree.by_id.get(one.unit)
        if one.giver is not None or unit is None or not ends_soon(one.until, reader.today):
            continue
        if reader.account is not None and one.account == reader.account.pk:
            continue
        if within is not None and not within.subtree.covers(unit.path):
            continue
        if not objections_to_appointer(appointer, Post(one.role, unit.path, unit.kind.label)):
            found.append((one, unit))
    return sorted(found, key=lambda pair: (pair[0].until, pair[1].path, pair[0].name))


def _everybody(reader: Reader) -> Iterator[Tenancy]:
    for held in holdings(reader.today, reader.head).values():
        yield from held


def _own(reader: Reader) -> Iterator[Duty]:
    for one in reader.own:
        if ends_soon(one.until, reader.today):
            title = _("您的任职“%(role)s”到期") % {"role": one.role.label}
            reason = _("需要继续的，请授予任职的上级续任；不继续的，办好交接")
            yield Duty(ACC_04.id, title, one.unit.name, _last(one.until), reason, reverse("handover"))


def _below(reader: Reader) -> Iterator[Duty]:
    found, link = endings_below(reader), f"{reverse('accounts')}?ending=on"
    if len(found) > FEW:
        title = _("%(count)s 项任职三十日内到期") % {"count": len(found)}
        names = _("、").join(one.name for one, _unit in found[:FEW])
        yield Duty(ACC_04.id, title, _("%(names)s 等") % {"names": names}, _last(found[0][0].until), "", link)
        return
    for one, unit in found:
        title = _("%(name)s的任职“%(role)s”到期") % {"name": one.name, "role": one.role.label}
        yield Duty(ACC_04.id, title, unit.name, _last(one.until), _("续任，或者到期自行失效"), link)


def _lent(reader: Reader) -> Iterator[Duty]:
    """A delegation that is about to end, to its giver and to whoever holds it."""
    if reader.account is None:
        return
    for one in _everybody(reader):
        unit = reader.tree.by_id.get(one.unit)
        if one.giver is None or unit is None or not reader.today < one.until <= reader.today + LENT_SOON:
            continue
        if one.account == reader.account.pk:
            title = _("代%(name)s办理“%(role)s”到期") % {"name": one.giver.name, "role": one.role.label}
        elif one.giver.id == reader.account.pk:
            title = _("委托%(name)s代办“%(role)s”到期") % {"name": one.name, "role": one.role.label}
        else:
            continue
        reason = _("交还事项；还要代办的，重新委托")
        yield Duty(ACC_13.id, title, unit.name, _last(one.until), reason, reverse("delegations"))


def _last(until: date) -> date:
    """The last day on which something that ends by `until` is in force."""
    return until - timedelta(days=1)
