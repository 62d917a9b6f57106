"""Who may appoint whom as what, where and from when; every reason against an appointment at once.

Pure: no database, no clock. Must not know: how an appointment is kept, and who is signed in.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.access.permissions import MAY_APPOINT, Role
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN, FOREVER, on_paper
from yumiao.kernel.scope import Range
from yumiao.rulebook import Confidence, Rule
from yumiao.units.rules import KINDS, Form, Sector

OWN = "本系统约定"
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")
GRADED_PROTECTION = "《信息安全技术 网络安全等级保护基本要求》（GB/T 22239-2019）"


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a unit: what somebody holds, or is to hold. `path` and `kind` are the unit's, `kind` by its label."""

    role: Role
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Appointer:
    """Who appoints: the posts he holds today. The operator at the machine itself may appoint anybody anywhere."""

    posts: tuple[Post, ...] = ()
    is_operator: bool = False


OPERATOR_APPOINTS = Appointer(is_operator=True)


def may_appoint(*, appointer: Collection[Role], role: Role) -> bool:
    """Whether somebody with these roles, at the unit or above it, may appoint as `role`, and end it again."""
    return any(role in MAY_APPOINT.get(one, ()) for one in appointer)


def reaches(*, own: str, unit: str) -> bool:
    """Whether the unit at path `unit` lies in the subtree of the one at path `own`."""
    return Range.below(own).covers(unit)


def may_stand_together(*, roles: Collection[Role]) -> bool:
    """An administrator is that and nothing else."""
    return len(set(roles)) <= 1 or not any(role.is_administrator for role in roles)


def is_in_order(*, since: date, until: date | None, today: date) -> bool:
    """From today or later on, and over after it begins."""
    return today <= since < (until or FOREVER)


def fits(*, role: Role, kind: str) -> bool:
    """Whether a role can be held at a unit of that kind."""
    unit = KINDS[kind]
    match role:
        case Role.TOWNSHIP_CLERK:
            return unit.sector is Sector.TOWNSHIP
        case Role.BRANCH_SECRETARY:
            return unit.is_village or unit.form in (Form.BRANCH, Form.GENERAL_BRANCH)
        case Role.MEMBER:
            return unit.form in (Form.BRANCH, Form.GROUP)
        case Role.ASSISTING_UNIT:
            return unit.sector is Sector.TOWNSHIP or unit.is_village
        case Role.AUDITOR:
            return unit.sector in (Sector.COUNTY, Sector.TOWNSHIP)
        case _:
            return unit.sector is Sector.COUNTY


LABELLED: Final = {role.label: role for role in Role}


def _roles(labels: Collection[str]) -> list[Role]:
    return [LABELLED[label] for label in labels]


