"""A PDF of a stranger is refused where it could act, and written anew with nothing but its pages.

Runs in the child process, but for `picture`, which reads what was written anew. Must not know: where the bytes come from or go to.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image

from yumiao.files.limits import Limits, Unusable
from yumiao.files.looks import SIDE, look_of

_BROKEN = "PDF 文件不完整或者已损坏，请重新扫描或者另存为 PDF 后再试"
_ACTS = frozenset(
    {
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Sound", "/Movie", "/RichMedia",
        "/RichMediaExecute", "/ResetForm", "/Trans", "/GoTo3DView", "/FileAttachment", "/3D", "/Screen",
    }
)  # fmt: skip
_ACTING_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/RichMediaContent"}
)
_PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit"})
_BESIDE = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/OPI",
    "/AF",
    "/Thumb",
    "/StructParent",
    "/StructParents",
    "/OC",
)
_FAULTS = (
    pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, IndexError, RuntimeError, AttributeError, NotImplementedError, EOFError,
    SyntaxError, OverflowError, RecursionError, struct.error, Image.DecompressionBombError,
)  # fmt: skip
_DEEPEST = 40
_SMALL = 200  # points: what is smaller is no page
_SHARE = 0.8  # of all points of a page, for a picture to be the page


def cleaned(content: bytes, limits: Limits) -> tuple[list[dict[str, Any]], bytes]:
    """(what is kept of each page, the PDF written anew). Raises `Unusable`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as source:
            if source.is_encrypted:
                raise Unusable("PDF 设有密码或者限制，请取消后另存为 PDF 再试")
            count = len(source.pages)
            if not 1 <= count <= limits.pdf_pages:
                raise Unusable(f"PDF 有 {count} 页，最多 {limits.pdf_pages} 页，请分开放入" if count else _BROKEN)
            _refuse_acts(source)
            out = _rewritten(source)
        with pikepdf.open(io.BytesIO(out)) as book:
            return [_described(page, limits) for page in book.pages], out
    except pikepdf.PasswordError:
        raise Unusable("PDF 设有打开密码，请取消密码后另存为 PDF 再试") from None
    except _FAULTS:
        raise Unusable(_BROKEN) from None


def _refuse_acts(source: pikepdf.Pdf) -> None:
    """Nothing may be in it that does something or carries something along."""
    seen = [*source.objects, source.trailer]
    for one in seen:
        _look(one, 0)


def _look(one: Any, depth: int) -> None:
    """At a thing and what is in it; what is pointed at is looked at by itself."""
    if depth > _DEEPEST:
        raise Unusable(_BROKEN)
    if isinstance(one, pikepdf.Array):
        for part in one:
            if not getattr(part, "is_indirect", False):
                _look(part, depth + 1)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key in one.keys():  # noqa: SIM118 a PDF dictionary iterates otherwise
            found: Any = one.get(key)
            is_act = key in ("/S", "/Subtype", "/Type") and isinstance(found, Name) and str(found) in _ACTS
            if key in _ACTING_KEYS or is_act:
                raise Unusable(
                    "PDF 里带有脚本、附件、动态表单或者自动操作，可能有害，没有收下；请打印后扫描，或者用“打印成 PDF”另存"
                )
            if not getattr(found, "is_indirect", False):
                _look(found, depth + 1)


