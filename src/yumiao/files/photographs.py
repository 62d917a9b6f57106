"""Photographs become one PDF in their order: upright, smaller, without anything the camera wrote beside the picture.

Runs in the child process. Must not know: where the pictures come from or go to.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Sequence
from datetime import date
from typing import Any

import pikepdf
from PIL import ExifTags, Image, ImageOps

from yumiao.files.limits import Limits, Unusable
from yumiao.files.looks import SIDE, look_of

A4 = (595.28, 841.89)
_FORMATS = ("JPEG", "MPO", "PNG")
_BROKEN = "文件不完整或者已损坏，请重新拍照或者重新选择"
# what a stranger's file makes Pillow raise; a bomb that slips by meets the limits of the process
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, AttributeError)


def bound(parts: Sequence[bytes], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """({pages, taken_on}, the PDF) of photographs in their order. Raises `Unusable` that names the first that cannot be used."""
    pages, taken_on = [], None
    with pikepdf.new() as book:
        for number, content in enumerate(parts, start=1):
            try:
                picture, day = upright(content, limits)
            except Unusable as refusal:
                raise Unusable(f"第 {number} 张照片{refusal.reason}") from None
            taken_on = taken_on or day
            saved = _saved(picture, limits)
            _add_page(book, picture, saved)
            pages.append(described(picture, saved))
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return {"pages": pages, "taken_on": taken_on.isoformat() if taken_on else None}, out.getvalue()


def upright(content: bytes, limits: Limits) -> tuple[Image.Image, date | None]:
    """The picture as people see it, no longer than the limit, and the day it was taken where it says so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
            if picture.width * picture.height > limits.pixels:
                raise Unusable(
                    f"有 {picture.width * picture.height // 10_000} 万像素，超过 {limits.pixels // 10_000} 万，请降低相机分辨率后重拍"
                )
            if picture.format not in _FORMATS:
                raise Unusable(_BROKEN)
            day = _taken_on(picture)
            least = max(1.0, max(picture.size) / limits.long_side)
            picture.draft("RGB", (int(picture.width / least), int(picture.height / least)))
            picture.load()
            seen = ImageOps.exif_transpose(picture)
            seen.thumbnail((limits.long_side, limits.long_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
            return _flat(seen), day
    except Image.DecompressionBombError:
        raise Unusable(f"像素太多，超过 {limits.pixels // 10_000} 万，请降低相机分辨率后重拍") from None
    except _FAULTS:
        raise Unusable(_BROKEN) from None


def _flat(picture: Image.Image) -> Image.Image:
    """In colour or grey, what is transparent on white, and nothing beside the points."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    mode = "L" if picture.mode in ("1", "L", "I", "I;16", "F") else "RGB"
    found = picture.convert(mode)
    found.info.clear()  # comments and colours would be written again
    return found


def _taken_on(picture: Image.Image) -> date | None:
    try:
        said = picture.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
        return date.fromisoformat(str(said)[:10].replace(":", "-")) if said else None
    except _FAULTS:
        return None


def _saved(picture: Image.Image, limits: Limits) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=limits.quality)
    return out.getvalue()


def described(picture: Image.Image, saved: bytes) -> dict[str, Any]:
    """What is kept of a page: its digest, its look, its size."""
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    look = look_of(list(small.tobytes()))
    return {
        "digest": hashlib.sha256(saved).hexdigest(), "look": look, "width": picture.width, "height": picture.height,
    }  # fmt: skip


def _add_page(book: pikepdf.Pdf, picture: Image.Image, saved: bytes) -> None:
    """A page of A4, upright or lying as the picture is, filled by it."""
    wide, high = A4 if picture.height >= picture.width else A4[::-1]
    scale = min(wide / picture.width, high / picture.height)
    w, h = picture.width * scale, picture.height * scale
    colours = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB
    image = pikepdf.Stream(
        book, saved, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=colours, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    drawn = f"q {w:.2f} 0 0 {h:.2f} {(wide - w) / 2:.2f} {(high - h) / 2:.2f} cm /P Do Q".encode()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, round(wide, 2), round(high, 2)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=book.make_indirect(image))),
        Contents=book.make_indirect(pikepdf.Stream(book, drawn)),
    )  # fmt: skip
    book.pages.append(pikepdf.Page(book.make_indirect(page)))
