"""Numbers of 入党志愿书: ranges, what may be used, what may be void, what is left. Pure.

A number is a beginning and an integer: leading zeros are print, so 0012 and 12 are the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.rules import DEV_21, HANDBOOK
from yumiao.rulebook import Confidence, Rule

Number = tuple[str, int]
MOST: Final = 2000
"""Forms of one range: what a county prints at once, and one page shows."""
DIGITS: Final = 9
"""Figures at the end of a number that count; more of them belong to its beginning."""
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "number": "编号", "ranges": "本乡镇的号段", "is_used": "已用", "is_void": "已作废", "first": "起号", "last": "止号", "others": "已发放的号段",
    "reason": "理由", "sealed": "已审批到", "most": "一次最多",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers with the same beginning, as printed with `digits` figures."""

    prefix: str
    first: int
    last: int
    digits: int = 0

    def covers(self, number: Number) -> bool:
        return number[0] == self.prefix and self.first <= number[1] <= self.last

    def text(self, number: int) -> str:
        return f"{self.prefix}{number:0{max(self.digits, 1)}d}"

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def said(self) -> str:
        return self.text(self.first) if self.first == self.last else f"{self.text(self.first)}—{self.text(self.last)}"


@dataclass(frozen=True, slots=True)
class Stock:
    """What is known of forms when one is asked for: the ranges of its township, which numbers are gone, whether the county hands any at all."""

    spans: tuple[Span, ...] = ()
    used: frozenset[Number] = frozenset()
    void: frozenset[Number] = frozenset()
    is_kept: bool = False


def form_of(said: str) -> Number:
    """The beginning and the number of a 志愿书: the figures at its end, at most nine, are the number. Raises `ValueError` without any."""
    text = "".join(said.split())
    digits = min(len(text) - len(text.rstrip("0123456789")), DIGITS)
    if not digits:
        raise ValueError(said)
    return text[:-digits], int(text[-digits:])


def digits_of(said: str) -> int:
    """How many figures its number is printed with."""
    text = "".join(said.split())
    return min(len(text) - len(text.rstrip("0123456789")), DIGITS)


def _within(number: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in ranges)


FRM_01 = Rule(
    id="FRM-01", title="编号在本乡镇的号段内", text="入党志愿书的编号应在县委组织部发给本乡镇的号段内；县里没有发放过号段的，编号只登记、不核对。",
    source=HANDBOOK, article="FRM-01", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, number, ranges: _within(number, ranges),
    passing=({"number": 101, "ranges": ((101, 200),)}, {"number": 350, "ranges": ((101, 200), (301, 350))}),
    failing=({"number": 201, "ranges": ((101, 200),)}, {"number": 1, "ranges": ()}),
)  # fmt: skip
FRM_02 = Rule(
    id="FRM-02", title="一个编号只用一次", text="已经使用或者作废的入党志愿书编号不能再用。", source=HANDBOOK, article="FRM-02", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, is_used, is_void: not is_used and not is_void,
    passing=({"is_used": False, "is_void": False}, {"is_used": 0, "is_void": 0}),
    failing=({"is_used": True, "is_void": False}, {"is_used": False, "is_void": True}),
)  # fmt: skip
FRM_03 = Rule(
    id="FRM-03", title="号段不重叠", text="同一字头的号段互不重叠：每个编号只发给一个乡镇。", source=HANDBOOK, article="FRM-03", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, first, last, others: all(last < begun or ended < first for begun, ended in others),
    passing=({"first": 101, "last": 200, "others": ((1, 100), (201, 300))}, {"first": 1, "last": 50, "others": ()}),
    failing=({"first": 100, "last": 200, "others": ((1, 100),)}, {"first": 150, "last": 160, "others": ((101, 200),)}),
)  # fmt: skip
FRM_04 = Rule(
    id="FRM-04", title="作废写明理由", text="填写错误、污损、遗失、交回的入党志愿书作废，写明理由；已据此审批形成党籍的不能作废。",
    source=HANDBOOK, article="FRM-04", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
    holds=lambda *, reason, sealed: len(reason.strip()) >= 2 and sealed == 0,
    passing=({"reason": "墨水洇湿", "sealed": 0}, {"reason": "填错出生年月", "sealed": 0}),
    failing=({"reason": " ", "sealed": 0}, {"reason": "填写错误", "sealed": 17}),
)  # fmt: skip
FRM_05 = Rule(
    id="FRM-05", title="志愿书作废的重新填写", text="本人使用的入党志愿书已经作废的，退回到填写志愿书，用新的编号重新填写后再往下办理。",
    source=HANDBOOK, article="FRM-05", since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, is_void: not is_void,
    passing=({"is_void": False}, {"is_void": 0}), failing=({"is_void": True}, {"is_void": 1}),
)  # fmt: skip
FRM_06 = Rule(
    id="FRM-06", title="号段写得对", text="起号和止号字头相同、位数相同，止号不小于起号，一次不超过两千份。", source=HANDBOOK, article="FRM-06", since=_OWN,
    confidence=Confidence.DEFAULT, words=_WORDS, holds=lambda *, first, last, most: 1 <= first <= last < first + most,
    passing=({"first": 1, "last": 100, "most": 2000}, {"first": 7, "last": 7, "most": 2000}),
    failing=({"first": 100, "last": 1, "most": 2000}, {"first": 1, "last": 2001, "most": 2000}),
)  # fmt: skip
RULES: Final = (FRM_01, FRM_02, FRM_03, FRM_04, FRM_05, FRM_06)