def _rewritten(source: pikepdf.Pdf) -> bytes:
    """Its pages alone: what is written on them as notes becomes part of them, everything beside them is left behind."""
    source.flatten_annotations("all")
    for page in source.pages:
        page.obj["/Resources"] = page.resources  # inherited by some
        for key in [key for key in page.obj.keys() if key not in _PAGE_KEYS | {"/Parent"}]:  # noqa: SIM118
            del page.obj[key]
    with pikepdf.new() as book:
        book.pages.extend(source.pages)
        for one in book.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                for key in _BESIDE:
                    if key in one:
                        del one[key]
            if isinstance(one, pikepdf.Stream) and _is_jpeg(one):
                one.write(bare(one.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=_parms(one))
        book.remove_unreferenced_resources()
        out = io.BytesIO()
        book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _parms(stream: Any) -> Any:
    return stream.get("/DecodeParms")


def _is_jpeg(stream: Any) -> bool:
    found = stream.get("/Filter")
    names = [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]
    return stream.get("/Subtype") == Name.Image and names == ["/DCTDecode"]


def bare(jpeg: bytes) -> bytes:
    """A JPEG without what was written beside the picture: of the marked parts only those stay that are needed to draw it."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        if mark == 0xDA:  # the picture itself follows, to the end
            end = jpeg.rfind(b"\xff\xd9")
            kept.append(jpeg[place : end + 2 if end > place else len(jpeg)])
            break
        length = int.from_bytes(jpeg[place + 2 : place + 4])
        is_beside = mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)
        if not is_beside:
            kept.append(jpeg[place : place + 2 + length])
        place += 2 + length
    return b"".join(kept)


def _whole_picture(page: pikepdf.Page) -> Any:
    """The one picture that is the page; None of a page of writing or of several pictures."""
    images = list(page.get_images().values())
    points = [_points(one) for one in images]
    if not images or max(points) < _SMALL * _SMALL or max(points) < _SHARE * sum(points):
        return None
    return images[points.index(max(points))]


def _points(image: Any) -> int:
    return int(image.get("/Width", 0)) * int(image.get("/Height", 0))


def _described(page: pikepdf.Page, limits: Limits) -> dict[str, Any]:
    box = [float(one) for one in page.mediabox]
    size = {"width": round(abs(box[2] - box[0])), "height": round(abs(box[3] - box[1]))}
    image = _whole_picture(page)
    if image is None:
        return {"digest": hashlib.sha256(_written(page)).hexdigest(), "look": None, **size}
    raw = image.read_raw_bytes()
    said = {
        "digest": hashlib.sha256(raw).hexdigest(),
        "look": None,
        "width": int(image.Width),
        "height": int(image.Height),
    }
    if _points(image) > limits.pixels:
        raise Unusable(f"PDF 里有图片超过 {limits.pixels // 10_000} 万像素，请降低扫描分辨率后再试")
    try:
        grey = _opened(image, SIDE * 8).convert("L").resize((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    except _FAULTS:
        return said  # of a kind that is not drawn here; it is kept as it is
    return {**said, "look": look_of(list(grey.tobytes()))}


def _written(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
    return b"\n".join(one.read_bytes() for one in parts)


def _opened(image: Any, side: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if _is_jpeg(image):
            found = Image.open(io.BytesIO(image.read_raw_bytes()), formats=("JPEG",))
            found.draft(None, (side, side))
            return found
        return pikepdf.PdfImage(image).as_pil_image()


def picture(content: bytes, number: int) -> tuple[bool, bytes]:
    """(whether it is a JPEG that can be shown as it is, its bytes) of a page of a PDF of ours; (False, b"") where it has to be drawn."""
    with pikepdf.open(io.BytesIO(content)) as book:
        image = _whole_picture(book.pages[number - 1])
        if image is None or not _is_jpeg(image) or image.get("/ColorSpace") not in (Name.DeviceGray, Name.DeviceRGB):
            return False, b""
        return True, image.read_raw_bytes()


def drawn(content: bytes, number: int, limits: Limits) -> bytes:
    """The picture of a page as a JPEG. Raises `Unusable` of a page without one."""
    try:
        with pikepdf.open(io.BytesIO(content)) as book:
            image = _whole_picture(book.pages[number - 1])
            if image is None or _points(image) > limits.pixels:
                raise Unusable("这一页没有可以预览的图片")
            found = _opened(image, limits.long_side)
            found.thumbnail((limits.long_side, limits.long_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
            out = io.BytesIO()
            found.convert("L" if found.mode in ("1", "L") else "RGB").save(out, "JPEG", quality=limits.quality)
            return out.getvalue()
    except _FAULTS:
        raise Unusable("这一页没有可以预览的图片") from None
