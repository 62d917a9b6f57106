"""What transfers leave to be done at a unit: take in, watch an expired letter (both ends, and the county), register the receipt. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from yumiao.desk.transfers.ends import end_names
from yumiao.desk.transfers.lists import Which, expired, transfers_of
from yumiao.kernel.duties import Duty
from yumiao.kernel.scope import Range, Scope
from yumiao.people.models import Transfer
from yumiao.people.queries import named
from yumiao.people.transfer_queries import Standing, with_states
from yumiao.people.transfer_rules import MOB_03, MOB_04, WARNED_BEFORE
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

MOST = 20  # lines by name; the rest stands in the list


def transfer_duties(unit: UnitOnDay, tree: Tree, day: date) -> list[Duty]:
    """The lines of a home. At the county there is one, for the letters that have expired (EDGE-22)."""
    scope = Scope((unit.subtree,), day)
    if unit.parent is None:
        late = expired(scope)
        return [_late_in_county(late, unit)] if late else []
    arriving = Q(pk__in=transfers_of(scope, Which.ARRIVING).values("pk"))
    leaving = Q(pk__in=transfers_of(scope, Which.LEAVING).values("pk"))
    receipts = Q(pk__in=transfers_of(scope, Which.RECEIPT).values("pk"))
    rows = Transfer.objects.filter(arriving | leaving | receipts).order_by("issued_on", "id")
    found = with_states(rows[:MOST])
    names = {pk: one.name for pk, one in named(one.transfer.person_id for one in found).items()} if found else {}
    return [
        duty for one in found for duty in _lines(one, unit.subtree, names.get(one.transfer.person_id, ""), tree, day)
    ]


def _lines(one: Standing, within: Range, name: str, tree: Tree, day: date) -> Iterator[Duty]:
    sender, receiver = end_names(tree, one.transfer)
    link = reverse("transfer", args=[one.transfer.uid])
    words = {"name": name, "from": sender, "to": receiver}
    due = one.valid_until
    if not one.is_open:
        yield Duty(MOB_03.id, _("登记%(name)s转接的回执") % words, receiver, due, one.letter, link)
        return
    if _is_in(one.transfer.to_unit_id, within, tree):
        yield Duty(MOB_03.id, _("接收%(name)s，由%(from)s转来") % words, receiver, due, one.letter, link)
    elif one.is_expired(day):
        yield Duty(MOB_04.id, _("%(name)s的介绍信已过期，仍由转出方负责") % words, receiver, due, one.letter, link)
    elif day >= due - timedelta(days=WARNED_BEFORE):
        yield Duty(MOB_04.id, _("%(name)s转往%(to)s的介绍信将要期满") % words, receiver, due, one.letter, link)


def _is_in(unit: int | None, within: Range, tree: Tree) -> bool:
    found = tree.by_id.get(unit or 0)
    return found is not None and within.covers(found.path)


def _late_in_county(late: list[Standing], unit: UnitOnDay) -> Duty:
    title = _("%(count)s 份转接已过期，请双方党委催办") % {"count": len(late)}
    first = min(one.valid_until for one in late)
    return Duty(MOB_04.id, title, unit.name, first, "", f"{reverse('transfers')}?state={Which.EXPIRED}")
