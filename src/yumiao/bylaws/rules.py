"""What a setting, a paper and a list of days off must satisfy, and the settings of one day as typed values.

Must not know: the database, the clock, what a setting is used for.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self, TypeVar

from yumiao.bylaws import keys
from yumiao.bylaws.keys import KEYS, BottomWindow, Key, Value
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN, FOREVER, on_paper
from yumiao.rulebook import Confidence, Rule

__all__ = ["KEYS", "RULES", "Paper", "Settings", "day_objections", "paper_objections", "setting_objections"]

T = TypeVar("T")

HANDBOOK = "县党务工作手册"
LONGEST_REASON = 500
LONGEST = {"文号": 60, "发文机关": 100, "标题": 200, "扫描件位置": 200}
LONGEST_DAY_NAME = 60
LONGEST_SOURCE = 200

DayEntry = tuple[date, bool, str]  # (day, whether it is worked, name of the holiday)


@dataclass(frozen=True, slots=True)
class Paper:
    """A county paper, in force from `in_force_from` up to, but without, `in_force_until`."""

    uid: uuid.UUID
    number: str
    issuing_body: str
    title: str
    in_force_from: date
    in_force_until: date = FOREVER
    text: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one day, typed: those the lines, lists, grades and flags need by name, every key by `value`."""

    young_max_age: int
    young_tolerance: int
    guidance_ratio: Fraction
    bottom_window: BottomWindow
    village_young_stock_min: Fraction
    reserve_ratio: int
    reserve_count_targets: bool
    village_activists_min: int
    village_activists_target: int
    leap_birthday_policy: LeapBirthday
    grade_township_serious_share: Fraction
    grade_township_severe_share: Fraction
    flag_min_full_members: int
    flag_old_share: Fraction
    flag_mean_age: int
    flag_low_education_share: Fraction
    texts: Mapping[str, str]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """From the texts of the keys that the county has set; every other key stands at its default."""

        def typed(key: Key[T]) -> T:
            return key.parse(texts.get(key.name, key.default))

        return cls(
            young_max_age=typed(keys.YOUNG_MAX_AGE),
            young_tolerance=typed(keys.YOUNG_TOLERANCE),
            guidance_ratio=typed(keys.GUIDANCE_RATIO),
            bottom_window=typed(keys.BOTTOM_WINDOW),
            village_young_stock_min=typed(keys.VILLAGE_YOUNG_STOCK_MIN),
            reserve_ratio=typed(keys.RESERVE_RATIO),
            reserve_count_targets=typed(keys.RESERVE_COUNT_TARGETS),
            village_activists_min=typed(keys.VILLAGE_ACTIVISTS_MIN),
            village_activists_target=typed(keys.VILLAGE_ACTIVISTS_TARGET),
            leap_birthday_policy=typed(keys.LEAP_BIRTHDAY_POLICY),
            grade_township_serious_share=typed(keys.GRADE_TOWNSHIP_SERIOUS_SHARE),
            grade_township_severe_share=typed(keys.GRADE_TOWNSHIP_SEVERE_SHARE),
            flag_min_full_members=typed(keys.FLAG_MIN_FULL_MEMBERS),
            flag_old_share=typed(keys.FLAG_OLD_SHARE),
            flag_mean_age=typed(keys.FLAG_MEAN_AGE),
            flag_low_education_share=typed(keys.FLAG_LOW_EDUCATION_SHARE),
            texts=texts,
        )

    def having(self, key: str, value: str) -> Self:
        """These settings, but with `value`, as written, for `key`."""
        return self.of({**self.texts, key: value})

    def value(self, key: str) -> Value:
        """The typed value of any key; `KeyError` for a name that is none."""
        return KEYS[key].parse(self.texts.get(key, KEYS[key].default))


