"""What everybody may see without an account: the notices that run. No number, no address, nothing of who objected."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yumiao.access.door import Request, door
from yumiao.access.permissions import PUBLIC
from yumiao.kernel.objections import OutOfScope
from yumiao.publicity.models import NoticeRecord
from yumiao.publicity.queries import posted
from yumiao.units.models import UnitRecord

SHOWN_ON: Final = timedelta(days=7)
"""So long after its last day a notice can still be opened; it is no longer listed."""
MOST: Final = 200


@door(PUBLIC)
def public_notices(request: Request) -> HttpResponse:
    """The notices that run today, the last posted first."""
    rows = NoticeRecord.objects.alive().filter(
        is_online=True, posted_on__lte=request.today, closes_on__gte=request.today
    )
    some = posted(list(rows.select_related("notice").order_by("-posted_on", "-pk")[:MOST]))
    names = _names([one.notice.unit_id for one in some])
    return _answer(
        request, "desk/publicity/public_list.html", {"rows": [(one, names.get(one.notice.unit_id, "")) for one in some]}
    )


@door(PUBLIC)
def public_notice(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One notice while it runs and a week longer."""
    rows = NoticeRecord.objects.alive().filter(
        is_online=True, notice__uid=uid, posted_on__lte=request.today, closes_on__gte=request.today - SHOWN_ON
    )
    some = posted(list(rows.select_related("notice")))
    if not some:
        raise OutOfScope(str(uid))
    unit = _names([some[0].notice.unit_id]).get(some[0].notice.unit_id, "")
    return _answer(
        request, "desk/publicity/public.html", {"one": some[0], "unit": unit, "is_over": some[0].is_over(request.today)}
    )


def _names(units: list[int]) -> dict[int, str]:
    return dict(UnitRecord.objects.open().filter(unit__in=units).values_list("unit_id", "name"))


def _answer(request: HttpRequest, template: str, values: dict[str, object]) -> HttpResponse:
    """Not to be found by search engines: a notice is for a few days and for those around."""
    answer = render(request, template, values)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
