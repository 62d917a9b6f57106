"""What is handed over with somebody whose case goes on: the steps with their days and the papers that lie in it (TRF-01, 02, 04).

Must not know: requests, rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.models import CaseEnd
from yumiao.admission.paper_queries import papers_of
from yumiao.admission.path import Outcome
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.people.cultivation import step_title
from yumiao.desk.people.facts import Case, Facts
from yumiao.journal.chain import Head, short_code
from yumiao.kernel.official import OfficialTable
from yumiao.kernel.resources import Field, Kind, Resource

RESOURCE: Final = Resource(
    "transfer-material",
    "发展党员材料移交清单",
    (
        Field("kind", "类别", width=8),
        Field("title", "内容", width=44),
        Field("on", "日期", Kind.DAY, 14),
        Field("note", "说明", width=30),
        Field("taken", "接收情况", width=16, note="接收方核对时填写"),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a step as it was held, or a paper."""

    kind: str
    title: str
    on: date | None
    note: str = ""


def material(facts: Facts) -> Sequence[Line]:
    """The steps in their order, then the papers by their slots; nothing of somebody whose case was over before. One query where there is a case."""
    case = _handed_over(facts)
    if case is None:
        return ()
    steps = sorted(case.held, key=lambda one: (one.step, one.occurrence))
    papers = papers_of(case.id)
    return (
        *(Line("步骤", f"{one.step}　{step_title(one)}", one.on, _said(one.outcome)) for one in steps),
        *(
            Line("材料", f"{one.slot}　{SLOTS[one.slot].title}：{one.title}", one.dated_on, f"{one.pages} 页")
            for one in papers
        ),
    )


def _handed_over(facts: Facts) -> Case | None:
    """The case that goes on, or that ended by leaving the county."""
    if facts.case is not None and facts.case.held and not facts.case.is_archived:
        return facts.case
    left = [one for one in facts.cases.values() if one.end is not None and one.end[1] == CaseEnd.How.TRANSFERRED]
    return max(left, key=lambda one: one.id, default=None)


def _said(outcome: Outcome | None) -> str:
    return outcome.label if outcome is not None else ""


def material_table(
    lines: Sequence[Line], *, name: str, sender: str, receiver: str, day: date, head: Head
) -> OfficialTable:
    """The list for both sides to sign; the last column is left for the pen."""
    rows = [
        RESOURCE.cells({"kind": one.kind, "title": one.title, "on": one.on, "note": one.note, "taken": ""})
        for one in lines
    ]
    return OfficialTable(
        RESOURCE.title,
        f"{RESOURCE.title}（{name}，{sender}转往{receiver}）",
        sender,
        day,
        RESOURCE.columns(),
        rows,
        code=f"全程纪实 {short_code(head.hash)}",
    )
