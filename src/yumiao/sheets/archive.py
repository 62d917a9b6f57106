"""Archive: a look at an .xlsx file before anything reads its cells; whatever is not a plain workbook is refused.

Must not know what the cells hold; trusts no figure the archive states about itself.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_XML_NAMES = (".xml", ".rels", ".vml")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CHUNK = 1 << 20
# Longer than any token looked for, so that none is lost between two chunks.
_OVERLAP = 256

# Rows and references are sought as every spreadsheet program writes them: fixed beginnings make the search quick, and
# whoever writes them otherwise meets the limits of the child. Only what may lie outside is looked at closely: three
# letters, two letters past IV, rows of six digits and more.
_ROW = re.compile(rb"<row[\s/>]")
_REFERENCE = re.compile(rb' r="([A-Z]{0,8})(\d{0,12})')
_FAR_REFERENCE = re.compile(rb' r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z]|[A-Z]{0,2}\d{6})')
_SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"


class Unreadable(Exception):
    """A file that is not read; `reason` says in plain Chinese why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may cost: bytes, seconds, counts. `row_limit` and `column_limit` are the last ones allowed."""

    file_bytes: int = 32 << 20
    unpacked_bytes: int = 256 << 20
    parts: int = 1_000
    # XML of honest workbooks shrinks 10 to 50 times; small parts may shrink more.
    ratio: int = 200
    ratio_from_bytes: int = 8 << 20
    row_limit: int = 200_000
    column_limit: int = 256
    memory_bytes: int = 450 << 20
    answer_bytes: int = 64 << 20
    cpu_seconds: int = 60
    seconds: float = 20.0


def column_number(letters: bytes) -> int:
    """The column a reference names in capital letters: A is 1, Z 26, AA 27; no letters give 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def inspect(content: bytes, limits: Limits) -> None:
    """Refuse, with `Unreadable`, anything but a plain .xlsx workbook of bearable size."""
    _check_kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive.infolist(), limits)
            _check_contents(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise Unreadable(f"文件不完整或已损坏，{_SAVE_AGAIN}") from None


def _check_kind(content: bytes) -> None:
    if content.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in content:
            raise Unreadable("文件设有打开密码，请取消密码后另存为 .xlsx 再导入")
        raise Unreadable(f"文件是旧的 .xls 等格式，{_SAVE_AGAIN}")
    if not content.startswith(b"PK\x03\x04"):
        raise Unreadable(f"文件不是 .xlsx 工作簿（可能只是改了扩展名），{_SAVE_AGAIN}")


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the directory of the archive says: names, number, flags, declared sizes."""
    if len(parts) > limits.parts:
        raise Unreadable(f"文件内部的部件超过 {limits.parts} 个，不是正常的工作簿，{_SAVE_AGAIN}")
    names = [part.orig_filename for part in parts]
    if len({name.lower() for name in names}) != len(names) or any(map(_is_trick, names)):
        raise Unreadable(f"文件内部的部件名称不正常，{_SAVE_AGAIN}")
    if any("vbaproject" in name.lower() or "macrosheets" in name.lower() for name in names):
        raise Unreadable("文件带有宏，请另存为不带宏的 .xlsx 再导入")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("文件内容已加密，请取消密码后另存为 .xlsx 再导入")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unreadable(f"文件的压缩方式不正常，{_SAVE_AGAIN}")
    if "xl/workbook.xml" not in names:
        raise Unreadable(f"文件不是 .xlsx 工作簿，{_SAVE_AGAIN}")
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _too_large(limits)
    for part in parts:
        if part.file_size > max(limits.ratio_from_bytes, limits.ratio * part.compress_size):
            raise Unreadable(f"部件 {part.filename} 的压缩比例不正常，{_SAVE_AGAIN}")


def _is_trick(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or any(sign in name for sign in "\\:\x00")


def _too_large(limits: Limits) -> Unreadable:
    return Unreadable(f"解压后超过 {limits.unpacked_bytes >> 20} MB，请删去多余的行、列和格式，或拆成几个文件后再导入")


def _check_contents(archive: zipfile.ZipFile, limits: Limits) -> None:
    """What really lies in the parts, counted while unpacking."""
    left = limits.unpacked_bytes
    for part in archive.infolist():
        scan = _XmlScan(part.filename, limits) if part.filename.lower().endswith(_XML_NAMES) else None
        declared, unpacked = part.file_size, 0
        for chunk in _unpacked(archive, part, left):
            unpacked += len(chunk)
            if unpacked > left:
                raise _too_large(limits)
            if scan is not None:
                scan.take(chunk)
        if unpacked != declared:
            raise Unreadable(f"部件 {part.filename} 写明的大小与实际不符，{_SAVE_AGAIN}")
        left -= unpacked


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    # zipfile stops at the size the directory states; with a larger one it reads on and checks the sum at the real end.
    part.file_size = left + 2 * _CHUNK
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


class _XmlScan:
    """Looks at one XML part as it streams by, chunk after chunk."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._tail = b""
        self._rows = 0

    def take(self, chunk: bytes) -> None:
        # A whole part keeps its tokens within `_OVERLAP`; rows in the overlap are subtracted, not counted twice.
        is_first = not self._tail
        window = self._tail + chunk
        if (is_first and window.startswith(_BYTE_ORDER_MARKS)) or b"\x00" in chunk:
            raise Unreadable(f"部件 {self._name} 不是 UTF-8 编码，{_SAVE_AGAIN}")
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise Unreadable(f"部件 {self._name} 含有文档类型声明，可能有害，未读取；{_SAVE_AGAIN}")
        self._rows += len(_ROW.findall(window)) - len(_ROW.findall(self._tail))
        if self._rows > self._limits.row_limit or any(map(self._is_outside, _FAR_REFERENCE.finditer(window))):
            raise Unreadable(
                f"工作表部件 {self._name} 的内容超出 {self._limits.row_limit} 行或 {self._limits.column_limit} 列，"
                "请删去表格以外的单元格和格式后再导入"
            )
        self._tail = window[-_OVERLAP:]

    def _is_outside(self, found: re.Match[bytes]) -> bool:
        reference = _REFERENCE.match(found.string, found.start())
        if reference is None:
            return False
        column, row = column_number(reference[1]), int(reference[2] or 0)
        return column > self._limits.column_limit or row > self._limits.row_limit
