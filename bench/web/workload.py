"""The rows of the workload: 350 organisations and 10,174 members, the same at every call; as tables, and as a county workbook.

Everybody is invented: numbers with an area prefix that no place has, telephone numbers of a prefix in no use.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

SEED, DAY = 20261122, dt.date(2026, 11, 22)
TOWNSHIPS, VILLAGES, MEMBERS = 38, 311, 10_174
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国玉梅红志文海波鹏辉云飞龙凤春生金福德荣新林永安家乐子涵宇轩梓一诺"
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
EDUCATIONS, EDUCATION_WEIGHTS = ("小学", "初中", "高中", "中专", "大专", "本科", "硕士"), (8, 26, 18, 8, 20, 18, 2)
STATUSES, STATUS_WEIGHTS = ("正式", "预备", "发展对象", "积极分子"), (88, 3, 4, 5)
AGES = ((18, 30, 9), (31, 40, 16), (41, 50, 18), (51, 60, 21), (61, 70, 20), (71, 92, 16))
JOBS = ("务农", "务工", "个体", "教师", "干部", "退休", "医护", "学生")
COLUMNS = (
    "no", "name", "sex", "ethnic", "id_no", "birth", "phone", "edu", "org", "joined", "status", "job", "address", "dues", "points", "note",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workload:
    """`units`: (code, parent, name, level) from the root down; `members` by the names of `COLUMNS`; `words`: 200 searches."""

    units: Sequence[tuple[str, str, str, int]]
    members: Sequence[Row]
    words: Sequence[str]


def workload(*, times: int = 1) -> Workload:
    """The rows; `times` multiplies members and villages and keeps the number of villages a township has."""
    chance = random.Random(SEED)  # noqa: S311 invented people, nothing secret
    weights = [round(1000 / (place + 1.5)) for place in range(len(SURNAMES))]
    units = [("C00", "", "示范县委员会", 0)]
    units += [(f"T{place:02d}", "C00", f"示范{place + 1:02d}镇委员会", 1) for place in range(TOWNSHIPS * times)]
    branches = []
    for place in range(VILLAGES * times):
        full = 304 * times
        township = place % (TOWNSHIPS * times) if place < full else chance.randrange(TOWNSHIPS * times)
        branches.append(f"B{place:03d}")
        units.append((branches[-1], f"T{township:02d}", f"示范{township + 1:02d}镇{place + 1:03d}村支部", 2))
    sizes = [chance.lognormvariate(0, 0.55) for _ in branches]
    members = [_member(chance, place, weights) for place in range(MEMBERS * times)]
    for member, branch in zip(members, chance.choices(branches, sizes, k=len(members)), strict=True):
        member["org"] = branch
    return Workload(units, members, [chance.choice(members)["name"][:2] for _ in range(200)])


def _member(chance: random.Random, place: int, weights: Sequence[int]) -> Row:
    low, high, _ = chance.choices(AGES, [weight for *_, weight in AGES])[0]
    age = chance.randint(low, high)
    born = DAY - dt.timedelta(days=age * 365 + chance.randint(0, 364) + age // 4)
    male = chance.random() < 0.71
    joined = born + dt.timedelta(days=int(365.25 * chance.uniform(18.2, max(18.5, min(age, 45)))))
    given = chance.choices((1, 2), (22, 78))[0]
    return {
        "no": f"M{place + 1:06d}",
        "name": chance.choices(SURNAMES, weights)[0] + "".join(chance.choice(GIVEN) for _ in range(given)),
        "sex": "男" if male else "女",
        "ethnic": chance.choices(("汉族", "回族", "满族", "苗族"), (93, 3, 2, 2))[0],
        "id_no": _number(born, male, place),
        "birth": born.isoformat(),
        "phone": f"123{place * 97 % 10**8:08d}",
        "edu": chance.choices(EDUCATIONS, EDUCATION_WEIGHTS)[0],
        "joined": min(joined, DAY).isoformat(),
        "status": chance.choices(STATUSES, STATUS_WEIGHTS)[0],
        "job": chance.choice(JOBS),
        "address": f"示范县{chance.randint(1, 38):02d}镇{chance.randint(1, 320)}号",
        "dues": chance.choice((2, 5, 10, 20, 30, 50)),
        "points": chance.randint(0, 120),
        "note": "",
    }


def _number(born: dt.date, male: bool, place: int) -> str:
    """A number of its own for each: the place in its area and order digits, the check digit right."""
    order = place % 500 * 2 + int(male)
    first = f"99{place // 500 % 10_000:04d}{born:%Y%m%d}{order:03d}"
    return first + CHECKS[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


def write_members(target: Path, load: Workload) -> None:
    """One sheet with the sixteen columns, as the peer takes it."""
    with xlsxwriter.Workbook(str(target)) as book:
        sheet = book.add_worksheet("members")
        sheet.write_row(0, 0, COLUMNS)
        for place, member in enumerate(load.members, start=1):
            sheet.write_row(place, 0, [member[name] for name in COLUMNS])


KINDS = ("县委", "乡镇党委", "村党支部")
PERSON = ("公民身份号码", "姓名", "性别", "民族", "出生日期", "学历", "职业", "所在党支部代码", "手机号码")


def write_county(target: Path, load: Workload) -> None:
    """The same rows as a county workbook: units, members, those in cultivation."""
    sheets: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {
        "组织": (
            ("组织代码", "组织名称", "组织类别", "上级组织代码"),
            [(code, name, KINDS[level], parent or None) for code, parent, name, level in load.units],
        ),
        "党员": ((*PERSON, "人员类别", "入党日期", "转正日期"), []),
        "发展培养": ((*PERSON, "递交入党申请书日期", "确定为入党积极分子日期", "确定为发展对象日期"), []),
    }
    for member in load.members:
        names = ("id_no", "name", "sex", "ethnic", "birth", "edu", "job", "org", "phone")
        cells = tuple(member[name] for name in names)
        joined = dt.date.fromisoformat(member["joined"])
        if member["status"] in STATUSES[:2]:
            full = joined + dt.timedelta(days=366)
            is_full = member["status"] == "正式" and full <= DAY
            said = ("正式党员" if is_full else "预备党员", joined.isoformat(), full.isoformat() if is_full else None)
            sheets["党员"][1].append((*cells, *said))
        else:
            applied, activist = DAY - dt.timedelta(days=700), DAY - dt.timedelta(days=600)
            target_on = (DAY - dt.timedelta(days=100)).isoformat() if member["status"] == "发展对象" else None
            sheets["发展培养"][1].append((*cells, applied.isoformat(), activist.isoformat(), target_on))
    with xlsxwriter.Workbook(str(target)) as book:
        for title, (header, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, header)
            for place, row in enumerate(rows, start=1):
                sheet.write_row(place, 0, row)
