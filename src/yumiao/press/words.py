"""The same headed document as a word processor's file: what `press.documents` prints can also be edited (docx).

Must not know: what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY: Final = "仿宋"
HEADING: Final = "黑体"
_MARGIN: Final = Mm(20)
_WIDTH: Final = 170  # millimetres between the margins of A4
_LABELS: Final = (32.0, 138.0)


def make_docx(title: str, sections: Sequence[Section], *, unit: str, on: date, note: str = "") -> bytes:
    """The file. `unit` and day stand under the title, `note` under them; every word is text, never markup."""
    document = blank(title, on)
    say(document, title, font=HEADING, size=18, align=WD_ALIGN_PARAGRAPH.CENTER)
    say(document, f"{unit}　　{on_paper(on)}")
    if note:
        say(document, note, size=9)
    for one in sections:
        add_section(document, one)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def blank(title: str, on: date) -> Any:
    """A4 with our fonts; what the library's own template says of its author and origin is taken out."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.title = title
    properties.created = properties.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
    _font(document.styles["Normal"], BODY, 10.5)
    return document


def _font(style: Any, name: str, size: float) -> None:
    """A Chinese font is named twice in the format: for letters and for characters of East Asia."""
    style.font.name, style.font.size = name, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def say(document: Any, words: str, *, font: str = BODY, size: float = 10.5, align: Any = None) -> None:
    """One paragraph of plain text."""
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    _run(paragraph, words, font, size)


def _run(paragraph: Any, words: str, font: str, size: float) -> None:
    run = paragraph.add_run(_printable(words))
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _printable(words: str) -> str:
    """Without the control characters that the format cannot hold; line breaks and tabs stay."""
    return "".join(one for one in words if one >= " " or one in "\n\t")


def add_section(document: Any, section: Section) -> None:
    """A section as `make_docx` sets it."""
    if section.heading:
        say(document, section.heading, font=HEADING, size=12)
    for words in section.paragraphs:
        say(document, words)
    if section.pairs:
        table(document, [], section.pairs, _LABELS)
    if section.head:
        table(document, section.head, section.rows, section.widths)
    for words in section.notes:
        say(document, words, size=9)


def table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """One table, returned as the library has it, None without a row; its head is repeated on every page."""
    every = [*([head] if head else []), *rows]
    if not every:
        return None
    columns = len(every[0])
    shares = list(widths) or [1.0] * columns
    made = document.add_table(rows=0, cols=columns)
    made.style, made.autofit = "Table Grid", False
    for place, row in enumerate(every):
        cells = made.add_row().cells
        is_head = bool(head) and place == 0
        for cell, words, share in zip(cells, row, shares, strict=True):
            cell.width = Mm(_WIDTH * share / sum(shares))
            _run(cell.paragraphs[0], words, HEADING if is_head else BODY, 9.5)
    if head:
        made.rows[0]._tr.get_or_add_trPr().append(_repeated())
    document.add_paragraph()
    return made


def _repeated() -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement("w:tblHeader")
