"""Slips on one sheet that are torn apart: a stub, a letter, a receipt. Must not know: what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from yumiao.press.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Slip:
    """One part of the sheet: whom it is addressed to, paragraphs, lines of signature at the right, small lines at its foot."""

    heading: str
    number: str
    paragraphs: Sequence[str]
    addressed: str = ""
    sign: Sequence[str] = ()
    foot: Sequence[str] = ()


def print_slips(title: str, slips: Sequence[Slip], *, cuts: Sequence[str], code: str = "") -> bytes:
    """The PDF; `cuts` are the words on the line after each slip but the last, over which the seal goes. Raises `press.glyphs.Unprintable`."""
    return typeset("slips", {"title": title, "code": code, "slips": [asdict(one) for one in slips], "cuts": list(cuts)})
