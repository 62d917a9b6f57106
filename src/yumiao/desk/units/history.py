"""What a unit was called, where it stood and to which zone it belonged, from when until when. Reads only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.units.models import Placement, Succession, UnitRecord, ZonePlace


class Stretch(NamedTuple):
    """One fact over a time; `since` and `until` (the last day, not the one after) are None where they are open."""

    what: str
    said: str
    since: date | None
    last: date | None


def history(unit: int) -> list[Stretch]:
    """Names and kinds, places, predecessors and successors, zones of a unit as known now, the latest first within each."""
    records = UnitRecord.objects.alive().filter(unit=unit).order_by("-since")
    places = list(Placement.objects.alive().filter(unit=unit).order_by("-since"))
    zones = ZonePlace.objects.alive().filter(unit=unit, programme=ZonePlace.Programme.COUNTY).order_by("-since")
    kin = list(
        Succession.objects.alive().filter(Q(predecessor=unit) | Q(successor=unit)).order_by("-effective_on", "pk")
    )
    others = {one.successor_id if one.predecessor_id == unit else one.predecessor_id for one in kin}
    names = _names(others | {place.parent_id for place in places if place.parent_id is not None})
    found = [_stretch(_("名称"), f"{one.name}（{one.kind}）", one.since, one.until) for one in records]
    for place in places:
        if place.parent_id is not None:
            since = place.since if place.since_known else BEGIN
            found.append(_stretch(_("上级"), names.get(place.parent_id) or "—", since, place.until))
    found += [_kinship(unit, one, names) for one in kin]
    return found + [_stretch(_("片区"), one.zone, one.since, one.until) for one in zones]


def _kinship(unit: int, one: Succession, names: dict[int, str]) -> Stretch:
    """From whom it took over, until when that was; or who took over from it, from when."""
    took_over = one.successor_id == unit
    words = {"name": names.get(one.predecessor_id if took_over else one.successor_id, "—"), "document": one.document}
    way = _("拆分") if one.is_split else _("合并")
    said = (_("%(name)s，%(way)s，%(document)s") % {**words, "way": way}).removesuffix("，")
    if took_over:
        return _stretch(_("前身"), said, BEGIN, one.effective_on)
    return _stretch(_("承接"), said, one.effective_on, FOREVER)


def _names(units: set[int]) -> dict[int, str]:
    """The latest name of each."""
    rows = UnitRecord.objects.alive().filter(unit__in=units).order_by("since")
    return dict(rows.values_list("unit_id", "name"))


def _stretch(what: str, said: str, since: date, until: date) -> Stretch:
    last = None if until == FOREVER else date.fromordinal(until.toordinal() - 1)
    return Stretch(what, said, None if since == BEGIN else since, last)
