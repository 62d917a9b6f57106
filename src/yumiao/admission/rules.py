"""The order and the terms of the steps, and who may be a contact. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_months, add_years, on_screen
from yumiao.people.rules import DEV_01, RULES_2014, Found, probation_end
from yumiao.rulebook import Confidence, Rule

APPLICATION, ACTIVIST, TARGET, MEETING = 1, 3, 8, 15
TRAINING_DAYS, TRAINING_HOURS = 3, 24
SHORTEST_EXTENSION, LONGEST_EXTENSION = 6, 12  # months

WORDS = {
    "applied_on": "申请日期",
    "activist_on": "确定为积极分子日期",
    "target_on": "确定为发展对象日期",
    "full_since": "成为正式党员日期",
    "on": "指定联系人日期",
    "is_other": "不是本人",
    "talked_on": "谈话日期",
    "days": "培训天数",
    "hours": "培训学时",
    "met_on": "支部大会日期",
    "approved_on": "审批日期",
    "begins_on": "预备期起算日",
    "discussed_on": "讨论转正日期",
    "months": "延长月数",
    "before": "此前延长次数",
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
DEV_02 = Rule(
    id="DEV-02",
    title="一个月内派人谈话",
    text="党组织收到入党申请书后，应当在一个月内派人同入党申请人谈话；逾期的写明原因。",
    source=RULES_2014,
    article="第七条",
    since=date(2014, 6, 11),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, applied_on, talked_on: applied_on <= talked_on <= talk_due(applied_on),
    passing=(
        {"applied_on": date(2025, 1, 20), "talked_on": date(2025, 2, 20)},
        {"applied_on": date(2026, 1, 31), "talked_on": date(2026, 2, 28)},
    ),
    failing=(
        {"applied_on": date(2025, 1, 20), "talked_on": date(2025, 2, 21)},
        {"applied_on": date(2025, 1, 20), "talked_on": date(2025, 1, 19)},
    ),
)
DEV_09 = Rule(
    id="DEV-09",
    title="集中培训不少于三天或二十四学时",
    text="发展对象的短期集中培训一般不少于三天或者不少于二十四个学时；个别特殊情况须经批准并写明原因。",
    source=RULES_2014,
    article="第十七条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, days, hours: days >= TRAINING_DAYS or hours >= TRAINING_HOURS,
    passing=({"days": 3, "hours": 20}, {"days": 2, "hours": 24}),
    failing=({"days": 2, "hours": 23}, {"days": 0, "hours": 0}),
)
DEV_15 = Rule(
    id="DEV-15",
    title="三个月内审批，最长六个月",
    text="党委对党支部上报的接收预备党员决议，应当在三个月内审批；特殊情况可适当延长，但不得超过六个月。",
    source=RULES_2014,
    article="第二十六条、第二十七条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, met_on, approved_on: met_on <= approved_on <= approval_stop(met_on),
    passing=(
        {"met_on": date(2026, 5, 15), "approved_on": date(2026, 11, 15)},
        {"met_on": date(2026, 8, 31), "approved_on": date(2027, 2, 28)},
    ),
    failing=(
        {"met_on": date(2026, 5, 15), "approved_on": date(2026, 11, 16)},
        {"met_on": date(2026, 5, 15), "approved_on": date(2026, 5, 14)},
    ),
)
DEV_17 = Rule(
    id="DEV-17",
    title="预备期自支部大会通过之日起算",
    text="预备党员的预备期，从支部大会通过其为预备党员之日算起，不从审批之日或宣誓之日算起。",
    source=RULES_2014,
    article="第三十二条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, met_on, begins_on: begins_on == met_on,
    passing=(
        {"met_on": date(2026, 5, 15), "begins_on": date(2026, 5, 15)},
        {"met_on": date(2024, 2, 29), "begins_on": date(2024, 2, 29)},
    ),
    failing=(
        {"met_on": date(2026, 5, 15), "begins_on": date(2026, 7, 1)},
        {"met_on": date(2026, 5, 15), "begins_on": date(2026, 5, 16)},
    ),
)
DEV_18 = Rule(
    id="DEV-18",
    title="预备期满方可讨论转正",
    text="党支部讨论预备党员转正，不得早于预备期届满之日；党龄从预备期满之日算起，与大会、审批的早晚无关。",
    source=RULES_2014,
    article="第三十三条、第三十四条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, begins_on, discussed_on: discussed_on >= probation_end(begins_on),
    passing=(
        {"begins_on": date(2026, 5, 15), "discussed_on": date(2027, 5, 15)},
        {"begins_on": date(2026, 5, 15), "discussed_on": date(2027, 6, 2)},
    ),
    failing=(
        {"begins_on": date(2026, 5, 15), "discussed_on": date(2027, 5, 14)},
        {"begins_on": date(2026, 5, 15), "discussed_on": date(2026, 5, 15)},
    ),
)
DEV_19 = Rule(
    id="DEV-19",
    title="预备期只延长一次，六个月至一年",
    text="需要继续考察和教育的，可以延长一次预备期，延长时间不少于六个月，不超过一年。",
    source=RULES_2014,
    article="第三十二条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, months, before: before == 0 and SHORTEST_EXTENSION <= months <= LONGEST_EXTENSION,
    passing=({"months": 6, "before": 0}, {"months": 12, "before": 0}),
    failing=({"months": 5, "before": 0}, {"months": 13, "before": 0}, {"months": 6, "before": 1}),
)
RULES = (DEV_02, DEV_03, DEV_06, DEV_07, DEV_09, DEV_15, DEV_17, DEV_18, DEV_19, STP_05)


def talk_due(applied_on: date) -> date:
    """The last day for the talk (DEV-02)."""
    return add_months(applied_on, 1)


def approval_due(met_on: date) -> date:
    """Until when the committee should have approved; later needs a reason (DEV-15)."""
    return add_months(met_on, 3)


def approval_stop(met_on: date) -> date:
    """After this day the procedure is redone from the meeting (DEV-15)."""
    return add_months(met_on, 6)


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
