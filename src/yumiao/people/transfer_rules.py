"""When a relation is taken in, how long a letter holds, who has a letter at all. Pure.

Must not know: the database, pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from yumiao.kernel.objections import Severity
from yumiao.people.rules import HANDBOOK
from yumiao.people.status import CHANGES, EDUCATION_2019, Status
from yumiao.rulebook import Confidence, Rule

WARNED_BEFORE: Final = 15  # days before a letter expires

WORDS = {
    "change": "转接",
    "status": "当前状况",
    "issued_on": "开具日期",
    "valid_days": "有效期（天）",
    "received_on": "接收日期",
    "belongs_since": "现所在组织的起始日期",
    "left_on": "转出日期",
    "on": "当日",
}
MOB_03 = Rule(
    id="MOB-03",
    title="组织关系不空转、不重叠",
    text="转入方接收之前，转出方继续负责；接收之日起由转入方负责。一人同时只有一份在途介绍信，接收日期在开具之日以后、现所在组织的起始日期之后。",
    source=EDUCATION_2019,
    article="第二十五条",
    since=date(2019, 5, 6),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, issued_on, received_on, belongs_since: received_on >= issued_on and received_on > belongs_since,
    passing=(
        {"issued_on": date(2026, 9, 1), "received_on": date(2026, 9, 1), "belongs_since": date(2020, 7, 1)},
        {"issued_on": date(2026, 9, 1), "received_on": date(2026, 9, 20), "belongs_since": date(2026, 8, 31)},
    ),
    failing=(
        {"issued_on": date(2026, 9, 1), "received_on": date(2026, 8, 31), "belongs_since": date(2020, 7, 1)},
        {"issued_on": date(2026, 9, 1), "received_on": date(2026, 9, 1), "belongs_since": date(2026, 9, 1)},
    ),
)
MOB_04 = Rule(
    id="MOB-04",
    title="介绍信的有效期",
    text="组织关系介绍信的有效期按天数写明，不超过九十天；期满未接收的，转出方继续负责，由双方党委催办。",
    source=HANDBOOK,
    article="MOB-04",
    since=date(2026, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, issued_on, valid_days, on: on <= last_valid_day(issued_on, valid_days),
    passing=(
        {"issued_on": date(2026, 8, 2), "valid_days": 90, "on": date(2026, 10, 31)},
        {"issued_on": date(2026, 10, 1), "valid_days": 30, "on": date(2026, 10, 20)},
    ),
    failing=(
        {"issued_on": date(2026, 8, 1), "valid_days": 90, "on": date(2026, 10, 31)},
        {"issued_on": date(2026, 10, 1), "valid_days": 10, "on": date(2026, 10, 12)},
    ),
)
MOB_10 = Rule(
    id="MOB-10",
    title="转出本县的党员转回时续接原党籍",
    text=(
        "组织关系曾由本县转出的党员转回的，续接本县原有的登记，不另建一份：入党日期和党龄不变，在县外的时间不计入本县党员人数。"
        "外县介绍信的开具日期和接收日期都不早于转出之日；转出当日转回的，前后相接。"
    ),
    source=HANDBOOK,
    article="MOB-10",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, left_on, issued_on, received_on: left_on <= issued_on <= received_on,
    passing=(
        {"left_on": date(2024, 6, 1), "issued_on": date(2026, 9, 1), "received_on": date(2026, 9, 20)},
        {"left_on": date(2026, 9, 1), "issued_on": date(2026, 9, 1), "received_on": date(2026, 9, 1)},
    ),
    failing=(
        {"left_on": date(2026, 9, 1), "issued_on": date(2026, 8, 31), "received_on": date(2026, 9, 20)},
        {"left_on": date(2026, 9, 1), "issued_on": date(2026, 9, 20), "received_on": date(2026, 9, 19)},
    ),
)
TRF_02 = Rule(
    id="TRF-02",
    title="入党申请人、积极分子、发展对象转材料，不开介绍信",
    text="入党申请人、积极分子和发展对象没有组织关系，变更单位时转递培养教育材料，不开组织关系介绍信；培养教育时间连续计算。",
    source="中国共产党发展党员工作细则",
    article="第十二条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, change, status: (change == "letter") == (status in CHANGES["transferred_out"].before),
    passing=(
        {"change": "letter", "status": Status.PROBATIONARY},
        {"change": "material", "status": Status.ACTIVIST},
    ),
    failing=(
        {"change": "letter", "status": Status.ACTIVIST},
        {"change": "material", "status": Status.FULL},
    ),
)
PRV_14 = Rule(
    id="PRV-14",
    title="经办与接收分开",
    text="开具和接收分属两个党委的，不由同一人办理；代他人办理的，按本人和委托人合并看待。",
    source="县党务工作手册",
    article="PRV-14",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words={"committees": "涉及的党委数", "shared": "两端相同的经办人数"},
    holds=lambda *, committees, shared: committees < 2 or shared == 0,
    passing=({"committees": 1, "shared": 1}, {"committees": 2, "shared": 0}),
    failing=({"committees": 2, "shared": 1}, {"committees": 2, "shared": 2}),
)
RULES = (MOB_03, MOB_04, MOB_10, TRF_02, PRV_14)


def last_valid_day(issued_on: date, valid_days: int) -> date:
    """The last day on which a letter is taken; the day of issue is not counted."""
    return issued_on + timedelta(days=valid_days)
