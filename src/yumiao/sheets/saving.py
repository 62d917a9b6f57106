"""Saving: how every workbook we write comes to its place: whole, private, free of formulas, or not at all.

Must not know what is written.
"""

import os
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yumiao.sheets.columns import Cell, as_text
from yumiao.sheets.quick import QuickBook

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE_LENGTH = 31
# Excel shows longer numbers in scientific notation and drops digits after the fifteenth.
_LONGEST_NUMBER = 10**11


@contextmanager
def new_book(target: Path, *, created_on: date | None = None) -> Iterator[Book]:
    """A workbook that appears at `target` when the block ends well; a block that fails leaves what was there before.

    The file can be read by its owner only. With `created_on` the same content gives the same bytes.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem[:20]}-", suffix=".part")
    os.close(handle)
    try:
        book = QuickBook(name, _OPTIONS)
        if created_on is not None:
            book.set_properties({"created": datetime.combine(created_on, time())})
        yield book
        book.close()
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format, day_style: Format) -> None:
    """Write one cell (row and column from 0) by its own type; text is never a formula, a link or a number."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day_style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif abs(cell) < _LONGEST_NUMBER:
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, as_text(cell), style)


def sheet_title(wanted: str, taken: Collection[str] = ()) -> str:
    """A name Excel accepts for a sheet: allowed signs, at most 31 characters, none of `taken` whatever their case."""
    title = _FORBIDDEN_IN_TITLE.sub(" ", wanted)[:_TITLE_LENGTH].strip(" '") or "表"
    lowered = {name.lower() for name in taken} | {"history"}
    number, candidate = 1, title
    while candidate.lower() in lowered:
        number += 1
        candidate = f"{title[: _TITLE_LENGTH - len(str(number)) - 2]}({number})"
    return candidate
