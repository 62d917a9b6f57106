"""The rules on what stands before a step beside the steps: publicity, joint review, review at three levels (domain 4.3, 7). Pure.

Of a late entry, from a paper file, they warn: what was done on paper then cannot be done again; the reason says where it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from yumiao.admission import gates
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.gates import (
    CONTINUE,
    KIND_BEFORE,
    POINTS_BEFORE,
    ROUND_BEFORE,
    SAMPLED_POINTS,
    Gate,
    Reviewed,
    Round,
)
from yumiao.admission.history import MEETING, CaseFile
from yumiao.admission.order_rules import DEV_13
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "ends_on": "公示截止日", "on": "本步日期", "is_over": "公示已满", "open": "未办结的异议", "closed_on": "联审办结日", "valid_until": "联审有效期末日",
    "missing": "未答复的部门数", "effect": "结论", "concluded": "已有书面结论", "approved": "审查通过的层级", "asked": "应经审查的层级",
    "same": "与审查时一致", "is_near": "应当回避",
}  # fmt: skip


def _own(
    rule: str, title: str, text: str, *, holds: Callable[..., bool], passing: tuple[Mapping[str, object], ...],
    failing: tuple[Mapping[str, object], ...],
) -> Rule:  # fmt: skip
    return Rule(
        id=rule, title=title, text=text, source=HANDBOOK, article=rule, since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=holds,
        passing=passing, failing=failing,
    )  # fmt: skip


PUB_01 = _own(
    "PUB-1", "拟确定的发展对象公示", "本县启用的，确定发展对象后、上级党委备案前进行公示，期满且异议处理完毕的方可备案。",
    holds=lambda *, is_over, open: is_over and open == 0,
    passing=({"is_over": True, "open": 0}, {"is_over": 1, "open": 0}), failing=({"is_over": False, "open": 0}, {"is_over": True, "open": 1}),
)  # fmt: skip
PUB_02 = _own(
    "PUB-2", "拟接收的预备党员公示", "预审合格后、支部大会讨论前进行公示，期满且异议全部调查处理完毕的，方可召开支部大会。",
    holds=lambda *, is_over, open: is_over and open == 0,
    passing=({"is_over": True, "open": 0}, {"is_over": 1, "open": 0}), failing=({"is_over": False, "open": 0}, {"is_over": True, "open": 2}),
)  # fmt: skip
PUB_03 = _own(
    "PUB-3", "拟转正的预备党员公示", "支部大会讨论转正前进行公示，期满且异议全部调查处理完毕的，方可讨论。",
    holds=lambda *, is_over, open: is_over and open == 0,
    passing=({"is_over": True, "open": 0}, {"is_over": 1, "open": 0}), failing=({"is_over": False, "open": 0}, {"is_over": True, "open": 1}),
)  # fmt: skip
PUB_04 = _own(
    "PUB-4", "异议查清后办理", "对本人的异议、举报没有调查处理完毕的，不得表决、审批；经调查决定暂缓或者停止的，不再继续。",
    holds=lambda *, open, effect: open == 0 and effect in ("", CONTINUE),
    passing=({"open": 0, "effect": ""}, {"open": 0, "effect": "continue"}), failing=({"open": 1, "effect": ""}, {"open": 0, "effect": "suspend"}),
)  # fmt: skip
DEV_27 = _own(
    "DEV-27", "积极分子联审办结后确定发展对象", "确定发展对象以前，入党积极分子的部门联审应当办结；没有答复的不视为通过。",
    holds=lambda *, closed_on, on: closed_on is not None and closed_on <= on,
    passing=({"closed_on": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"closed_on": date(2026, 3, 2), "on": date(2026, 4, 1)}),
    failing=({"closed_on": None, "on": date(2026, 3, 2)}, {"closed_on": date(2026, 3, 3), "on": date(2026, 3, 2)}),
)  # fmt: skip
REV_10 = _own(
    "REV-10", "发展对象联审办结后预审", "支部委员会审查以后、党委预审以前，由县委组织部集中送有关部门联审；办结后方可预审。",
    holds=lambda *, closed_on, on: closed_on is not None and closed_on <= on,
    passing=({"closed_on": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"closed_on": date(2026, 3, 2), "on": date(2026, 4, 1)}),
    failing=({"closed_on": None, "on": date(2026, 3, 2)}, {"closed_on": date(2026, 3, 3), "on": date(2026, 3, 2)}),
)  # fmt: skip
REV_13 = _own(
    "REV-13", "没有答复的不视为通过", "有关部门应在期限内逐人答复；没有答复的催办，不视为通过。", holds=lambda *, missing: missing == 0,
    passing=({"missing": 0}, {"missing": False}), failing=({"missing": 1}, {"missing": 4}),
)  # fmt: skip
REV_14 = _own(
    "REV-14", "有不良记录的由人作出结论",
    "有不良记录或者不掌握情况的答复不直接否决：由乡镇党委写明继续、暂缓或者停止的结论和理由；除法律规定不得告知的外，告知本人。",
    holds=lambda *, concluded, effect: concluded and effect == CONTINUE,
    passing=({"concluded": True, "effect": "continue"}, {"concluded": 1, "effect": "continue"}),
    failing=({"concluded": False, "effect": ""}, {"concluded": True, "effect": "stop"}),
)  # fmt: skip
REV_16 = _own(
    "REV-16", "联审结果在有效期内", "部门联审结果自办结之日起在本县规定的期限内有效；超过的，在下一关口以前重新联审。",
    holds=lambda *, valid_until, on: on <= valid_until,
    passing=({"valid_until": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"valid_until": date(2026, 3, 2), "on": date(2025, 4, 1)}),
    failing=({"valid_until": date(2026, 3, 2), "on": date(2026, 3, 3)}, {"valid_until": date(2025, 3, 2), "on": date(2026, 3, 2)}),
)  # fmt: skip
REV_20 = _own(
    "REV-20", "三级审查", "支委会审查前经村级审查，党委预审前经乡镇和县级审查，审批前经乡镇审查，审批后、转正审批后经县级审查；每次审查填写清单，写明结论。",
    holds=lambda *, asked, approved: set(asked) <= set(approved),
    passing=({"asked": ("township_13",), "approved": ("township_13", "county_13")}, {"asked": (), "approved": ()}),
    failing=({"asked": ("township_13", "county_13"), "approved": ("township_13",)}, {"asked": ("village_12",), "approved": ()}),
)  # fmt: skip
REV_21 = _own(
    "REV-21", "审查后有变更的重新审查", "审查通过以后，所审查的记录或者材料有变更的，须重新审查。", holds=lambda *, same: bool(same),
    passing=({"same": True}, {"same": 1}), failing=({"same": False}, {"same": 0}),
)  # fmt: skip
REV_22 = _own(
    "REV-22", "审查、调查的回避",
    "审查人、调查人、作出结论的人和验收人，不得是本人、本人三代以内的亲属、培养联系人或者入党介绍人。",
    holds=lambda *, is_near: not is_near, passing=({"is_near": False}, {"is_near": 0}), failing=({"is_near": True}, {"is_near": 1}),
)  # fmt: skip
RULES: Final = (PUB_01, PUB_02, PUB_03, PUB_04, DEV_27, REV_10, REV_13, REV_14, REV_16, REV_20, REV_21, REV_22)
_NOTICE_RULE: Final = {8: PUB_01, 15: DEV_13, 23: PUB_03}
_AFTER: Final = {8: 7, 15: 13, 23: 17}
VOTES: Final = (15, 17, 23, 24)
_POINTS: Final = {
    "village_12": "村级审查", "township_13": "乡镇审查", "county_13": "县级审查", "township_17": "乡镇审查", "county_17": "县级审查",
    "county_24": "县级审查",
}  # fmt: skip


def gate_objections(file: CaseFile, asked: Asked, ground: Ground) -> list[Objection]:
    """Everything that stands before a step beside the steps; only warnings of one long past."""
    found = [*_publicity(file, asked, ground), *_joint(file, asked, ground), *_reviews(file, asked, ground)]
    if ground.today - asked.on > timedelta(days=ground.terms.late_days):
        return [
            replace(one, severity=Severity.WARN, next_step="按当时的纸质材料补录的，写明理由和材料所在。")
            for one in found
        ]
    return found


def _publicity(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    if asked.step in KIND_BEFORE and KIND_BEFORE[asked.step][0] in ground.asks:
        rule, kind = _NOTICE_RULE[asked.step], KIND_BEFORE[asked.step][1]
        posted = gates.notice_for(file.notices, kind, file.on(_AFTER[asked.step]))
        if posted is None:
            absent = PUB_02 if asked.step == MEETING else rule
            yield absent.objection(
                "没有公示记录", "先发布公示，期满且没有未办结的异议后再登记。", severity=Severity.BLOCK
            )
        elif asked.on <= posted.closes_on:
            first = posted.closes_on + timedelta(days=1)
            yield rule.objection(
                f"公示截止于{on_paper(posted.closes_on)}", f"最早为{on_paper(first)}。", severity=Severity.BLOCK
            )
    if asked.step in VOTES or asked.step in KIND_BEFORE:
        yield from _objected(file)


def _objected(file: CaseFile) -> Iterator[Objection]:
    pending = [one for one in file.objected if one.is_open]
    if pending:
        yield PUB_04.objection(
            f"有 {len(pending)} 件异议、举报没有办结", "由调查人作出结论后再办理。", severity=Severity.BLOCK
        )
    elif any(one.effect == gates.STOP for one in file.objected):
        yield PUB_04.objection("经调查决定停止办理", "在本人档案页登记停止培养。", severity=Severity.BLOCK)
    elif any(one.effect == gates.SUSPEND for one in file.objected):
        yield PUB_04.objection("经调查决定暂缓办理", "情况消除后，由调查人更改结论。", severity=Severity.BLOCK)


def _joint(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    round_ = ROUND_BEFORE.get(asked.step)
    if round_ is None or Gate.JOINT_REVIEW not in ground.asks:
        return
    found = gates.round_for(file.rounds, round_)
    rule = DEV_27 if round_ == gates.ACTIVIST else REV_10
    if found is None:
        yield rule.objection("没有送部门联审", "由县委组织部列入下一批联审名单。", severity=Severity.BLOCK)
    elif found.missing:
        yield REV_13.objection(
            f"还有 {found.missing} 个部门没有答复，期限{on_paper(found.due_on)}", "催办；部门改以书面答复的，由县委组织部登记。",
            severity=Severity.BLOCK,
        )  # fmt: skip
    else:
        yield from _answered(found, rule, asked.on, ground.joint_valid_months)


def _answered(found: Round, rule: Rule, on: date, months: int) -> Iterator[Objection]:
    closed, until = found.closed_on, found.valid_until(months)
    if closed is None:
        yield REV_14.objection("有需要作出结论的答复", "由获准阅看的人员写明结论。", severity=Severity.BLOCK)
    elif not found.is_passed:
        said = "停止培养" if found.effect == gates.STOP else "暂缓办理"
        yield REV_14.objection(f"联审结论为{said}", "情况消除后，由作出结论的人员更改。", severity=Severity.BLOCK)
    elif on < closed:
        yield rule.objection(f"联审于{on_paper(closed)}办结", f"最早为{on_paper(closed)}。", severity=Severity.BLOCK)
    elif until is not None and on > until:
        yield REV_16.objection(
            f"联审于{on_paper(closed)}办结，有效至{on_paper(until)}", "由县委组织部列入下一批联审名单，重新联审后办理。",
            severity=Severity.BLOCK,
        )  # fmt: skip


def points_asked(file: CaseFile, step: int, ground: Ground) -> tuple[str, ...]:
    """The points of 三审 that stand before a step of this case: where the county reviews a sample, only what it fell on."""
    if Gate.REVIEW not in ground.asks:
        return ()
    whole = ground.is_every_case_reviewed
    return tuple(one for one in POINTS_BEFORE.get(step, ()) if whole or one not in SAMPLED_POINTS or file.is_sampled)


def _reviews(file: CaseFile, asked: Asked, ground: Ground) -> Iterator[Objection]:
    for point in points_asked(file, asked.step, ground):
        found = gates.review_at(file.reviews, point)
        if found is None:
            yield REV_20.objection(
                f"没有经过{_POINTS[point]}", "由负责审查的人员审查通过后再登记。", severity=Severity.BLOCK
            )
        elif not found.is_approved:
            yield REV_20.objection(
                f"{_POINTS[point]}退回整改（{on_paper(found.on)}）",
                "整改完毕，重新审查通过后再登记。",
                severity=Severity.BLOCK,
            )


def changed_objection(found: Reviewed) -> Objection:
    """That what a review had seen is not as it was (REV-21)."""
    return REV_21.objection(
        f"{_POINTS[found.point]}（{on_paper(found.on)}）后，记录或者材料有变更", "由负责审查的人员看过变更之处，重新审查。",
        severity=Severity.BLOCK,
    )  # fmt: skip
