"""Plain tables for a terminal: Chinese characters take two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Columns a terminal needs for `text`."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Columns side by side, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[place]) for row in cells) for place in range(len(header))]
    lines = []
    for row in cells:
        parts = []
        for cell, wide in zip(row, widths, strict=True):
            gap = " " * (wide - width(cell))
            parts.append(gap + cell if cell.replace(".", "").isdigit() else cell + gap)
        lines.append("  ".join(parts).rstrip())
    return "\n".join([lines[0], "─" * (sum(widths) + 2 * (len(widths) - 1)), *lines[1:]])
