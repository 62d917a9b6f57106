"""The columns that say something of a person, and the 党员 sheet: one declaration for template, parser, fault sheet and export."""

from __future__ import annotations

import re
from typing import Any

from yumiao.kernel import identity
from yumiao.people import names
from yumiao.people.codes import EDUCATIONS
from yumiao.sheets.columns import Cell, CellFault, Column, Form, as_text, choice, code, day, text

SEXES = {"男": "m", "女": "f", "男性": "m", "女性": "f"}
CATEGORIES = {"正式党员": True, "预备党员": False}
PHONE_LENGTH = 30
NAME_RULE = "WBK-19"


def identity_number(cell: Cell) -> identity.IdentityNumber:
    """A valid 18-digit number, else a fault whose reason never holds the number."""
    try:
        return identity.parse(str(code(cell)))
    except identity.InvalidIdentity as error:
        raise CellFault(error.rule, error.reason) from None


def loose_number(cell: Cell) -> str:
    """A number that is kept as it came: telephones, former numbers and contacts are no reason to refuse a row."""
    return identity.normalise(as_text(cell))[:PHONE_LENGTH]


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_kept = text(max_length=200)


def kept_text(cell: Cell) -> str:
    """Text that no list judges: line breaks and unseen characters become a space, the rest stays as it was written."""
    return str(_kept(" ".join(_UNSEEN.sub(" ", as_text(cell)).split())))


_name = text(max_length=names.LONGEST_NAME)
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅･．", "·"))


def person_name(cell: Cell) -> str:
    """A name with its middle dot unified and the spaces of Chinese padding taken out; a fault of `NAME_RULE` where it can be none."""
    name = str(_name(cell)).translate(_DOTS)
    if not any(letter.isascii() and letter.isalpha() for letter in name):
        name = "".join(name.split())
    if fault := names.fault(name):
        raise CellFault(NAME_RULE, fault)
    return name


def sex_label(value: Any) -> Cell:
    return {"m": "男", "f": "女"}.get(value)


NUMBER = Column(
    "number",
    "公民身份号码",
    identity_number,
    required=True,
    width=21,
    note="18 位，文本格式",
    example="998001199001010010",
    aliases=("身份证号", "身份证号码", "居民身份证号", "居民身份证号码", "公民身份证号码", "公民身份号"),
)
NAME = Column("name", "姓名", person_name, required=True, note="少数民族姓名中的“·”请保留", example="张三")
SEX = Column("sex", "性别", choice(SEXES), width=6, choices=("男", "女"), show=sex_label, example="男")
ETHNICITY = Column("ethnicity", "民族", kept_text, width=9, example="汉族")
BORN = Column("born_on", "出生日期", day, width=12, is_text=False, example="1990-01-01", aliases=("出生年月日",))
EDUCATION = Column(
    "education",
    "学历",
    kept_text,
    width=11,
    choices=tuple(dict.fromkeys(EDUCATIONS.values())),
    example="大专",
    aliases=("文化程度", "最高学历"),
)
OCCUPATION = Column("occupation", "职业", kept_text, width=18, example="农牧渔民")
BRANCH = Column(
    "branch",
    "所在党支部代码",
    code,
    required=True,
    width=18,
    note="与组织表中的组织代码一致",
    example="001.001.001",
    aliases=("所在支部代码", "党支部代码", "支部代码"),
)
PHONE = Column(
    "phone",
    "手机号码",
    loose_number,
    width=14,
    note="文本格式",
    example="12300000000",
    aliases=("手机号", "手机", "联系电话", "电话号码", "电话"),
)

PERSON = (NUMBER, NAME, SEX, ETHNICITY, BORN, EDUCATION, OCCUPATION, BRANCH, PHONE)


def category_label(value: Any) -> Cell:
    return "正式党员" if value else "预备党员"


MEMBERS = Form(
    "党员",
    (
        *PERSON,
        Column(
            "is_full",
            "人员类别",
            choice(CATEGORIES),
            required=True,
            choices=tuple(CATEGORIES),
            show=category_label,
            example="正式党员",
            aliases=("党员类别",),
        ),
        Column(
            "membership_on",
            "入党日期",
            day,
            required=True,
            is_text=False,
            note="支部大会通过之日",
            example="2015-07-01",
            aliases=("入党时间", "加入党组织日期", "加入党组织时间"),
        ),
        Column("confirmed_on", "转正日期", day, is_text=False, example="2016-07-01", aliases=("转正时间",)),
        Column(
            "admitted_at",
            "入党时所在党支部代码",
            code,
            width=22,
            note="与现在所在党支部不同的才填",
            aliases=("入党时所在支部代码",),
        ),
        Column("explanation", "与证件不一致说明", kept_text, width=24, note="性别、出生日期与号码不一致的，写明原因"),
        Column("former", "原身份证号码", loose_number, width=18, note="15 位旧号码", aliases=("原身份证号",)),
    ),
    note="一人一行；同一人只登记在一个党支部。",
)
