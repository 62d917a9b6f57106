"""Reading: a workbook from a stranger, read in a child process that may take only so much memory and time.

Must not know what the sheets hold; must not open the file by any other way than the child.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yumiao.sheets.archive import Limits, Unreadable
from yumiao.sheets.columns import Cell, as_text
from yumiao.sheets.limited import BrokeOff, TookTooLong, answer_of

__all__ = ["Limits", "Sheet", "Unreadable", "Workbook", "read_content", "read_workbook"]

# The folder is named because -I keeps the child from the environment and from the current folder.
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from yumiao.sheets.child import main; main(sys.argv[2])"
_SOURCE = str(Path(__file__).parents[2])
_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the cells of row 1 as text, and the other rows that are not empty, each as wide as the header.

    Text is stripped at both ends. The number of a row is the one Excel shows. Hidden sheets are no different.
    """

    title: str
    header: tuple[str, ...]
    rows: list[tuple[int, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as read; `digest` is the SHA-256 of exactly the bytes that were read."""

    name: str
    digest: bytes
    sheets: dict[str, Sheet]


def read_workbook(path: Path, *, limits: Limits = _USUAL) -> Workbook:
    """All sheets of the .xlsx file at `path`.

    Raises `Unreadable` with a reason and a way out, within `limits`, whatever the file holds.
    """
    if not path.is_file():
        raise Unreadable("找不到文件，请核对文件名和所在文件夹")
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError:
        raise Unreadable("文件打不开，请检查是否有权读取，或先关闭正在使用它的程序") from None
    return read_content(content, path.name, limits=limits)


def read_content(content: bytes, name: str, *, limits: Limits = _USUAL) -> Workbook:
    """All sheets of an .xlsx file of that name, whose bytes need not lie in any folder. Raises `Unreadable`."""
    if len(content) > limits.file_bytes:
        raise Unreadable(f"文件超过 {limits.file_bytes >> 20} MB，请拆成几个文件后分别导入")
    sheets = {found["title"]: _sheet(found) for found in _read_by_child(content, limits)}
    return Workbook(name, hashlib.sha256(content).digest(), sheets)


def _read_by_child(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    """What the child says about the bytes; its answer goes to a file, whose size the child's own limits bound."""
    try:
        told = answer_of(["-c", _CHILD, _SOURCE, json.dumps(asdict(limits))], content, seconds=limits.seconds)
    except TookTooLong:
        raise Unreadable("读取超过时限，请删去多余的行、列和空白格式，或拆成几个文件后再导入") from None
    except BrokeOff:
        raise Unreadable(
            "内容过大或已损坏，读取时中断；请用 Excel 或 WPS 打开后另存为 .xlsx，仍不行就拆成几个文件"
        ) from None
    said: dict[str, Any] = json.loads(told)
    if "unreadable" in said:
        raise Unreadable(said["unreadable"])
    found: list[dict[str, Any]] = said["sheets"]
    return found


def _sheet(found: dict[str, Any]) -> Sheet:
    rows = [(number, _with_dates(cells)) for number, cells in found["rows"]]
    header = rows.pop(0)[1] if rows and rows[0][0] == 1 else [None] * found["width"]
    return Sheet(found["title"], tuple(as_text(cell) for cell in header), rows)


def _with_dates(cells: list[Any]) -> list[Cell]:
    # JSON knows no dates: the child writes one as a list with the day's ordinal.
    return [date.fromordinal(cell[0]) if type(cell) is list else cell for cell in cells]
