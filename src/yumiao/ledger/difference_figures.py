"""The figures of a row of the ledger that two issues are compared by: label, words of a value, what they hang on.

Must not know: issues, the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.bylaws import keys
from yumiao.ledger.rules import Band, Bottom, Flag, Grade, Warned

LEDGER_KEYS: Final = tuple(
    key.name
    for key in (
        keys.YOUNG_MAX_AGE, keys.YOUNG_TOLERANCE, keys.GUIDANCE_RATIO, keys.BOTTOM_WINDOW, keys.VILLAGE_YOUNG_STOCK_MIN,
        keys.RESERVE_RATIO, keys.RESERVE_COUNT_TARGETS, keys.VILLAGE_ACTIVISTS_MIN, keys.VILLAGE_ACTIVISTS_TARGET,
        keys.LEAP_BIRTHDAY_POLICY, keys.GRADE_TOWNSHIP_SERIOUS_SHARE, keys.GRADE_TOWNSHIP_SEVERE_SHARE,
        keys.FLAG_MIN_FULL_MEMBERS, keys.FLAG_OLD_SHARE, keys.FLAG_MEAN_AGE, keys.FLAG_LOW_EDUCATION_SHARE,
    )
)  # fmt: skip


class Group(StrEnum):
    """What a figure is counted from; a change of the tree concerns every figure."""

    TREE = "tree"
    STOCK = "stock"
    ATTRIBUTES = "attributes"
    ADMISSIONS = "admissions"
    CULTIVATION = "cultivation"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `words` puts a value as it stands in a ledger's document into words."""

    key: str
    label: str | Promise
    groups: tuple[Group, ...]
    say: Callable[[Any], str] = str

    def words(self, value: Any) -> str:
        return "—" if value is None else self.say(value)


def _yes_no(value: Any) -> str:
    return _("是") if value else _("否")


def _flags(value: Any) -> str:
    return "、".join(Flag(one).label for one in value) or _("无")


def _table(*figures: Figure) -> Mapping[str, Figure]:
    stands = Figure("stands", gettext_lazy("列入台账"), (), _yes_no)
    return {figure.key: figure for figure in (stands, *figures)}


_S, _T, _A, _C, _P = Group.STOCK, Group.ATTRIBUTES, Group.ADMISSIONS, Group.CULTIVATION, Group.PLAN

FIGURES: Final[Mapping[str, Mapping[str, Figure]]] = {
    "village": _table(
        Figure("name", gettext_lazy("名称"), ()),
        Figure("planned", gettext_lazy("计划发展"), (_P,)),
        Figure("members", gettext_lazy("党员"), (_S,)),
        Figure("young_members", gettext_lazy("年轻党员"), (_S, _T)),
        Figure("unknown_births", gettext_lazy("出生日期不明的党员"), (_S, _T)),
        Figure("admitted", gettext_lazy("本年发展"), (_A,)),
        Figure("admitted_last_year", gettext_lazy("上年发展"), (_A,)),
        Figure("admitted_year_before", gettext_lazy("前年发展"), (_A,)),
        Figure("pending", gettext_lazy("待审批"), (_A, _C)),
        Figure("reserve", gettext_lazy("在培养积极分子"), (_C,)),
        Figure("bottom_line", gettext_lazy("底线"), (_A,), lambda value: Bottom(value).label),
        Figure("bottom_line_at_risk", gettext_lazy("年内须发展"), (_A,), _yes_no),
        Figure("warning_line", gettext_lazy("预警线"), (_A,), lambda value: Warned(value).label),
        Figure("low_young_share", gettext_lazy("年轻党员占比偏低"), (_S, _T), _yes_no),
        Figure("activist_band", gettext_lazy("积极分子数量"), (_C,), lambda value: Band(value).label),
        Figure("flags", gettext_lazy("结构提示"), (_S, _T, _A), _flags),
        Figure("grade", gettext_lazy("预警等级"), (_S, _T, _A), lambda value: Grade(value).label),
    ),
    "township": _table(
        Figure("name", gettext_lazy("名称"), ()),
        Figure("planned", gettext_lazy("计划发展"), (_P,)),
        Figure("admitted", gettext_lazy("本年发展"), (_A,)),
        Figure("admitted_young", gettext_lazy("其中年轻的"), (_A,)),
        Figure("young_share", gettext_lazy("年轻的占比"), (_A,)),
        Figure("admitted_unknown_age", gettext_lazy("其中年龄不明的"), (_A,)),
        Figure("below_guidance_line", gettext_lazy("未达指导线"), (_A,), _yes_no),
        Figure("pending", gettext_lazy("待审批"), (_A, _C)),
        Figure("reserve", gettext_lazy("储备"), (_C,)),
        Figure("reserve_required", gettext_lazy("应有储备"), (_P,)),
        Figure("reserve_met", gettext_lazy("储备达标"), (_C, _P), _yes_no),
        Figure("reserve_gap", gettext_lazy("储备差额"), (_C, _P)),
        Figure("reserve_ratio", gettext_lazy("储备比例"), (_C, _P)),
        Figure("grade", gettext_lazy("预警等级"), (_S, _T, _A), lambda value: Grade(value).label),
    ),
}  # fmt: skip
