"""What the API says of a village, a township, a list and whoever is on it: fields with their meaning, and their values from the ledger.

Must not know: calls, addresses, how a figure is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.kernel.shares import Share
from yumiao.ledger.figures import Township, Village
from yumiao.ledger.lists import LISTS
from yumiao.ledger.rules import Band, Bottom, Flag, Grade, Warned
from yumiao.units.queries import Tree

Verdict = type[Band] | type[Bottom] | type[Flag] | type[Grade] | type[Warned]


def _meaning(verdicts: Verdict) -> str:
    """`ok 达标，breach 突破底线`."""
    return "，".join(f"{one.value} {one.label}" for one in verdicts)


_UNIT: Final = (Field("unit", "组织代码"), Field("unit_name", "组织名称"), Field("zone", "片区"))
_TOWNSHIP: Final = (Field("township", "乡镇代码"), Field("township_name", "乡镇名称"))
_GRADE: Final = Field("grade", "等级", note=f"等级：{_meaning(Grade)}")

VILLAGE: Final = Resource(
    "village_lines",
    "村（社区）的各条线",
    (
        *_UNIT,
        *_TOWNSHIP,
        Field("members", "党员", Kind.NUMBER),
        Field("full_members", "正式党员", Kind.NUMBER),
        Field("women", "女党员", Kind.NUMBER),
        Field("young", "年轻党员", Kind.NUMBER),
        Field("young_share", "年轻党员占比", Kind.SHARE),
        Field("unknown_births", "出生日期不详的党员", Kind.NUMBER),
        Field("planned", "年度计划", Kind.NUMBER, note="年度计划发展党员数；没有下达是 null"),
        Field("admitted", "本年发展", Kind.NUMBER),
        Field("admitted_young", "本年发展中的年轻人", Kind.NUMBER),
        Field("admitted_last_year", "上年发展", Kind.NUMBER),
        Field("admitted_year_before", "前年发展", Kind.NUMBER),
        Field("pending", "待审批", Kind.NUMBER),
        Field("applicants", "入党申请人", Kind.NUMBER, note="入党申请人，积极分子和发展对象也在内"),
        Field("activists", "入党积极分子", Kind.NUMBER, note="入党积极分子，发展对象也在内"),
        Field("targets", "发展对象", Kind.NUMBER),
        Field("talents", "人才库", Kind.NUMBER),
        Field("reserve", "积极分子储备", Kind.NUMBER),
        Field("bottom_line", "底线", note=f"底线：{_meaning(Bottom)}"),
        Field("is_at_risk", "年内须发展", Kind.FLAG),
        Field("warning_line", "预警线", note=f"预警线：{_meaning(Warned)}"),
        Field("is_low_young", "年轻党员占比偏低", Kind.FLAG, note="年轻党员占比偏低；没有党员、不评的是 null"),
        Field("activist_band", "积极分子", note=f"积极分子储备：{_meaning(Band)}"),
        Field("flags", "提示", note=f"提示，几项之间用逗号，没有就是空的：{_meaning(Flag)}"),
        _GRADE,
    ),
)
TOWNSHIP: Final = Resource(
    "township_ledger",
    "乡镇的落实台账",
    (
        *_UNIT,
        Field("villages", "村（社区）", Kind.NUMBER),
        Field("planned", "年度计划", Kind.NUMBER, note="年度计划发展党员数；没有下达是 null"),
        Field("admitted", "本年发展", Kind.NUMBER),
        Field("admitted_young", "本年发展中的年轻人", Kind.NUMBER),
        Field("admitted_unknown_age", "本年发展中年龄不详的", Kind.NUMBER),
        Field("young_share", "新发展中年轻人占比", Kind.SHARE),
        Field("is_guidance_met", "达到指导线", Kind.FLAG, note="达到指导线；没有新发展、不评的是 null"),
        Field("pending", "待审批", Kind.NUMBER),
        Field("reserve", "积极分子储备", Kind.NUMBER),
        Field("reserve_required", "应储备", Kind.NUMBER, note="应储备；没有下达计划的是 null"),
        Field("reserve_gap", "储备还缺", Kind.NUMBER, note="储备还缺；没有下达计划的是 null"),
        Field("is_reserve_met", "储备达标", Kind.FLAG, note="储备达标；没有下达计划、不评的是 null"),
        _GRADE,
    ),
)
LIST: Final = Resource(
    "ledger_list",
    "清单",
    (
        Field("name", "名称", note="在地址里的名称"),
        Field("title", "标题"),
        Field("rule", "规则编号"),
        Field("part_of", "属于", note="它是哪一张清单的一部分；自成一张的是 null"),
        Field("number", "个数", Kind.NUMBER, note="列入的村（社区）或乡镇个数"),
    ),
)
LISTED: Final = Resource("ledger_listed", "清单上的单位", (*_UNIT, *_TOWNSHIP, _GRADE, Field("why", "为什么列入")))


def village_values(one: Village, units: Tree) -> dict[str, Any]:
    counts = one.counts
    return {
        **_placed(one, units),
        "members": counts.members,
        "full_members": counts.full_members,
        "women": counts.women,
        "young": counts.young,
        "young_share": Share(counts.young, counts.members),
        "unknown_births": counts.unknown_births,
        "planned": one.plan.planned if one.plan else None,
        "admitted": counts.this_year,
        "admitted_young": counts.young_this_year,
        "admitted_last_year": counts.last_year,
        "admitted_year_before": counts.year_before,
        "pending": counts.pending,
        "applicants": counts.applicants,
        "activists": counts.activists,
        "targets": counts.targets,
        "talents": counts.talents,
        "reserve": one.reserve,
        "bottom_line": one.bottom.value,
        "is_at_risk": one.is_at_risk,
        "warning_line": one.warned.value,
        "is_low_young": one.is_low_young,
        "activist_band": one.band.value,
        "flags": ",".join(flag.value for flag in one.flags),
        "grade": one.grade.value,
    }


def township_values(one: Township) -> dict[str, Any]:
    counts = one.counts
    return {
        **_unit(one),
        "villages": len(one.villages),
        "planned": one.planned,
        "admitted": counts.this_year,
        "admitted_young": counts.young_this_year,
        "admitted_unknown_age": counts.unknown_age_this_year,
        "young_share": one.young_share,
        "is_guidance_met": one.guidance_met,
        "pending": counts.pending,
        "reserve": one.reserve,
        "reserve_required": one.reserve_required,
        "reserve_gap": one.reserve_gap,
        "is_reserve_met": one.reserve_met,
        "grade": one.grade.value,
    }


def list_values(name: str, members: Iterable[Village | Township]) -> dict[str, Any]:
    one = LISTS[name]
    number = sum(1 for _ in members)
    return {"name": name, "title": str(one.title), "rule": one.rule, "part_of": one.part_of or None, "number": number}


def listed_values(name: str, one: Village | Township, units: Tree) -> dict[str, Any]:
    return {**_placed(one, units), "grade": one.grade.value, "why": LISTS[name].why(one)}


def _unit(one: Village | Township) -> dict[str, Any]:
    return {"unit": one.unit.code, "unit_name": one.unit.name, "zone": one.unit.zone or None}


def _placed(one: Village | Township, units: Tree) -> dict[str, Any]:
    """With the township above; None where there is none."""
    above = units.by_id.get(one.unit.township or 0)
    is_above = above is not None and above.id != one.unit.id
    return {
        **_unit(one),
        "township": above.code if above and is_above else None,
        "township_name": above.name if above and is_above else None,
    }
