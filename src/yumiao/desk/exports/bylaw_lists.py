"""County papers, settings, days off and code tables as they go out, read as their pages read them. Must not know: how a file is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.bylaws import resources
from yumiao.desk.bylaws.forms import year_asked
from yumiao.desk.exports.going import Going, page_of
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Resource
from yumiao.kernel.workdays import MissingYear


def papers(reader: Reader, get: QueryDict) -> Going:
    return _bylaw(reader, resources.PAPERS, resources.paper_rows(reader.today), page_of("papers", get))


def settings(reader: Reader, get: QueryDict) -> Going:
    rows = resources.setting_rows(reader.today, only_changed=get.get("changed") == "1")
    return _bylaw(reader, resources.SETTINGS, rows, page_of("settings", get))


def calendar(reader: Reader, get: QueryDict) -> Going:
    """What one year has that is not as its weekday. Raises `OutOfScope` for a year that nobody has entered."""
    year = year_asked(get.get("year", ""), reader.today.year)
    try:
        rows = resources.special_rows(year)
    except MissingYear as stop:
        raise OutOfScope(str(stop)) from None
    return _bylaw(reader, resources.DAYS_OFF, rows, page_of("calendar", get), _("%(year)s年") % {"year": year})


def codes(reader: Reader, get: QueryDict) -> Going:
    return _bylaw(reader, resources.CODES, resources.code_rows(), page_of("codes", get))


def _bylaw(reader: Reader, declared: Resource, rows: Sequence[dict[str, Any]], back: str, *conditions: str) -> Going:
    return Going(
        resource=declared,
        title="".join((*conditions, declared.title)),
        unit=reader.tree.root,
        day=reader.today,
        conditions=conditions,
        count=len(rows),
        is_of_people=False,
        rows=lambda most: rows[:most],
        back=back,
    )
