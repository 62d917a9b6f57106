"""Who stands beside somebody over the years, and what is recorded of many at once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from yumiao.admission import order_rules as rules
from yumiao.admission.asked import Ground
from yumiao.admission.history import CaseFile, Helper
from yumiao.admission.step_judges import contact_objections, introducer_objections
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import DEV_21, HANDBOOK
from yumiao.rulebook import Confidence, Rule

MOST_TRAINEES: Final = 5
CONTACT, INTRODUCER = "contact", "introducer"
NAMED_AT: Final[Mapping[str, int]] = {CONTACT: 5, INTRODUCER: 9}
"""By kind of helper: the step that names the first ones."""
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "count": "同时培养的人数",
    "since": "原任日期",
    "on": "更换日期",
    "is_full": "是正式党员",
    "is_barred": "受留党察看处分",
    "late": "事后天数",
    "most": "期限天数",
}

CUL_01 = Rule(
    id="CUL-01", title="一名联系人同时培养不超过五人", text="同一名正式党员一般同时担任不超过五人的培养联系人；超过的写明理由。", source=HANDBOOK,
    article="EDGE-12", since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, count: count <= MOST_TRAINEES, passing=({"count": 5}, {"count": 1}), failing=({"count": 6}, {"count": 12}),
)  # fmt: skip
CUL_02 = Rule(
    id="CUL-02", title="更换有日期，历史保留", text="更换培养联系人、入党介绍人应写明日期和理由，日期不早于原联系人、介绍人确定的日期；原来的记录保留。",
    source=HANDBOOK, article="TRF-05", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, since, on: on >= since,
    passing=({"since": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"since": date(2026, 3, 2), "on": date(2026, 9, 1)}),
    failing=({"since": date(2026, 3, 2), "on": date(2026, 3, 1)}, {"since": date(2026, 3, 2), "on": date(2025, 9, 1)}),
)  # fmt: skip
CUL_03 = Rule(
    id="CUL-03", title="不再合适的及时更换", text="培养联系人、入党介绍人去世、转出、不再是正式党员或者受留党察看处分的，应当及时更换，写明更换日期。",
    source=HANDBOOK, article="EDGE-11", since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, is_full, is_barred: is_full and not is_barred,
    passing=({"is_full": True, "is_barred": False}, {"is_full": 1, "is_barred": 0}),
    failing=({"is_full": False, "is_barred": False}, {"is_full": True, "is_barred": True}),
)  # fmt: skip
CUL_04 = Rule(
    id="CUL-04", title="补录不成批", text="事后超过三十天的登记是补录，须写明各自的理由、由第二人确认，不与他人成批登记。", source=HANDBOOK, article="DEV-22",
    since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, late, most: late <= most,
    passing=({"late": 30, "most": 30}, {"late": 0, "most": 30}), failing=({"late": 31, "most": 30}, {"late": 90, "most": 30}),
)  # fmt: skip
RULES: Final = (CUL_01, CUL_02, CUL_03, CUL_04)


def standing(helpers: Sequence[Helper]) -> list[Helper]:
    """Those who stand today without an end."""
    return [one for one in helpers if one.until is None]


def unfit_on(one: Helper, day: date) -> str:
    """Why somebody who stands beside another should be replaced; empty where he may stay."""
    full, barred = one.is_full_on(day), one.is_barred_on(day)
    if CUL_03.holds(is_full=full, is_barred=barred):
        return ""
    if full:
        return "受留党察看处分"
    if one.person is None:
        return "不在本县名册"
    return (
        f"自{on_paper(one.ended_on)}起不再是党员"
        if one.ended_on is not None and one.ended_on <= day
        else "不是正式党员"
    )


def change_objections(
    file: CaseFile, kind: str, helpers: Sequence[Helper], on: date, ground: Ground, loads: Mapping[int, int]
) -> Iterator[Objection]:
    """Against letting these be the contacts or introducers from a day on. `loads`: how many others each contact tends already."""
    if not DEV_21.holds(day=on, today=ground.today):
        yield DEV_21.objection(f"更换日期 {on_paper(on)}晚于今天")
    yield from _closed(file, kind, ground)
    now = standing(file.contacts if kind == CONTACT else file.introducers)
    since = max((one.since for one in now), default=None)
    if since is not None and not CUL_02.holds(since=since, on=on):
        yield CUL_02.objection(
            f"更换日期 {on_paper(on)}早于原来确定的日期 {on_paper(since)}", f"最早为{on_paper(since)}。"
        )
    if [one.person for one in now] == [one.person for one in helpers]:
        yield CUL_02.objection("与现在的相同，没有更换")
    if kind == CONTACT:
        yield from contact_objections(file, helpers, on, ground.terms)
        yield from load_objections(helpers, loads)
    else:
        yield from introducer_objections(file, helpers, on, ground.terms)


def _closed(file: CaseFile, kind: str, ground: Ground) -> Iterator[Objection]:
    if not file.is_open_on(ground.today) or file.is_confirmed:
        yield rules.STP_27.objection("本案已经结束，不再更换")
    step = file.path.by_number[NAMED_AT[kind]]
    if not file.all(step.number):
        yield rules.STP_26.objection(f"还没有办理{step.label}", f"先登记{step.label}。")


def load_objections(helpers: Sequence[Helper], loads: Mapping[int, int]) -> Iterator[Objection]:
    """For whom it is one too many (EDGE-12)."""
    for one in helpers:
        count = loads.get(one.person or 0, 0) + 1
        if not CUL_01.holds(count=count):
            yield CUL_01.objection(f"{one.name}将同时联系 {count} 人", "另行指定，或者写明理由。")


def batch_objections(on: date, ground: Ground) -> Iterator[Objection]:
    """Against recording a step of many people at once."""
    late = (ground.today - on) // timedelta(days=1)
    if not CUL_04.holds(late=late, most=ground.terms.late_days):
        yield CUL_04.objection(f"事后 {late} 天登记，属于补录", "在本人档案页逐人登记，由第二人确认。")
