"""The table of status as a page for people who know the work and not the code (docs/status.md). Must not know where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yumiao.people.status import CHANGES, GROUNDS, VOTING, Change, Status, moved
from yumiao.people.status import IN_STOCK as COUNTED

_HEAD = """# 党籍状况和变动

本页由程序中的变动表生成，请勿手工修改。一个人在任何一天只有一种状况；状况由已登记的事实得出，不因期限届满自行改变，每一次变动都由有权的组织决定后登记，写明理由和依据。
登记错误的可以撤销，撤销本身也记入全程纪实。不得办理本人的变动（MEM-11）。"""


def render() -> str:
    """The whole page; the same table gives the same text."""
    return "\n".join([_HEAD, *_statuses(), *_changes(), *_grounds()])


def _statuses() -> Iterator[str]:
    yield "\n## 状况\n"
    rows = [[one.label, "计入" if one in COUNTED else "", "有" if one in VOTING else ""] for one in Status]
    yield from _table(["状况", "党员人数", "表决权"], rows)


def _changes() -> Iterator[str]:
    yield "\n## 变动\n"
    head = ["变动", "从", "到", "由谁决定", "依据", "办理后", "能否恢复"]
    yield from _table(head, [_row(one) for one in CHANGES.values()])
    yield "\n组织关系转出县外和转回本县不在“办理变动”中登记：开具介绍信，登记接收方的回执时自动列为转出；凭外县介绍信接收时自动列为转回。"
    yield "\n不予承认党员身份不在“办理变动”中登记：在“旧档案审核”中先审核档案，再由县委组织部登记决定。"


def _row(change: Change) -> list[str]:
    before = (
        "、".join(one.label for one in Status if one in change.before)
        if len(change.before) <= 6
        else "去世以外的各种状况"
    )
    after = change.after.label if change.after else ""
    return [change.title, before, after, change.decider, change.citation, "；".join(moved(change)), change.reverse]


def _grounds() -> Iterator[str]:
    yield "\n## 须选定情形的变动\n"
    rows = [[one.title, GROUNDS[ground]] for one in CHANGES.values() for ground in one.grounds]
    yield from _table(["变动", "情形"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
