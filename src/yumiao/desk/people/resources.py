"""People on paper: the columns of a list of people, and the rows of one. Numbers are masked here, before anybody writes them.

Must not know: requests, workbooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.desk.people import listing
from yumiao.desk.people.conditions import Conditions
from yumiao.desk.people.filters import Kind as Who
from yumiao.desk.people.listing import Listed
from yumiao.kernel.identity import mask_identity
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import PersonSecret
from yumiao.people.secrets import opened
from yumiao.units.queries import Tree, UnitOnDay

SEXES: Final[Mapping[str, str]] = {"m": "男", "f": "女"}
RESOURCE: Final = Resource(
    "people",
    "人员名册",
    (
        Field("name", "姓名", width=13),
        Field("identity", "公民身份号码", width=20, note="公民身份号码，掩码"),
        Field("sex", "性别", width=5),
        Field("ethnicity", "民族", width=8),
        Field("born_on", "出生日期", Kind.DAY, width=11),
        Field("education", "学历", width=11),
        Field("occupation", "职业", width=15),
        Field("standing", "类别", width=12),
        Field("membership_on", "入党日期", Kind.DAY, width=11),
        Field("full_member_on", "转正日期", Kind.DAY, width=11),
        Field("township_name", "乡镇", width=16),
        Field("unit_name", "所在组织", width=24),
        Field("unit", "组织代码", width=14),
    ),
)


def title_of(kind: Who) -> str:
    """What a list of these people is headed."""
    return _("人员名册") if kind is Who.EVERYBODY else _("%(kind)s名册") % {"kind": kind.label}


def rows(asked: Conditions, tree: Tree, *, most: int) -> list[dict[str, Any]]:
    """Everybody of a list up to `most`, in its order, by the keys of `RESOURCE`; one statement."""
    place = cache(lambda unit: place_of(tree.by_id.get(unit), tree))
    return [
        listed_values(row, _masked(row, cell, version), asked.day) | place(row.unit)
        for row, cell, version in listing.roster(asked, most=most)
    ]


def _masked(row: Listed, cell: bytes | None, version: int) -> str | None:
    return None if cell is None else mask_identity(opened(row.uid, PersonSecret.Kind.IDENTITY, cell, version))


def listed_values(row: Listed, masked: str | None, day: date) -> dict[str, Any]:
    """Somebody by the keys of `RESOURCE`, without where he stands."""
    standing = row.standing
    return {
        "name": row.name,
        "identity": masked,
        "sex": SEXES.get(row.sex),
        "ethnicity": row.ethnicity or None,
        "born_on": row.born_on,
        "education": row.education or None,
        "occupation": row.occupation or None,
        "standing": standing.label(day),
        "membership_on": standing.membership_on,
        "full_member_on": None if standing.full_member_on == FOREVER else standing.full_member_on,
    }


def place_of(unit: UnitOnDay | None, tree: Tree) -> dict[str, str | None]:
    if unit is None:
        return {"township_name": None, "unit_name": None, "unit": None}
    township = tree.by_id.get(unit.township or 0)
    return {"township_name": township.name if township else None, "unit_name": unit.name, "unit": unit.code}
