"""The lines, lists, reserve, band, flags and grades as pure functions over the integers of a village or a township.

They never block and never set anything: they say what stands where, by which threshold. Settings of the day are an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from yumiao.bylaws.keys import BottomWindow
from yumiao.bylaws.rules import Settings
from yumiao.kernel.objections import Severity
from yumiao.kernel.shares import Share
from yumiao.rulebook import Confidence, Rule

ARTICLE = "江华瑶族自治县“引选留”育苗法"
HANDBOOK = "县党务工作手册"
SINCE = date(2023, 1, 1)


class Bottom(StrEnum):
    """底线 (WRN-01)."""

    OK = "ok"
    AT_RISK = "at_risk"
    BREACH = "breach"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        return {"ok": "达标", "at_risk": "年内须发展", "breach": "突破底线", "not_assessed": "新建村，不评"}[self.value]


class Warned(StrEnum):
    """预警线 (WRN-02)."""

    OK = "ok"
    WARNED = "warned"
    CLEARED = "cleared"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        return {"ok": "未预警", "warned": "预警", "cleared": "预警已解除", "not_assessed": "新建村，不评"}[self.value]


class Grade(StrEnum):
    """How grave it is (WRN-05b); the order of the members is the order of gravity."""

    NONE = "none"
    GENERAL = "general"
    SERIOUS = "serious"
    SEVERE = "severe"

    @property
    def label(self) -> str:
        return {"none": "无", "general": "一般", "serious": "较重", "severe": "严重"}[self.value]

    @property
    def gravity(self) -> int:
        return GRAVITY[self]


GRAVITY = {grade: place for place, grade in enumerate(Grade)}


class PlanState(StrEnum):
    """The 一村一策 of a village: `NOT_KEPT` while such plans are not kept in the system, and then it raises no grade."""

    NOT_KEPT = "not_kept"
    ON_TIME = "on_time"
    OVERDUE = "overdue"
    MISSING = "missing"


class Band(StrEnum):
    """Activists of a village against the band of one to three (RES-03)."""

    NONE = "none"
    WITHIN = "within"
    ABOVE = "above"

    @property
    def label(self) -> str:
        return {"none": "没有积极分子", "within": "适当", "above": "多于三名"}[self.value]


class Flag(StrEnum):
    """Structure flags of a village (PLN-03)."""

    TOO_FEW_MEMBERS = "too_few_members"
    AGEING = "ageing"
    LOW_EDUCATION = "low_education"
    NO_WOMAN_MEMBER = "no_woman_member"
    NO_YOUNG_MEMBER = "no_young_member"
    LONG_WITHOUT_ADMISSION = "long_without_admission"

    @property
    def label(self) -> str:
        return {
            "too_few_members": "党员数量不足",
            "ageing": "年龄老化",
            "low_education": "文化程度偏低",
            "no_woman_member": "无女党员",
            "no_young_member": "无 35 岁以下党员",
            "long_without_admission": "较长时间未发展党员",
        }[self.value]


def is_new_for_warning(*, record_since: date, day: date) -> bool:
    """WRN-08: in the year of its founding a new village is not assessed for the warning line."""
    return record_since.year >= day.year


def is_new_for_bottom(*, record_since: date, day: date) -> bool:
    """WRN-08: a new village is not assessed for the bottom line until two full calendar years have closed."""
    return record_since > date(day.year - 2, 1, 1)


def bottom_line(
    *, last_year: int, this_year: int, year_before: int, in_window: int = 0, window: BottomWindow, is_new: bool = False
) -> Bottom:
    """WRN-01, WRN-09. A breach of the closed window outranks the risk of the running one: see `at_risk`."""
    if is_new:
        return Bottom.NOT_ASSESSED
    if window is BottomWindow.ROLLING_24_MONTHS:
        return Bottom.OK if in_window else Bottom.BREACH
    if year_before + last_year == 0:
        return Bottom.BREACH
    return Bottom.AT_RISK if last_year + this_year == 0 else Bottom.OK


def at_risk(*, last_year: int, this_year: int, window: BottomWindow, is_new: bool = False) -> bool:
    """Whether one must be admitted by 31 December; a village may be in breach and at risk at once."""
    return not is_new and window is BottomWindow.TWO_CALENDAR_YEARS and last_year + this_year == 0


def warning_line(*, last_year: int, this_year: int, is_new: bool = False) -> Warned:
    """WRN-02."""
    if is_new:
        return Warned.NOT_ASSESSED
    if last_year > 0:
        return Warned.OK
    return Warned.CLEARED if this_year else Warned.WARNED


def guidance_met(*, young: int, admitted: int, ratio: Fraction = Fraction(3, 4)) -> bool | None:
    """WRN-03 by integers; None while nobody was admitted."""
    share = Share(young, admitted)
    return None if share.is_none else share.at_least(ratio.numerator, ratio.denominator)


def low_young_share(*, young: int, members: int, floor: Fraction = Fraction(1, 10)) -> bool | None:
    """WRN-04b: fewer young members than the floor; None for a village without members."""
    share = Share(young, members)
    return None if share.is_none else not share.at_least(floor.numerator, floor.denominator)


def young_needed(*, young: int, whole: int, ratio: Fraction) -> int:
    """The fewest further admissions of young members, each adding to both sides, that reach the ratio; none of nothing."""
    more = 0
    while whole and not Share(young + more, whole + more).at_least(ratio.numerator, ratio.denominator):
        more += 1
    return more


def reserve_required(*, planned: int | None, ratio: int = 3) -> int | None:
    """RES-01; None without a plan (未下达)."""
    return None if planned is None else ratio * planned


def band(*, activists: int, least: int = 1, target: int = 3) -> Band:
    """RES-03: below is a warning, above only worth knowing."""
    if activists < least:
        return Band.NONE
    return Band.WITHIN if activists <= target else Band.ABOVE


def flags(
    *,
    full_members: int,
    members: int,
    women: int,
    young: int,
    old: int,
    known_births: int,
    age_sum: int,
    low_education: int,
    bottom: Bottom,
    settings: Settings,
    adults: int | None = None,
) -> tuple[Flag, ...]:
    """PLN-03. `adults`: registered adults of the village; while they are not known, that half of the first test is not made."""
    found = []
    if full_members < settings.flag_min_full_members or (adults is not None and 1000 * full_members < 15 * adults):
        found.append(Flag.TOO_FEW_MEMBERS)
    if members:
        share, mean = settings.flag_old_share, settings.flag_mean_age
        if Share(old, members).at_least(share.numerator, share.denominator) or age_sum >= mean * known_births > 0:
            found.append(Flag.AGEING)
        share = settings.flag_low_education_share
        if Share(low_education, members).at_least(share.numerator, share.denominator):
            found.append(Flag.LOW_EDUCATION)
    found += [Flag.NO_WOMAN_MEMBER] * (women == 0) + [Flag.NO_YOUNG_MEMBER] * (young == 0)
    if bottom is Bottom.BREACH:
        found.append(Flag.LONG_WITHOUT_ADMISSION)
    return tuple(found)


def village_grade(
    *, bottom: Bottom, warned: Warned, is_at_risk: bool, is_listed_young: bool, day: date, plan: PlanState
) -> Grade:
    """WRN-05b for a village. A warned village whose plan is overdue or missing is severe; a warning that is cleared gives no grade."""
    if bottom is Bottom.BREACH or (warned is Warned.WARNED and plan in (PlanState.OVERDUE, PlanState.MISSING)):
        return Grade.SEVERE
    if is_at_risk and (day.month, day.day) > (6, 30):
        return Grade.SERIOUS
    return Grade.GENERAL if warned is Warned.WARNED or is_at_risk or is_listed_young else Grade.NONE


def township_grade(*, met_guidance: bool | None, villages: Sequence[Grade], settings: Settings) -> Grade:
    """WRN-05b for a township: the guidance line, and how many of its villages are 较重 or worse."""
    grave = Share(sum(grade.gravity >= Grade.SERIOUS.gravity for grade in villages), len(villages))
    severe, serious = settings.grade_township_severe_share, settings.grade_township_serious_share
    if not grave.is_none and grave.part and grave.at_least(severe.numerator, severe.denominator):
        return Grade.SEVERE
    if met_guidance is False:
        return Grade.SERIOUS
    if not grave.is_none and grave.part and grave.at_least(serious.numerator, serious.denominator):
        return Grade.SERIOUS
    return Grade.GENERAL if any(grade is not Grade.NONE for grade in villages) else Grade.NONE


def _rule(rule_id: str, title: str, text: str, *, source: str = ARTICLE, **what: object) -> Rule:
    return Rule(
        id=rule_id,
        title=title,
        text=text,
        source=source,
        article="",
        since=SINCE,
        severity=Severity.WARN,
        confidence=Confidence.ARTICLE if source == ARTICLE else Confidence.DEFAULT,
        words=WORDS,
        **what,  # type: ignore[arg-type]
    )


WORDS = {
    "is_new": "新设村",
    "least": "至少",
    "last_year": "上年度发展",
    "this_year": "本年度发展",
    "year_before": "前年度发展",
    "young": "其中青年",
    "admitted": "新发展",
    "members": "党员数",
    "activists": "积极分子",
    "planned": "计划数",
    "part": "其中数",
    "breached": "突破底线",
    "women": "女党员",
    "day": "当日",
    "record_since": "建村日期",
    "window": "计算窗口",
    "in_window": "近 24 个月发展",
}
_CALENDAR = BottomWindow.TWO_CALENDAR_YEARS

WRN_01 = _rule(
    "WRN-01",
    "底线：每两年至少发展一名",
    "每个村（社区）每两年至少发展 1 名党员。前两个年度都没有发展的，突破底线；上年度和本年度都还没有发展的，须在 12 月 31 日前发展。",
    holds=lambda **n: bottom_line(**n, window=_CALENDAR) is Bottom.OK,
    passing=(
        {"year_before": 0, "last_year": 1, "this_year": 0},
        {"year_before": 1, "last_year": 0, "this_year": 1},
    ),
    failing=(
        {"year_before": 0, "last_year": 0, "this_year": 1},
        {"year_before": 1, "last_year": 0, "this_year": 0},
    ),
)
WRN_02 = _rule(
    "WRN-02",
    "预警线：上年度未发展党员",
    "上年度没有发展党员的村（社区），全年列入《上年度未发展党员村清单》；本年度发展 1 名以上的，预警解除。",
    holds=lambda **n: warning_line(**n) is not Warned.WARNED,
    passing=({"last_year": 1, "this_year": 0}, {"last_year": 0, "this_year": 1}),
    failing=({"last_year": 0, "this_year": 0}, {"last_year": 0, "this_year": 0, "is_new": False}),
)
WRN_03 = _rule(
    "WRN-03",
    "指导线：新发展农村党员中青年占比",
    "乡镇本年度新发展的农村党员中，支部大会当日 35 周岁及以下的应占 75% 以上；没有发展的不评。",
    holds=lambda **n: guidance_met(**n) is not False,
    passing=({"young": 6, "admitted": 8}, {"young": 0, "admitted": 0}, {"young": 18, "admitted": 23}),
    failing=({"young": 5, "admitted": 7}, {"young": 2, "admitted": 3}),
)
WRN_04B = _rule(
    "WRN-04b",
    "年轻党员占比偏低",
    "村（社区）35 周岁及以下党员不足党员总数 10% 的，列入《年轻党员占比偏低村清单》；没有党员的村不评，另行列出。",
    source=HANDBOOK,
    holds=lambda **n: low_young_share(**n) is not True,
    passing=({"young": 1, "members": 10}, {"young": 0, "members": 0}),
    failing=({"young": 1, "members": 11}, {"young": 0, "members": 5}),
)
WRN_05B = _rule(
    "WRN-05b",
    "预警等级",
    "在清单上且预警没有解除的为一般；6 月 30 日后仍须年内发展的，或乡镇未达指导线的，为较重；突破底线的，或预警村的一村一策缺失、逾期的，为严重。",
    source=HANDBOOK,
    holds=lambda *, breached, day: (
        village_grade(
            bottom=Bottom.BREACH if breached else Bottom.AT_RISK,
            warned=Warned.WARNED,
            is_at_risk=True,
            is_listed_young=False,
            day=day,
            plan=PlanState.NOT_KEPT,
        )
        is Grade.GENERAL
    ),
    passing=({"breached": False, "day": date(2026, 6, 30)}, {"breached": False, "day": date(2026, 1, 1)}),
    failing=({"breached": False, "day": date(2026, 7, 1)}, {"breached": True, "day": date(2026, 1, 1)}),
)
WRN_08 = _rule(
    "WRN-08",
    "新建村的评定",
    "新建村在建村当年不评预警线，满两个完整年度前不评底线；合并、更名的村承接原村的记录，不算新建。",
    source=HANDBOOK,
    holds=lambda **n: not is_new_for_bottom(**n),
    passing=(
        {"record_since": date(2024, 1, 1), "day": date(2026, 6, 30)},
        {"record_since": date(1, 1, 1), "day": date(2026, 6, 30)},
    ),
    failing=(
        {"record_since": date(2024, 1, 2), "day": date(2026, 6, 30)},
        {"record_since": date(2026, 3, 1), "day": date(2026, 6, 30)},
    ),
)
WRN_09 = _rule(
    "WRN-09",
    "滚动 24 个月的底线",
    "县里选用滚动窗口的，当日往前 24 个月内（含相应日）没有发展党员的，突破底线。",
    source=HANDBOOK,
    holds=lambda **n: bottom_line(**n, year_before=0, this_year=0, window=BottomWindow.ROLLING_24_MONTHS) is Bottom.OK,
    passing=({"in_window": 1, "last_year": 0}, {"in_window": 1, "last_year": 1}),
    failing=({"in_window": 0, "last_year": 0}, {"in_window": 0, "last_year": 1}),
)
RES_01 = _rule(
    "RES-01",
    "按 1∶3 储备积极分子",
    "乡镇储备的入党积极分子（含发展对象）不少于年度计划发展数的 3 倍。",
    holds=lambda *, planned, activists: activists >= (reserve_required(planned=planned) or 0),
    passing=({"planned": 5, "activists": 15}, {"planned": 0, "activists": 4}, {"planned": 278, "activists": 1096}),
    failing=({"planned": 5, "activists": 12}, {"planned": 1, "activists": 2}),
)
RES_03 = _rule(
    "RES-03",
    "村级组织常态储备 1 至 3 名积极分子",
    "每个村级党组织常态储备 1 至 3 名入党积极分子；没有的提示，多于 3 名的只作说明。",
    holds=lambda **n: band(**n) is not Band.NONE,
    passing=({"activists": 1}, {"activists": 4}),
    failing=({"activists": 0}, {"activists": 0, "least": 1}),
)
PLN_03 = _rule(
    "PLN-03",
    "党员队伍结构",
    "着重考虑党员数量不足、年龄结构老化、文化程度偏低、无女党员、无 35 岁以下青年党员和较长时间未发展党员的村。",
    holds=lambda *, women, young: women > 0 and young > 0,
    passing=({"women": 1, "young": 1}, {"women": 5, "young": 2}),
    failing=({"women": 0, "young": 3}, {"women": 4, "young": 0}),
)
PLN_04 = _rule(
    "PLN-04",
    "计划的其中数不大于总数",
    "年度计划中 35 岁以下、女、大专以上的人数，各不大于计划发展党员数。",
    source=HANDBOOK,
    holds=lambda *, planned, part: part <= planned,
    passing=({"planned": 8, "part": 8}, {"planned": 0, "part": 0}),
    failing=({"planned": 8, "part": 9}, {"planned": 0, "part": 1}),
)
RULES = (WRN_01, WRN_02, WRN_03, WRN_04B, WRN_05B, WRN_08, WRN_09, RES_01, RES_03, PLN_03, PLN_04)
