"""Several PDFs bound into one: a front with a catalogue whose page numbers are right, numbers at the foot of every page, bookmarks.

The same parts give the same bytes. Must not know: what the parts are about.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem, Pdf

from yumiao.press.pages import page_digest

_SIZE: Final = 9
_FROM_FOOT: Final = 14


@dataclass(frozen=True, slots=True)
class Part:
    """One document among those bound; `title` names its bookmark."""

    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a part came to stand: its first page and how many it has."""

    title: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Bound:
    """The whole, with its front alone, where every part stands and a digest of every page."""

    content: bytes
    front: bytes
    placed: tuple[Placed, ...]
    digests: tuple[str, ...]

    @property
    def pages(self) -> int:
        return len(self.digests)


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def bind(front: Callable[[Sequence[Placed], int], bytes], parts: Sequence[Part]) -> Bound:
    """`front` makes cover and catalogue of where the parts stand and how many pages there are; it is made until its own length is right."""
    counts = [pages_of(one.content) for one in parts]
    length = 1
    for _try in range(4):
        placed = _place(parts, counts, length)
        first = front(placed, length + sum(counts))
        found = pages_of(first)
        if found == length:
            return _joined(first, parts, placed)
        length = found
    raise ValueError("the front does not settle on a length")


def _place(parts: Sequence[Part], counts: Sequence[int], before: int) -> tuple[Placed, ...]:
    found, at = [], before + 1
    for one, count in zip(parts, counts, strict=True):
        found.append(Placed(one.title, at, count))
        at += count
    return tuple(found)


def _joined(front: bytes, parts: Sequence[Part], placed: tuple[Placed, ...]) -> Bound:
    whole = Pdf.new()
    for content in (front, *(one.content for one in parts)):
        with pikepdf.open(io.BytesIO(content)) as source:
            whole.pages.extend(source.pages)
    _number(whole)
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(one.title, one.first - 1) for one in placed)
    target = io.BytesIO()
    whole.save(target, deterministic_id=True, compress_streams=True)
    return Bound(target.getvalue(), front, placed, digests_of(target.getvalue()))


def digests_of(content: bytes) -> tuple[str, ...]:
    """A digest of every page of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return tuple(page_digest(one) for one in pdf.pages)


def _number(whole: Pdf) -> None:
    """`12 / 60` at the foot of every page, in the one font every reader has."""
    font = whole.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    count = len(whole.pages)
    for number, page in enumerate(whole.pages, 1):
        if "/Resources" not in page.obj:
            page.obj.Resources = Dictionary()
        resources = page.obj.Resources
        if "/Font" not in resources:
            resources.Font = Dictionary()
        resources.Font[Name("/YumiaoFoot")] = font
        left, low, right, _top = (float(one) for one in page.mediabox)
        said = f"{number} / {count}"
        x = (left + right) / 2 - len(said) * _SIZE / 4
        drawn = f"q 0 g BT /YumiaoFoot {_SIZE} Tf {x:.1f} {low + _FROM_FOOT:.1f} Td ({said}) Tj ET Q\n"
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n" + drawn.encode(), prepend=False)


def attach(content: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The same PDF with files inside; no page is touched."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name, data in files:
            spec = pikepdf.AttachedFileSpec(pdf, data, filename=name, mime_type="application/json")
            pdf.attachments[name] = spec
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, compress_streams=True)
    return target.getvalue()
