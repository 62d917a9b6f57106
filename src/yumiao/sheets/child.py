"""The child process of `reading`: limits itself, looks at the archive, reads the cells, answers in JSON.

Must not know anything but the bytes on standard input; must import no more than reading needs, to start quickly.
"""

import contextlib
import io
import json
import math
import resource
import sys
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from yumiao.sheets.archive import Limits, Unreadable, inspect
from yumiao.sheets.errors import error_cells


def main(limits_json: str) -> None:
    """Answer `{"sheets": [...]}` or `{"unreadable": reason}`; any other end means that a limit was met."""
    limits = Limits(**json.loads(limits_json))
    _limit(limits)
    content = sys.stdin.buffer.read()
    try:
        inspect(content, limits)
        answer: dict[str, Any] = {"sheets": _sheets(content)}
    except Unreadable as refusal:
        answer = {"unreadable": refusal.reason}
    except CalamineError:
        answer = {"unreadable": "工作簿内部已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))


def _limit(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        # An operator's own, lower limit cannot be raised and need not be.
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (most, most))


def _sheets(content: bytes) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    errors = error_cells(content)
    return [
        _sheet(book, about.name, errors.get(about.name, {}))
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(book: CalamineWorkbook, title: str, errors: dict[tuple[int, int], str]) -> dict[str, Any]:
    table = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    for (number, place), error in errors.items():
        if number <= len(table) and place < len(table[number - 1]):
            table[number - 1][place] = error
    rows = ((number, [_plain(cell) for cell in cells]) for number, cells in enumerate(table, start=1))
    return {
        "title": title,
        "width": max(map(len, table), default=0),
        "rows": [row for row in rows if any(cell is not None for cell in row[1])],
    }


def _plain(cell: object) -> Any:
    """The cell as JSON can carry it; a date becomes a list with its ordinal, a time of day becomes text."""
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return [cell.date().toordinal()]
    return [cell.toordinal()] if isinstance(cell, date) else str(cell)
