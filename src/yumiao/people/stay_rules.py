"""When a floating member is to be thought of: contact while away, a transfer after half a year at one place. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_months
from yumiao.people.status import EDUCATION_2019
from yumiao.rulebook import Confidence, Rule

CONTACT_MONTHS: Final = 6
TRANSFER_MONTHS: Final = 6

WORDS = {
    "since": "外出日期",
    "contacted_on": "最近联系日期",
    "on": "当日",
    "is_fixed": "地点比较固定",
    "contact": "联系人",
    "months": "间隔（月）",
}
MOB_01 = Rule(
    id="MOB-01",
    title="流动党员有人联系",
    text="外出六个月以上、未转移组织关系的党员为流动党员；原党支部应确定专人联系，流动期间组织关系不变。",
    source=EDUCATION_2019,
    article="第三十二条至第三十四条",
    since=date(2019, 5, 6),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, contact: bool(contact),
    passing=({"contact": True}, {"contact": "同支部党员"}),
    failing=({"contact": False}, {"contact": ""}),
)
MOB_02 = Rule(
    id="MOB-02",
    title="外出六个月以上、地点固定的转移组织关系",
    text="党员工作单位、经常居住地发生变动的，或者外出学习、工作、生活六个月以上并且地点相对固定的，应当转移组织关系。",
    source=EDUCATION_2019,
    article="第二十五条",
    since=date(2019, 5, 6),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, is_fixed, since, on: not is_fixed or on < add_months(since, TRANSFER_MONTHS),
    passing=(
        {"is_fixed": True, "since": date(2026, 5, 1), "on": date(2026, 10, 31)},
        {"is_fixed": False, "since": date(2025, 5, 1), "on": date(2026, 10, 31)},
    ),
    failing=(
        {"is_fixed": True, "since": date(2026, 4, 30), "on": date(2026, 10, 31)},
        {"is_fixed": True, "since": date(2026, 5, 1), "on": date(2026, 11, 1)},
    ),
)
MOB_08B = Rule(
    id="MOB-08b",
    title="与流动党员按期联系",
    text="党支部与出国出境的流动党员至少每六个月联系一次，与其他流动党员按本县规定的间隔联系（默认六个月）；外出之日也算一次联系。",
    source=EDUCATION_2019,
    article="第三十二条至第三十四条",
    since=date(2019, 5, 6),
    severity=Severity.WARN,
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=lambda *, contacted_on, months, on: on <= contact_due(contacted_on, months),
    passing=(
        {"contacted_on": date(2026, 4, 30), "months": 6, "on": date(2026, 10, 30)},
        {"contacted_on": date(2026, 8, 31), "months": 6, "on": date(2027, 2, 28)},
    ),
    failing=(
        {"contacted_on": date(2026, 4, 30), "months": 6, "on": date(2026, 10, 31)},
        {"contacted_on": date(2026, 8, 31), "months": 3, "on": date(2026, 12, 1)},
    ),
)
RULES = (MOB_01, MOB_02, MOB_08B)


def contact_due(contacted_on: date, months: int = CONTACT_MONTHS) -> date:
    """The last day for the next contact."""
    return add_months(contacted_on, months)


def contacted_by(due_by: date, months: int = CONTACT_MONTHS) -> date:
    """The latest day of a contact after which the next one is due by that day."""
    found = add_months(due_by, -months)
    while contact_due(found + timedelta(days=1), months) <= due_by:
        found += timedelta(days=1)
    return found


def transfer_due(since: date) -> date:
    """From when somebody at a fixed place should have his relation transferred."""
    return add_months(since, TRANSFER_MONTHS)
