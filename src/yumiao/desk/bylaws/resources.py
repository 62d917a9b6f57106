"""County papers and settings on paper, in the words of their pages. Must not know: requests, workbooks."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from yumiao.bylaws import queries
from yumiao.bylaws.keys import KEYS
from yumiao.desk.bylaws.setting_rows import SettingRow
from yumiao.desk.bylaws.words import SettingGroup, group_of, paper_state
from yumiao.desk.bylaws.year import year_of
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.codes import TABLES

PAPERS: Final = Resource(
    "county_papers",
    "县级文件登记表",
    (
        Field("number", "文号", width=22),
        Field("title", "标题", width=44),
        Field("issuing_body", "发文机关", width=20),
        Field("in_force_from", "生效日期", Kind.DAY, width=12),
        Field("in_force_until", "失效日期", Kind.DAY, width=12),
        Field("state", "状态", width=10),
        Field("settings", "所定参数", Kind.NUMBER, width=9),
    ),
)
SETTINGS: Final = Resource(
    "settings",
    "参数表",
    (
        Field("group", "类别", width=14),
        Field("title", "参数", width=40),
        Field("value", "现值", width=20),
        Field("default", "默认值", width=20),
        Field("basis", "依据", width=26),
        Field("next_on", "下次调整日期", Kind.DAY, width=12),
        Field("next_value", "下次调整为", width=20),
    ),
)

DAYS_OFF: Final = Resource(
    "days_off",
    "放假和调休上班安排表",
    (
        Field("first", "开始日期", Kind.DAY, 12),
        Field("last", "结束日期", Kind.DAY, 12),
        Field("arrangement", "安排", width=8),
        Field("name", "名称", width=18),
        Field("by", "由谁规定", width=10),
        Field("source", "依据", width=40),
    ),
)
CODES: Final = Resource(
    "codes",
    "民族、学历、职业代码表",
    (
        Field("table", "代码表", width=8),
        Field("code", "代码", width=8),
        Field("label", "名称", width=24),
        Field("aliases", "也可以写作", width=44),
    ),
)
CODE_TABLES: Final = {"ethnicity": "民族", "education": "学历", "occupation": "职业"}


def paper_rows(today: date) -> list[dict[str, Any]]:
    periods = [period for found in queries.periods_by_key().values() for period in found]
    return [
        {
            "number": one.number,
            "title": one.title,
            "issuing_body": one.issuing_body,
            "in_force_from": one.in_force_from,
            "in_force_until": None if one.in_force_until == FOREVER else one.in_force_until,
            "state": str(paper_state(one, today)[1]),
            "settings": len({period.key for period in periods if period.paper.uid == one.uid}),
        }
        for one in queries.papers()
    ]


def setting_rows(today: date, *, only_changed: bool) -> list[dict[str, Any]]:
    periods = queries.periods_by_key()
    asked = [key for key in KEYS.values() if not only_changed or key.name in periods]
    shown = sorted(asked, key=lambda key: list(SettingGroup).index(group_of(key.name)))
    rows = [SettingRow.of(key, periods.get(key.name, []), today) for key in shown]
    return [
        {
            "group": str(group_of(one.key.name).label),
            "title": str(one.key.title),
            "value": one.value,
            "default": one.default,
            "basis": one.now.paper.number if one.now else one.key.source,
            "next_on": one.next.since if one.next else None,
            "next_value": one.next_value or None,
        }
        for one in rows
    ]


def special_rows(year: int) -> list[dict[str, Any]]:
    """Raises `MissingYear`."""
    found = year_of(year, queries.calendar(), queries.own_days(), queries.national_sources().get(year, ""))
    return [
        {
            "first": run.first,
            "last": run.last,
            "arrangement": "上班" if run.is_working else "放假",
            "name": run.name,
            "by": "本县" if run.is_own else "国家",
            "source": run.source,
        }
        for run in found.special
    ]


def code_rows() -> list[dict[str, Any]]:
    return [
        {"table": CODE_TABLES[field], "code": one.code, "label": one.label, "aliases": "、".join(one.aliases) or None}
        for field, entries in TABLES.items()
        for one in entries
    ]
