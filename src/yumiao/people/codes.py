"""Code tables: national codes, labels and the names offices also write (GB/T 3304 ethnicities; GB/T 4658 educations; occupations of the house).

Pure data. What stands in no list is kept as the sender wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: `aliases` are other words for it that an import and a form take."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


_ETHNICITIES = (
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮",
    "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼",
    "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜",
    "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬",
    "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米",
    "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固",
    "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
)  # fmt: skip
_ALSO_CALLED: Mapping[str, str] = {
    "蒙古": "蒙族", "维吾尔": "维族", "毛南": "毛难 毛难族", "德昂": "崩龙 崩龙族", "哈萨克": "哈族", "朝鲜": "鲜族", "柯尔克孜": "柯族",
}  # fmt: skip
_EDUCATIONS = (
    ("80", "小学及以下", "小学 文盲 半文盲 文盲半文盲"),
    ("70", "初中", "初级中学 初中毕业"),
    ("60", "高中", "普通高中 高级中学 职高 职业高中 技工学校"),
    ("40", "中专", "中等专科 中等专业 中职"),
    ("30", "大专", "大学专科 专科 高职"),
    ("20", "本科", "大学本科 大学 大本"),
    ("10", "研究生", "硕士 博士 硕士研究生 博士研究生 研究生及以上"),
)
_OCCUPATIONS = (
    ("农牧渔民", "农民 务农"),
    ("村（社区）干部", "村干部 社区干部 村(社区)干部"),
    ("外出务工经商人员", "务工 外出务工 农民工"),
    ("工勤技能人员", "工人"),
    ("专业技术人员", ""),
    ("企事业单位管理人员", "管理人员"),
    ("党政机关工作人员", "公务员"),
    ("乡镇机关干部", "乡镇干部"),
    ("教师", ""),
    ("医务人员", "医生 护士"),
    ("退役军人", ""),
    ("离退休人员", "退休 离休"),
    ("个体工商户", "个体"),
    ("学生", ""),
    ("其他", "其他职业人员"),
)
TABLES: Final[Mapping[str, Sequence[Code]]] = {
    "ethnicity": tuple(
        Code(f"{place:02}", f"{name}族", (name, *_ALSO_CALLED.get(name, "").split()))
        for place, name in enumerate(_ETHNICITIES, 1)
    ),
    "education": tuple(Code(code, label, tuple(others.split())) for code, label, others in _EDUCATIONS),
    "occupation": tuple(
        Code(f"{place:02}", label, tuple(others.split())) for place, (label, others) in enumerate(_OCCUPATIONS, 1)
    ),
}
"""By field of a person's record. Educations in rising order; occupations are numbered by the house."""
NATIONAL: Final = ("ethnicity", "education")
"""The tables whose codes are national: offices and registers write them in place of the word."""


def _by_word(field: str) -> Mapping[str, str]:
    return {word: one.label for one in TABLES[field] for word in (one.label, *one.aliases)}


ETHNICITIES: Final = _by_word("ethnicity")
EDUCATIONS: Final = _by_word("education")
OCCUPATIONS: Final = _by_word("occupation")
LISTS: Final[Mapping[str, Mapping[str, str]]] = {
    "ethnicity": ETHNICITIES,
    "education": EDUCATIONS,
    "occupation": OCCUPATIONS,
}
JUNIOR_OR_BELOW = ("小学及以下", "初中")
_BY_CODE: Final = {field: {one.code: one.label for one in TABLES[field]} for field in NATIONAL}


def label(field: str, written: str) -> tuple[str, bool]:
    """(label to keep, whether it stands in the list): an alias or national code gives its label, an unknown text stays itself."""
    found = LISTS[field].get(written) or _BY_CODE.get(field, {}).get(written.zfill(2) if written.isascii() else "")
    return (found, True) if found else (written, False)
