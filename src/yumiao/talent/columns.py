"""The 人才库 sheet."""

from typing import Any

from yumiao.people.columns import PERSON, loose_number
from yumiao.sheets.columns import Cell, Column, Form, choice, day

CATEGORIES = {
    "优秀农民工": "migrant_worker",
    "致富能手": "wealth_leader",
    "退役军人": "veteran",
    "返乡大学生": "returning_graduate",
    "其他": "other",
}
_LABELS = {code: label for label, code in CATEGORIES.items()}


def category_label(value: Any) -> Cell:
    return _LABELS.get(value)


TALENTS = Form(
    "人才库",
    (
        *PERSON,
        Column(
            "category",
            "人才类别",
            choice(CATEGORIES),
            required=True,
            choices=tuple(CATEGORIES),
            show=category_label,
            example="返乡大学生",
            aliases=("人才类型",),
        ),
        Column(
            "entered_on", "入库日期", day, required=True, is_text=False, example="2026-03-05", aliases=("入库时间",)
        ),
        Column("veteran", "联系老党员", loose_number, width=21, note="公民身份号码"),
        Column("mentor", "联村导师", loose_number, width=21, note="公民身份号码"),
    ),
    note="入库自愿；已是党员的不填在本表。",
)
