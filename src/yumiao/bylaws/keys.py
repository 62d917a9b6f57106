"""What a county may set: every key with its Chinese title, its kind of value, its default and where that comes from.

A bound is the law's where there is one: a county may be stricter than the regulation, never laxer. Must not know: the
database, papers, from which day on a value holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.shares import ratio

Value = int | Fraction | Decimal | str | tuple[int, ...] | tuple[str, ...]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST_VALUE = 120
_WHOLE = re.compile(r"[0-9]{1,6}")
_WIDTHS = re.compile(r"[1-6]-[1-6]-[1-6]")


class BottomWindow(StrEnum):
    """Over which time the bottom line looks for an admission."""

    TWO_CALENDAR_YEARS = "two_calendar_years"
    ROLLING_24_MONTHS = "rolling_24_months"


class Kind(Protocol[T_co]):
    """A kind of value: what is allowed, in words, and how a text is read."""

    @property
    def bounds(self) -> str: ...

    def parse(self, text: str) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    @property
    def bounds(self) -> str:
        return f"{self.low} 至 {self.high} 的整数" if self.low < self.high else str(self.low)

    def parse(self, text: str) -> int:
        if not _WHOLE.fullmatch(text) or not self.low <= int(text) <= self.high:
            raise ValueError(f"应为 {self.bounds}")
        return int(text)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share written `3/4` or `10%`, from `low` to 1, both included."""

    low: Fraction = Fraction(0)

    @property
    def bounds(self) -> str:
        return f"{self.low} 至 1 的比例，写成“3/4”或“10%”的形式"

    def parse(self, text: str) -> Fraction:
        value = ratio(text)
        if not self.low <= value <= 1:
            raise ValueError(f"应为 {self.bounds}")
        return value


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount with two decimals at most, from `low` to `high` yuan, both included."""

    low: Decimal
    high: Decimal

    @property
    def bounds(self) -> str:
        return f"{self.low} 至 {self.high} 元，最多两位小数"

    def parse(self, text: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", text) or not self.low <= Decimal(text) <= self.high:
            raise ValueError(f"应为 {self.bounds}")
        return Decimal(text)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Generic[T]):
    """One of a few words, each with its Chinese reading and its value."""

    options: Mapping[str, tuple[str, T]]

    def reading(self, text: str) -> str:
        """The Chinese reading of a word."""
        return self.options[text][0]

    @property
    def bounds(self) -> str:
        return "或 ".join(f"{text}（{reading}）" for text, (reading, _) in self.options.items())

    def parse(self, text: str) -> T:
        if text not in self.options:
            raise ValueError(f"应为 {self.bounds}")
        return self.options[text][1]


@dataclass(frozen=True, slots=True, eq=False)
class Several:
    """Some of a few words, each once, written with a comma between; at least one."""

    options: Mapping[str, str]

    def reading(self, text: str) -> str:
        """The Chinese readings of the words."""
        return "、".join(self.options[one] for one in text.split(","))

    @property
    def bounds(self) -> str:
        return "以下各项中的若干项，用逗号隔开：" + "、".join(
            f"{text}（{reading}）" for text, reading in self.options.items()
        )

    def parse(self, text: str) -> tuple[str, ...]:
        found = tuple(one.strip() for one in text.replace("，", ",").split(","))
        if not set(found) <= set(self.options) or len(set(found)) < len(found):
            raise ValueError(f"应为 {self.bounds}")
        return found


@dataclass(frozen=True, slots=True)
class Widths:
    """Digits of the three segments of a card number: committee, branch, member."""

    @property
    def bounds(self) -> str:
        return "三段位数，每段 1 至 6 位，写成“3-3-3”的形式"

    def parse(self, text: str) -> tuple[int, ...]:
        if not _WIDTHS.fullmatch(text):
            raise ValueError(f"应为 {self.bounds}")
        return tuple(int(width) for width in text.split("-"))


@dataclass(frozen=True, slots=True, eq=False)
class Key(Generic[T_co]):
    """One thing a county may set. `default` is written as a county would write it; `source`: where it comes from."""

    name: str
    title: str
    kind: Kind[T_co]
    default: str
    source: str

    @property
    def bounds(self) -> str:
        return self.kind.bounds

    def parse(self, text: str) -> T_co:
        """The typed value; a `ValueError` in Chinese for a text that is none or lies out of bounds."""
        written = text.strip()
        if len(written) > LONGEST_VALUE:
            raise ValueError(f"不得超过 {LONGEST_VALUE} 个字")
        return self.kind.parse(written)

    def shown(self, text: str) -> str:
        """A value as a reader sees it: a word of a choice with its Chinese reading."""
        return f"{self.kind.reading(text)}（{text}）" if isinstance(self.kind, Choice | Several) else text


CONSTITUTION = "《中国共产党章程》"
RULES_2014 = "《中国共产党发展党员工作细则》"
DUES_2008 = "《关于中国共产党党费收缴、使用和管理的规定》"
EDUCATION_2019 = "《中国共产党党员教育管理工作条例》"
JIANGHUA = "江华瑶族自治县公开报道"
YUEXI = "越西县公开报道"
OWN = "本系统约定，由县级文件调整"

BODIES: Mapping[str, str] = MappingProxyType(
    {
        "discipline": "纪检监察机关", "court": "人民法院", "procuratorate": "人民检察院", "police": "公安机关", "justice": "司法行政机关",
        "tax": "税务机关", "market": "市场监管部门", "health": "卫生健康部门", "emergency": "应急管理部门", "petitions": "信访部门",
    }
)  # fmt: skip
"""The bodies that a joint review may go to (REV-12), in the order of lists."""

_YES_NO = Choice({"true": ("是", True), "false": ("否", False)})
_ON_OFF = Choice({"on": ("启用", True), "off": ("不启用", False)})
_SHARE = Ratio()
_SOME = Ratio(Fraction(1, 100))
_WINDOWS = Choice(
    {
        "two_calendar_years": ("前两个自然年", BottomWindow.TWO_CALENDAR_YEARS),
        "rolling_24_months": ("最近 24 个月", BottomWindow.ROLLING_24_MONTHS),
    }
)
_LEAP_DAYS = Choice({"mar_1": ("3 月 1 日", LeapBirthday.MAR_1), "feb_28": ("2 月 28 日", LeapBirthday.FEB_28)})

YOUNG_MAX_AGE = Key("young.max_age", "年轻党员的年龄上限（周岁）", Whole(18, 60), "35", JIANGHUA)
YOUNG_TOLERANCE = Key("young.tolerance", "年龄上限的放宽（岁）", Whole(0, 3), "0", OWN)
GUIDANCE_RATIO = Key("guidance.ratio", "指导线：新发展农村党员中年轻党员的比例", _SHARE, "3/4", JIANGHUA)
BOTTOM_WINDOW = Key("bottom.window", "底线的计算期间", _WINDOWS, "two_calendar_years", OWN)
VILLAGE_YOUNG_STOCK_MIN = Key("village.young_stock_min", "村党组织年轻党员占比的下限", _SHARE, "10%", OWN)
RESERVE_RATIO = Key("reserve.ratio", "每个发展名额储备的积极分子数", Whole(1, 10), "3", JIANGHUA)
RESERVE_COUNT_TARGETS = Key("reserve.count_targets", "发展对象计入储备", _YES_NO, "true", OWN)
VILLAGE_ACTIVISTS_MIN = Key("village.activists.min", "每村积极分子的最低数", Whole(0, 20), "1", JIANGHUA)
VILLAGE_ACTIVISTS_TARGET = Key("village.activists.target", "每村积极分子的目标数", Whole(1, 20), "3", JIANGHUA)
LEAP_BIRTHDAY_POLICY = Key("leap_birthday_policy", "2 月 29 日出生者平年的满岁日", _LEAP_DAYS, "mar_1", OWN)
GRADE_TOWNSHIP_SERIOUS_SHARE = Key(
    "grade.township.serious_share", "乡镇定为较重时，较重以上村所占的比例", _SOME, "1/3", OWN
)
GRADE_TOWNSHIP_SEVERE_SHARE = Key(
    "grade.township.severe_share", "乡镇定为严重时，较重以上村所占的比例", _SOME, "1/2", OWN
)
FLAG_MIN_FULL_MEMBERS = Key("flag.min_full_members", "党员偏少：正式党员少于（人）", Whole(1, 100), "10", OWN)
FLAG_OLD_SHARE = Key("flag.old_share", "老龄化：61 周岁以上党员的比例达到", _SOME, "1/2", OWN)
FLAG_MEAN_AGE = Key("flag.mean_age", "老龄化：平均年龄达到（岁）", Whole(18, 100), "60", OWN)
FLAG_LOW_EDUCATION_SHARE = Key("flag.low_education_share", "文化程度偏低：初中及以下党员的比例达到", _SOME, "3/5", OWN)

_LINES: tuple[Key[Value], ...] = (
    YOUNG_MAX_AGE, YOUNG_TOLERANCE, GUIDANCE_RATIO, BOTTOM_WINDOW, VILLAGE_YOUNG_STOCK_MIN, RESERVE_RATIO,
    RESERVE_COUNT_TARGETS, VILLAGE_ACTIVISTS_MIN, VILLAGE_ACTIVISTS_TARGET, LEAP_BIRTHDAY_POLICY,
    GRADE_TOWNSHIP_SERIOUS_SHARE, GRADE_TOWNSHIP_SEVERE_SHARE, FLAG_MIN_FULL_MEMBERS, FLAG_OLD_SHARE, FLAG_MEAN_AGE,
    FLAG_LOW_EDUCATION_SHARE,
)  # fmt: skip
_STEPS: tuple[Key[Value], ...] = (
    Key("publicity.days", "公示天数", Whole(1, 30), "5", OWN),
    Key("publicity.unit", "公示天数的算法",
        Choice({"working": ("工作日", "working"), "calendar": ("自然日", "calendar")}), "working", OWN),
    Key("publicity.pub2", "拟接收预备党员时公示", _ON_OFF, "on", OWN),
    Key("publicity.pub3", "预备党员转正前公示", _ON_OFF, "on", OWN),
    Key("publicity.pub1", "拟确定为发展对象时公示", _ON_OFF, "off", OWN),
    Key("approval_clock_base", "审批期限的起算日",
        Choice({"meeting": ("支部大会之日", "meeting"), "submission": ("上报之日", "submission")}), "meeting", OWN),
    Key("approval.soft_months", "审批期限（月）", Whole(1, 3), "3", RULES_2014),
    Key("approval.hard_months", "特殊情况下的审批期限（月）", Whole(1, 6), "6", RULES_2014),
    Key("activist.min_months", "积极分子培养教育考察的最短期限（月）", Whole(12, 60), "12", RULES_2014),
    Key("applicant.min_months_to_activist", "递交申请书到确定为积极分子的最短期限（月）", Whole(0, 24), "0", OWN),
    Key("inspection.every_months", "积极分子考察的间隔（月）", Whole(1, 6), "6", RULES_2014),
    Key("training.min_days", "集中培训的最少天数", Whole(3, 30), "3", RULES_2014),
    Key("training.min_hours", "集中培训的最少学时", Whole(24, 240), "24", RULES_2014),
    Key("political_review.valid_months", "政治审查结论的有效期（月）", Whole(1, 24), "12", OWN),
    Key("prereview_to_meeting.months", "预审到支部大会的期限（月）", Whole(1, 12), "1", OWN),
    Key("probation.months", "预备期（月）", Whole(12, 12), "12", f"{CONSTITUTION}第七条"),
    Key("probation.ext_min", "延长预备期的最短期限（月）", Whole(6, 12), "6", RULES_2014),
    Key("probation.ext_max", "延长预备期的最长期限（月）", Whole(6, 12), "12", RULES_2014),
    Key("probation_end_convention", "预备期届满日的写法",
        Choice({"same_day": ("次年对应日", "same_day"), "day_before": ("次年对应日的前一日", "day_before")}),
        "same_day", OWN),
    Key("roll_end_on_holiday", "期限末日遇节假日时顺延", _YES_NO, "false", OWN),
    Key("rectification.working_days", "限期整改的期限（工作日）", Whole(1, 60), "15", OWN),
    Key("joint_review.in_force", "部门联审：办结后方可进入下一步", _ON_OFF, "on", JIANGHUA),
    Key("joint_review.bodies", "部门联审的部门", Several(BODIES), "discipline,court,procuratorate,police", OWN),
    Key("joint_review.working_days", "部门联审答复的期限（工作日）", Whole(1, 60), "10", OWN),
    Key("joint_review.valid_months", "部门联审结果的有效期（月）", Whole(1, 24), "12", OWN),
    Key("review.in_force", "三级审查：通过后方可进入下一步", _ON_OFF, "on", JIANGHUA),
    Key("review.county_share", "县级审查的抽查比例", _SHARE, "100%", OWN),
)  # fmt: skip
_MEMBERS: tuple[Key[Value], ...] = (
    Key("card.segment_widths", "党员证编码的三段位数", Widths(), "3-3-3", OWN),
    Key("card.monthly_lock_day", "月记锁定日（次月几日）", Whole(1, 28), "10", OWN),
    Key("supervision.actor", "季督的责任单位",
        Choice({"county_org_dept": ("县委组织部", "county_org_dept"),
                "township_committee": ("乡镇党委", "township_committee")}), "county_org_dept", YUEXI),
    Key("supervision.sample", "季督的抽查比例", _SHARE, "10%", OWN),
    Key("points.base", "基础积分", Whole(0, 1000), "60", OWN),
    Key("points.cap", "积分上限", Whole(1, 1000), "100", OWN),
    Key("dues.rounding", "党费的进位单位（元）",
        Choice({"0.01": ("到分", Decimal("0.01")), "0.1": ("到角", Decimal("0.1"))}), "0.01", OWN),
    Key("dues.farmer", "农民党员每月党费（元）", Yuan(Decimal("0.20"), Decimal("1.00")), "0.50", DUES_2008),
    Key("compensatory.hours", "补偿教育的学时", Whole(1, 1000), "60", OWN),
    Key("compensatory.pass", "补偿教育的及格分", Whole(1, 100), "60", OWN),
    Key("study.hours", "党员每年集中学习的学时", Whole(32, 400), "32", f"{EDUCATION_2019}第二十条"),
    Key("study.online_cap", "网上学习学时的比例上限", _SHARE, "50%", OWN),
    Key("keytasks.min", "年度重点任务的最少项数", Whole(3, 5), "3", YUEXI),
    Key("keytasks.max", "年度重点任务的最多项数", Whole(3, 5), "5", YUEXI),
    Key("transfer.valid_days", "组织关系介绍信的有效期（天）", Whole(1, 90), "90", OWN),
    Key("lost.search_channels", "认定失联前查找途径的最少数", Whole(1, 10), "3", OWN),
    Key("stay.contact_months", "与国内流动党员联系的间隔（月）", Whole(1, 12), "6", OWN),
)  # fmt: skip

KEYS: Mapping[str, Key[Value]] = MappingProxyType({key.name: key for key in (*_LINES, *_STEPS, *_MEMBERS)})
