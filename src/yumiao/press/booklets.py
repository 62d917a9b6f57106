"""A booklet of blank sheets: cover, notes, tables, then one leaf a page to fill in by hand; printed, or as a word processor's file.

Must not know: what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm

from yumiao.press.documents import Section
from yumiao.press.typesetting import typeset
from yumiao.press.words import HEADING, add_section, blank, say, table

LABEL_WIDTH: Final = (34.0, 136.0)


@dataclass(frozen=True, slots=True)
class Blank:
    """One row of a leaf: what stands in it already, or so many empty lines for the hand."""

    label: str
    given: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: a heading with a small line above it, rows, places for signatures, notes at its foot."""

    heading: str
    above: str
    rows: Sequence[Blank]
    signs: Sequence[str] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Booklet:
    """`by` and `lines` stand on the cover, `boxes` are its places for the hand, `front` what comes before the leaves."""

    title: str
    by: str
    lines: Sequence[str]
    boxes: Sequence[str]
    front: Sequence[Section]
    leaves: Sequence[Leaf]


def print_booklet(one: Booklet, *, code: str = "") -> bytes:
    """The PDF; `code` stands at the foot of every page. Raises `press.glyphs.Unprintable`."""
    return typeset("booklet", {**asdict(one), "code": code})


def booklet_docx(one: Booklet, *, on: date) -> bytes:
    """The same as a file that can be edited; every leaf begins a page."""
    document = blank(one.title, on)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for _space in range(5):
        say(document, "")
    say(document, one.by, font=HEADING, size=18, align=centre)
    say(document, one.title, font=HEADING, size=26, align=centre)
    for words in one.lines:
        say(document, words, size=14, align=centre)
    say(document, "")
    table(document, [], [(label, "") for label in one.boxes], LABEL_WIDTH)
    for section in one.front:
        _new_page(document)
        add_section(document, section)
    for leaf in one.leaves:
        _new_page(document)
        _leaf(document, leaf)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _new_page(document: Any) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _leaf(document: Any, leaf: Leaf) -> None:
    say(document, leaf.above, size=9)
    say(document, leaf.heading, font=HEADING, size=16, align=WD_ALIGN_PARAGRAPH.CENTER)
    made = table(document, [], [(one.label, one.given) for one in leaf.rows], LABEL_WIDTH)
    for row, one in zip(made.rows, leaf.rows, strict=True):
        row.height = Mm(8 * one.lines)
    if leaf.signs:
        say(document, "　　".join(f"{one}：＿＿＿＿＿＿" for one in leaf.signs))
    for words in leaf.notes:
        say(document, words, size=9)
