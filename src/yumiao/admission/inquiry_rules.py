"""Letters of the political review: what was asked of whom, what may be written of a letter, what a conclusion has to reckon with. Pure.

Of what a letter found nothing is known here but its outcome: names and circumstances of a family stay on the paper (PRV-06).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.asked import Asked
from yumiao.admission.path import Outcome
from yumiao.admission.path_2014 import RULES_2014
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import DEV_21, HANDBOOK
from yumiao.rulebook import Confidence, Rule

_OWN: Final = date(2026, 1, 1)
ANSWERED: Final = "answered"
CLOSING: Final = frozenset({ANSWERED, "undelivered", "withdrawn"})
"""What ends the waiting for a reply."""
REGISTERED, RESIDENCE = "self", "residence"
_WORDS: Final = {
    "open_letters": "没有回函的份数", "is_floating": "流动人员", "asked_registered": "已向户籍地函调", "asked_residence": "已向居住地函调",
    "sent_on": "发出日期", "on": "登记日期", "is_closed": "已经办结", "concerns": "有情况的份数", "due_on": "回函期限",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the review looks at it. `closed`: how the waiting ended, empty while it lasts."""

    number: str
    about: str
    sent_on: date
    due_on: date
    closed: str = ""
    finding: str = ""
    last_on: date | None = None

    @property
    def is_open(self) -> bool:
        return not self.closed

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on < day

    @property
    def counts(self) -> bool:
        """Whether it asked somebody at all: one that was withdrawn did not, one that came back unread did not reach him."""
        return self.closed not in ("undelivered", "withdrawn")


INQ_01 = Rule(
    id="INQ-01", title="没有回函不算通过", text="函调、外调逾期没有回复的，不作为没有问题；催办或者另行发函，确需先作结论的写明理由。",
    source=HANDBOOK, article="EDGE-28", since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, open_letters: open_letters == 0, passing=({"open_letters": 0}, {"open_letters": False}),
    failing=({"open_letters": 1}, {"open_letters": 3}),
)  # fmt: skip
INQ_02 = Rule(
    id="INQ-02", title="流动人员户籍地和居住地都要了解", text="对流动人员中的发展对象进行政治审查时，应当征求户籍所在地和居住地基层党组织的意见。",
    source=RULES_2014, article="第十六条", since=date(2014, 5, 28), severity=Severity.WARN, confidence=Confidence.VERIFIED, words=_WORDS,
    holds=lambda *, is_floating, asked_registered, asked_residence: not is_floating or (asked_registered and asked_residence),
    passing=(
        {"is_floating": True, "asked_registered": True, "asked_residence": True},
        {"is_floating": False, "asked_registered": True, "asked_residence": False},
    ),
    failing=(
        {"is_floating": True, "asked_registered": True, "asked_residence": False},
        {"is_floating": True, "asked_registered": False, "asked_residence": True},
    ),
)  # fmt: skip
INQ_03 = Rule(
    id="INQ-03", title="经过的日期在发函之后", text="催办、回函、退回、作废的日期不得早于发出日期，也不得早于前一次登记。", source=HANDBOOK,
    article="INQ-03", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, sent_on, on: on >= sent_on,
    passing=({"sent_on": date(2026, 3, 2), "on": date(2026, 3, 2)}, {"sent_on": date(2026, 3, 2), "on": date(2026, 4, 1)}),
    failing=({"sent_on": date(2026, 3, 2), "on": date(2026, 3, 1)}, {"sent_on": date(2026, 3, 2), "on": date(2025, 3, 2)}),
)  # fmt: skip
INQ_04 = Rule(
    id="INQ-04", title="办结的不再登记", text="已经回函、退回或者作废的，不再登记催办、回函；登记有误的，另行发函。", source=HANDBOOK, article="INQ-04",
    since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, is_closed: not is_closed,
    passing=({"is_closed": False}, {"is_closed": 0}), failing=({"is_closed": True}, {"is_closed": 1}),
)  # fmt: skip
INQ_05 = Rule(
    id="INQ-05", title="回函反映的情况要有交代", text="回函反映有需要说明的情况、政治审查仍作合格结论的，写明理由。", source=HANDBOOK, article="INQ-05",
    since=_OWN, severity=Severity.WARN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, concerns: concerns == 0,
    passing=({"concerns": 0}, {"concerns": False}), failing=({"concerns": 1}, {"concerns": 2}),
)  # fmt: skip
INQ_06 = Rule(
    id="INQ-06", title="回函期限在发出之后", text="回函期限晚于发出日期，一般为一个月。", source=HANDBOOK, article="INQ-06", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, sent_on, due_on: due_on > sent_on,
    passing=({"sent_on": date(2026, 3, 2), "due_on": date(2026, 4, 2)}, {"sent_on": date(2026, 3, 2), "due_on": date(2026, 3, 3)}),
    failing=({"sent_on": date(2026, 3, 2), "due_on": date(2026, 3, 2)}, {"sent_on": date(2026, 3, 2), "due_on": date(2026, 2, 2)}),
)  # fmt: skip
RULES: Final = (INQ_01, INQ_02, INQ_03, INQ_04, INQ_05, INQ_06)


