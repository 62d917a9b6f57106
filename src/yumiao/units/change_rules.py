"""The rules a change of the tree must satisfy: codes, mergers, splits, the paper it stands on. Pure."""

from __future__ import annotations

from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.rulebook import Confidence, Rule

RURAL_2018 = "中国共产党农村基层组织工作条例"
HANDBOOK = "县党务工作手册"
WORDS = {
    "code": "组织代码",
    "is_taken": "已经用过",
    "partners": "参加合并的组织数",
    "sides": "组织的种类数",
    "parts": "拆分后的组织数",
    "document": "批准文件文号",
    "approved_on": "批准日期",
    "effective_on": "生效日期",
    "today": "办理当日",
}
ORG_08B = Rule(
    id="ORG-08b",
    title="组织变更须有批准文件",
    text="村级及以下党组织的设立、撤销、合并、拆分由乡镇党委以上批准；登记时写明批准文件的文号和日期，批准在前，生效不晚于办理当日。",
    source=RURAL_2018,
    article="第二章",
    since=date(2018, 12, 28),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, document, approved_on, effective_on, today: (
        bool(document.strip()) and approved_on <= effective_on <= today
    ),
    passing=(
        {
            "document": "青岚组发〔2026〕12号",
            "approved_on": date(2026, 5, 6),
            "effective_on": date(2026, 5, 6),
            "today": date(2026, 5, 6),
        },
        {
            "document": "青岚组发〔2026〕12号",
            "approved_on": date(2026, 5, 6),
            "effective_on": date(2026, 6, 1),
            "today": date(2026, 10, 31),
        },
    ),
    failing=(
        {
            "document": " ",
            "approved_on": date(2026, 5, 6),
            "effective_on": date(2026, 5, 6),
            "today": date(2026, 5, 6),
        },
        {
            "document": "青岚组发〔2026〕12号",
            "approved_on": date(2026, 5, 7),
            "effective_on": date(2026, 5, 6),
            "today": date(2026, 5, 7),
        },
        {
            "document": "青岚组发〔2026〕12号",
            "approved_on": date(2026, 5, 6),
            "effective_on": date(2026, 5, 8),
            "today": date(2026, 5, 7),
        },
    ),
)
DIVC_05 = Rule(
    id="DIVC-05",
    title="组织代码不重复使用",
    text="组织按自己的编号存续，代码只是一项可以变化的属性，用过的代码不再给别的组织；合并、拆分记明前身、日期和文号。",
    source=HANDBOOK,
    article="DIVC-05",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, code, is_taken: bool(code) and not is_taken,
    passing=({"code": "001.003.021", "is_taken": False}, {"code": "513434104201", "is_taken": False}),
    failing=({"code": "001.003.001", "is_taken": True}, {"code": "", "is_taken": False}),
)
EDGE_19 = Rule(
    id="EDGE-19",
    title="组织合并",
    text=(
        "两个以上同类组织（村与社区算一类）合并成新设的组织，或并入其中一个；人员、积极分子、计划和历年发展数由承接的组织接续，"
        "原组织自生效日起撤销，以前各日的台账不变。"
    ),
    source=HANDBOOK,
    article="EDGE-19",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, partners, sides: partners >= 2 and sides == 1,
    passing=({"partners": 2, "sides": 1}, {"partners": 5, "sides": 1}),
    failing=({"partners": 1, "sides": 1}, {"partners": 2, "sides": 2}),
)
EDGE_20 = Rule(
    id="EDGE-20",
    title="组织拆分",
    text=(
        "一个组织拆分为两个以上同类组织；在册人员逐人编入其中一个，历年发展的党员计入其拆分后所在的组织，已不在册的计入主要承接组织。"
    ),
    source=HANDBOOK,
    article="EDGE-20",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, parts, sides: parts >= 2 and sides == 1,
    passing=({"parts": 2, "sides": 1}, {"parts": 3, "sides": 1}),
    failing=({"parts": 1, "sides": 1}, {"parts": 2, "sides": 2}),
)
ORG_12B = Rule(
    id="ORG-12b",
    title="撤销组织时不留下人员",
    text="撤销的组织中仍有在册人员的，先合并、拆分或转走，不得使党员没有所在支部。",
    source="中国共产党章程",
    article="第八条",
    since=date(1982, 9, 6),
    severity=Severity.BLOCK,
    confidence=Confidence.VERIFIED,
    words={"people": "在册人数"},
    holds=lambda *, people: people == 0,
    passing=({"people": 0}, {"people": 0}),
    failing=({"people": 1}, {"people": 37}),
)
CHANGE_RULES = (ORG_08B, DIVC_05, EDGE_19, EDGE_20, ORG_12B)
