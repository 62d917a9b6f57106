"""Shares as two integers: compared exactly, rounded only for reading.

Must not know: what is counted, and which threshold a county has set.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

NO_SHARE = "–"


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, both 0 or more; `part` may exceed `whole` (a reserve against its plan)."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if self.part < 0 or self.whole < 0:
            raise ValueError("a share has no negative side")

    @property
    def is_none(self) -> bool:
        """There is nothing to take a share of, hence no verdict either."""
        return self.whole == 0

    def at_least(self, numerator: int, denominator: int) -> bool:
        """Whether the share reaches numerator/denominator, by integers alone; `ZeroDivisionError` when `is_none`."""
        if self.is_none:
            raise ZeroDivisionError("no share of nothing: ask is_none first")
        return self.part * denominator >= self.whole * numerator

    def percent(self, places: int = 1) -> str:
        """`27.6%`, half rounded up; one place wherever somebody reads it; `–` when `is_none`."""
        if self.is_none:
            return NO_SHARE
        units = (200 * self.part * 10**places + self.whole) // (2 * self.whole)
        digits = str(units).zfill(places + 1)
        return f"{digits[:-places]}.{digits[-places:]}%" if places else f"{digits}%"

    def rounded(self, places: int) -> float | None:
        """The share as a number for a reader of JSON, never for a comparison; `None` when `is_none`."""
        return None if self.is_none else round(self.part / self.whole, places)


def ratio(text: str) -> Fraction:
    """The exact value of a setting such as `3/4`, `10%` or `12.5%`; anything else is a `ValueError` in Chinese."""
    written = text.strip()
    if found := re.fullmatch(r"([0-9]+)/([0-9]+)", written):
        numerator, denominator = int(found[1]), int(found[2])
        if denominator:
            return Fraction(numerator, denominator)
    elif found := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)%", written):
        return Fraction(found[1]) / 100
    raise ValueError("比例应写成“3/4”或“10%”的形式")
