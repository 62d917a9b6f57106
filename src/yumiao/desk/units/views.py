"""The organisation tree and a unit at a glance.

Must not know: how a figure is made.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yumiao.access.door import Request, door
from yumiao.access.models import Appointment
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import Reader
from yumiao.desk.posts.committee import committee
from yumiao.desk.units.ended import ended
from yumiao.desk.units.history import history
from yumiao.desk.units.rows import MOST_FOUND, UnitRows
from yumiao.kernel.objections import OutOfScope
from yumiao.people.names import plain
from yumiao.units.queries import UnitOnDay


@door(Permission.UNIT_READ)
def units(request: Request) -> HttpResponse:
    """The tree; `open` shows what is below a unit, `q` looks for units by name or code."""
    rows = UnitRows(request.reader)
    q = plain(request.GET.get("q", ""))
    context = {
        "q": q,
        "rows": rows.found(q) if q else rows.opened(request.GET.get("open", "")),
        "most": MOST_FOUND,
        "units": request.reader.tree,
        "may_import": request.reader.may(Permission.WORKBOOK_IMPORT),
        "may_reform": request.reader.may(Permission.REFORM_PREPARE),
    }
    return render(request, "desk/units/list.html", context)


@door(Permission.UNIT_READ)
def unit(request: Request, code: str) -> HttpResponse:
    """A unit at a glance."""
    reader, rows = request.reader, UnitRows(request.reader)
    found = reader.tree.by_code.get(code)
    if found is None and (gone := ended(code, reader)) is not None:
        return render(request, "desk/units/ended.html", {"gone": gone, "history": history(gone.id)})
    if found is None or not rows.seen.covers(found.path):
        raise OutOfScope(f"没有代码为 {code} 的组织。")
    context = {
        "unit": found,
        "above": [(one, rows.seen.covers(one.path)) for one in reader.tree.line(found)[:-1]],
        "figures": rows.figures(found),
        "signs": rows.signs(found, every=True),
        "assessed": rows.assessed.get(found.id) if rows.counted.covers(found.path) else None,
        "below": [rows.row(child, 1) for child in request.reader.tree.below(found)],
        "history": history(found.id),
        "appointments": _appointments(reader, found),
        "may_people": rows.people.covers(found.path),
        "committee": committee(found, reader) if rows.people.covers(found.path) else None,
    }
    return render(request, "desk/units/unit.html", context)


def _appointments(reader: Reader, found: UnitOnDay) -> list[tuple[str, str, object]] | None:
    """(role, name, uid of the account) of those appointed at the unit today; None for who may not read accounts there."""
    if not reader.may_at(Permission.ACCOUNT_READ, found):
        return None
    rows = Appointment.objects.on(reader.today).filter(unit=found.id, account__is_active=True).order_by("since", "pk")
    named = rows.values_list("role", "account__display_name", "account__uid")
    return [(Role(role).label, name, uid) for role, name, uid in named]
