"""The yearly statistics as rules with their sources and examples: how a member is put into a group, and that every table adds up. Pure."""

from __future__ import annotations

from datetime import date

from yumiao.kernel.shares import Share
from yumiao.people import statistics
from yumiao.people.statistics import AGE, COLLEGE, HAN, JOINED, UNKNOWN, UNLISTED
from yumiao.rulebook import Confidence, Rule

COMMUNIQUE = "中国共产党党内统计公报"
HANDBOOK = "县党务工作手册"
WORDS = {
    "age": "年龄",
    "group": "归入",
    "joined_on": "入党日期",
    "education": "学历",
    "occupation": "职业",
    "ethnicity": "民族",
    "is_college": "大专及以上",
    "is_minority": "少数民族",
    "parts": "各栏",
    "total": "合计",
    "part": "人数",
    "whole": "总数",
    "share": "比重",
    "start": "年初",
    "gained": "增加",
    "lost": "减少",
    "end": "年末",
}
_SINCE = date(2024, 6, 30)


def _is_minority(ethnicity: str) -> bool:
    return statistics.ethnicity_group(ethnicity) not in (HAN, UNKNOWN, UNLISTED)


STA_01 = Rule(
    id="STA-01",
    title="年龄分组",
    text="按统计当日的周岁分组：30岁及以下，31至35岁，36至40岁，41至45岁，46至50岁，51至55岁，56至60岁，61岁及以上；"
    "另计35岁及以下。发展党员按支部大会当日的周岁。出生日期不详的单列一栏。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, age, group: AGE.label_of(statistics.band(age)) == group,
    passing=(
        {"age": 30, "group": "30岁及以下"},
        {"age": 31, "group": "31至35岁"},
        {"age": 61, "group": "61岁及以上"},
        {"age": None, "group": "不详"},
    ),
    failing=({"age": 36, "group": "31至35岁"}, {"age": 60, "group": "61岁及以上"}),
)
STA_02 = Rule(
    id="STA-02",
    title="入党时间分组",
    text="按入党日期分组：新中国成立（1949年10月1日）前，至党的十一届三中全会（1978年12月18日开幕）前，"
    "至党的十八大（2012年11月8日开幕）前，党的十八大以来；当日入党的计入后一组。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, joined_on, group: JOINED.label_of(statistics.era(joined_on)) == group,
    passing=(
        {"joined_on": date(1949, 9, 30), "group": "新中国成立前"},
        {"joined_on": date(1949, 10, 1), "group": "新中国成立后至党的十一届三中全会前"},
        {"joined_on": date(1978, 12, 18), "group": "党的十一届三中全会后至党的十八大前"},
        {"joined_on": date(2012, 11, 8), "group": "党的十八大以来"},
    ),
    failing=(
        {"joined_on": date(1949, 10, 1), "group": "新中国成立前"},
        {"joined_on": date(2012, 11, 7), "group": "党的十八大以来"},
    ),
)
STA_03 = Rule(
    id="STA-03",
    title="大专及以上学历",
    text="学历为研究生、本科、大专的计入大专及以上；中专、高中、初中、小学及以下不计入。未填和目录外的各列一栏，不计入。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, education, is_college: (statistics.schooling_group(education) in COLLEGE) is is_college,
    passing=(
        {"education": "大专", "is_college": True},
        {"education": "中专", "is_college": False},
        {"education": "", "is_college": False},
    ),
    failing=({"education": "高中", "is_college": True}, {"education": "研究生", "is_college": False}),
)
STA_04 = Rule(
    id="STA-04",
    title="职业归类",
    text="职业归入八类：工勤技能人员，农牧渔民，专业技术人员，企事业单位管理人员，党政机关工作人员，学生，其他职业人员，离退休人员。"
    "村（社区）干部计入农牧渔民，教师、医务人员计入专业技术人员，乡镇机关干部计入党政机关工作人员，"
    "外出务工经商人员、退役军人、个体工商户计入其他职业人员；前四类合为生产、工作一线。未填和目录外的各列一栏。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, occupation, group: statistics.OCCUPATION.label_of(statistics.occupation_group(occupation)) == group,
    passing=(
        {"occupation": "教师", "group": "专业技术人员"},
        {"occupation": "村（社区）干部", "group": "农牧渔民"},
        {"occupation": "养蜂人", "group": "目录外"},
        {"occupation": "", "group": "不详"},
    ),
    failing=(
        {"occupation": "离退休人员", "group": "其他职业人员"},
        {"occupation": "乡镇机关干部", "group": "企事业单位管理人员"},
    ),
)
STA_05 = Rule(
    id="STA-05",
    title="少数民族",
    text="民族为国家标准所列五十六个民族之一而非汉族的，计入少数民族；未填和目录外的各列一栏，不计入。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, ethnicity, is_minority: _is_minority(ethnicity) is is_minority,
    passing=({"ethnicity": "瑶族", "is_minority": True}, {"ethnicity": "汉族", "is_minority": False}),
    failing=({"ethnicity": "汉族", "is_minority": True}, {"ethnicity": "", "is_minority": True}),
)
STA_06 = Rule(
    id="STA-06",
    title="各栏之和等于合计",
    text="每张统计表各栏之和等于合计，各下级单位之和等于本单位；不详单列一栏，不得舍去。",
    source=HANDBOOK,
    article="STA-06",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=statistics.adds_up,
    passing=({"parts": (3, 2, 1), "total": 6}, {"parts": (), "total": 0}),
    failing=({"parts": (3, 2), "total": 6}, {"parts": (3, 2, 2), "total": 6}),
)
STA_07 = Rule(
    id="STA-07",
    title="比重保留一位小数",
    text="比重以百分数表示，保留一位小数，四舍五入；总数为零的不算比重。",
    source=COMMUNIQUE,
    article="",
    since=_SINCE,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, part, whole, share: Share(part, whole).percent() == share,
    passing=(
        {"part": 1_983_000, "whole": 2_408_000, "share": "82.4%"},
        {"part": 1, "whole": 2000, "share": "0.1%"},
        {"part": 0, "whole": 0, "share": "–"},
    ),
    failing=({"part": 1_983_000, "whole": 2_408_000, "share": "82.3%"}, {"part": 1, "whole": 2000, "share": "0.0%"}),
)
STA_08 = Rule(
    id="STA-08",
    title="年度增减平衡",
    text="年初党员数加本年增加、减本年减少，等于年末党员数。年初、年末都按现在掌握的情况计算，补登和更正已计入。",
    source=HANDBOOK,
    article="STA-08",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=statistics.balances,
    passing=(
        {"start": 100, "gained": 5, "lost": 2, "end": 103},
        {"start": 0, "gained": 0, "lost": 0, "end": 0},
    ),
    failing=(
        {"start": 100, "gained": 5, "lost": 2, "end": 102},
        {"start": 100, "gained": 0, "lost": 1, "end": 100},
    ),
)
RULES = (STA_01, STA_02, STA_03, STA_04, STA_05, STA_06, STA_07, STA_08)
