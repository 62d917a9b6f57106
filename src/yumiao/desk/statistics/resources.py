"""The people behind a figure on paper. Must not know: requests, workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yumiao.desk.people.resources import SEXES
from yumiao.desk.statistics.behind import Shown
from yumiao.kernel.resources import Field, Kind, Resource

RESOURCE: Final = Resource(
    "statistics_people",
    "统计名单",
    (
        Field("name", "姓名", width=10),
        Field("sex", "性别", width=5),
        Field("ethnicity", "民族", width=8),
        Field("born_on", "出生日期", Kind.DAY, width=11),
        Field("education", "学历", width=9),
        Field("occupation", "职业", width=10),
        Field("membership_on", "入党日期", Kind.DAY, width=11),
        Field("unit_name", "组织", width=24),
        Field("unit", "组织代码", width=16),
    ),
)


def rows(people: Sequence[Shown]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "sex": SEXES.get(one.sex),
            "ethnicity": one.ethnicity or None,
            "born_on": one.born_on,
            "education": one.education or None,
            "occupation": one.occupation or None,
            "membership_on": one.joined_on,
            "unit_name": one.unit.name,
            "unit": one.unit.code,
        }
        for one in people
    ]
