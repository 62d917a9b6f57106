"""The groups of the yearly statistics: into which a member falls by age, day of joining, schooling, occupation, ethnicity, sex.

Pure. Every value falls into exactly one group of a grouping; what is not said and what stands in no list have groups of their own.
Must not know: the database, units, pages.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.people.codes import ETHNICITIES

UNLISTED, UNKNOWN = "unlisted", "unknown"
_UNLISTED_LABEL, _UNKNOWN_LABEL = "目录外", "不详"


@dataclass(frozen=True, slots=True)
class Group:
    """One column of a table: those of a grouping who fall into it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class RollUp:
    """A column beside the total: the groups `of` taken together (其中)."""

    key: str
    label: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A table's columns: every member in exactly one of `groups`; `roll_ups` count some of them once more."""

    key: str
    title: str
    groups: tuple[Group, ...]
    roll_ups: tuple[RollUp, ...] = ()

    def keys_of(self, key: str) -> frozenset[str]:
        """The groups a column counts: a group itself, a roll-up's groups, all of them for the empty key. `KeyError` for another."""
        columns = {one.key: frozenset({one.key}) for one in self.groups} | {one.key: one.of for one in self.roll_ups}
        return columns[key] if key else frozenset(one.key for one in self.groups)

    def label_of(self, key: str) -> str:
        columns: tuple[Group | RollUp, ...] = (*self.groups, *self.roll_ups)
        return next((one.label for one in columns if one.key == key), "")


_UNKNOWN: Final = Group(UNKNOWN, _UNKNOWN_LABEL)
_OTHERS: Final = (Group(UNLISTED, _UNLISTED_LABEL), _UNKNOWN)

# The last age of each band but the open one.
BAND_ENDS: Final = (30, 35, 40, 45, 50, 55, 60)
BANDS: Final[tuple[Group, ...]] = (
    Group("30", "30岁及以下"),
    *(Group(str(end), f"{end - 4}至{end}岁") for end in BAND_ENDS[1:]),
    Group("61", "61岁及以上"),
)
# The first day of each era after the first: the founding of the People's Republic, the openings of the plenum and of the congress.
ERA_STARTS: Final = (date(1949, 10, 1), date(1978, 12, 18), date(2012, 11, 8))
ERAS: Final = (
    Group("before_1949", "新中国成立前"),
    Group("before_1978", "新中国成立后至党的十一届三中全会前"),
    Group("before_2012", "党的十一届三中全会后至党的十八大前"),
    Group("since_2012", "党的十八大以来"),
)
SCHOOLINGS: Final = ("研究生", "本科", "大专", "中专", "高中", "初中", "小学及以下")
COLLEGE: Final = frozenset({"研究生", "本科", "大专"})
OCCUPATION_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "工勤技能人员": ("工勤技能人员",),
    "农牧渔民": ("农牧渔民", "村（社区）干部"),
    "专业技术人员": ("专业技术人员", "教师", "医务人员"),
    "企事业单位管理人员": ("企事业单位管理人员",),
    "党政机关工作人员": ("党政机关工作人员", "乡镇机关干部"),
    "学生": ("学生",),
    "其他职业人员": ("其他", "外出务工经商人员", "退役军人", "个体工商户"),
    "离退休人员": ("离退休人员",),
}
FRONT_LINE: Final = frozenset({"工勤技能人员", "农牧渔民", "专业技术人员", "企事业单位管理人员"})
_OCCUPATION_OF: Final = {label: group for group, labels in OCCUPATION_GROUPS.items() for label in labels}
HAN: Final = "汉族"
_PEOPLES: Final = tuple(dict.fromkeys(ETHNICITIES.values()))


def band(age: int | None) -> str:
    """The band of an age in completed years."""
    if age is None:
        return UNKNOWN
    return BANDS[bisect_left(BAND_ENDS, age)].key


def era(joined_on: date | None) -> str:
    """The era in which somebody joined."""
    return UNKNOWN if joined_on is None else ERAS[bisect_right(ERA_STARTS, joined_on)].key


def schooling_group(education: str) -> str:
    """A label of `people.codes` is its own group."""
    return _listed(education, frozenset(SCHOOLINGS))


def occupation_group(occupation: str) -> str:
    """The eight occupations of the yearly statistics."""
    return _OCCUPATION_OF.get(occupation, UNLISTED if occupation else UNKNOWN)


def ethnicity_group(ethnicity: str) -> str:
    """A people of the list is its own group."""
    return _listed(ethnicity, frozenset(_PEOPLES))


def sex_group(sex: str) -> str:
    return sex if sex in ("m", "f") else UNKNOWN


def _listed(written: str, labels: frozenset[str]) -> str:
    return written if written in labels else UNLISTED if written else UNKNOWN


def _same(labels: Iterable[str]) -> tuple[Group, ...]:
    return tuple(Group(label, label) for label in labels)


SEX: Final = Grouping("sex", "性别", (Group("m", "男"), Group("f", "女"), _UNKNOWN))
ETHNICITY: Final = Grouping(
    "ethnicity",
    "民族",
    (*_same(_PEOPLES), *_OTHERS),
    (RollUp("minority", "少数民族", frozenset(_PEOPLES) - {HAN}),),
)
EDUCATION: Final = Grouping(
    "education", "学历", (*_same(SCHOOLINGS), *_OTHERS), (RollUp("college", "大专及以上", COLLEGE),)
)
AGE: Final = Grouping("age", "年龄", (*BANDS, _UNKNOWN), (RollUp("young", "35岁及以下", frozenset({"30", "35"})),))
JOINED: Final = Grouping("joined", "入党时间", (*ERAS, _UNKNOWN))
OCCUPATION: Final = Grouping(
    "occupation",
    "职业",
    (*_same(OCCUPATION_GROUPS), *_OTHERS),
    (RollUp("front_line", "生产、工作一线", FRONT_LINE),),
)
OF_MEMBERS: Final = (SEX, ETHNICITY, EDUCATION, AGE, JOINED, OCCUPATION)
OF_ADMISSIONS: Final = (SEX, ETHNICITY, EDUCATION, AGE, OCCUPATION)


def adds_up(*, parts: Iterable[int], total: int) -> bool:
    """Whether the parts make up the total."""
    return sum(parts) == total


def balances(*, start: int, gained: int, lost: int, end: int) -> bool:
    """Whether the stock at the end follows from that at the start."""
    return start + gained - lost == end
