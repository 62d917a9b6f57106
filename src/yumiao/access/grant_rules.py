"""Who may be let read a section of a case, for what, how long (知悉范围): every reason against a grant at once. Pure.

Must not know: how a grant is kept, who is signed in.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.rules import OWN
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN
from yumiao.rulebook import Confidence, Rule

LONGEST: Final = timedelta(days=90)
EMERGENCY: Final = timedelta(hours=2)
SHORTEST_PURPOSE: Final = 5
SHORTEST_REASON: Final = 20


@dataclass(frozen=True, slots=True)
class Granting:
    """A grant as somebody fills it in. `reaches`: a post of the grantee's own stands above the case; `investigates`: he is named to look into it."""

    giver: uuid.UUID
    taker: uuid.UUID
    purpose: str
    since: date
    until: date
    reaches: bool
    investigates: bool = False
    is_near: bool = False


def is_said(*, purpose: str) -> bool:
    """Whether a purpose says something."""
    return len(purpose.strip()) >= SHORTEST_PURPOSE


def is_soon_over(*, since: date, until: date) -> bool:
    """Whether a grant ends, within ninety days; `until` is its first day without."""
    return since < until <= since + LONGEST


def may_take(*, is_self: bool, reaches: bool, investigates: bool, is_near: bool) -> bool:
    """Whether somebody may be let read: not by himself, from above the case or as its investigator, never near the person."""
    return not is_self and not is_near and (reaches or investigates)


def is_grave(*, reason: str) -> bool:
    """Whether the reason for opening at once is written out."""
    return len(reason.strip()) >= SHORTEST_REASON


ACC_17 = Rule(
    id="ACC-17",
    title="授权阅看写明用途",
    text="部门联审答复、异议来源、政治审查材料、家庭成员情况不因职务打开，只凭授权阅看。授权写明用途，不少于5个字；每次打开都有查阅记录，记明用途。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=is_said,
    passing=({"purpose": "核对联审意见"}, {"purpose": "复审政审材料"}),
    failing=({"purpose": ""}, {"purpose": "  工作 "}),
    words={"purpose": "用途"},
)
ACC_18 = Rule(
    id="ACC-18",
    title="授权阅看的期限",
    text="授权阅看最长90日，到期自行失效，随时可以收回。获准的人任职结束、账号停用，或者本人转出其管理范围的，即时失效。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=is_soon_over,
    passing=(
        {"since": date(2026, 3, 1), "until": date(2026, 3, 2)},
        {"since": date(2026, 3, 1), "until": date(2026, 5, 30)},
    ),
    failing=(
        {"since": date(2026, 3, 1), "until": date(2026, 5, 31)},
        {"since": date(2026, 3, 1), "until": date(2026, 3, 1)},
    ),
    words={"since": "开始", "until": "失效"},
)
ACC_19 = Rule(
    id="ACC-19",
    title="谁可以获准阅看",
    text="只授权给本人所在单位或者上级单位、以自己的任职可以查看人员资料的人，以及指定的核查人；不给自己授权，不授权给本人、培养联系人、入党介绍人和近亲属。代办人不继承授权。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=may_take,
    passing=(
        {"is_self": False, "reaches": True, "investigates": False, "is_near": False},
        {"is_self": False, "reaches": False, "investigates": True, "is_near": False},
    ),
    failing=(
        {"is_self": True, "reaches": True, "investigates": False, "is_near": False},
        {"is_self": False, "reaches": True, "investigates": False, "is_near": True},
        {"is_self": False, "reaches": False, "investigates": False, "is_near": False},
    ),
    words={
        "is_self": "给自己授权",
        "reaches": "任职管到本人",
        "investigates": "指定的核查人",
        "is_near": "本人或者利害关系人",
    },
)
ACC_20 = Rule(
    id="ACC-20",
    title="紧急阅看",
    text="县委组织部干部遇紧急情况可以不经授权打开一部分内容，写明理由，不少于20个字，两小时后自行失效；安全保密管理员和审计人员即时看到。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=is_grave,
    passing=(
        {"reason": "县委常委会今天上午研究，需要当场核对联审答复的原文。"},
        {"reason": "上级党委来电要求一小时内报告政治审查的结论和依据。"},
    ),
    failing=({"reason": ""}, {"reason": "领导急用，来不及授权"}),
    words={"reason": "理由"},
)
RULES = (ACC_17, ACC_18, ACC_19, ACC_20)


def granting_objections(asked: Granting) -> list[Objection]:
    """Everything against a grant."""
    found = []
    if not ACC_17.holds(purpose=asked.purpose):
        found.append(ACC_17.objection("用途不到5个字", "写明办理什么事项。"))
    if not ACC_18.holds(since=asked.since, until=asked.until):
        found.append(ACC_18.objection("授权的截止日期应在今天以后、90日以内", "改截止日期。"))
    is_self = asked.giver == asked.taker
    if not ACC_19.holds(is_self=is_self, reaches=asked.reaches, investigates=asked.investigates, is_near=asked.is_near):
        found.append(ACC_19.objection(_why(asked, is_self), "请由其他经办人办理，或者另选一人。"))
    return found


def _why(asked: Granting, is_self: bool) -> str:
    if is_self:
        return "不能给自己授权"
    if asked.is_near:
        return "该账号是本人或者利害关系人"
    return "该账号的任职管不到本人，也不是指定的核查人"


def emergency_objections(reason: str) -> list[Objection]:
    """Everything against opening at once."""
    if ACC_20.holds(reason=reason):
        return []
    return [ACC_20.objection("紧急阅看的理由不到20个字", "写明什么情况、为什么来不及授权。")]
