"""A county of one township and three villages with as many invented people as a test wants, as cells, as a workbook read, and as a file.

The same numbers come at every call, so that a test may search for them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from yumiao.kernel.identity import check_digit
from yumiao.sheets.reading import Sheet, Workbook

DAY = date(2026, 11, 20)
BRANCHES = ("001.001.001", "001.001.002", "001.001.003")
PERSON = ("公民身份号码", "姓名", "性别", "民族", "出生日期", "学历", "职业", "所在党支部代码", "手机号码")
UNITS = (
    ("001", "青岚县委", "县委", None, None),
    ("001.001", "青石镇党委", "乡镇党委", "001", "第1片区"),
    (BRANCHES[0], "云岭村党支部", "村党支部", "001.001", None),
    (BRANCHES[1], "石桥村党支部", "村党支部", "001.001", None),
    (BRANCHES[2], "松坪社区党支部", "社区党支部", "001.001", None),
)
Cells = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


@dataclass(frozen=True, slots=True)
class Somebody:
    """The numbers of one invented person."""

    place: int

    @property
    def born_on(self) -> date:
        return date(1960, 1, 1) + timedelta(days=7 * self.place)

    @property
    def number(self) -> str:
        first17 = f"998001{self.born_on:%Y%m%d}{self.place % 1000:03d}"
        return first17 + check_digit(first17)

    @property
    def phone(self) -> str:
        return f"1234{self.place:07d}"

    @property
    def former(self) -> str:
        """The number of fifteen digits that the number grew out of."""
        return self.number[:6] + self.number[8:17]

    def cells(self) -> tuple[Any, ...]:
        sex = "男" if int(self.number[16]) % 2 else "女"
        branch = BRANCHES[self.place % len(BRANCHES)]
        return (
            self.number, f"韦禾{chr(0x4E00 + self.place)}", sex, "汉族", self.born_on, "大专", "农牧渔民", branch, self.phone,
        )  # fmt: skip


def everybody(members: int, others: int) -> list[Somebody]:
    """Members first, then those in cultivation and in the pool."""
    return [Somebody(place) for place in range(members + others)]


def cells(members: int = 18, others: int = 10) -> Cells:
    """All five sheets: `members` full members, then `others`, by turns in cultivation and in the talent pool."""
    people = everybody(members, others)
    joined = [
        (*one.cells(), "正式党员", date(2015, 7, 1), date(2016, 7, 1), None, None, one.former)
        for one in people[:members]
    ]
    by_branch = [people[place].number for place in range(len(BRANCHES))]
    later = people[members:]
    cases = [
        (*one.cells(), date(2024, 3, 5), date(2024, 10, 15), None, by_branch[one.place % len(BRANCHES)], None)
        for one in later[::2]
    ]
    talents = [
        (*one.cells(), "致富能手", date(2026, 3, 5), by_branch[one.place % len(BRANCHES)], None) for one in later[1::2]
    ]
    return {
        "组织": (("组织代码", "组织名称", "组织类别", "上级组织代码", "所属片区"), list(UNITS)),
        "党员": (
            (*PERSON, "人员类别", "入党日期", "转正日期", "入党时所在党支部代码", "与证件不一致说明", "原身份证号码"),
            joined,
        ),
        "发展培养": (
            (
                *PERSON,
                "递交入党申请书日期",
                "确定为入党积极分子日期",
                "确定为发展对象日期",
                "培养联系人一",
                "培养联系人二",
            ),
            cases,
        ),
        "人才库": ((*PERSON, "人才类别", "入库日期", "联系老党员", "联村导师"), talents),
        "发展计划": (
            ("年度", "组织代码", "计划发展党员数", "其中35岁以下", "女", "大专以上"),
            [(2026, "001.001", 8, 6, 4, 3)],
        ),
    }


def as_workbook(sheets: Cells, name: str = "county.xlsx") -> Workbook:
    """The cells as the reader would give them."""
    return Workbook(
        name,
        hashlib.sha256(repr(sheets).encode()).digest(),
        {
            title: Sheet(title, header, [(number, list(row)) for number, row in enumerate(rows, 2)])
            for title, (header, rows) in sheets.items()
        },
    )


def as_file(path: Path, sheets: Cells) -> Path:
    """The cells as a workbook file; numbers are text, dates are dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for title, (header, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate([header, *rows]):
                sheet.write_row(number, 0, row)
    return path


def corrected() -> Cells:
    """The same county a while later: a telephone, an explanation, a plan, a contact and a talent changed, and somebody joined."""
    sheets = cells()
    members, cases, talents = (sheets[title][1] for title in ("党员", "发展培养", "人才库"))
    members[0] = (*members[0][:8], "12349999999", *members[0][9:])
    members[1] = (*members[1][:4], date(1960, 1, 9), *members[1][5:13], "档案记载为此日", members[1][14])
    members[2] = (members[2][0], "韦改名", *members[2][2:])
    joining = cases.pop(0)
    members.append((*joining[:9], "预备党员", date(2026, 11, 2), None, None, None, None))
    cases[0] = (*cases[0][:12], members[5][0], None)
    cases[1] = (*cases[1][:9], date(2024, 3, 6), *cases[1][10:])
    talents[0] = (*talents[0][:9], "退役军人", *talents[0][10:])
    sheets["组织"][1][3] = (BRANCHES[1], "石桥新村党支部", "村党支部", "001.001", None)
    sheets["组织"][1][1] = (*UNITS[1][:4], "第2片区")
    sheets["发展计划"][1][0] = (2026, "001.001", 9, 6, 4, 3)
    return sheets
