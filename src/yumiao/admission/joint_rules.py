"""Joint review by departments: whom a batch is to ask about, what may be sent, answered, taken back and concluded (REV-10…15). Pure.

What an answer means for a step is said by `gate_rules`. Must not know: who reads, what an answer says beyond its outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yumiao.admission import gates
from yumiao.admission.gates import CONTINUE, Round
from yumiao.admission.history import CaseFile
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import on_paper
from yumiao.kernel.workdays import Calendar, MissingYear
from yumiao.people.rules import DEV_21, HANDBOOK
from yumiao.rulebook import Confidence, Rule

_OWN: Final = date(2026, 1, 1)
SOON: Final = timedelta(days=30)
"""So long before it runs out a round may be gone through anew."""
_BETWEEN: Final = {gates.ACTIVIST: (4, 7), gates.TARGET: (12, 15)}
"""By round: the step after which it is sent, and the last step that asks for it."""
_WORDS: Final = {
    "is_wanted": "应当送审", "has_calendar": "有当年节假日安排", "answers": "已有答复数", "answer": "答复", "text": "情况说明",
    "is_closed": "已经办结", "needed": "需要作出结论", "told_on": "告知日期", "untold": "不告知的依据", "effect": "结论",
    "concluded_on": "结论日期", "altered": "改动的行", "added": "增加的行", "missing": "缺少的行", "doubled": "重复的行", "bodies": "部门数", "people": "人数",
}  # fmt: skip


def _own(
    rule: str, title: str, text: str, *, holds: Callable[..., bool], passing: tuple[Mapping[str, object], ...],
    failing: tuple[Mapping[str, object], ...],
) -> Rule:  # fmt: skip
    return Rule(
        id=rule, title=title, text=text, source=HANDBOOK, article=rule, since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=holds,
        passing=passing, failing=failing,
    )  # fmt: skip


JNT_01 = _own(
    "JNT-01", "联审名单", "联审名单由应当送审的人员组成：没有送过的、联审结果已经过期的，或者三十日内到期的；正在联审、结果有效的不重复送审。",
    holds=lambda *, is_wanted: bool(is_wanted), passing=({"is_wanted": True}, {"is_wanted": 1}),
    failing=({"is_wanted": False}, {"is_wanted": 0}),
)  # fmt: skip
JNT_02 = _own(
    "JNT-02", "答复期限按工作日计算", "答复期限按工作日计算；缺少当年节假日安排的，先录入安排再发送，不推算。",
    holds=lambda *, has_calendar: bool(has_calendar), passing=({"has_calendar": True}, {"has_calendar": 1}),
    failing=({"has_calendar": False}, {"has_calendar": 0}),
)  # fmt: skip
JNT_03 = _own(
    "JNT-03", "有不良记录的写明情况", "答复有不良记录的，写明情况；未发现不良记录的，不写情况说明和文号。",
    holds=lambda *, answer, text: bool(text) if answer == "adverse_record" else answer == "cannot_determine" or not text,
    passing=({"answer": "adverse_record", "text": "有"}, {"answer": "no_adverse_record", "text": ""}, {"answer": "cannot_determine", "text": ""}),
    failing=({"answer": "adverse_record", "text": ""}, {"answer": "no_adverse_record", "text": "有"}),
)  # fmt: skip
JNT_04 = _own(
    "JNT-04", "已有答复的批次不再收回", "联审批次发出以后、没有部门答复以前，可以收回；已有答复的不再收回。", holds=lambda *, answers: answers == 0,
    passing=({"answers": 0}, {"answers": False}), failing=({"answers": 1}, {"answers": 40}),
)  # fmt: skip
JNT_05 = _own(
    "JNT-05", "办结以后不再改答复", "本批全部办结、已经收回，或者对本人已经作出结论的，不再更改答复；有新情况的，另行函告县委组织部。",
    holds=lambda *, is_closed: not is_closed, passing=({"is_closed": False}, {"is_closed": 0}),
    failing=({"is_closed": True}, {"is_closed": 1}),
)  # fmt: skip
JNT_06 = _own(
    "JNT-06", "告知本人", "作出结论的，告知本人事由并写明日期；法律规定不得告知的，写明依据。暂缓、停止的，先告知、听取本人说明，再作结论。",
    holds=lambda *, told_on, untold, effect, concluded_on: (told_on is None) == bool(untold)
    and (told_on is None or effect == CONTINUE or told_on <= concluded_on),
    passing=(
        {"told_on": date(2026, 3, 2), "untold": "", "effect": "stop", "concluded_on": date(2026, 3, 9)},
        {"told_on": None, "untold": "依法", "effect": "suspend", "concluded_on": date(2026, 3, 9)},
    ),
    failing=(
        {"told_on": None, "untold": "", "effect": "continue", "concluded_on": date(2026, 3, 9)},
        {"told_on": date(2026, 3, 10), "untold": "", "effect": "stop", "concluded_on": date(2026, 3, 9)},
    ),
)  # fmt: skip
JNT_07 = _own(
    "JNT-07", "工作簿的名单不得改动", "部门交回的工作簿，名单的行有改动、增加、缺少、重复的，整份不予受理；只调整先后次序的不影响。",
    holds=lambda *, altered, added, missing, doubled: not (altered or added or missing or doubled),
    passing=({"altered": 0, "added": 0, "missing": 0, "doubled": 0}, {"altered": (), "added": (), "missing": (), "doubled": ()}),
    failing=({"altered": 1, "added": 0, "missing": 0, "doubled": 0}, {"altered": 0, "added": 0, "missing": 2, "doubled": 0}),
)  # fmt: skip
JNT_08 = _own(
    "JNT-08", "需要结论的才作结论", "各部门都已答复、其中有不是“未发现不良记录”的，才指定人员阅看、作出结论。", holds=lambda *, needed: bool(needed),
    passing=({"needed": True}, {"needed": 1}), failing=({"needed": False}, {"needed": 0}),
)  # fmt: skip
RULES: Final = (JNT_01, JNT_02, JNT_03, JNT_04, JNT_05, JNT_06, JNT_07, JNT_08)


@dataclass(frozen=True, slots=True)
class Wanted:
    """That a case is to go into the next batch of a round. `until`: until when its last round counts, None for one without."""

    round: str
    until: date | None = None

    @property
    def is_again(self) -> bool:
        return self.until is not None


def wanted(file: CaseFile, *, months: int, today: date) -> Wanted | None:
    """Which round a case is to be sent to today; None where it needs none: not so far, still out, concluded to stop, or in force for long."""
    if not file.is_open_on(today):
        return None
    for round_, (after, last) in _BETWEEN.items():
        if file.on(after) is None or file.on(last) is not None:
            continue
        found = gates.round_for(file.rounds, round_)
        if found is None:
            return Wanted(round_)
        until = found.valid_until(months)
        if until is not None and found.is_passed and until <= today + SOON:
            return Wanted(round_, until)
    return None


def due_on(sent_on: date, days: int, calendar: Calendar) -> date:
    """Until when a batch is to be answered. Raises `MissingYear`."""
    return calendar.add_working_days(sent_on, days)


def calendar_objections(sent_on: date, days: int, calendar: Calendar) -> list[Objection]:
    """Why no day of answer can be worked out (CAL-01)."""
    try:
        calendar.add_working_days(sent_on, days)
    except MissingYear as error:
        return [JNT_02.objection(f"缺少{error.year}年的节假日安排", "在“县级文件和参数”的工作日历里录入后再发送。")]
    return []


def answer_objection(answer: str, text: str) -> Objection | None:
    """Why a row cannot be answered so."""
    if JNT_03.holds(answer=answer, text=text):
        return None
    if answer == "adverse_record":
        return JNT_03.objection("有不良记录的没有写明情况", "在情况说明里写明。")
    return JNT_03.objection("未发现不良记录的写了情况说明", "有情况的改选答复，没有情况的不写。")


def naming_objections(round_: Round | None) -> Iterator[Objection]:
    """Why nobody is to conclude: an answer is missing still, or every one is clear."""
    if round_ is None or round_.missing:
        yield JNT_08.objection("还有部门没有答复", "各部门都答复后再办理。")
    elif not round_.needs_conclusion:
        yield JNT_08.objection("各部门都未发现不良记录", "不需要作出结论。")


def concluding_objections(
    *, effect: str, concluded_on: date, told_on: date | None, untold: str, last_answer: date | None, today: date
) -> Iterator[Objection]:
    """Why a conclusion cannot be written so."""
    if not JNT_06.holds(told_on=told_on, untold=untold, effect=effect, concluded_on=concluded_on):
        yield JNT_06.objection("告知日期和不告知的依据应当填写其中一项；暂缓、停止的，告知在结论以前", "改正后再提交。")
    for day in (concluded_on, told_on):
        if day is not None and day > today:
            yield DEV_21.objection(f"日期 {on_paper(day)}晚于今天")
    if last_answer is not None and concluded_on < last_answer:
        yield JNT_08.objection(f"结论早于{on_paper(last_answer)}的答复", f"最早为{on_paper(last_answer)}。")