ACC_01 = Rule(
    id="ACC-01",
    title="谁可以授予什么任职",
    text="安全管理员授予各种任职；县委组织部干部授予干事、书记、联审员、联络员和党员的任职；乡镇组织干事授予书记和党员的任职。能授予的，才能结束。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, appointer, role: may_appoint(appointer=_roles(appointer), role=LABELLED[role]),
    passing=(
        {"appointer": ["乡镇组织干事"], "role": "党支部书记"},
        {"appointer": ["安全管理员"], "role": "县委组织部干部"},
    ),
    failing=(
        {"appointer": ["乡镇组织干事"], "role": "乡镇组织干事"},
        {"appointer": ["县委组织部干部"], "role": "检查审计人员"},
        {"appointer": ["系统管理员"], "role": "党员"},
    ),
    words={"appointer": "授予人的任职", "role": "所授任职"},
)
ACC_02 = Rule(
    id="ACC-02",
    title="任职只在本组织及其下级授予",
    text="授予或者结束任职，限于授予人任职的组织及其下级组织。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=reaches,
    passing=({"own": "000001", "unit": "000001000002"}, {"own": "000001000002", "unit": "000001000002"}),
    failing=({"own": "000001000002", "unit": "000001000003"}, {"own": "000001000002", "unit": "000001"}),
    words={"own": "授予人的组织路径", "unit": "所授任职的组织路径"},
)
ACC_03 = Rule(
    id="ACC-03",
    title="三类管理员互不兼任",
    text="系统管理员、安全管理员、审计管理员由不同的人担任，也不兼任其他任职。",
    source=GRADED_PROTECTION,
    article="安全管理中心：系统管理、审计管理、安全管理",
    since=date(2019, 12, 1),
    confidence=Confidence.FROM_MEMORY,
    holds=lambda *, roles: may_stand_together(roles=_roles(roles)),
    passing=({"roles": ["系统管理员"]}, {"roles": ["乡镇组织干事", "党员"]}),
    failing=(
        {"roles": ["系统管理员", "审计管理员"]},
        {"roles": ["安全管理员", "县委组织部干部"]},
    ),
    words={"roles": "同一人的任职"},
)
ACC_04 = Rule(
    id="ACC-04",
    title="任职的起止",
    text="任职自当日或者以后的日期开始，不得倒填；任职期间有结束日期的，结束日期晚于开始日期。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=is_in_order,
    passing=(
        {"since": date(2026, 3, 1), "until": None, "today": date(2026, 3, 1)},
        {"since": date(2026, 4, 1), "until": date(2026, 4, 2), "today": date(2026, 3, 1)},
    ),
    failing=(
        {"since": date(2026, 2, 28), "until": None, "today": date(2026, 3, 1)},
        {"since": date(2026, 4, 1), "until": date(2026, 4, 1), "today": date(2026, 3, 1)},
    ),
    words={"since": "开始", "until": "结束", "today": "当日"},
)
ACC_05 = Rule(
    id="ACC-05",
    title="不得为自己办理任职",
    text="任何人不得给自己授予任职，不得结束自己的任职，不得停用、启用自己的账号或者重置自己的登录。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, actor, subject: actor != subject,
    passing=({"actor": "甲", "subject": "乙"}, {"actor": "命令行", "subject": "甲"}),
    failing=({"actor": "甲", "subject": "甲"}, {"actor": "乙", "subject": "乙"}),
    words={"actor": "办理人", "subject": "任职人"},
)
ACC_06 = Rule(
    id="ACC-06",
    title="任职与组织相称",
    text=(
        "县委组织部干部、部门联审员和三类管理员任职于县委，乡镇组织干事任职于乡镇（街道），党支部书记任职于党支部、党总支或者村、社区党组织，"
        "党员任职于所在支部或者小组，帮扶单位联络员任职于乡镇或者村、社区，检查审计人员任职于县委或者乡镇（街道）。"
    ),
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, role, kind: fits(role=LABELLED[role], kind=kind),
    passing=(
        {"role": "乡镇组织干事", "kind": "街道党工委"},
        {"role": "党支部书记", "kind": "村党总支"},
        {"role": "检查审计人员", "kind": "县委"},
    ),
    failing=(
        {"role": "乡镇组织干事", "kind": "村党支部"},
        {"role": "党支部书记", "kind": "乡镇党委"},
        {"role": "系统管理员", "kind": "乡镇党委"},
    ),
    words={"role": "任职", "kind": "组织类别"},
)
ACC_07 = Rule(
    id="ACC-07",
    title="党员账号对应本人",
    text="任职为党员的账号应当对应本县党员名册中的一个人，只能查看本人资料。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, role, names_person: bool(names_person) or LABELLED[role] is not Role.MEMBER,
    passing=({"role": "党员", "names_person": True}, {"role": "党支部书记", "names_person": False}),
    failing=({"role": "党员", "names_person": False}, {"role": "党员", "names_person": None}),
    words={"role": "任职", "names_person": "对应名册中的人"},
)
ACC_08 = Rule(
    id="ACC-08",
    title="同一任职不重复授予",
    text="同一账号在同一组织的同一任职，各段期间不得重叠。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, since, until, other_since, other_until: until <= other_since or other_until <= since,
    passing=(
        {
            "since": date(2026, 3, 1),
            "until": FOREVER,
            "other_since": date(2025, 1, 1),
            "other_until": date(2026, 3, 1),
        },
        {
            "since": date(2026, 3, 1),
            "until": date(2026, 4, 1),
            "other_since": date(2026, 4, 1),
            "other_until": FOREVER,
        },
    ),
    failing=(
        {"since": date(2026, 3, 1), "until": FOREVER, "other_since": date(2026, 5, 1), "other_until": FOREVER},
        {
            "since": date(2026, 3, 1),
            "until": FOREVER,
            "other_since": date(2025, 1, 1),
            "other_until": date(2026, 3, 2),
        },
    ),
    words={"since": "开始", "until": "结束", "other_since": "已有任职开始", "other_until": "已有任职结束"},
)
ACC_09 = Rule(
    id="ACC-09",
    title="登录名",
    text="登录名由 3 至 60 个小写字母、数字、点、横线、下划线组成，以字母开头，在本系统内唯一，开户后不再更改。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, username, is_taken: USERNAME.fullmatch(username) is not None and not is_taken,
    passing=({"username": "wei.xiaohe", "is_taken": False}, {"username": "qs2", "is_taken": False}),
    failing=(
        {"username": "wei.xiaohe", "is_taken": True},
        {"username": "Wei", "is_taken": False},
        {"username": "qs", "is_taken": False},
    ),
    words={"username": "登录名", "is_taken": "已有账号使用"},
)
RULES = (ACC_01, ACC_02, ACC_03, ACC_04, ACC_05, ACC_06, ACC_07, ACC_08, ACC_09)