def review_objections(
    asked: Asked, letters: Sequence[Letter], *, is_floating: bool, today: date
) -> Iterator[Objection]:
    """Against a conclusion of the review that passes (step 10), by the letters of the case."""
    if asked.outcome is Outcome.FAILED:
        return
    waiting = [one for one in letters if one.is_open]
    if not INQ_01.holds(open_letters=len(waiting)):
        late = sum(one.is_overdue(today) for one in waiting)
        said = f"有 {len(waiting)} 份函调、外调没有回复" + (f"，其中 {late} 份已经逾期" if late else "")
        yield INQ_01.objection(
            f"{said}（{'、'.join(one.number for one in waiting)}）", "催办或者另行发函；先作结论的写明理由。"
        )
    places = {one.about for one in letters if one.counts}
    registered, residence = REGISTERED in places, RESIDENCE in places
    floats = is_floating or residence
    if not INQ_02.holds(is_floating=floats, asked_registered=registered, asked_residence=residence):
        missing = [word for word, is_asked in (("户籍地", registered), ("居住地", residence)) if not is_asked]
        yield INQ_02.objection(f"没有向{'、'.join(missing)}党组织函调", "补发函调，或者写明理由。")
    concerns = [one for one in letters if one.closed == ANSWERED and one.finding == "concern"]
    if not INQ_05.holds(concerns=len(concerns)):
        yield INQ_05.objection(f"有 {len(concerns)} 份回函反映有需要说明的情况", "写明怎样了解、怎样认定。")


def sending_objections(sent_on: date, due_on: date, *, today: date, is_open: bool) -> Iterator[Objection]:
    """Against sending a letter. `is_open`: whether the case goes on."""
    if not DEV_21.holds(day=sent_on, today=today):
        yield DEV_21.objection(f"发出日期 {on_paper(sent_on)}晚于今天")
    if not INQ_06.holds(sent_on=sent_on, due_on=due_on):
        yield INQ_06.objection(f"回函期限 {on_paper(due_on)}不晚于发出日期 {on_paper(sent_on)}")
    if not is_open:
        yield INQ_04.objection("本案已经结束，不再发函")


def follow_objections(letter: Letter, on: date, today: date) -> Iterator[Objection]:
    """Against writing down what became of a letter."""
    if not DEV_21.holds(day=on, today=today):
        yield DEV_21.objection(f"日期 {on_paper(on)}晚于今天")
    before = max(letter.sent_on, letter.last_on or letter.sent_on)
    if not INQ_03.holds(sent_on=before, on=on):
        yield INQ_03.objection(f"日期 {on_paper(on)}早于 {on_paper(before)}")
    if not INQ_04.holds(is_closed=not letter.is_open):
        yield INQ_04.objection("这份函调已经办结")
