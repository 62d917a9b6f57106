"""Taking files in: PDF, JPEG and PNG by what they hold, looked at and made anew in a child process that may take only so much.

A PDF is written anew with nothing but its pages; photographs become one PDF in their order. Names that were sent are never looked at.
Must not know: whose papers they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from yumiao.files.limits import Limits, Unusable, framed, unframed
from yumiao.sheets.limited import BrokeOff, TookTooLong, answer_of

__all__ = ["Limits", "Page", "Taken", "Unusable", "draw", "take_in"]

# The folder is named because -I keeps the child from the environment and from the current folder.
_CHILD: Final = "import sys; sys.path.insert(0, sys.argv[1]); from yumiao.files.child import main; main()"

_SOURCE: Final = str(Path(__file__).parents[2])
_USUAL: Final = Limits()
_TURNS: Final = BoundedSemaphore(2)
"""So many documents at once in one process: more would take what the pages need."""
_OTHERS: Final = (
    (b"PK\x03\x04", "是 Word、Excel 文件或者压缩包，请打印后拍照、扫描，或者另存为 PDF 再试"),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "是 Word、Excel 等文件，请打印后拍照、扫描，或者另存为 PDF 再试"),
    (b"GIF8", "是 GIF 图片，请改用 JPEG 或者 PNG 照片"),
    (b"BM", "是 BMP 图片，请改用 JPEG 或者 PNG 照片"),
    (b"II*\x00", "是 TIFF 图片，请改用 JPEG、PNG 照片或者 PDF"),
    (b"MM\x00*", "是 TIFF 图片，请改用 JPEG、PNG 照片或者 PDF"),
    (b"RIFF", "是 WebP 图片，请改用 JPEG 或者 PNG 照片"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a page: the digest of its picture or writing, how it looks (None without a picture), its size."""

    digest: bytes
    look: int | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A document as it will be kept: a PDF of ours."""

    content: bytes
    pages: tuple[Page, ...]
    taken_on: date | None

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()


def take_in(parts: Sequence[bytes], *, limits: Limits = _USUAL) -> Taken:
    """One PDF, or photographs in their order, as one document.

    Raises `Unusable` with a reason and a way out, within `limits`, whatever the files hold.
    """
    kind = _kind_of_all(parts, limits)
    said, content = _by_child({"task": "take", "kind": kind}, parts, limits)
    pages = tuple(Page(bytes.fromhex(one["digest"]), one["look"], one["width"], one["height"]) for one in said["pages"])
    return Taken(content, pages, date.fromisoformat(said["taken_on"]) if said["taken_on"] else None)


def draw(content: bytes, page: int, *, limits: Limits = _USUAL) -> bytes:
    """The picture of a page of a PDF of ours as a JPEG. Raises `Unusable` where it has none."""
    return _by_child({"task": "picture", "page": page}, [content], limits)[1]


def _kind_of_all(parts: Sequence[bytes], limits: Limits) -> str:
    """`pdf` of one PDF, `photographs` of pictures. Raises `Unusable`."""
    if not parts:
        raise Unusable("没有选择文件，请拍照或者选择文件")
    kinds = []
    for number, content in enumerate(parts, start=1):
        which = f"第 {number} 个文件" if len(parts) > 1 else "文件"
        if len(content) > limits.file_bytes:
            raise Unusable(f"{which}超过 {limits.file_bytes >> 20} MB，请降低分辨率后重拍，或者分开放入")
        kinds.append(_kind(content, which))
    if "pdf" in kinds and len(parts) > 1:
        raise Unusable("一次只能放入一个 PDF，或者若干张照片；请分开放入，或者先合成一个 PDF")
    if len(parts) > limits.photographs:
        raise Unusable(f"一次最多 {limits.photographs} 张照片，这次有 {len(parts)} 张，请分开放入")
    if sum(map(len, parts)) > limits.total_bytes:
        raise Unusable(f"这些照片合起来超过 {limits.total_bytes >> 20} MB，请降低分辨率后重拍，或者分开放入")
    return "pdf" if "pdf" in kinds else "photographs"


def _kind(content: bytes, which: str) -> str:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "photograph"
    if not content:
        raise Unusable(f"{which}是空的，请重新选择")
    if content[4:8] == b"ftyp":
        raise Unusable(
            f"{which}是 HEIC 照片或者视频，请把手机相机的格式改为 JPEG（苹果手机：设置、相机、格式、兼容性最佳）后重拍"
        )
    found = next((why for start, why in _OTHERS if content.startswith(start)), None)
    raise Unusable(f"{which}{found or '不是 PDF、JPEG 或者 PNG（可能只是改了扩展名），请重新拍照或者扫描'}")


_BROKEN: Final = "文件过大或者已损坏，处理时中断；请重新拍照或者扫描，仍不行就分开放入"


def _by_child(job: dict[str, Any], parts: Sequence[bytes], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """What the child says; its answer goes to a file without a name, whose size the child's own limits bound."""
    with _TURNS:
        return _asked(framed({**job, "limits": asdict(limits)}, parts), limits)


def _asked(message: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    try:
        told = answer_of(["-c", _CHILD, _SOURCE], message, seconds=limits.seconds)
    except TookTooLong:
        raise Unusable("处理超过时限，请减少照片或者页数，分开放入") from None
    except BrokeOff:
        raise Unusable(_BROKEN) from None
    try:
        said, [content] = unframed(told)
    except (json.JSONDecodeError, ValueError):
        raise Unusable(_BROKEN) from None
    if "unusable" in said:
        raise Unusable(said["unusable"])
    return said, content
