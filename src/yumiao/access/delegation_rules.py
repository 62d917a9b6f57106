"""Who may act for whom, as what, for how long (代办): every reason against a delegation at once. Pure.

Must not know: how a delegation is kept, who is signed in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.access.rules import LABELLED, OWN, Appointer, Post, may_appoint, objections_to_appointer, reaches
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN, FOREVER, on_screen
from yumiao.rulebook import Confidence, Rule

LONGEST: Final = timedelta(days=90)
STEP: Final = 6  # digits of one level of a path
# What can be done for somebody else: not one's own data, not the office of whoever inspects or administers.
LENDABLE: Final = frozenset(
    {
        Role.COUNTY_OFFICER, Role.TOWNSHIP_CLERK, Role.BRANCH_SECRETARY, Role.DEPARTMENT_REVIEWER, Role.ASSISTING_UNIT,
    }
)  # fmt: skip
APART: Final = frozenset({Role.AUDITOR, *(role for role in Role if role.is_administrator)})
# Rights over other people's rights stay with their holder.
KEPT: Final = frozenset(
    {
        Permission.ACCOUNT_INVITE, Permission.ACCOUNT_SUSPEND, Permission.APPOINTMENT_END, Permission.TOKEN_ISSUE,
    }
)  # fmt: skip


def lendable(role: Role) -> frozenset[Permission]:
    """What of a role's rights somebody else may exercise."""
    return GRANTS[role] - KEPT if role in LENDABLE else frozenset()


def is_short_enough(*, since: date, until: date, today: date, giver_until: date) -> bool:
    """From today or later on, at most ninety days, and no longer than the giver holds the post himself."""
    return today <= since < until <= min(since + LONGEST, giver_until)


def stand_over(*, role: Role, other: Role) -> bool:
    """Whether one of the two appoints the other, and so answers for his work; a member is under everybody's eyes and over nobody."""
    over = may_appoint(appointer=[role], role=other) or may_appoint(appointer=[other], role=role)
    return over and other is not Role.MEMBER


def may_act_for(*, own: Collection[Post], post: Post) -> bool:
    """Whether somebody with these posts may hold `post` for another.

    He works at the unit or below it, or in the same role at a sister unit; and none of his posts stands over it or under it, or inspects.
    """
    return any(_is_near(one, post) for one in own) and not is_entangled(own=own, post=post)


def _is_near(one: Post, post: Post) -> bool:
    return reaches(own=post.path, unit=one.path) or (one.role is post.role and _above(one.path) == _above(post.path))


def _above(path: str) -> str:
    return path[:-STEP]


def is_entangled(*, own: Collection[Post], post: Post) -> bool:
    """Whether one of somebody's posts inspects, or stands over or under `post`, so that he would review himself."""
    return any(
        one.role in APART or (stand_over(role=post.role, other=one.role) and _on_one_line(one.path, post.path))
        for one in own
    )


def _on_one_line(one: str, other: str) -> bool:
    return reaches(own=one, unit=other) or reaches(own=other, unit=one)


