"""What an audit of a member's old file may say, and what stands before a decision on his membership (domain 7.2). Pure.

Must not know: the database, pages, who is whose kin.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.path import Need
from yumiao.admission.path_2014 import RULES_2014, SLOTS
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import DEV_21, HANDBOOK
from yumiao.rulebook import Confidence, Rule

COMPLETE, LACKING, WRONG, UNPROVEN = "complete", "lacking", "wrong", "unproven"
CORE: Final = tuple(code for code, slot in SLOTS.items() if slot.need is Need.CORE)
LOCAL: Final = frozenset(code for code, slot in SLOTS.items() if slot.need is Need.LOCAL)
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "result": "审核结果", "missing": "缺少的材料", "wrong": "有误的材料", "is_near": "应当回避", "is_grave": "有违反原则的问题", "body": "决定机关",
    "document": "文号", "told_on": "告知本人日期", "on": "决定日期", "audited_on": "审核日期", "membership_on": "入党日期",
}  # fmt: skip


def _rule(
    rule: str, title: str, text: str, *, holds: Callable[..., bool], passing: tuple[Mapping[str, object], ...],
    failing: tuple[Mapping[str, object], ...], source: str = HANDBOOK, article: str = "", confidence: Confidence = Confidence.DEFAULT,
) -> Rule:  # fmt: skip
    return Rule(
        id=rule, title=title, text=text, source=source, article=article or rule, since=_OWN, confidence=confidence, words=_WORDS,
        holds=holds, passing=passing, failing=failing,
    )  # fmt: skip


def _fits(*, result: str, missing: Collection[str], wrong: Collection[str]) -> bool:
    if result == COMPLETE:
        return not wrong and set(missing) <= LOCAL
    return bool({LACKING: missing, WRONG: wrong, UNPROVEN: set(CORE) & {*missing, *wrong}}[result])


_FITTING: Final = (
    "缺少应有材料或者材料有误的，不得认定为齐全；五项核心材料缺少的，至少为材料缺少；"
    "认定无法证明党员身份的，应有核心材料缺少或者有误。"
)
AUD_01 = _rule(
    "AUD-01", "审核结果与材料一致", _FITTING,
    source=RULES_2014, article="第三十七条", confidence=Confidence.VERIFIED, holds=_fits,
    passing=(
        {"result": "complete", "missing": (), "wrong": ()}, {"result": "complete", "missing": ("A08",), "wrong": ()},
        {"result": "lacking", "missing": ("A16",), "wrong": ()}, {"result": "unproven", "missing": ("A01", "A16"), "wrong": ()},
    ),
    failing=(
        {"result": "complete", "missing": ("A16",), "wrong": ()}, {"result": "complete", "missing": (), "wrong": ("A12",)},
        {"result": "lacking", "missing": (), "wrong": ()}, {"result": "unproven", "missing": ("A02",), "wrong": ()},
    ),
)  # fmt: skip
AUD_02 = _rule(
    "AUD-02", "不审核本人和近亲属的档案", "审核旧档案、决定党员身份的人员，不得办理本人、近亲属以及由其培养联系、介绍入党的人员的事项。",
    holds=lambda *, is_near: not is_near, passing=({"is_near": False}, {"is_near": 0}), failing=({"is_near": True}, {"is_near": 1}),
)  # fmt: skip
AUD_03 = _rule(
    "AUD-03", "先审核档案，后作出决定", "党员身份的认定和不予承认，以档案审核为前提：档案有误、无法证明党员身份，或者查有违反原则的问题的，方可作出决定。",
    holds=lambda *, result, is_grave: bool(result) and (result in (WRONG, UNPROVEN) or is_grave),
    passing=(
        {"result": "unproven", "is_grave": False}, {"result": "wrong", "is_grave": False}, {"result": "lacking", "is_grave": True},
    ),
    failing=({"result": "", "is_grave": False}, {"result": "complete", "is_grave": False}, {"result": "lacking", "is_grave": False}),
)  # fmt: skip
AUD_04 = _rule(
    "AUD-04", "决定写明机关和文号", "党员身份的认定和不予承认，由县级以上党组织作出，写明决定机关、文号和理由。",
    holds=lambda *, body, document: bool(body) and bool(document),
    passing=({"body": "中共青岚县委", "document": "青组认〔2026〕1号"}, {"body": "县委组织部", "document": "青组〔2026〕12号"}),
    failing=({"body": "", "document": "青组认〔2026〕1号"}, {"body": "县委组织部", "document": ""}),
)  # fmt: skip
AUD_05 = _rule(
    "AUD-05", "决定告知本人", "决定应当书面告知本人，说明理由和申诉的途径；作出决定以前听取本人意见（PRV-03、PRV-08）。",
    holds=lambda *, told_on: told_on is not None,
    passing=({"told_on": date(2026, 3, 2)}, {"told_on": date(2026, 4, 1)}), failing=({"told_on": None}, {"told_on": None}),
)  # fmt: skip
AUD_06 = _rule(
    "AUD-06", "决定的日期在审核和入党以后", "决定的日期不早于档案审核，并在入党日期之后。",
    holds=lambda *, on, audited_on, membership_on: on >= audited_on and on > membership_on,
    passing=(
        {"on": date(2026, 3, 2), "audited_on": date(2026, 3, 2), "membership_on": date(2021, 5, 15)},
        {"on": date(2026, 4, 2), "audited_on": date(2026, 3, 2), "membership_on": date(2021, 5, 15)},
    ),
    failing=(
        {"on": date(2026, 3, 1), "audited_on": date(2026, 3, 2), "membership_on": date(2021, 5, 15)},
        {"on": date(2021, 5, 15), "audited_on": date(2021, 5, 15), "membership_on": date(2021, 5, 15)},
    ),
)  # fmt: skip
RULES: Final = (AUD_01, AUD_02, AUD_03, AUD_04, AUD_05, AUD_06)


@dataclass(frozen=True, slots=True)
class Audited:
    """How an old file was found, as somebody writes it down; codes of slots in their order."""

    on: date
    result: str
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a body decided about a membership, as somebody writes it down."""

    decision: str
    on: date
    body: str
    document: str
    reason: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the file of somebody gives for a decision: the result of the last audit and its day, whether a breach of principle was found."""

    result: str = ""
    audited_on: date | None = None
    is_grave: bool = False


def audit_objections(audited: Audited, *, today: date) -> Iterator[Objection]:
    """Everything against an audit as it is filled in."""
    if not DEV_21.holds(day=audited.on, today=today):
        yield DEV_21.objection(f"审核日期 {on_paper(audited.on)}晚于今天")
    if not AUD_01.holds(result=audited.result, missing=audited.missing, wrong=audited.wrong):
        yield AUD_01.objection(_unfit(audited), "核对缺少、有误的材料，或者改选审核结果。")


def _unfit(audited: Audited) -> str:
    if audited.result == COMPLETE:
        named = "、".join(
            SLOTS[one].title for one in (*audited.missing, *audited.wrong) if one not in LOCAL or one in audited.wrong
        )
        return f"“{named}”缺少或者有误，不能认定为齐全"
    return {LACKING: "没有写明缺少哪些材料", WRONG: "没有写明哪些材料有误", UNPROVEN: "核心材料没有缺少，也没有错误"}[
        audited.result
    ]


def decision_objections(decided: Decided, ground: Ground, *, membership_on: date, today: date) -> Iterator[Objection]:
    """Everything against a decision about one person's membership."""
    if not AUD_03.holds(result=ground.result, is_grave=ground.is_grave):
        said = "档案还没有审核" if not ground.result else "档案审核没有发现有误、无法证明身份或者违反原则的问题"
        yield AUD_03.objection(said, "先登记档案审核的结果和发现的问题。")
    elif not AUD_06.holds(on=decided.on, audited_on=ground.audited_on or decided.on, membership_on=membership_on):
        yield AUD_06.objection(f"决定日期 {on_paper(decided.on)}早于档案审核或者不在入党以后")
    if not AUD_04.holds(body=decided.body, document=decided.document):
        yield AUD_04.objection("没有写明决定机关和文号")
    if not AUD_05.holds(told_on=decided.told_on):
        yield AUD_05.objection("没有写明告知本人的日期", "书面告知本人以后登记。")
    for day, label in ((decided.on, "决定日期"), (decided.told_on, "告知日期")):
        if day is not None and not DEV_21.holds(day=day, today=today):
            yield DEV_21.objection(f"{label} {on_paper(day)}晚于今天")
