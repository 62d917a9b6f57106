"""Which sign of the pages stands for which verdict: shapes that are told apart without colour.

Must not know: figures, texts. The words beside a sign are the verdict's own label.
"""

from __future__ import annotations

from typing import Literal

from yumiao.ledger.rules import Band, Bottom, Grade, Warned

State = Literal["ok", "warn", "floor", "risk", "guide", "clear", "na"]

_BOTTOM: dict[Bottom, State] = {
    Bottom.OK: "ok",
    Bottom.AT_RISK: "risk",
    Bottom.BREACH: "floor",
    Bottom.NOT_ASSESSED: "na",
}
_WARNED: dict[Warned, State] = {
    Warned.OK: "ok",
    Warned.WARNED: "warn",
    Warned.CLEARED: "clear",
    Warned.NOT_ASSESSED: "na",
}
_BAND: dict[Band, State] = {Band.NONE: "warn", Band.WITHIN: "ok", Band.ABOVE: "clear"}
_GRADE: dict[Grade, State] = {Grade.NONE: "ok", Grade.GENERAL: "warn", Grade.SERIOUS: "risk", Grade.SEVERE: "floor"}


def of_bottom(bottom: Bottom) -> State:
    return _BOTTOM[bottom]


def of_warned(warned: Warned) -> State:
    return _WARNED[warned]


def of_band(band: Band) -> State:
    return _BAND[band]


def of_grade(grade: Grade) -> State:
    return _GRADE[grade]


def of_low_young(is_low: bool | None) -> State:
    """WRN-04b; None for a village without members."""
    return "na" if is_low is None else "warn" if is_low else "ok"


def of_guidance(met: bool | None) -> State:
    """WRN-03; None while nobody was admitted."""
    return "na" if met is None else "ok" if met else "guide"


def of_reserve(met: bool | None) -> State:
    """RES-01; None without a plan."""
    return "na" if met is None else "ok" if met else "warn"
