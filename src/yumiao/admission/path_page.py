"""The path as people read it: which rule guards which step, the terms in words, and the page docs/steps.md. Pure.

Must not know: where the page is written, any case, a county's settings beyond the bounds it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from yumiao.admission import gate_rules
from yumiao.admission import order_rules as rules
from yumiao.admission.case_rules import ORDER
from yumiao.admission.cultivation_rules import CUL_01
from yumiao.admission.editions import EDITIONS
from yumiao.admission.form_rules import FRM_01, FRM_02, FRM_05
from yumiao.admission.gates import KIND_BEFORE, POINTS_BEFORE, ROUND_BEFORE
from yumiao.admission.inquiry_rules import INQ_01, INQ_02, INQ_05
from yumiao.admission.paper_rules import ARC_01
from yumiao.admission.path import Ask, Edition, Step, Terms
from yumiao.admission.rules import DEV_02, DEV_06, DEV_09, DEV_15, DEV_17, DEV_18, DEV_19, STP_05
from yumiao.kernel.periods import on_paper
from yumiao.meetings.rules import MTG_03, MTG_05, MTG_06, MTG_07, MTG_08
from yumiao.people.rules import DEV_01, DEV_21
from yumiao.rulebook import Rule

EVERYWHERE: Final = (DEV_21, rules.DEV_22, rules.STP_26, rules.STP_27, rules.STP_28)
"""What is asked of every step."""

_OWN: Final[Mapping[int, tuple[Rule, ...]]] = {
    1: (DEV_01,),
    2: (DEV_02,),
    3: (rules.STP_03,),
    4: (rules.STP_04,),
    5: (STP_05, rules.STP_05B),
    6: (rules.DEV_05,),
    7: (DEV_06, rules.STP_06),
    9: (rules.STP_09,),
    11: (DEV_09,),
    13: (rules.STP_10, rules.STP_13B),
    15: (rules.STP_10, rules.STP_13, rules.DEV_13, DEV_01),
    17: (DEV_15, DEV_17),
    18: (rules.STP_18,),
    19: (rules.STP_19,),
    20: (rules.STP_20,),
    22: (rules.STP_22,),
    23: (DEV_18, rules.MEM_06, rules.STP_23, DEV_19),
    24: (rules.DEV_20, DEV_19),
    25: (rules.STP_25,),
}

# What stands beside the case and is asked with the step: meetings, letters, forms, papers, contacts.
_BESIDE: Final[Mapping[int, tuple[Rule, ...]]] = {
    5: (CUL_01,),
    10: (INQ_01, INQ_02, INQ_05),
    14: (FRM_01, FRM_02),
    15: (FRM_05, MTG_03, MTG_05, MTG_06, MTG_07),
    16: (FRM_05,),
    17: (FRM_05, MTG_08),
    23: (MTG_03, MTG_05, MTG_06, MTG_07),
    24: (MTG_08,),
    25: (ARC_01,),
}

# What a county may ask beside the steps, by its settings: notices, rounds of joint review, reviews.
_NOTICES: Final = {8: gate_rules.PUB_01, 15: gate_rules.PUB_02, 23: gate_rules.PUB_03}
_ROUNDS: Final = {7: gate_rules.DEV_27, 13: gate_rules.REV_10}

# name of a term, what it says, its unit; in the order of the steps
_TERMS: Final = (
    ("talk_months", "申请后派人谈话的期限", "个月"),
    ("months_to_activist", "申请后至确定积极分子的最短时间", "个月"),
    ("filing_days", "备案的期限（第 4、18 步）", "个工作日"),
    ("contacts_days", "指定培养联系人的期限", "个工作日"),
    ("fewest_contacts", "培养联系人最少", "人"),
    ("most_contacts", "培养联系人最多", "人"),
    ("inspection_months", "培养考察的间隔", "个月"),
    ("fewest_inspections", "确定发展对象前最少考察", "次"),
    ("activist_months", "培养教育考察的最短时间", "个月"),
    ("introducers", "入党介绍人", "人"),
    ("training_days", "集中培训最少", "天"),
    ("training_hours", "或者集中培训最少", "学时"),
    ("review_months", "政治审查结论的有效期", "个月"),
    ("meeting_months", "预审后召开支部大会的期限", "个月"),
    ("approval_months", "支部大会后审批的期限", "个月"),
    ("approval_most_months", "审批最长不超过", "个月"),
    ("assignment_days", "编入党支部的期限", "个工作日"),
    ("oath_months", "审批后入党宣誓的期限", "个月"),
    ("probation_months", "预备期", "个月"),
    ("window_months", "预备期满前后提出转正申请的时间", "个月"),
    ("discussion_days", "预备期满后讨论转正的期限", "天"),
    ("transferred_months", "转入的预备党员讨论转正的期限", "个月"),
    ("shortest_extension", "延长预备期最短", "个月"),
    ("longest_extension", "延长预备期最长", "个月"),
    ("archive_months", "审批转正后归档的期限", "个月"),
    ("late_days", "超过即为补录的天数", "天"),
)


def guards_of(step: Step) -> tuple[Rule, ...]:
    """The rules that judge a step beside those of every step: the order first, then its own."""
    order = (ORDER.get(step.number, rules.DEV_28),) if step.after else ()
    voted = (rules.STP_15,) if step.asks_for(Ask.OUTCOME) or step.asks_for(Ask.MOTION) else ()
    beside = (*_BESIDE.get(step.number, ()), *_gates_before(step.number))
    return tuple(dict.fromkeys((*order, *_OWN.get(step.number, ()), *voted, *beside)))


def _gates_before(step: int) -> Iterator[Rule]:
    """The rules of what stands before a step beside the steps, where the county asks for it."""
    if step in KIND_BEFORE:
        yield _NOTICES[step]
    if step in gate_rules.VOTES:
        yield gate_rules.PUB_04
    if step in ROUND_BEFORE:
        if step in _ROUNDS:
            yield _ROUNDS[step]
        yield from (gate_rules.REV_13, gate_rules.REV_14, gate_rules.REV_16)
    if step in POINTS_BEFORE:
        yield from (gate_rules.REV_20, gate_rules.REV_21)


def terms_in_words(terms: Terms) -> list[tuple[str, str]]:
    """Every term: what it says, and its value with its unit; what is not limited says so."""
    return [(label, _value(getattr(terms, name), unit)) for name, label, unit in _TERMS]


def stricter_terms(edition: Edition, bounds: Terms) -> frozenset[str]:
    """The labels of the terms in which the county's own differ from those of the edition."""
    return frozenset(label for name, label, _unit in _TERMS if getattr(edition.terms, name) != getattr(bounds, name))


