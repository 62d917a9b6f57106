"""The rules on the order of the steps and on their terms, as objects with examples that run (domain 4.2, 17a). Pure.

Those on the first steps, which an import asks too, stand in `rules.py`. What is asked of a whole case stands in `case_rules.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from yumiao.admission.path_2014 import RULES_2014
from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_months
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

_SINCE: Final = date(2014, 5, 28)
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "before": "前一步日期",
    "on": "本步日期",
    "due_on": "期限",
    "begins_on": "起算日",
    "count": "数目",
    "least": "最少",
    "most": "最多",
    "full_since": "成为正式党员日期",
    "barred": "受留党察看处分的人数",
    "after": "前置步骤",
    "done": "已完成",
    "result": "表决结果",
    "person": "当事人",
    "voted_on": "表决对象",
    "days": "天数",
    "is_passed": "已通过",
    "is_second": "由他人确认",
    "number": "志愿书编号",
    "ends_on": "公示截止日",
}
EXEMPTIBLE: Final[Mapping[str, str]] = {"DEV-09": "乡镇党委"}
"""By rule that names an exception: who may grant it."""


def _order(rule: str, title: str, text: str, article: str, *, source: str = RULES_2014) -> Rule:
    """The later step is not dated before the earlier one; the same day is in order."""
    confidence = Confidence.VERIFIED if source == RULES_2014 else Confidence.DEFAULT
    return Rule(
        id=rule, title=title, text=text, source=source, article=article, since=_SINCE if source == RULES_2014 else _OWN,
        confidence=confidence, words=_WORDS, holds=lambda *, before, on: on >= before,
        passing=({"before": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"before": date(2026, 3, 2), "on": date(2026, 4, 1)}),
        failing=({"before": date(2026, 3, 2), "on": date(2026, 3, 1)}, {"before": date(2026, 3, 2), "on": date(2025, 3, 2)}),
    )  # fmt: skip


def _term(rule: str, title: str, text: str, article: str, *, source: str = HANDBOOK) -> Rule:
    """Not later than the last day; a later one needs a reason."""
    confidence = Confidence.DEFAULT if source == HANDBOOK else Confidence.VERIFIED
    return Rule(
        id=rule, title=title, text=text, source=source, article=article, since=_OWN if source == HANDBOOK else _SINCE,
        severity=Severity.WARN, confidence=confidence, words=_WORDS, holds=lambda *, due_on, on: on <= due_on,
        passing=({"due_on": date(2026, 3, 23), "on": date(2026, 3, 23)}, {"due_on": date(2026, 3, 23), "on": date(2026, 3, 2)}),
        failing=({"due_on": date(2026, 3, 23), "on": date(2026, 3, 24)}, {"due_on": date(2026, 3, 23), "on": date(2026, 9, 1)}),
    )  # fmt: skip


DEV_04 = _order(
    "DEV-04",
    "先确定积极分子，后备案和指定联系人",
    "备案、指定培养联系人的日期不得早于确定为入党积极分子的日期。",
    "第八条、第九条",
)
DEV_08 = _order(
    "DEV-08",
    "发展对象备案同意后，方可确定介绍人、政审和培训",
    "确定入党介绍人、政治审查、集中培训的日期不得早于上级党委同意的日期。",
    "第十四条、第十六条、第十七条",
)
DEV_10 = _order(
    "DEV-10",
    "介绍人、政审、培训齐备后支委会审查",
    "支部委员会审查的日期不得早于确定介绍人、政治审查、集中培训中最晚的一项。",
    "第十九条",
)
DEV_11 = _order("DEV-11", "先支委会审查，后党委预审", "党委预审的日期不得早于支部委员会审查的日期。", "第十九条")
DEV_12 = _order("DEV-12", "预审合格后填写志愿书", "填写入党志愿书的日期不得早于预审的日期。", "第十九条")
DEV_14 = _order(
    "DEV-14", "先支部大会，后谈话，再审批", "党委派人谈话不得早于支部大会，审批不得早于谈话。", "第二十五条、第二十六条"
)
DEV_16 = _order(
    "DEV-16",
    "审批后备案、编入支部、宣誓",
    "组织部备案、编入党支部、入党宣誓的日期不得早于审批的日期。",
    "第二十七条、第三十条、第三十一条",
)
DEV_23 = _order("DEV-23", "填写志愿书后召开支部大会", "支部大会的日期不得早于填写入党志愿书的日期。", "第二十条")
DEV_24 = _order("DEV-24", "先支部大会讨论转正，后审批", "转正审批的日期不得早于支部大会讨论的日期。", "第三十四条")
DEV_25 = _order("DEV-25", "审批后归档", "材料归档的日期不得早于转正审批的日期。", "第三十七条")
DEV_26 = _order(
    "DEV-26",
    "确定积极分子后开始培养考察",
    "培养教育考察的日期不得早于确定为入党积极分子、指定培养联系人的日期。",
    "第十条",
)
DEV_28 = _order("DEV-28", "按顺序办理", "各步骤的日期不得早于其前置步骤的日期。", "第十一条", source=HANDBOOK)
DEV_13 = Rule(
    id="DEV-13", title="公示期满后召开支部大会", text="支部大会的日期应晚于公示截止日；公示有异议的，调查处理完毕。",
    source=HANDBOOK, article="DEV-13", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, ends_on, on: on > ends_on,
    passing=({"ends_on": date(2026, 3, 9), "on": date(2026, 3, 10)}, {"ends_on": date(2026, 5, 9), "on": date(2026, 5, 10)}),
    failing=({"ends_on": date(2026, 3, 9), "on": date(2026, 3, 9)}, {"ends_on": date(2026, 3, 9), "on": date(2026, 3, 2)}),
)  # fmt: skip
DEV_05 = _term(
    "DEV-05",
    "每半年考察一次",
    "对入党积极分子每半年考察一次，两次考察间隔超过七个月的写明原因；第一次自确定为积极分子之日起算。",
    "第十一条",
    source=RULES_2014,
)
DEV_20 = _term(
    "DEV-20",
    "转正三个月内审批",
    "党委对党支部上报的预备党员转正的决议，应当在三个月内审批。",
    "第三十四条",
    source=RULES_2014,
)
DEV_22 = Rule(
    id="DEV-22", title="补录由第二人确认", text="事后超过三十天登记的为补录：写明原因，由另一名有权的人员确认后生效，并在纪实中标明。",
    source=HANDBOOK, article="DEV-22", since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, days, is_second: days <= 30 or is_second,
    passing=({"days": 30, "is_second": False}, {"days": 31, "is_second": True}),
    failing=({"days": 31, "is_second": False}, {"days": 400, "is_second": False}),
)  # fmt: skip
STP_26 = Rule(
    id="STP-26", title="前置步骤齐备", text="前置步骤没有全部完成的，不能办理后一步骤。", source=HANDBOOK, article="STP-26", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, after, done: set(after) <= set(done),
    passing=({"after": (9, 10, 11), "done": (9, 10, 11)}, {"after": (), "done": ()}),
    failing=({"after": (9, 10, 11), "done": (9, 11)}, {"after": (2,), "done": ()}),
)  # fmt: skip
STP_03 = Rule(
    id="STP-03", title="申请后的最短期限", text="本县规定递交入党申请书后满一定月数方可确定为入党积极分子的，从其规定；国家没有规定最短期限。",
    source=HANDBOOK, article="STP-03", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, before, on, least: on >= add_months(before, least),
    passing=({"before": date(2026, 1, 20), "on": date(2026, 1, 20), "least": 0}, {"before": date(2026, 1, 31), "on": date(2026, 4, 30), "least": 3}),
    failing=({"before": date(2026, 1, 20), "on": date(2026, 4, 19), "least": 3}, {"before": date(2026, 1, 20), "on": date(2026, 1, 19), "least": 0}),
)  # fmt: skip
STP_04 = _term("STP-04", "积极分子十五个工作日内备案", "确定入党积极分子后十五个工作日内报上级党委备案。", "STP-04")
STP_05B = _term("STP-05b", "十五个工作日内指定联系人", "确定入党积极分子后十五个工作日内指定培养联系人。", "STP-05")
STP_06 = Rule(
    id="STP-06", title="确定发展对象前至少考察两次", text="每半年考察一次，确定发展对象前至少有两次考察记录。", source=RULES_2014, article="第十一条",
    since=_SINCE, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, count, least: count >= least,
    passing=({"count": 2, "least": 2}, {"count": 3, "least": 2}), failing=({"count": 1, "least": 2}, {"count": 0, "least": 2}),
)  # fmt: skip
STP_09 = Rule(
    id="STP-09", title="两名正式党员作介绍人", text="入党介绍人为两名正式党员，不能是本人，不能是同一人；受留党察看处分、尚未恢复党员权利的不能担任。",
    source=RULES_2014, article="第十四条", since=_SINCE, confidence=Confidence.VERIFIED, words=_WORDS,
    holds=lambda *, full_since, on, barred: len(full_since) == 2 and barred == 0 and all(day is not None and day <= on for day in full_since),
    passing=(
        {"full_since": (date(2015, 7, 1), date(2020, 5, 1)), "on": date(2026, 3, 2), "barred": 0},
        {"full_since": (date(2026, 3, 2), date(2020, 5, 1)), "on": date(2026, 3, 2), "barred": 0},
    ),
    failing=(
        {"full_since": (date(2015, 7, 1),), "on": date(2026, 3, 2), "barred": 0},
        {"full_since": (date(2026, 3, 3), date(2020, 5, 1)), "on": date(2026, 3, 2), "barred": 0},
        {"full_since": (date(2015, 7, 1), date(2020, 5, 1)), "on": date(2026, 3, 2), "barred": 1},
    ),
)  # fmt: skip
STP_10 = _term(
    "STP-10",
    "政治审查结论在有效期内",
    "预审和支部大会时，政治审查结论应在有效期（一年）以内；超过的重新审查或者写明原因。",
    "STP-10",
)
STP_13 = _term("STP-13", "预审后一个月内召开支部大会", "党委预审合格后一个月内召开支部大会讨论。", "STP-13")
STP_13B = Rule(
    id="STP-13b", title="即将离开的一般不办理", text="发展对象未来三个月内将离开工作、学习单位的，一般不办理接收预备党员的手续；确需办理的写明原因。",
    source=RULES_2014, article="第十九条", since=_SINCE, severity=Severity.WARN, confidence=Confidence.VERIFIED, words={"letters": "在途的转接"},
    holds=lambda *, letters: letters == 0, passing=({"letters": 0}, {"letters": False}), failing=({"letters": 1}, {"letters": 2}),
)  # fmt: skip
STP_15 = Rule(
    id="STP-15", title="有通过的表决", text="支部大会、党委会须有对本人单独表决的记录，到会和赞成人数符合规定方为通过。", source=RULES_2014,
    article="第二十二条", since=_SINCE, confidence=Confidence.VERIFIED, words=_WORDS,
    holds=lambda *, result, person, voted_on: result == "passed" and person == voted_on,
    passing=({"result": "passed", "person": 1, "voted_on": 1}, {"result": "passed", "person": 2, "voted_on": 2}),
    failing=({"result": "no_quorum", "person": 1, "voted_on": 1}, {"result": "failed", "person": 1, "voted_on": 1},
    {"result": "passed", "person": 1, "voted_on": 2}),
)  # fmt: skip
STP_18 = _term("STP-18", "审批后十五个工作日内备案", "审批预备党员后十五个工作日内报县委组织部备案。", "STP-18")
STP_19 = _term("STP-19", "审批后十个工作日内编入支部", "审批后十个工作日内将预备党员编入党支部和党小组。", "STP-19")
STP_20 = _term("STP-20", "审批后三个月内宣誓", "审批后三个月内组织入党宣誓。", "STP-20")
STP_22 = Rule(
    id="STP-22", title="预备期满前后一个月内申请转正", text="转正申请在预备期满前一个月至满后一个月内书面提出；早于或者晚于的写明原因。", source=HANDBOOK,
    article="STP-22", since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, due_on, on: add_months(due_on, -1) <= on <= add_months(due_on, 1),
    passing=({"due_on": date(2027, 5, 15), "on": date(2027, 4, 15)}, {"due_on": date(2027, 5, 15), "on": date(2027, 6, 15)}),
    failing=({"due_on": date(2027, 5, 15), "on": date(2027, 4, 14)}, {"due_on": date(2027, 5, 15), "on": date(2027, 6, 16)}),
)  # fmt: skip
STP_23 = _term(
    "STP-23", "期满三十天内讨论转正", "预备期满后应当及时讨论转正，超过三十天的写明原因；不影响党龄的起算。", "STP-23"
)
MEM_06 = _term(
    "MEM-06",
    "转入的预备党员可以推迟六个月讨论",
    "转入的预备党员，新单位党组织认为情况不够了解的，可以推迟讨论其转正，推迟时间不超过六个月；转正的，党龄仍自预备期满之日起算。",
    "第三十六条",
    source=RULES_2014,
)
STP_25 = _term("STP-25", "审批后一个月内归档", "转正审批后一个月内将材料归档。", "STP-25")
STP_27 = Rule(
    id="STP-27", title="暂停期间不办理", text="暂停办理或者已经结束的，不能登记步骤；先恢复办理。", source=HANDBOOK, article="STP-27", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, on, ends_on: ends_on is None or on < ends_on,
    passing=({"on": date(2026, 3, 2), "ends_on": None}, {"on": date(2026, 3, 2), "ends_on": date(2026, 3, 3)}),
    failing=({"on": date(2026, 3, 2), "ends_on": date(2026, 3, 2)}, {"on": date(2026, 3, 2), "ends_on": date(2025, 3, 2)}),
)  # fmt: skip
STP_28 = Rule(
    id="STP-28", title="不经办本人和本人介绍、联系的事项", text="任何人不登记、不确认、不批准涉及本人的步骤；补录的确认人与登记人不是同一人。",
    source=HANDBOOK,
    article="STP-28", since=_OWN, confidence=Confidence.DEFAULT, words={"deciding": "经办人", "person": "当事人"},
    holds=lambda *, deciding, person: deciding is None or deciding != person,
    passing=({"deciding": 1, "person": 2}, {"deciding": None, "person": 2}), failing=({"deciding": 2, "person": 2}, {"deciding": 1, "person": 1}),
)  # fmt: skip
STP_29 = Rule(
    id="STP-29", title="退回到允许的步骤", text="可以退回到已经办理的步骤，其后依靠该步骤的记录一并收回；审批已经形成党籍的，不能退回到审批及以前。",
    source=HANDBOOK, article="STP-29", since=_OWN, confidence=Confidence.DEFAULT, words={"step": "退回到", "sealed": "已审批到"},
    holds=lambda *, step, sealed: step > sealed,
    passing=({"step": 10, "sealed": 0}, {"step": 18, "sealed": 17}), failing=({"step": 15, "sealed": 17}, {"step": 17, "sealed": 17}),
)  # fmt: skip
STP_30 = Rule(
    id="STP-30", title="只能豁免允许例外的规则", text="规则注明可以例外的，由有权的党组织批准，写明批准人和理由；其余规则不得豁免。", source=HANDBOOK,
    article="STP-30", since=_OWN, confidence=Confidence.DEFAULT, words={"rule": "规则", "by": "批准人"},
    holds=lambda *, rule, by: bool(by.strip()) and rule in EXEMPTIBLE,
    passing=({"rule": "DEV-09", "by": "青石镇党委"}, {"rule": "DEV-09", "by": "中共云岭乡委员会"}),
    failing=({"rule": "DEV-06", "by": "青石镇党委"}, {"rule": "STP-15", "by": "青石镇党委"}, {"rule": "DEV-09", "by": " "}),
)  # fmt: skip
RULES: Final = (
    DEV_04, DEV_05, DEV_08, DEV_10, DEV_11, DEV_12, DEV_13, DEV_14, DEV_16, DEV_20, DEV_22, DEV_23, DEV_24, DEV_25, DEV_26,
    DEV_28, MEM_06, STP_03, STP_04, STP_05B, STP_06, STP_09, STP_10, STP_13, STP_13B, STP_15, STP_18, STP_19, STP_20, STP_22,
    STP_23, STP_25, STP_26, STP_27, STP_28, STP_29, STP_30,
)  # fmt: skip
