"""The permissions as a page for people who know the work and not the code (docs/permissions.md).

Must not know: where the page is written, who holds what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yumiao.access.permissions import FRESH, GRANTS, MAY_APPOINT, WITHOUT_SECOND_FACTOR, Permission, Role
from yumiao.access.rules import ACC_06

_HEAD = """# 权限

本页由程序中的权限表生成，请勿手工修改。任职写明组织和起止日期；权限只在任职的组织及其下级组织之内有效，任职到期自行失效。
没有列明的，一律不能办理。同一个人有几项任职的，各项任职的权限合并计算，各在各的组织之内。"""


def render() -> str:
    """The whole page; the same table gives the same text."""
    return "\n".join([_HEAD, *_permissions(), *_appointing(), *_login()])


def _permissions() -> Iterable[str]:
    yield "\n## 各项任职的权限\n"
    yield from _table(
        ["权限", *(role.label for role in Role)],
        [
            [permission.label, *("✓" if permission in GRANTS[role] else "" for role in Role)]
            for permission in Permission
        ],
    )


def _appointing() -> Iterable[str]:
    yield "\n## 谁可以授予和结束什么任职\n"
    yield from _table(
        ["所授任职", *(role.label for role in MAY_APPOINT)],
        [[role.label, *("✓" if role in MAY_APPOINT[by] else "" for by in MAY_APPOINT)] for role in Role],
    )
    yield "\n限于授予人任职的组织及其下级组织；不得为自己办理；三类管理员互不兼任，也不兼任其他任职。"
    yield f"{ACC_06.text}规则全文见[规则手册](rules.md)编号为 `ACC` 的各条。"
    yield "第一批县级账号由装机人员在服务器上以 `yumiao createadmin` 开设。"


def _login() -> Iterable[str]:
    without = "、".join(role.label for role in Role if role in WITHOUT_SECOND_FACTOR)
    yield "\n## 登录的要求\n"
    yield f"- 除只有“{without}”任职的账号外，登录须有密码和动态口令两样；演示县不要求动态口令。"
    yield "- 以下各项须在五分钟之内再次验证本人（动态口令，没有动态口令的用密码）："
    yield from (f"  - {permission.label}" for permission in Permission if permission in FRESH)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _line(head)
    yield _line(["---", *(":-:" for _ in head[1:])])
    yield from (_line(row) for row in rows)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
