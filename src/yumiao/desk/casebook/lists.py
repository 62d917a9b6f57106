"""The preview of a move as a list that goes out. Must not know: how a file is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.door import admit
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.editions import EDITIONS
from yumiao.desk.casebook.moving import Moving, seen_moves
from yumiao.desk.exports.going import Going, page_of
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Kind, Resource

RESOURCE: Final = Resource(
    "edition_moves",
    "程序版本转换影响表",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "所在党支部", width=28),
        Field("from_edition", "现在的版本", width=24),
        Field("stands_at", "已到第几步", Kind.NUMBER, width=9),
        Field("effect", "影响", width=18),
        Field("blocked", "变为不能办理的步骤", width=14),
        Field("freed", "变为可以办理的步骤", width=14),
        Field("before_on", "最早接收日（现在）", Kind.DAY, width=13),
        Field("after_on", "最早接收日（转换后）", Kind.DAY, width=13),
    ),
)


def going(reader: Reader, get: QueryDict, key: str) -> Going:
    """Every open case that a move to the edition would touch. Raises `OutOfScope` for an edition that is none."""
    if key not in EDITIONS:
        raise OutOfScope(key)
    unit = reader.tree.by_code.get(get.get("unit", "")) if get.get("unit") else None
    if get.get("unit"):
        admit(unit, reader, Permission.CASE_FILE)
    edition = EDITIONS[key]
    moves = seen_moves(reader, edition, unit)
    return Going(
        resource=RESOURCE,
        title=_("转换到%(title)s的影响表") % {"title": edition.title},
        unit=unit or reader.tree.root,
        day=reader.today,
        conditions=[],
        count=len(moves),
        is_of_people=True,
        rows=lambda most: rows_of(moves[:most]),
        back=page_of("edition_move", get, key),
    )


def rows_of(moves: Iterable[Moving]) -> list[dict[str, Any]]:
    """The rows of the resource."""
    return [
        {
            "name": one.name,
            "unit_name": one.unit.name if one.unit else None,
            "from_edition": EDITIONS[one.edition].title,
            "stands_at": one.stands_at,
            "effect": one.move.effect.label,
            "blocked": "、".join(map(str, sorted(one.move.blocked))) or None,
            "freed": "、".join(map(str, sorted(one.move.freed))) or None,
            "before_on": one.move.before.meeting_on,
            "after_on": one.move.after.meeting_on,
        }
        for one in moves
    ]
