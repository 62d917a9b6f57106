"""The 流动党员 sheet: a row for each stay, of a member who went elsewhere or of a guest from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from yumiao.people.columns import NAME, NUMBER
from yumiao.people.models import Stay
from yumiao.sheets.columns import Cell, Column, Form, choice, code, day, text

KINDS: Final = {str(kind.label): kind for kind in Stay.Kind}
_YES_NO: Final = {"是": True, "否": False}


def _kind(value: Any) -> Cell:
    return str(value.label) if isinstance(value, Stay.Kind) else None


def _yes_no(value: Any) -> Cell:
    return None if value is None else "是" if value else "否"


STAYS = Form(
    "流动党员",
    (
        Column("kind", "流向", choice(KINDS), required=True, width=8, choices=tuple(KINDS), show=_kind, example="流出"),
        NAME,
        replace(NUMBER, required=False, note="流出的必填；流入的不填"),
        Column(
            "unit", "联系的党支部代码", code, width=18, note="流入的填写，与组织表中的组织代码一致；流出的不填",
            example="001.001.001",
        ),
        Column(
            "place", "流往何处或原党组织", text(100), required=True, width=30, note="流出的填写去处，流入的填写原党组织",
            example="××市××区务工",
        ),
        Column("is_abroad", "国（境）外", choice(_YES_NO), width=9, choices=tuple(_YES_NO), show=_yes_no, example="否"),
        Column("is_fixed", "地点固定", choice(_YES_NO), width=9, choices=tuple(_YES_NO), show=_yes_no, example="是"),
        Column(
            "since", "外出日期", day, required=True, is_text=False, note="流入的填写流入日期", example="2026-03-01",
            aliases=("流出日期", "流入日期"),
        ),
        Column("planned_on", "预计返回日期", day, is_text=False, width=13, example="2027-02-01"),
        Column("until", "返回日期", day, is_text=False, note="没有返回的不填"),
        replace(
            NUMBER, key="contact", header="联系人公民身份号码", required=False, aliases=(),
            note="党支部确定的联系人，流出的填写",
        ),
    ),
    note="只登记外出和返回，不改变组织关系；人员和组织须已登记，或者在本工作簿的其他表中。",
)  # fmt: skip
