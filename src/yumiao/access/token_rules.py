"""What stands against a token: rights that are not one's own, a term too long. Pure.

Must not know: how a token is kept, who asks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.rules import GRADED_PROTECTION, OWN
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import BEGIN, add_years, on_screen
from yumiao.rulebook import Confidence, Rule

# What a machine may be given: reads. Of people it sees masked numbers only.
GRANTABLE: Final = (Permission.UNIT_READ, Permission.PERSON_READ, Permission.LEDGER_READ, Permission.BYLAW_READ)
MOST: Final = 20  # tokens in force of one account
_LABELS: Final = frozenset(one.label for one in GRANTABLE)

ACC_10 = Rule(
    id="ACC-10",
    title="接口令牌不超过本人权限",
    text="接口令牌只授予查看，其权限和范围不超过申请人自己的任职；任职结束、账号停用的，令牌随即失效。",
    source=GRADED_PROTECTION,
    article="安全计算环境：访问控制，授予所需的最小权限",
    since=date(2019, 12, 1),
    confidence=Confidence.FROM_MEMORY,
    holds=lambda *, wanted, own: bool(wanted) and set(wanted) <= set(own) & _LABELS,
    passing=(
        {"wanted": ["查看组织"], "own": ["查看组织", "查看一账两单和依据"]},
        {"wanted": ["查看人员（号码掩码）"], "own": ["查看人员（号码掩码）"]},
    ),
    failing=(
        {"wanted": ["查看组织", "查看人员（号码掩码）"], "own": ["查看组织"]},
        {"wanted": [], "own": ["查看组织"]},
        {"wanted": ["查看完整号码"], "own": ["查看完整号码"]},
    ),
    words={"wanted": "令牌的权限", "own": "申请人在该组织的权限"},
)
ACC_11 = Rule(
    id="ACC-11",
    title="接口令牌的期限",
    text="接口令牌自签发之日起使用，最长一年，到期另行申请。",
    source=OWN,
    article="",
    since=BEGIN,
    confidence=Confidence.DEFAULT,
    holds=lambda *, since, until: since < until <= add_years(since, 1),
    passing=(
        {"since": date(2026, 3, 1), "until": date(2027, 3, 1)},
        {"since": date(2026, 3, 1), "until": date(2026, 3, 2)},
    ),
    failing=(
        {"since": date(2026, 3, 1), "until": date(2027, 3, 2)},
        {"since": date(2026, 3, 1), "until": date(2026, 3, 1)},
    ),
    words={"since": "签发", "until": "失效"},
)
RULES = (ACC_10, ACC_11)


def objections_to_token(
    *, wanted: Collection[Permission], own: Collection[Permission], since: date, until: date, in_force: int
) -> list[Objection]:
    """Every reason against a token; `own` are the rights its account has at the unit, `in_force` how many tokens it has already."""
    found = []
    if not wanted:
        found.append(ACC_10.objection("没有选择权限。", "至少选择一项。"))
    if beyond := [one.label for one in wanted if one not in own or one not in GRANTABLE]:
        found.append(ACC_10.objection(f"您在所选组织没有“{'”“'.join(beyond)}”。", "请减少权限，或者另选组织。"))
    if not ACC_11.holds(since=since, until=until):
        latest = on_screen(add_years(since, 1))
        found.append(ACC_11.objection("失效日期应当晚于今天，期限不超过一年。", f"最晚可填{latest}。"))
    if in_force >= MOST:
        text = f"您已有 {in_force} 个有效的令牌，一人最多 {MOST} 个。"
        found.append(Objection(rule="", text=text, next_step="请先撤销不再使用的。"))
    return found