BYL_01 = Rule(
    id="BYL-01",
    title="参数值的类型和范围",
    text="参数只能取本系统列明的名称；参数值应当符合该参数的类型和范围。上级规定有下限或者上限的，县级只能从严。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, key, value: _value_fault(key, value) is None,
    passing=({"key": "guidance.ratio", "value": "3/4"}, {"key": "activist.min_months", "value": "12"}),
    failing=(
        {"key": "guidance.ratio", "value": "0.75"},
        {"key": "activist.min_months", "value": "11"},
        {"key": "没有这项参数", "value": "3/4"},
    ),
    words={"key": "参数", "value": "参数值"},
)
BYL_02 = Rule(
    id="BYL-02",
    title="参数以县级文件为依据",
    text="调整参数应当以已登记的县级文件为依据；该文件在调整后的参数施行首日应当有效。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, since, in_force_from, in_force_until: in_force_from <= since < in_force_until,
    passing=(
        {"since": date(2026, 3, 1), "in_force_from": date(2026, 3, 1), "in_force_until": FOREVER},
        {"since": date(2026, 12, 31), "in_force_from": date(2026, 3, 1), "in_force_until": date(2027, 1, 1)},
    ),
    failing=(
        {"since": date(2026, 2, 28), "in_force_from": date(2026, 3, 1), "in_force_until": FOREVER},
        {"since": date(2027, 1, 1), "in_force_from": date(2026, 3, 1), "in_force_until": date(2027, 1, 1)},
    ),
    words={"since": "参数施行首日", "in_force_from": "文件生效日", "in_force_until": "文件失效日"},
)
BYL_03 = Rule(
    id="BYL-03",
    title="满岁日的算法不溯及既往",
    text="2 月 29 日出生者平年的满岁日只能自办理当日或者以后调整：入党时的周岁已按当日的算法登记。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, since, today: since >= today,
    passing=(
        {"since": date(2026, 6, 30), "today": date(2026, 6, 30)},
        {"since": date(2027, 1, 1), "today": date(2026, 6, 30)},
    ),
    failing=(
        {"since": date(2026, 6, 29), "today": date(2026, 6, 30)},
        {"since": date(2026, 1, 1), "today": date(2026, 6, 30)},
    ),
    words={"since": "参数施行首日", "today": "办理日"},
)
_COMPLETE = {
    "number": "县组发〔2026〕3 号",
    "issuing_body": "县委组织部",
    "title": "关于明确发展党员有关标准的通知",
    "in_force_from": date(2026, 3, 1),
    "in_force_until": FOREVER,
    "is_registered": False,
}
_NO_UID = uuid.UUID(int=0)
BYL_04 = Rule(
    id="BYL-04",
    title="县级文件的登记",
    text="登记县级文件应当写明文号、发文机关、标题和生效日；失效日应当晚于生效日；同一发文机关的同一文号只登记一次。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, is_registered, **fields: not list(_paper_faults(Paper(_NO_UID, **fields), is_registered)),
    passing=(_COMPLETE, {**_COMPLETE, "in_force_until": date(2026, 3, 2)}),
    failing=(
        {**_COMPLETE, "number": ""},
        {**_COMPLETE, "in_force_until": date(2026, 3, 1)},
        {**_COMPLETE, "is_registered": True},
    ),
    words={
        "number": "文号",
        "issuing_body": "发文机关",
        "title": "标题",
        "in_force_from": "生效日",
        "in_force_until": "失效日",
        "is_registered": "已经登记",
    },
)
BYL_05 = Rule(
    id="BYL-05",
    title="调整参数写明理由",
    text=f"调整参数应当写明理由，不超过 {LONGEST_REASON} 个字。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, reason: 0 < len(reason.strip()) <= LONGEST_REASON,
    passing=({"reason": "县委常委会决定"}, {"reason": "据"}),
    failing=({"reason": ""}, {"reason": "　"}),
    words={"reason": "理由"},
)
CAL_01 = Rule(
    id="CAL-01",
    title="没有放假安排的年份不计算工作日",
    text="工作日按国务院办公厅公布的当年放假安排计算。没有录入某年放假安排的，不计算该年的工作日，不得推定为普通工作日。",
    source="国务院办公厅关于部分节假日安排的通知",
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, year, years: year in years,
    passing=({"year": 2026, "years": (2025, 2026)}, {"year": 2025, "years": (2025, 2026)}),
    failing=({"year": 2027, "years": (2025, 2026)}, {"year": 2024, "years": (2025, 2026)}),
    words={"year": "年份", "years": "已有放假安排的年份"},
)
_NEW_YEAR = (date(2027, 1, 1), False, "元旦")
_MAKE_UP = (date(2027, 1, 2), True, "元旦调休上班")
CAL_07 = Rule(
    id="CAL-07",
    title="放假安排的登记",
    text="一次登记的放假安排中，每天只写一次，并写明名称和依据；登记全年安排的，至少有一天是当年的放假日。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, days, source, whole_year: not list(_day_faults(days, source, whole_year)),
    passing=(
        {"days": (_NEW_YEAR,), "source": "国务院办公厅通知", "whole_year": 2027},
        {"days": (_NEW_YEAR, _MAKE_UP), "source": "国务院办公厅通知", "whole_year": None},
    ),
    failing=(
        {"days": (_NEW_YEAR, _NEW_YEAR), "source": "国务院办公厅通知", "whole_year": 2027},
        {"days": (_MAKE_UP,), "source": "国务院办公厅通知", "whole_year": 2027},
        {"days": (_NEW_YEAR,), "source": "", "whole_year": None},
        {"days": (), "source": "国务院办公厅通知", "whole_year": None},
    ),
    words={"days": "日期、是否上班、名称", "source": "依据", "whole_year": "全年安排的年份"},
)
CAL_02 = Rule(
    id="CAL-02",
    title="本县的放假安排",
    text="民族自治地方等依法另有放假日的，由县里登记，先于国家安排；登记有误的写明理由删去。属于国务院办公厅全年安排的日子不单独删去，只作更正。",
    source=HANDBOOK,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, days, national: not list(_removal_faults(days, national)),
    passing=(
        {"days": (date(2026, 8, 6),), "national": ()},
        {"days": (date(2026, 8, 6), date(2026, 8, 7)), "national": ()},
    ),
    failing=({"days": (), "national": ()}, {"days": (date(2027, 1, 1),), "national": (date(2027, 1, 1),)}),
    words={"days": "拟删去的日期", "national": "其中属于全年安排的"},
)
RULES = (BYL_01, BYL_02, BYL_03, BYL_04, BYL_05, CAL_01, CAL_02, CAL_07)


