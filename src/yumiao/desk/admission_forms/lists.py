"""Ranges of 志愿书 numbers and what became of each number, on the page and as the reconciliation sheet. Must not know: how a file is written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.cultivation_queries import names_of
from yumiao.admission.form_queries import Kept, Used, Voided, kept_ranges
from yumiao.admission.models import FormVoid
from yumiao.desk.exports.going import Going
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree

RESOURCE: Final = Resource(
    "admission_forms",
    "入党志愿书使用核对表",
    (
        Field("unit_name", "领用党委", width=22),
        Field("range", "号段", width=22),
        Field("number", "编号", width=22),
        Field("state", "状态", width=10),
        Field("count", "份数", Typed.NUMBER, width=7),
        Field("name", "使用人", width=13),
        Field("on", "日期", Typed.DAY, width=11),
        Field("why", "作废原因", width=12),
        Field("reason", "说明", width=30),
    ),
)
Names = dict[int, tuple[str, uuid.UUID]]


@dataclass(frozen=True, slots=True)
class Line:
    """One number that is used or void, or numbers that follow one another and are left."""

    number: str
    first: int
    state: str
    tone: str
    count: int = 1
    name: str = ""
    on: date | None = None
    why: str = ""
    reason: str = ""
    case: uuid.UUID | None = None
    must_return: bool = False
    is_void: bool = False


def ranges_in(scope: Scope) -> list[Kept]:
    """The ranges of the units within a scope; one whose unit left no successor is the county's to see."""
    found = kept_ranges()
    return [one for one in found if scope.covers(one.path)] if found else []


def lines_of(one: Kept, names: Names) -> list[Line]:
    """Every number of a range in order: who used it, why it is void, which are left."""
    void = {each.number: each for each in one.void}
    used = {each.number: each for each in one.used}
    found = [_used(one, each, names) for each in one.used if each.number not in void]
    found += [_void(one, each, used.get(each.number), names) for each in one.void]
    found += [Line(left.said, left.first, _("未用"), "na", left.count) for left in one.left]
    return sorted(found, key=lambda line: line.first)


def _used(one: Kept, each: Used, names: Names) -> Line:
    name = names.get(each.person, ("", None))[0]
    return Line(one.span.text(each.number), each.number, _("已用"), "ok", name=name, on=each.on, case=each.case_uid)


def _void(one: Kept, each: Voided, use: Used | None, names: Names) -> Line:
    name = names.get(each.person or 0, ("", None))[0]
    return Line(
        one.span.text(each.number), each.number, _("已作废"), "warn", name=name, on=each.on, why=str(FormVoid.Why(each.why).label),
        reason=each.reason, case=each.case_uid, must_return=use is not None, is_void=True,
    )  # fmt: skip


def names_in(found: Iterable[Kept]) -> Names:
    """The names of everybody who used, or spoilt, a number of these ranges; one query."""
    people = {each.person for one in found for each in one.used}
    people |= {each.person for one in found for each in one.void if each.person is not None}
    return names_of(people)


def unit_name(one: Kept, tree: Tree) -> str:
    """Whose range it is, in words."""
    unit = tree.by_id.get(one.unit)
    return unit.name if unit else _("已撤销的组织")


def going(reader: Reader, get: QueryDict) -> Going:
    """The reconciliation sheet of every range the reader sees, or of the one that is asked for."""
    found = ranges_in(reader.scope(Permission.CASE_DECIDE))
    wanted = get.get("range", "")
    if wanted:
        found = [one for one in found if str(one.uid) == wanted]
    names = names_in(found)
    rows = [values for one in found for values in _values(one, names, reader.tree)]
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=[one.span.said for one in found] if wanted else [],
        count=len(rows),
        is_of_people=True,
        rows=lambda most: rows[:most],
        back=reverse("form_range", args=[found[0].uid]) if wanted and found else reverse("forms"),
    )


def _values(one: Kept, names: Names, tree: Tree) -> list[dict[str, Any]]:
    shared = {"unit_name": unit_name(one, tree), "range": one.span.said}
    return [
        shared
        | {
            "number": line.number, "state": line.state, "count": line.count, "name": line.name or None, "on": line.on,
            "why": line.why or None, "reason": line.reason or None,
        }
        for line in lines_of(one, names)
    ]  # fmt: skip
