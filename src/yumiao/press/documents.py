"""A document of headed sections on A4: pairs of label and value, tables, paragraphs.

Must not know: what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from yumiao.kernel.periods import on_paper
from yumiao.press.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document, shown in this order; what is empty is left out. `widths` of the columns of `rows` are relative."""

    heading: str = ""
    paragraphs: Sequence[str] = ()
    pairs: Sequence[tuple[str, str]] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] = ()
    notes: Sequence[str] = ()


def print_document(
    title: str, sections: Sequence[Section], *, unit: str, on: date, code: str = "", note: str = ""
) -> bytes:
    """The PDF. `unit` and day stand under the title, `note` under them, `code` at the foot of every page. Raises `press.glyphs.Unprintable`."""
    return typeset(
        "document",
        {
            "title": title,
            "unit": unit,
            "on": on_paper(on),
            "code": code,
            "note": note,
            "sections": [asdict(one) for one in sections],
        },
    )
