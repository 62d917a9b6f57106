"""A small county as cells that a test may change row by row: two townships, four villages, an office, a dozen invented people.

It must not know the importer: rows are dictionaries by header, and a workbook is made of them as the reader would give it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from yumiao.kernel.identity import check_digit
from yumiao.sheets.reading import Sheet, Workbook

TODAY = date(2026, 11, 20)
COUNTY, TOWN, OTHER_TOWN = "001", "001.001", "001.002"
VILLAGE, GENERAL, COMMUNITY, FAR_VILLAGE = "001.001.001", "001.001.002", "001.001.003", "001.002.001"
FIRST_BRANCH, SECOND_BRANCH, OFFICE = "001.001.002.001", "001.001.002.002", "001.001.900"

PERSON = ("公民身份号码", "姓名", "性别", "民族", "出生日期", "学历", "职业", "所在党支部代码", "手机号码")
HEADERS = {
    "组织": ("组织代码", "组织名称", "组织类别", "上级组织代码", "所属片区"),
    "党员": (*PERSON, "人员类别", "入党日期", "转正日期", "入党时所在党支部代码", "与证件不一致说明", "原身份证号码"),
    "发展培养": (
        *PERSON, "递交入党申请书日期", "确定为入党积极分子日期", "确定为发展对象日期", "培养联系人一", "培养联系人二",
    ),
    "人才库": (*PERSON, "人才类别", "入库日期", "联系老党员", "联村导师"),
    "发展计划": ("年度", "组织代码", "计划发展党员数", "其中35岁以下", "女", "大专以上"),
}  # fmt: skip
UNITS = (
    (COUNTY, "青岚县委", "县委", None, None),
    (TOWN, "青石镇党委", "乡镇党委", COUNTY, "第1片区"),
    (OTHER_TOWN, "云溪乡党委", "乡镇党委", COUNTY, "第2片区"),
    (VILLAGE, "云岭村党支部", "村党支部", TOWN, None),
    (GENERAL, "石桥村党总支", "村党总支", TOWN, None),
    (FIRST_BRANCH, "石桥村第一党支部", "村党支部", GENERAL, None),
    (SECOND_BRANCH, "石桥村第二党支部", "村党支部", GENERAL, None),
    (COMMUNITY, "松坪社区党支部", "社区党支部", TOWN, None),
    (FAR_VILLAGE, "竹溪村党支部", "村党支部", OTHER_TOWN, None),
    (OFFICE, "青石镇机关党支部", "机关党支部", TOWN, None),
)
Row = dict[str, Any]


def number(place: int, born_on: date = date(1980, 5, 6)) -> str:
    """An invented identity number; even places are women's."""
    first17 = f"998001{born_on:%Y%m%d}{place:03d}"
    return first17 + check_digit(first17)


def fifteen(eighteen: str) -> str:
    return eighteen[:6] + eighteen[8:17]


def person(place: int, branch: str, born_on: date = date(1980, 5, 6)) -> Row:
    return {
        "公民身份号码": number(place, born_on),
        "姓名": f"韦禾{chr(0x4E00 + place)}",
        "性别": "男" if place % 2 else "女",
        "民族": "汉族",
        "出生日期": born_on,
        "学历": "大专",
        "职业": "农牧渔民",
        "所在党支部代码": branch,
        "手机号码": f"1230000{place:04d}",
    }


def member(place: int, branch: str = VILLAGE, **cells: Any) -> Row:
    dates = {"人员类别": "正式党员", "入党日期": date(2015, 7, 1), "转正日期": date(2016, 7, 1)}
    return person(place, branch) | dates | cells


def applicant(place: int, branch: str = VILLAGE, **cells: Any) -> Row:
    dates = {"递交入党申请书日期": date(2024, 3, 5), "确定为入党积极分子日期": date(2024, 10, 15)}
    return person(place, branch, date(1995, 2, 3)) | dates | cells


def talent(place: int, branch: str = VILLAGE, **cells: Any) -> Row:
    return person(place, branch, date(1998, 8, 9)) | {"人才类别": "致富能手", "入库日期": date(2026, 3, 5)} | cells


def plan(unit: str, planned: Any = 8, **cells: Any) -> Row:
    return {"年度": 2026, "组织代码": unit, "计划发展党员数": planned} | cells


class County:
    """The rows of each sheet by title; None among them is an empty row. A sheet taken out is absent."""

    def __init__(self) -> None:
        self.headers: dict[str, tuple[str, ...]] = dict(HEADERS)
        self.sheets: dict[str, list[Row | None]] = {
            "组织": [dict(zip(HEADERS["组织"], unit, strict=True)) for unit in UNITS],
            "党员": [
                member(1, 入党日期=date(2005, 7, 1), 转正日期=date(2006, 7, 1)),
                member(2, FIRST_BRANCH),
                member(3, SECOND_BRANCH),
                member(4, COMMUNITY),
                member(5, FAR_VILLAGE),
                member(6, OFFICE),
                member(7, 人员类别="预备党员", 入党日期=date(2026, 5, 15), 转正日期=None),
            ],
            "发展培养": [
                applicant(21, 培养联系人一=number(1), 培养联系人二=number(4)),
                applicant(22, COMMUNITY, 确定为发展对象日期=date(2025, 10, 15)),
                applicant(23, FAR_VILLAGE, 确定为入党积极分子日期=None),
            ],
            "人才库": [talent(31, 联系老党员=number(1), 联村导师=number(6)), talent(32, FAR_VILLAGE)],
            "发展计划": [plan(TOWN, 其中35岁以下=6, 女=4, 大专以上=3), plan(FAR_VILLAGE, 2)],
        }

    def __getitem__(self, title: str) -> list[Row]:
        return self.sheets[title]  # type: ignore[return-value]

    def add(self, title: str, *rows: Row) -> None:
        self.sheets[title].extend(rows)

    def without(self, *titles: str) -> County:
        for title in titles:
            del self.sheets[title]
        return self

    def only(self, *titles: str) -> County:
        return self.without(*(title for title in HEADERS if title not in titles))

    def workbook(self, name: str = "county.xlsx") -> Workbook:
        """As the reader gives it: rows numbered from 2, empty ones left out."""
        sheets = {
            title: Sheet(
                title,
                self.headers[title],
                [
                    (place, [row.get(header) for header in self.headers[title]])
                    for place, row in enumerate(rows, 2)
                    if row is not None
                ],
            )
            for title, rows in self.sheets.items()
        }
        return Workbook(name, hashlib.sha256(repr(sheets).encode()).digest(), sheets)

    def file(self, path: Path) -> Path:
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            for title, rows in self.sheets.items():
                sheet = book.add_worksheet(title)
                sheet.write_row(0, 0, self.headers[title])
                for place, row in enumerate(rows, 1):
                    sheet.write_row(place, 0, [(row or {}).get(header) for header in self.headers[title]])
        return path
