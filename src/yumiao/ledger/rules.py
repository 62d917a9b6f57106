"""The lines, lists, reserve, band, flags and grades as pure functions over the integers of a village or township."""

from __future__ import annotations

from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.rulebook import Confidence, Rule

WORDS = {"planned": "计划数", "part": "其中数"}
PLN_04 = Rule(
    id="PLN-04",
    title="计划的其中数不大于总数",
    text="年度计划中 35 岁以下、女、大专以上的人数，各不大于计划发展党员数。",
    source="县党务工作手册",
    article="PLN-04",
    since=date(2026, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, planned, part: part <= planned,
    passing=({"planned": 8, "part": 8}, {"planned": 0, "part": 0}),
    failing=({"planned": 8, "part": 9}, {"planned": 0, "part": 1}),
)
RULES = (PLN_04,)
