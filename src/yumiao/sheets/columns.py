"""Columns: one declaration of a column serves the blank template, the parser, the fault sheet and the export.

Must not know any resource of the domain, the database, or where a cell came from.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.kernel.identity import normalise
from yumiao.kernel.official import Cell as Cell

Parse = Callable[[Cell], object]

HEADER = "WBK-01"
BLANK = "WBK-02"
TEXT = "WBK-03"
NUMBER = "WBK-04"
CHOICE = "WBK-05"
LOST_DIGITS = "WBK-06"
IMPOSSIBLE_DAY = "DEV-21"

REASON_HEADER = "退回原因"
"""Last column of a returned workbook; when the corrected workbook comes again it is passed over in silence."""

EXAMPLE = "【示例】"
"""How the first cell of an example row begins; such a row is passed over."""

# Excel keeps 15 significant digits; a longer number has already lost its tail before we see it.
_EXACT_NUMBERS = 10**15
_LARGEST_NUMBER = 10**9
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

# Control characters, zero-width spaces, line separators, bidi controls, halves of surrogate pairs, non-characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NARROW = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))",
    re.ASCII,
)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


class CellFault(ValueError):
    """A cell that cannot be taken: `rule` is the id of the rule it breaks, `reason` the sentence for the sender."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule, reason)
        self.rule = rule
        self.reason = reason


def _unchanged(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form.

    `parse` turns a cell that is not blank into a value or raises `CellFault`; `show` turns a value back into the cell
    an export writes. A `required` column must be present and none of its cells may be blank. `is_text` cells are
    written as text, so that codes keep their zeros; `is_secret` keeps a value out of every message. `aliases` are other
    headers in use for exactly the same content; a template and an export write `header` alone.
    """

    key: str
    header: str
    parse: Parse
    required: bool = False
    width: int = 12
    note: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    is_text: bool = True
    is_secret: bool = False
    show: Callable[[Any], Cell] = _unchanged
    aliases: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        return self.parse is day


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one sheet, in the order a template shows them; `title` is the name of the sheet."""

    title: str
    columns: tuple[Column, ...]
    note: str = ""


def as_text(cell: Cell) -> str:
    """What Excel shows for the cell in its general format; blank gives the empty text."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return format(cell, ".15g")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def text(max_length: int = 200) -> Parse:
    """A parser of one line of plain text of at most `max_length` characters."""

    def parse_text(cell: Cell) -> str:
        value = cell if isinstance(cell, str) else as_text(cell)
        if _UNSEEN.search(value):
            raise CellFault(TEXT, "含有换行或看不见的字符，请删去后重新填写")
        if len(value) > max_length:
            raise CellFault(TEXT, f"内容过长，最多 {max_length} 个字")
        return value

    return parse_text


_code_text = text(max_length=60)


def code(cell: Cell) -> str:
    """A code or number that identifies something: text without spaces, full-width characters made narrow.

    A number cell gives its digits, unless Excel has already dropped some of them.
    """
    if isinstance(cell, int | float) and abs(cell) >= _EXACT_NUMBERS:
        raise CellFault(LOST_DIGITS, "号码被存成了数字，末几位已丢失，请把单元格设为文本格式后重新填写")
    return normalise(str(_code_text(cell)))


def day(cell: Cell) -> date:
    """A day between 1900 and 2100, from a date cell or as 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305."""
    found = cell if isinstance(cell, date) else _written_day(cell)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellFault(IMPOSSIBLE_DAY, f"日期的年份应在 {_FIRST_YEAR} 年至 {_LAST_YEAR} 年之间")
    return found


def _written_day(cell: Cell) -> date:
    written = "".join(as_text(cell).translate(_NARROW).split())
    if (parts := _DAY.fullmatch(written)) is None:
        raise CellFault(IMPOSSIBLE_DAY, "不是日期，请按 2024-03-05 的样式填写")
    year, _, *month_and_day = parts.groups()
    month, day_of_month = (int(part) for part in month_and_day if part is not None)
    try:
        return date(int(year), month, day_of_month)
    except ValueError:
        raise CellFault(IMPOSSIBLE_DAY, "日历上没有这一天，请核对日期") from None


def whole_number(cell: Cell) -> int:
    """A whole number from 0 to 999,999,999, from a number cell or from digits written as text."""
    if isinstance(cell, str):
        digits = "".join(cell.translate(_NARROW).split())
        if _WHOLE.fullmatch(digits):
            return int(digits)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < _LARGEST_NUMBER and cell % 1 == 0:
        return int(cell)
    raise CellFault(NUMBER, "应填 0 或大于 0 的整数")


def choice(values: Mapping[str, object]) -> Parse:
    """A parser that takes one of the written words, spaces inside them aside, and gives what it stands for."""
    allowed = "、".join(values)

    def parse_choice(cell: Cell) -> object:
        written = "".join(as_text(cell).split())
        if written not in values:
            raise CellFault(CHOICE, f"不在可填的范围内，只能填：{allowed}")
        return values[written]

    return parse_choice
