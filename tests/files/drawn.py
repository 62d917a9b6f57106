"""Pages, photographs and PDF files drawn for tests from a seed: nothing on them was ever written by anybody."""

from __future__ import annotations

import io
import random
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

A_DAY = "2026:03:02 09:30:00"


def page(seed: int, *, width: int = 1240, height: int = 1754, form: bool = False) -> Image.Image:
    """A page with lines of strokes; `form`: the same printed table on every page, filled differently."""
    rng = random.Random(seed)
    picture = Image.new("L", (width, height), rng.randint(225, 255))
    pen = ImageDraw.Draw(picture)
    y = 200 if form else rng.randint(100, 260)
    if form:
        for line in range(200, 1601, 100):
            pen.line((100, line, 1140, line), fill=60, width=3)
        for line in (100, 400, 1140):
            pen.line((line, 200, line, 1600), fill=60, width=3)
    while y < height - 120:
        signs = rng.randint(3, 38)
        _write(pen, rng, 420 if form else 120, y + 30, signs if not form else min(signs, 25))
        y += 100 if form else rng.choice([42, 44, 44, 88])
        if not form and rng.random() < 0.03:
            break
    return picture


def _write(pen: ImageDraw.ImageDraw, rng: random.Random, x: int, y: int, signs: int) -> None:
    for place in range(signs):
        left, ink = x + place * 27, rng.randint(10, 80)
        for _ in range(rng.randint(2, 7)):
            ends = [(left + rng.randint(0, 24), y + rng.randint(0, 26)) for _ in range(2)]
            pen.line(ends, fill=ink, width=2)


def photograph(seed: int = 1, *, width: int = 4000, height: int = 3000, **saved: Any) -> bytes:
    """A photograph of a page, as large as a telephone takes them."""
    picture = page(seed).resize((width, height)).convert("RGB")
    return jpeg(picture, **saved)


def jpeg(picture: Image.Image, *, quality: int = 85, **saved: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **saved)
    return out.getvalue()


def png(picture: Image.Image, **saved: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", **saved)
    return out.getvalue()


def camera_notes(*, turned: int = 1) -> Image.Exif:
    """What a camera writes beside a picture: day, place, make, and how it was held."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = turned, "NoBrand"
    notes.get_ifd(0x8769)[0x9003] = A_DAY
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (24.0, 30.0, 1.5), "E", (111.0, 20.0, 2.5)
    return notes


def pdf(*pages: bytes | str, **root: Any) -> bytes:
    """A PDF: of each JPEG a page that is the picture, of each text a page that only has something drawn."""
    out = io.BytesIO()
    with pikepdf.new() as book:
        for one in pages:
            _add(book, one)
        for key, value in root.items():
            book.Root["/" + key] = value(book) if callable(value) else value
        with book.open_metadata() as meta:
            meta["dc:creator"] = ["NoBrandScanner"]
        book.docinfo["/Author"] = "NoBrandScanner"
        book.save(out)
    return out.getvalue()


def _add(book: pikepdf.Pdf, one: bytes | str) -> None:
    resources = pikepdf.Dictionary()
    drawn = one.encode() if isinstance(one, str) else b"q 595 0 0 842 0 0 cm /P Do Q"
    if isinstance(one, bytes):
        with Image.open(io.BytesIO(one)) as picture:
            image = pikepdf.Stream(
                book, one, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
                BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
                ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
            )  # fmt: skip
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=book.make_indirect(image)))
    sheet = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Resources=resources,
        Contents=book.make_indirect(pikepdf.Stream(book, drawn)),
    )  # fmt: skip
    book.pages.append(pikepdf.Page(book.make_indirect(sheet)))


def acting(**action: Any) -> Any:
    """An action to hang onto a PDF's root."""
    return pikepdf.Dictionary(**action)


def locked(content: bytes) -> bytes:
    """The same PDF with a password to open it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()