def form_objections(said: str, stock: Stock) -> Iterator[Objection]:
    """Against using this number at step 14. Where the county keeps no numbers it is asked for and not checked."""
    try:
        number = form_of(said)
    except ValueError:
        text = "没有填写志愿书编号" if not said.strip() else f"编号“{said.strip()}”末尾没有数字"
        yield FRM_01.objection(text, "按封面印的编号填写。")
        return
    if not FRM_02.holds(is_used=number in stock.used, is_void=number in stock.void):
        yield FRM_02.objection(
            f"编号 {said.strip()} 已经{'作废' if number in stock.void else '使用'}", "换一份没有用过的志愿书。"
        )
    if not stock.is_kept:
        yield FRM_01.objection(
            "县里没有发放过志愿书号段，编号无法核对", "对照封面核对后写明理由。", severity=Severity.WARN
        )
        return
    ranges = [(one.first, one.last) for one in stock.spans if one.prefix == number[0]]
    if not FRM_01.holds(number=number[1], ranges=ranges):
        has = "、".join(one.said for one in stock.spans) or "没有号段"
        yield FRM_01.objection(
            f"编号 {said.strip()} 不在本乡镇的号段内（{has}）", "核对编号，或者请县委组织部发放号段。"
        )


def standing_objections(is_void: bool) -> Iterator[Objection]:
    """Against going on from step 14 with a form that was voided since."""
    if not FRM_05.holds(is_void=is_void):
        yield FRM_05.objection("本人使用的志愿书已经作废", "退回到第 14 步，用新的编号重新填写。")


def handing_objections(first: str, last: str, others: Sequence[Span], on: date, today: date) -> Iterator[Objection]:
    """Against handing these numbers to a township, `others` being every range that stands."""
    if not DEV_21.holds(day=on, today=today):
        yield DEV_21.objection(f"发放日期 {on_paper(on)}晚于今天")
    try:
        (begin, start), (end, stop) = form_of(first), form_of(last)
    except ValueError:
        yield FRM_06.objection("起号、止号末尾应是数字", "按封面印的编号填写，如 0000101。")
        return
    if begin != end or digits_of(first) != digits_of(last):
        yield FRM_06.objection("起号和止号的字头或者位数不同", "字头不同的分几次发放。")
        return
    if not FRM_06.holds(first=start, last=stop, most=MOST):
        yield FRM_06.objection(
            f"从 {first.strip()} 到 {last.strip()} 不是一个号段", f"止号不小于起号，一次不超过 {MOST} 份。"
        )
        return
    same = [one for one in others if one.prefix == begin]
    if not FRM_03.holds(first=start, last=stop, others=[(one.first, one.last) for one in same]):
        hit = next(one for one in same if start <= one.last and one.first <= stop)
        yield FRM_03.objection(f"与已发放的号段 {hit.said} 重叠", "核对起止号。")


def void_objections(
    number: Number, stock: Stock, *, reason: str, sealed: int, on: date, today: date
) -> Iterator[Objection]:
    """Against voiding a number. `sealed`: the approval that made its user a member, 0 without one."""
    if not DEV_21.holds(day=on, today=today):
        yield DEV_21.objection(f"作废日期 {on_paper(on)}晚于今天")
    if not any(one.covers(number) for one in stock.spans):
        yield FRM_01.objection("编号不在这个号段内", "核对编号。")
    if number in stock.void:
        yield FRM_02.objection("这个编号已经作废")
    if not FRM_04.holds(reason=reason, sealed=sealed):
        yield FRM_04.objection(
            f"第 {sealed} 步审批已经形成党籍，志愿书不能作废" if sealed else "没有写明理由",
            "归档的志愿书遗失的，另附情况说明。" if sealed else "",
        )


def gaps(span: Span, gone: Iterable[int]) -> list[Span]:
    """What is left of a range, as ranges of numbers that follow one another."""
    found, begin = [], span.first
    for number in sorted({one for one in gone if span.first <= one <= span.last}):
        if begin < number:
            found.append(Span(span.prefix, begin, number - 1, span.digits))
        begin = number + 1
    if begin <= span.last:
        found.append(Span(span.prefix, begin, span.last, span.digits))
    return found