def _value(value: int, unit: str) -> str:
    return f"{value} {unit}" if value else "不限"


def before_in_words(step: Step) -> str:
    """The steps it stands on, by number."""
    return "、".join(f"第 {one} 步" for one in step.after) or "—"


def papers_in_words(edition: Edition, step: Step) -> str:
    """Its slots for papers, with how much each is needed."""
    slots = (edition.slots[code] for code in step.slots)
    return "；".join(f"{one.code} {one.title}（{one.need.label}）" for one in slots) or "—"


_HEAD = """# 发展党员的程序

本页由程序中的步骤表生成，请勿手工修改。每件发展培养按开始时启用的版本办理；县里启用新版本、转换正在办理的，见“发展党员的程序—版本”。
规则编号的全文见[规则手册](rules.md)。"""


def render(editions: Iterable[Edition] = tuple(EDITIONS.values())) -> str:
    """The whole page: every edition that is no example."""
    found = [one for one in editions if not one.is_example]
    return "\n".join([_HEAD, *(line for one in found for line in _edition(one))]) + "\n"


def _edition(edition: Edition) -> Iterator[str]:
    yield f"\n## {edition.title}\n"
    yield f"依据：{edition.document}。自{on_paper(edition.since)}起施行。"
    for stage in edition.stages:
        yield f"\n### 第 {stage.number} 阶段　{stage.title}\n"
        head = ["步骤", "由谁办理", "由谁登记", "前置步骤", "期限", "要求", "材料", "依据"]
        yield from _table(head, [_row(edition, step) for step in edition.steps_of(stage.number)])
    yield "\n### 期限和数量\n"
    yield "县里可以用参数从严，不能放宽。\n"
    yield from _table(["内容", "规定"], terms_in_words(edition.terms))
    yield "\n### 哪条规则管哪一步\n"
    everywhere = "、".join(f"`{one.id}` {one.title}" for one in EVERYWHERE)
    yield f"每一步都适用：{everywhere}。\n"
    yield from _table(["步骤", "规则"], [[one.label, _rules(one)] for one in edition.steps])
    yield "\n### 材料\n"
    head = ["编号", "材料", "要求", "存放", "签名", "盖章", "在哪一步"]
    yield from _table(head, list(catalogue(edition)))


def _row(edition: Edition, step: Step) -> list[str]:
    term, says = step.term or "—", step.says or "—"
    title = f"{step.number}. {step.title}" + ("（可以多次）" if step.repeats else "")
    return [
        title, step.who, step.level.label, before_in_words(step), term, says, papers_in_words(edition, step), step.citation,
    ]  # fmt: skip


def _rules(step: Step) -> str:
    return "、".join(f"`{one.id}` {one.title}" for one in guards_of(step)) or "—"


def catalogue(edition: Edition) -> Iterator[list[str]]:
    """The papers: code, title, need, where kept, who signs, seal, step."""
    for slot in edition.slots.values():
        steps = "、".join(str(one.number) for one in edition.steps if slot.code in one.slots)
        stamped = "盖章" if slot.is_stamped else "—"
        yield [slot.code, slot.title, slot.need.label, slot.holder, slot.signers or "—", stamped, steps]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
