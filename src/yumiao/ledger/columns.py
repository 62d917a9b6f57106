"""The 发展计划 sheet."""

from __future__ import annotations

from yumiao.sheets.columns import NUMBER, Cell, CellFault, Column, Form, code, whole_number

FIRST_YEAR, LAST_YEAR = 1900, 2100


def plan_year(cell: Cell) -> int:
    """A calendar year; anything else is refused."""
    year = int(str(whole_number(cell)))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellFault(NUMBER, f"年度应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间")
    return year


PLANS = Form(
    "发展计划",
    (
        Column("year", "年度", plan_year, required=True, width=8, is_text=False, example="2026", aliases=("年份",)),
        Column(
            "unit",
            "组织代码",
            code,
            required=True,
            width=18,
            note="乡镇或村的组织代码",
            example="001.007",
            aliases=("党组织代码",),
        ),
        Column("planned", "计划发展党员数", whole_number, required=True, width=16, is_text=False, example="8"),
        Column("young", "其中35岁以下", whole_number, width=14, is_text=False, aliases=("35岁以下",)),
        Column("women", "女", whole_number, width=6, is_text=False, aliases=("女性",)),
        Column("college", "大专以上", whole_number, width=10, is_text=False, aliases=("大专及以上",)),
    ),
    note="乡镇有计划的以乡镇为准，否则取各村之和。",
)
