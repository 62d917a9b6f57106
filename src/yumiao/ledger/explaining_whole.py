"""The lines of a county, or of a part of it above the townships, summed up: how many stand on each list, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yumiao.kernel.periods import on_screen
from yumiao.kernel.shares import Share
from yumiao.ledger import rules
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.lines_said import Line
from yumiao.ledger.states import State
from yumiao.rulebook import Rule
from yumiao.ui import spelling


def whole_lines(ledger: Ledger) -> Iterator[Line]:
    """One line for each list, without people: those are opened village by village."""
    warned, cleared = ledger.warning_line_listed, ledger.warning_line_cleared
    yield _of_villages(ledger, rules.WRN_02, warned, f"{len(warned)} 个列入清单，其中 {len(cleared)} 个已解除", "warn")
    breach, at_risk = ledger.bottom_line_breach, ledger.bottom_line_at_risk
    either = [village for village in ledger.villages if village.bottom is rules.Bottom.BREACH or village.is_at_risk]
    yield _of_villages(
        ledger,
        rules.WRN_01,
        either,
        f"{len(breach)} 个突破底线，{len(at_risk)} 个须在 {ledger.day.year}年12月31日前发展",
        "floor",
    )
    low, none = ledger.low_young_share, ledger.without_members
    yield _of_villages(ledger, rules.WRN_04B, low, f"{len(low)} 个列入清单，{len(none)} 个没有党员、不评", "warn")
    empty = ledger.villages_without_activist
    yield _of_villages(ledger, rules.RES_03, empty, f"{len(empty)} 个没有积极分子", "warn")
    missed = [township for township in ledger.townships if township.guidance_met is False]
    yield _of_townships(ledger, rules.WRN_03, missed, f"{len(missed)} 个未达到", "guide")
    short = [township for township in ledger.townships if township.reserve_met is False]
    yield _of_townships(ledger, rules.RES_01, short, f"{len(short)} 个储备不足", "warn")


def _of_villages(ledger: Ledger, rule: Rule, listed: Sequence[Village], verdict: str, state: State) -> Line:
    share = spelling.share(Share(len(listed), len(ledger.villages)))
    figures = (f"村（社区）{len(ledger.villages)} 个，在列 {len(listed)} 个，占 {share}", *_names(listed))
    return Line(rule, verdict, on_screen(ledger.day), figures, state=state if listed else "ok")


def _of_townships(ledger: Ledger, rule: Rule, listed: Sequence[Township], verdict: str, state: State) -> Line:
    figures = (f"乡镇 {len(ledger.townships)} 个，在列 {len(listed)} 个", *_names(listed))
    return Line(rule, verdict, on_screen(ledger.day), figures, state=state if listed else "ok")


def _names(listed: Sequence[Village | Township]) -> tuple[str, ...]:
    return ("、".join(f"{one.unit.name}（{one.unit.code}）" for one in listed),) if listed else ()