ACC_12 = Rule(
    id="ACC-12",
    title="哪些任职可以委托代办",
    text=(
        "县委组织部干部、乡镇组织干事、党支部书记、部门联审员、帮扶单位联络员因外出、学习、病休等不能履职的，其任职可以委托他人代办；"
        "由本人委托，或者由有权授予这项任职的上级办理。检查审计人员、三类管理员和党员本人的任职不委托代办。"
    ),
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, role: LABELLED[role] in LENDABLE,
    passing=({"role": "乡镇组织干事"}, {"role": "党支部书记"}),
    failing=({"role": "检查审计人员"}, {"role": "系统管理员"}, {"role": "党员"}),
    words={"role": "委托的任职"},
)
ACC_13 = Rule(
    id="ACC-13",
    title="代办的期限",
    text="代办自当日或者以后的日期开始，最长90日，不超过委托人任职的期限；到期自行失效，随时可以收回。委托人任职结束、账号停用的，代办随即失效。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=is_short_enough,
    passing=(
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 5, 30),
            "today": date(2026, 3, 1),
            "giver_until": FOREVER,
        },
        {
            "since": date(2026, 3, 10),
            "until": date(2026, 3, 11),
            "today": date(2026, 3, 1),
            "giver_until": date(2026, 3, 11),
        },
    ),
    failing=(
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 5, 31),
            "today": date(2026, 3, 1),
            "giver_until": FOREVER,
        },
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 3, 20),
            "today": date(2026, 3, 1),
            "giver_until": date(2026, 3, 19),
        },
        {
            "since": date(2026, 2, 28),
            "until": date(2026, 3, 20),
            "today": date(2026, 3, 1),
            "giver_until": FOREVER,
        },
    ),
    words={"since": "开始", "until": "失效", "today": "当日", "giver_until": "委托人任职失效"},
)
ACC_14 = Rule(
    id="ACC-14",
    title="由谁代办",
    text=(
        "代办人应当在委托人任职的组织或者其下级任职，或者在同一上级的其他组织任同一职务；代办人的任职与委托的任职之间有授予与被授予关系的，"
        "互不代办，党员账号除外；检查审计人员和三类管理员不为他人代办。代办人没有任职的，代办随即失效。"
    ),
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, role, other: (
        not stand_over(role=LABELLED[role], other=LABELLED[other]) and LABELLED[other] not in APART
    ),
    passing=({"role": "乡镇组织干事", "other": "乡镇组织干事"}, {"role": "党支部书记", "other": "党员"}),
    failing=(
        {"role": "党支部书记", "other": "乡镇组织干事"},
        {"role": "乡镇组织干事", "other": "党支部书记"},
        {"role": "乡镇组织干事", "other": "检查审计人员"},
    ),
    words={"role": "委托的任职", "other": "代办人的任职"},
)
ACC_15 = Rule(
    id="ACC-15",
    title="代办的权限",
    text="代办人只行使委托的任职本身的权限，可以再减，不得增加；不包括邀请开户、授予和结束任职、停用账号、签发接口令牌，也不得转托他人，接口令牌不因代办取得权限。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, role, wanted: bool(wanted) and set(wanted) <= {one.label for one in lendable(LABELLED[role])},
    passing=(
        {"role": "乡镇组织干事", "wanted": ["查看组织", "导入工作簿、撤销导入、与全国系统对账"]},
        {"role": "党支部书记", "wanted": ["查看人员（号码掩码）"]},
    ),
    failing=(
        {"role": "乡镇组织干事", "wanted": ["查看组织", "邀请开户、授予任职"]},
        {"role": "县委组织部干部", "wanted": ["签发接口令牌"]},
        {"role": "党支部书记", "wanted": []},
    ),
    words={"role": "委托的任职", "wanted": "代办的权限"},
)
ACC_16 = Rule(
    id="ACC-16",
    title="同一任职同一时期只委托一人",
    text="同一人的同一任职，在同一时期只委托一人代办；换人的，先收回。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, since, until, other_since, other_until: until <= other_since or other_until <= since,
    passing=(
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 3, 8),
            "other_since": date(2026, 3, 8),
            "other_until": date(2026, 3, 20),
        },
        {
            "since": date(2026, 3, 20),
            "until": date(2026, 3, 25),
            "other_since": date(2026, 3, 8),
            "other_until": date(2026, 3, 20),
        },
    ),
    failing=(
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 3, 9),
            "other_since": date(2026, 3, 8),
            "other_until": date(2026, 3, 20),
        },
        {
            "since": date(2026, 3, 10),
            "until": date(2026, 3, 11),
            "other_since": date(2026, 3, 8),
            "other_until": date(2026, 3, 20),
        },
    ),
    words={"since": "开始", "until": "失效", "other_since": "另一次开始", "other_until": "另一次失效"},
)
RULES = (ACC_12, ACC_13, ACC_14, ACC_15, ACC_16)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A delegation somebody asks for: the post with its end, for how long, which rights, and whether a reason is given."""

    post: Post
    giver_until: date
    since: date
    until: date
    permissions: Collection[Permission]
    is_giver: bool


def objections_to_delegation(
    wanted: Wanted,
    *,
    appointer: Appointer,
    can_act: bool,
    others: Collection[tuple[date, date]],
    today: date,
) -> list[Objection]:
    """Every reason against it. `can_act`: what `may_act_for` says of the delegate; `others`: times this post is lent out already."""
    post, found = wanted.post, []
    if post.role not in LENDABLE:
        found.append(ACC_12.objection(f"“{post.role.label}”的任职不能委托代办。", "请由授予任职的上级另行安排。"))
    if not wanted.is_giver:
        found += objections_to_appointer(appointer, post)
    if not is_short_enough(since=wanted.since, until=wanted.until, today=today, giver_until=wanted.giver_until):
        latest = on_screen(min(wanted.since + LONGEST, wanted.giver_until))
        found.append(
            ACC_13.objection(
                f"代办应当自今天或者以后开始，失效晚于开始，最长 {LONGEST.days} 日，不超过委托人的任职。",
                f"失效日期最晚可填{latest}。",
            )
        )
    if not can_act:
        found.append(ACC_14.objection("所选的人不能为这项任职代办。", "请另选本组织的人，或者同级组织任同一职务的人。"))
    if not wanted.permissions or not set(wanted.permissions) <= lendable(post.role):
        found.append(ACC_15.objection("代办的权限应当是委托任职的权限，至少一项。", "请重新选择权限。"))
    for since, until in others:
        if wanted.since < until and since < wanted.until:
            found.append(
                ACC_16.objection(
                    f"这项任职自{on_screen(since)}起已经委托代办，至{on_screen(until)}失效。", "请先收回，或者改期。"
                )
            )
    return found
