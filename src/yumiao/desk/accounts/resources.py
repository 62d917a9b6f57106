"""Accounts on paper, with the appointments in force. Must not know: requests, workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.access.queries import AccountRow, Tenure
from yumiao.kernel.resources import Field, Resource
from yumiao.ui import spelling

RESOURCE: Final = Resource(
    "accounts",
    "账号和任职名册",
    (
        Field("name", "姓名", width=14),
        Field("username", "登录名", width=18),
        Field("posts", "任职", width=44),
        Field("until", "失效日期", width=14),
        Field("seen_at", "上次登录", width=17),
        Field("state", "状态", width=9),
    ),
)


def rows(accounts: Sequence[AccountRow]) -> list[dict[str, Any]]:
    """One row an account; several appointments stand one below the other in their cell."""
    return [_values(one, [each for each in one.held if not each.is_over]) for one in accounts]


def _values(one: AccountRow, held: Sequence[Tenure]) -> dict[str, Any]:
    return {
        "name": one.display_name,
        "username": one.username,
        "posts": "\n".join(f"{each.unit.name} {each.role.label}" for each in held) or _("无任职"),
        "until": "\n".join(each.until.isoformat() if each.until else _("长期") for each in held) or None,
        "seen_at": spelling.moment(one.seen_at) if one.seen_at else _("从未登录"),
        "state": _("已停用") if not one.is_active else _("在用") if one.is_opened else _("待开通"),
    }
