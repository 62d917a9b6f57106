"""The whole demo county as the five sheets of the county workbook.

It must not know a file format: cells are text, whole numbers, dates or None.
"""

from random import Random
from typing import Final

from yumiao.desk.demo import members as roll
from yumiao.desk.demo.admissions import LAST_YEAR, office_admissions, village_admissions
from yumiao.desk.demo.cultivation import applicants
from yumiao.desk.demo.days import DEMO_DAY, THIS_YEAR
from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.oddities import odd_applicants, odd_members, odd_talents
from yumiao.desk.demo.people import Register
from yumiao.desk.demo.plans import plans, targets
from yumiao.desk.demo.talents import talents
from yumiao.desk.demo.tree import grow_tree

__all__ = ["DEMO_DAY", "county"]

Sheet = tuple[list[str], list[list[object]]]

SEED: Final = 19_210_723
PERSON: Final = [
    "公民身份号码",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "学历",
    "职业",
    "所在党支部代码",
    "手机号码",
]
HEADERS: Final = {
    "组织": ["组织代码", "组织名称", "组织类别", "上级组织代码", "所属片区"],
    "党员": [*PERSON, "人员类别", "入党日期", "转正日期", "入党时所在党支部代码", "与证件不一致说明", "原身份证号码"],
    "发展培养": [
        *PERSON,
        "递交入党申请书日期",
        "确定为入党积极分子日期",
        "确定为发展对象日期",
        "培养联系人一",
        "培养联系人二",
    ],
    "人才库": [*PERSON, "人才类别", "入库日期", "联系老党员", "联村导师"],
    "发展计划": ["年度", "组织代码", "计划发展党员数", "其中35岁以下", "女", "大专以上"],
}


def county(*, scale: int = 1) -> dict[str, Sheet]:
    """Header and rows of each sheet by its title, the same at every call.

    `scale` multiplies townships, villages and people. Raises ValueError outside 1 to 26 (`Figures.at`).
    """
    figures, rng = Figures.at(scale), Random(SEED)
    tree, register = grow_tree(figures, rng), Register(rng)
    admissions = village_admissions(tree, figures, rng)
    everyone = [*admissions, *office_admissions(tree, rng)]
    members = odd_members(roll.members(tree, everyone, figures, register, rng))
    full = roll.full_members_by_branch(members)
    last_year, this_year = (targets(tree, admissions, year, rng) for year in (LAST_YEAR, THIS_YEAR))
    cultivated = odd_applicants(applicants(tree, this_year, full, figures, register, rng), members)
    pool = odd_talents(talents(tree, full, figures, register, rng), full)
    rows = {
        "组织": [unit.cells() for unit in tree.units],
        "党员": [member.cells() for member in members],
        "发展培养": [applicant.cells() for applicant in cultivated],
        "人才库": [talent.cells() for talent in pool],
        "发展计划": [plan.cells() for plan in plans(tree, last_year, this_year)],
    }
    return {title: (list(header), rows[title]) for title, header in HEADERS.items()}
