"""How a page looks, as 64 bits, and which pages look alike. A page that was resized or saved again keeps nearly all of its bits.

The signs of the lowest 64 frequencies (DCT) of the page at 32 × 32 points. Differences between neighbouring points were tried first: of
pages of writing they say too little, one in forty strangers looked the same. Pure; must not know: files, the database.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

SIDE: Final = 32
NEAR: Final = 6
"""Pages whose looks differ in no more bits than this are shown as the same."""
FLAT: Final = 1.0
"""The spread of grey below which a page is blank and looks like nothing."""

_BANDS: Final = 4
_WIDTH: Final = 16
_MASK: Final = (1 << _WIDTH) - 1
_WHOLE: Final = (1 << _BANDS * _WIDTH) - 1
_WAVES: Final = [[math.cos((2 * x + 1) * u * math.pi / (2 * SIDE)) for x in range(SIDE)] for u in range(9)]


def look_of(grey: Sequence[int]) -> int | None:
    """The look of a page from its 32 × 32 grey values, row by row; None of a blank one. Signed, as databases keep it."""
    mean = sum(grey) / len(grey)
    if math.sqrt(sum((one - mean) ** 2 for one in grey) / len(grey)) < FLAT:
        return None
    rows = [grey[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[sum(a * b for a, b in zip(row, wave, strict=True)) for row in rows] for wave in _WAVES[1:]]
    value = 0
    for wave in _WAVES[1:]:
        for column in across:
            value = value << 1 | (sum(a * b for a, b in zip(column, wave, strict=True)) > 0)
    return value - (1 << 64) if value >> 63 else value


def apart(one: int, other: int) -> int:
    """In how many bits two looks differ."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()


def near_among(looks: Iterable[tuple[int, int]], look: int) -> set[int]:
    """The keys of the pages (key, look) that look like this, one by one: for a few questions that takes less than making an `Index`."""
    return {key for key, other in looks if ((other ^ look) & _WHOLE).bit_count() <= NEAR}


class Index:
    """Many looks, to be asked which are near another: of four bands of sixteen bits one differs in at most one bit, where seven differ in all."""

    def __init__(self, looks: Iterable[tuple[int, int]]) -> None:
        """`looks`: (key, look) of each page."""
        self._looks: dict[int, list[int]] = defaultdict(list)
        for key, look in looks:
            self._looks[look].append(key)
        self._bands: list[dict[int, list[int]]] = [defaultdict(list) for _ in range(_BANDS)]
        for look in self._looks:
            for place, band in enumerate(_bands(look)):
                self._bands[place][band].append(look)

    def near(self, look: int) -> set[int]:
        """The keys of the pages that look like this."""
        found: set[int] = set()
        for place, band in enumerate(_bands(look)):
            shelves = self._bands[place]
            for probe in (band, *(band ^ 1 << bit for bit in range(_WIDTH))):
                found.update(one for one in shelves.get(probe, ()) if apart(one, look) <= NEAR)
        return {key for one in found for key in self._looks[one]}

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every two pages that look alike, once, the smaller key first."""
        for look, keys in self._looks.items():
            others = self.near(look)
            for key in keys:
                yield from ((key, other) for other in others if key < other)


def _bands(look: int) -> list[int]:
    return [look >> _WIDTH * place & _MASK for place in range(_BANDS)]
