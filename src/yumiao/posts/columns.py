"""The 任职 sheet: a row for each post, held or ended; the row of an elected secretary carries the end of the term."""

from __future__ import annotations

from typing import Any

from yumiao.people.columns import NAME, NUMBER, kept_text
from yumiao.posts.rules import How, Title
from yumiao.sheets.columns import Cell, Column, Form, choice, code, day, text

TITLES = {title.label: title for title in Title}
WAYS = {how.label: how for how in How}


def label(value: Any) -> Cell:
    return str(value.label) if isinstance(value, Title | How) else None


POSTS = Form(
    "任职",
    (
        Column("unit", "组织代码", code, required=True, width=18, example="001.007.012", aliases=("党组织代码",)),
        NAME,
        NUMBER,
        Column(
            "title", "职务", choice(TITLES), required=True, width=14, choices=tuple(TITLES), show=label, example="书记",
            aliases=("党内职务",),
        ),
        Column("how", "任职方式", choice(WAYS), width=12, choices=tuple(WAYS), show=label, example="选举"),
        Column(
            "since", "任职日期", day, required=True, is_text=False, example="2023-04-18", aliases=("任职时间",)
        ),
        Column(
            "due_on", "届满日期", day, is_text=False, note="选举产生的书记填本届届满日期，选派的填期满日期，其他人不填",
            example="2028-04-18", aliases=("期满日期",),
        ),
        Column("ended_on", "免职日期", day, is_text=False, note="在任的不填", aliases=("免职时间",)),
        Column("sending_unit", "派出单位", text(100), width=22, note="第一书记、驻村工作队员填写"),
        Column("note", "备注", kept_text, width=24, note="在任的写批复文号，已免职的写原因"),
    ),
    note="现任和历任都可以填；人员和组织须已登记，或者在本工作簿的其他表中。",
)  # fmt: skip