def setting_objections(
    *, key: str, value: str, since: date, papers: Sequence[Paper], reason: str, today: date
) -> list[Objection]:
    """Everything against setting `key` to `value` from `since` on; `papers` are all that the number given may mean."""
    found = []
    if fault := _value_fault(key, value):
        found.append(BYL_01.objection(fault))
    if not papers:
        found.append(BYL_02.objection("作为依据的县级文件没有登记", "请先登记该文件"))
    elif len(papers) > 1:
        found.append(BYL_02.objection("有几个发文机关的文件用同一文号", "请写明发文机关"))
    elif not BYL_02.holds(since=since, in_force_from=papers[0].in_force_from, in_force_until=papers[0].in_force_until):
        found.append(BYL_02.objection(f"{papers[0].number}在参数施行首日{on_paper(since)}不是有效文件"))
    if key == keys.LEAP_BIRTHDAY_POLICY.name and not BYL_03.holds(since=since, today=today):
        found.append(BYL_03.objection(f"“{keys.LEAP_BIRTHDAY_POLICY.title}”最早可以自{on_paper(today)}起调整"))
    if not BYL_05.holds(reason=reason):
        found.append(BYL_05.objection(f"请写明理由，不超过 {LONGEST_REASON} 个字"))
    return found


def paper_objections(paper: Paper, *, is_registered: bool) -> list[Objection]:
    """Everything against registering `paper`; `is_registered`: its body has a paper of that number already."""
    return [BYL_04.objection(fault) for fault in _paper_faults(paper, is_registered)]


def day_objections(days: Sequence[DayEntry], *, source: str, whole_year: int | None) -> list[Objection]:
    """Everything against recording `days` as `source` has them; `whole_year`: they are the whole table of that year."""
    return [CAL_07.objection(fault) for fault in _day_faults(days, source, whole_year)]


def removal_objections(days: Sequence[date], *, national: Sequence[date], reason: str) -> list[Objection]:
    """Everything against removing the entered `days`, of which `national` belong to a State Council table."""
    found = [CAL_02.objection(fault) for fault in _removal_faults(days, national)]
    if not BYL_05.holds(reason=reason):
        found.append(BYL_05.objection(f"请写明理由，不超过 {LONGEST_REASON} 个字"))
    return found


def _removal_faults(days: Sequence[date], national: Sequence[date]) -> Iterator[str]:
    if not days:
        yield "这些日子没有登记，或者已经删去"
    if national:
        yield f"{on_paper(min(national))}属于国务院办公厅全年安排，请重新登记该日作为更正"


def _value_fault(key: str, value: str) -> str | None:
    if key not in KEYS:
        return f"没有名为“{key}”的参数"
    try:
        KEYS[key].parse(value)
    except ValueError as error:
        return f"“{KEYS[key].title}”{error}"
    return None


def _paper_faults(paper: Paper, is_registered: bool) -> Iterator[str]:
    texts = {"文号": paper.number, "发文机关": paper.issuing_body, "标题": paper.title}
    yield from (f"请填写{name}" for name, text in texts.items() if not text)
    texts["扫描件位置"] = paper.scan
    yield from (f"{name}不得超过 {LONGEST[name]} 个字" for name, text in texts.items() if len(text) > LONGEST[name])
    if paper.in_force_from >= paper.in_force_until:
        yield "失效日应当晚于生效日"
    if is_registered:
        yield f"{paper.issuing_body}的{paper.number}已经登记"


def _day_faults(days: Sequence[DayEntry], source: str, whole_year: int | None) -> Iterator[str]:
    if not days:
        yield "请填写日期"
    times = Counter(day for day, _, _ in days)
    yield from (f"{on_paper(day)}填写了不止一次" for day in sorted(times) if times[day] > 1)
    if not all(0 < len(name.strip()) <= LONGEST_DAY_NAME for _, _, name in days):
        yield f"每天都要写明名称，不超过 {LONGEST_DAY_NAME} 个字"
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        yield f"请写明依据，不超过 {LONGEST_SOURCE} 个字"
    if whole_year is not None and not any(day.year == whole_year and not is_working for day, is_working, _ in days):
        yield f"{whole_year} 年的全年安排中没有一天是放假日"
