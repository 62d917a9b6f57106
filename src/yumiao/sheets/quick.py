"""Quick: sheets that spell their ordinary cells out at once. The library puts each together attribute by attribute, which takes longer
than everything else of a list of ten thousand people.

Must not know what is written. Every cell stands there the same as by the library itself; a test compares the two.
"""

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_letters = cache(xl_col_to_name)


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library is not typed
    """A sheet for texts, numbers and days in cells with a format; everything else is left to the library."""

    def _calculate_spans(self) -> None:
        """Rows do not say from which column to which they go: no program needs to be told."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        style, kind = cell.format, cell.__class__.__name__
        if not style or kind not in ("String", "Number", "Datetime", "Blank"):
            super()._write_cell(row, col, cell)
            return
        begun = f'<c r="{_letters(col)}{row + 1}" s="{style._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{begun} t="s"><v>{cell.string}</v></c>')
        elif kind == "Blank":
            self.fh.write(f"{begun}/>")
        else:
            self.fh.write(f"{begun}><v>{cell.number:.16G}</v></c>")


class QuickBook(Workbook):  # type: ignore[misc]  # the library is not typed
    """A workbook of such sheets."""

    worksheet_class = QuickSheet