def objections_to_appointer(appointer: Appointer, post: Post) -> list[Objection]:
    """Why this appointer may neither give nor end `post`; empty means he may."""
    if appointer.is_operator:
        return []
    here = [own for own in appointer.posts if reaches(own=own.path, unit=post.path)]
    if may_appoint(appointer=[own.role for own in here], role=post.role):
        return []
    if may_appoint(appointer=[own.role for own in appointer.posts], role=post.role):
        return [ACC_02.objection("所选组织不在您任职的组织及其下级之内。", "请由上级组织办理。")]
    return [ACC_01.objection(f"您的任职不能授予或者结束“{post.role.label}”。", "请由有权授予的人办理。")]


@dataclass(frozen=True, slots=True)
class Term:
    """A time somebody holds a post, from `since` up to, but without, `until`."""

    post: Post
    since: date
    until: date


def objections_to_term(post: Post, since: date, until: date, *, held: Collection[Term], today: date) -> list[Objection]:
    """What stands against `post` from `since` to `until` beside the terms the account holds already."""
    found = []
    if not is_in_order(since=since, until=until, today=today):
        found.append(ACC_04.objection("任职应当自今天或者以后开始，失效日期晚于开始日期。", "请更改起止日期。"))
    if not fits(role=post.role, kind=post.kind):
        found.append(
            ACC_06.objection(f"“{post.role.label}”不能任职于这类组织（{post.kind}）。", "请另选组织或者任职。")
        )
    beside = [one for one in held if since < one.until and one.since < until]
    if not may_stand_together(roles=[post.role, *(one.post.role for one in beside)]):
        found.append(ACC_03.objection("三类管理员互不兼任，也不兼任其他任职。", "请先结束原任职，或者另开账号。"))
    for one in beside:
        if one.post == post:
            over = "" if one.until == FOREVER else f"至{on_paper(one.until)}"
            found.append(ACC_08.objection(f"同一任职已自{on_paper(one.since)}起授予{over}。", "不必重复授予。"))
    return found


def objections_to_account(username: str, *, is_taken: bool, role: Role, names_person: bool) -> list[Objection]:
    """What stands against opening an account of that name for its first post."""
    found = []
    if USERNAME.fullmatch(username) is None:
        found.append(ACC_09.objection("登录名应为 3 至 60 个小写字母、数字、点、横线或下划线，以字母开头。"))
    elif is_taken:
        found.append(ACC_09.objection("这个登录名已有账号使用。", "请另取一个登录名。"))
    return [*found, *objections_to_person(role, names_person=names_person)]


def objections_to_person(role: Role, *, names_person: bool) -> list[Objection]:
    """A member's post asks for the member."""
    if role is Role.MEMBER and not names_person:
        return [ACC_07.objection("党员账号应当对应名册中的本人。", "请从本人的人员页面开户。")]
    return []


def objection_to_oneself(*, is_self: bool) -> list[Objection]:
    """Nobody acts on his own account and posts."""
    return [ACC_05.objection("不能为自己办理。", "请由另一名有权办理的人操作。")] if is_self else []


def objection_to_end(*, until: date, standing: date, today: date) -> list[Objection]:
    """An appointment ends today or later, and earlier than it would have."""
    if today <= until < standing:
        return []
    if standing <= today:
        return [ACC_04.objection("这项任职已经结束。", "不必再次结束。")]
    over = "" if standing == FOREVER else f"，并早于原定的{on_paper(standing)}"
    return [ACC_04.objection(f"失效日期应当是今天或者以后{over}。", "请更改失效日期。")]


def objections_to_renewal(
    appointer: Appointer, held: Collection[Term], *, is_opened: bool, today: date
) -> list[Objection]:
    """A new invitation code is for an account nobody has opened yet, from whoever may appoint to every one of its posts.

    Whoever has the code may open the account himself: one post beyond his reach, and he would give himself more than he has.
    """
    if is_opened:
        return [ACC_01.objection("账号已经开通，不再发开户码。", "忘记密码的，请系统管理员重置登录。")]
    ahead = [one for one in held if today < one.until]
    if appointer.is_operator or (ahead and not any(objections_to_appointer(appointer, one.post) for one in ahead)):
        return []
    return [ACC_01.objection("这个账号的任职中有您不能授予的，您不能为它发码。", "请由有权授予的人办理。")]
