"""What a unit was called, where it stood and to which zone it belonged, from when until when. Reads only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.units.models import Placement, UnitRecord, ZonePlace


class Stretch(NamedTuple):
    """One fact over a time; `since` and `until` (the last day, not the one after) are None where they are open."""

    what: str
    said: str
    since: date | None
    last: date | None


def history(unit: int) -> list[Stretch]:
    """Names and kinds, places and zones of a unit as known now, the latest first within each."""
    records = UnitRecord.objects.alive().filter(unit=unit).order_by("-since")
    places = list(Placement.objects.alive().filter(unit=unit).order_by("-since"))
    zones = ZonePlace.objects.alive().filter(unit=unit, programme=ZonePlace.Programme.COUNTY).order_by("-since")
    names = _names({place.parent_id for place in places if place.parent_id is not None})
    found = [_stretch(_("名称"), f"{one.name}（{one.kind}）", one.since, one.until) for one in records]
    for place in places:
        if place.parent_id is not None:
            since = place.since if place.since_known else BEGIN
            found.append(_stretch(_("上级"), names.get(place.parent_id) or "—", since, place.until))
    return found + [_stretch(_("片区"), one.zone, one.since, one.until) for one in zones]


def _names(units: set[int]) -> dict[int, str]:
    """The latest name of each."""
    rows = UnitRecord.objects.alive().filter(unit__in=units).order_by("since")
    return dict(rows.values_list("unit_id", "name"))


def _stretch(what: str, said: str, since: date, until: date) -> Stretch:
    last = None if until == FOREVER else date.fromordinal(until.toordinal() - 1)
    return Stretch(what, said, None if since == BEGIN else since, last)
