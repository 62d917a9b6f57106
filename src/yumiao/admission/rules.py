"""The order of an applicant's first steps and who may be a contact. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_years, on_screen
from yumiao.people.rules import DEV_01, RULES_2014, Found
from yumiao.rulebook import Confidence, Rule

APPLICATION, ACTIVIST, TARGET, MEETING = 1, 3, 8, 15

WORDS = {
    "applied_on": "申请日期",
    "activist_on": "确定为积极分子日期",
    "target_on": "确定为发展对象日期",
    "full_since": "成为正式党员日期",
    "on": "指定联系人日期",
    "is_other": "不是本人",
}
DEV_03 = Rule(
    id="DEV-03",
    title="先申请，后确定为积极分子",
    text="确定为入党积极分子的日期不得早于递交入党申请书的日期。",
    source=RULES_2014,
    article="第八条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, applied_on, activist_on: activist_on >= applied_on,
    passing=(
        {"applied_on": date(2025, 1, 20), "activist_on": date(2025, 3, 10)},
        {"applied_on": date(2025, 1, 20), "activist_on": date(2025, 1, 20)},
    ),
    failing=(
        {"applied_on": date(2025, 1, 20), "activist_on": date(2025, 1, 19)},
        {"applied_on": date(2025, 1, 20), "activist_on": date(2024, 12, 31)},
    ),
)
DEV_07 = Rule(
    id="DEV-07",
    title="先确定为积极分子，后确定为发展对象",
    text="确定为发展对象的日期不得早于确定为入党积极分子的日期。",
    source=RULES_2014,
    article="第十三条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, activist_on, target_on: target_on >= activist_on,
    passing=(
        {"activist_on": date(2025, 3, 10), "target_on": date(2026, 3, 10)},
        {"activist_on": date(2025, 3, 10), "target_on": date(2025, 3, 10)},
    ),
    failing=(
        {"activist_on": date(2025, 3, 10), "target_on": date(2025, 3, 9)},
        {"activist_on": date(2025, 3, 10), "target_on": date(2024, 3, 10)},
    ),
)
DEV_06 = Rule(
    id="DEV-06",
    title="培养教育考察满一年",
    text="确定为入党积极分子满一年后方可列为发展对象。",
    source=RULES_2014,
    article="第十三条",
    since=date(2014, 6, 11),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, activist_on, target_on: target_on >= add_years(activist_on, 1),
    passing=(
        {"activist_on": date(2025, 3, 10), "target_on": date(2026, 3, 10)},
        {"activist_on": date(2024, 2, 29), "target_on": date(2025, 2, 28)},
    ),
    failing=(
        {"activist_on": date(2025, 3, 10), "target_on": date(2026, 3, 9)},
        {"activist_on": date(2024, 2, 29), "target_on": date(2025, 2, 27)},
    ),
)
STP_05 = Rule(
    id="STP-05",
    title="培养联系人为正式党员",
    text="党组织指定一至两名正式党员作为入党积极分子的培养联系人；联系人不能是本人，两名联系人不能是同一人。",
    source=RULES_2014,
    article="第九条",
    since=date(2014, 6, 11),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, full_since, on, is_other: is_other and full_since is not None and full_since <= on,
    passing=(
        {"full_since": date(2015, 7, 1), "on": date(2025, 3, 10), "is_other": True},
        {"full_since": date(2025, 3, 10), "on": date(2025, 3, 10), "is_other": True},
    ),
    failing=(
        {"full_since": date(2025, 3, 11), "on": date(2025, 3, 10), "is_other": True},
        {"full_since": None, "on": date(2025, 3, 10), "is_other": True},
        {"full_since": date(2015, 7, 1), "on": date(2025, 3, 10), "is_other": False},
    ),
)
RULES = (DEV_03, DEV_06, DEV_07, STP_05)


def case_objections(
    *, born_on: date | None, applied_on: date | None, activist_on: date | None, target_on: date | None
) -> Iterator[Found]:
    """Everything against the first steps of a case: BLOCK for a wrong order, WARN for what history may hold."""
    if born_on is not None and applied_on is not None and not DEV_01.holds(born_on=born_on, on=applied_on):
        yield "applied_on", DEV_01.objection("递交入党申请书时未满十八周岁，按原样登记，请核对", severity=Severity.WARN)
    if (
        applied_on is not None
        and activist_on is not None
        and not DEV_03.holds(applied_on=applied_on, activist_on=activist_on)
    ):
        yield "activist_on", DEV_03.objection(f"早于递交入党申请书日期 {on_screen(applied_on)}")
    if target_on is None:
        return
    if activist_on is None:
        yield "target_on", DEV_06.objection("没有确定为入党积极分子的日期，按原样登记，请核对")
    elif not DEV_07.holds(activist_on=activist_on, target_on=target_on):
        yield "target_on", DEV_07.objection(f"早于确定为入党积极分子日期 {on_screen(activist_on)}")
    elif not DEV_06.holds(activist_on=activist_on, target_on=target_on):
        earliest = on_screen(add_years(activist_on, 1))
        yield "target_on", DEV_06.objection(f"培养考察未满一年（最早应为 {earliest}），按原样登记，请核对")
