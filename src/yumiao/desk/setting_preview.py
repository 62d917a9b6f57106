"""What a change of a setting would change: the ledger as it stands beside the ledger under the wanted value. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.access.readers import tree_of
from yumiao.bylaws.memory import settings_of
from yumiao.bylaws.services import wanted_setting
from yumiao.journal.acts import last
from yumiao.ledger.memory import ledger_of
from yumiao.ledger.queries import assessed, counted
from yumiao.ledger.rules import Grade

LISTED = "在列"
LISTS = {
    "warning_line_listed": "上年度未发展党员村清单",
    "warning_line_cleared": "预警已解除的村",
    "bottom_line_breach": "突破底线的村",
    "bottom_line_at_risk": "年内须发展党员的村",
    "low_young_share": "年轻党员占比偏低村清单",
    "villages_without_activist": "没有入党积极分子的村",
}
TOWNSHIP = {
    "below_guidance_line": "未达指导线",
    "reserve": "储备人数",
    "reserve_required": "应储备人数",
    "reserve_met": "储备达标",
    "grade": "预警等级",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would read otherwise: a list a unit enters or leaves, or a figure of a township."""

    code: str
    what: str
    before: str
    after: str


def preview_setting(
    *,
    key: str,
    value: str,
    since: date,
    paper_number: str,
    issuing_body: str,
    reason: str,
    today: date,
    shown: int | None = None,
) -> list[Change]:
    """What the ledger of today (or of `since`, if that is later) would say otherwise. Raises `Refused` and `Stale` as the change itself would."""
    wanted = wanted_setting(
        key=key,
        value=value.strip(),
        since=since,
        paper_number=paper_number,
        issuing_body=issuing_body,
        reason=reason,
        today=today,
        shown=shown,
    )
    day, head = max(since, today), last()
    if day >= wanted.until:
        return []  # a later change holds on that day already
    before = ledger_of(day, head)
    after = assessed(counted(day, tree_of(day, head), settings=settings_of(day, head).having(key, wanted.value)))
    return list(_changes(before.as_json(), after.as_json()))


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    yield from _list_changes(before, after)
    yield from _township_changes(before, after)


def _list_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key, title in LISTS.items():
        for code in sorted(set(before[key]) ^ set(after[key])):
            yield Change(code, title, _whether(code in before[key]), _whether(code in after[key]))


def _township_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for code in sorted(set(before["townships"]) & set(after["townships"])):
        old, new = (said["townships"][code] | said["township_details"][code] for said in (before, after))
        for key, title in TOWNSHIP.items():
            if old.get(key) != new.get(key):
                yield Change(code, title, _said(key, old.get(key)), _said(key, new.get(key)))


def _whether(listed: bool) -> str:
    return LISTED if listed else "不在列"


def _said(key: str, value: object) -> str:
    if key == "grade":
        return Grade(str(value)).label
    if value is None:
        return "未下达"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
