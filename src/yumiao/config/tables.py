"""Plain tables for a terminal: Chinese characters take two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

# A code such as 001.003 begins with a nought and is none.
NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?")


def width(text: str) -> int:
    """Columns a terminal needs for `text`."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Columns side by side; a column of nothing but numbers and dashes stands to the right."""
    head, body = [str(cell) for cell in header], [[str(cell) for cell in row] for row in rows]
    columns = list(zip(head, *body, strict=True))
    widths = [max(width(cell) for cell in column) for column in columns]
    to_the_right = [all(_is_number(cell) for cell in column[1:]) for column in columns]
    lines = [
        "  ".join(_set(cell, wide, right) for cell, wide, right in zip(row, widths, to_the_right, strict=True)).rstrip()
        for row in (head, *body)
    ]
    return "\n".join([lines[0], "─" * (sum(widths) + 2 * (len(widths) - 1)), *lines[1:]])


def _is_number(cell: str) -> bool:
    return cell in ("–", "") or NUMBER.fullmatch(cell) is not None


def _set(cell: str, wide: int, right: bool) -> str:
    gap = " " * (wide - width(cell))
    return gap + cell if right else cell + gap
