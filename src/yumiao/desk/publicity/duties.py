"""What notices and objections leave to be done: to be posted, to be looked into. Derived, never stored. Must not know: requests, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.editions import FIRST, edition_of
from yumiao.admission.gate_rules import PUB_02, PUB_03, PUB_04
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.publicity.candidates import asked_kinds, due_in
from yumiao.desk.publicity.lists import Said, objections_of
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.facts import ALIVE
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.publicity.queries import handled_by
from yumiao.publicity.rules import PUB_08
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

SOON: Final = timedelta(days=14)
_RULES: Final = {"target": PUB_02, "admission": PUB_02, "confirmation": PUB_03}


def publicity_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """Of a branch: notices to be posted; of a committee and the county: objections that nobody looks into. From memory."""
    found: list[Duty] = []
    if unit.parent is not None and not is_committee(unit) and reader.may_at(Permission.NOTICE_POST, unit):
        found += remembered("notice_duties", reader.head, unit.id, reader.today, make=lambda: _to_post(reader, unit))
    if reader.may_at(Permission.OBJECTION_RECEIVE, unit):
        found += remembered(
            "objection_duties", reader.head, unit.id, reader.today, make=lambda: _unhandled(reader, unit)
        )
    return found


def _to_post(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    ground = ground_of(edition_of(FIRST), reader.today, reader.head)
    found = []
    for kind in asked_kinds(ground):
        rows = due_in(reader, unit, kind, ground)
        if rows:
            names = "、".join(row.name for row in rows[:3])
            title = _("%(names)s等 %(count)s 人待公示") % {"names": names, "count": len(rows)}
            found.append(
                Duty(
                    _RULES[kind].id,
                    title,
                    unit.name,
                    reader.today + SOON,
                    "",
                    f"{reverse('notice_new')}?kind={kind}&unit={unit.code}",
                )
            )
    return found


def _unhandled(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    rows = objections_of(reader, Said.OPEN).exclude(
        objection__investigators__struck=ALIVE, objection__investigators__until__gt=reader.today
    )
    days = list(rows.order_by("received_on").values_list("received_on", flat=True))
    if not days:
        return []
    title = _("%(count)s 件异议、举报没有指定调查人") % {"count": len(days)}
    return [Duty(PUB_08.id, title, unit.name, days[0] + timedelta(days=3), "", reverse("objections"))]


def investigator_duties(reader: Reader) -> list[Duty]:
    """What the reader himself is to look into; from memory while nothing changes."""
    if reader.account is None:
        return []
    account = reader.account.pk
    return remembered("investigator_duties", reader.head, account, make=lambda: _own(reader, account))


def _own(reader: Reader, account: int) -> list[Duty]:
    return [
        Duty(
            PUB_04.id, _("异议、举报待作出调查结论"), str(one.record.get_channel_display()),
            one.investigator.due_on if one.investigator else reader.today, "", reverse("objection", args=[one.objection.uid]),
        )
        for one in handled_by(account)
    ]  # fmt: skip
