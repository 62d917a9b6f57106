"""What reviews leave to be done at a unit: cases to be looked at, cases that changed since, cases drawn for somebody. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.gate_rules import REV_20, REV_21
from yumiao.admission.models import PeerOpinion, SampledCase
from yumiao.admission.review_rules import COUNTY, LEVELS, TOWNSHIP, VILLAGE
from yumiao.desk.reviews.queue import State, Waiting, whole
from yumiao.desk.reviews.reviewing import NEEDS
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

TERM: Final = timedelta(days=10)
"""Within so many days somebody should look at a case that came to him."""


def review_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """One line for what waits, one for what changed; from memory while nothing changes."""
    level = COUNTY if unit.parent is None else TOWNSHIP if is_committee(unit) else VILLAGE
    if not reader.may_at(NEEDS[level], unit):
        return []
    found = remembered(
        "review_duties", reader.head, unit.id, reader.today, level, make=lambda: _duties(reader, unit, level)
    )
    return [*found, *_drawn(reader, unit)]


def _duties(reader: Reader, unit: UnitOnDay, level: str) -> list[Duty]:
    some: dict[State, list[Waiting]] = {State.OPEN: [], State.AGAIN: []}
    for one in whole(reader):
        place = reader.tree.by_id.get(one.unit)
        if LEVELS[one.point] == level and one.state in some and place is not None and unit.subtree.covers(place.path):
            some[one.state].append(one)
    said = ((State.AGAIN, REV_21.id, _("%(count)s 份档案需复审")), (State.OPEN, REV_20.id, _("%(count)s 份档案待审查")))
    return [
        Duty(
            rule, text % {"count": len(some[state])}, unit.name, some[state][0].since + TERM, "", f"{reverse('reviews')}?state={state.value}",
        )
        for state, rule, text in said
        if some[state]
    ]  # fmt: skip


def _drawn(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """Cases of other townships that were drawn for the reader and that he has said nothing of; one query."""
    if reader.account is None or not is_committee(unit) or not reader.may_at(Permission.REVIEW_TOWNSHIP, unit):
        return []
    account = reader.account.pk
    return remembered(
        "peer_duties", reader.head, account, reader.today, make=lambda: _of_account(reader, account, unit)
    )


def _of_account(reader: Reader, account: int, unit: UnitOnDay) -> list[Duty]:
    said = PeerOpinion.objects.alive().values("sampled")
    days = list(
        SampledCase.objects.filter(account=account).exclude(pk__in=said).values_list("sample__drawn_on", flat=True)
    )
    if not days:
        return []
    title = _("交叉互审有 %(count)s 份没有写意见") % {"count": len(days)}
    return [Duty("REV-25", title, unit.name, min(days) + 3 * TERM, "", reverse("peer_reviews"))]
