"""Parsing: a sheet against its form; every row comes out with its values and with every fault found in it.

Must not know what a value means, the database, or how faults are shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from yumiao.kernel.identity import scrub
from yumiao.sheets.columns import BLANK, EXAMPLE, HEADER, REASON_HEADER, Cell, CellFault, Column, Form, as_text
from yumiao.sheets.reading import Sheet

_SHOWN_LENGTH = 40
# What offices add to a header to say that it must be filled in.
_MARKS = re.compile(r"[★☆*＊]|[（(\[【](?:必填|选填)项?[）)\]】]")
# Most columns hold the same few texts again and again; of the others so many are remembered in vain.
_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is refused. `column` is the header as the file writes it; `value` is masked and cut for showing."""

    column: str
    rule: str
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is the row as Excel counts; `values` has every key of the form, None where blank or faulty."""

    number: int
    values: dict[str, object]
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a sheet gave. `missing` and `repeated` headers refuse the sheet: then there are no rows.

    `places` says by column key where the column stands in the file; `renamed` pairs an alias as the file writes it with
    the header of the column it was read as, `named` does so for the sender's own names. `foreign` are the headers, squeezed,
    that only an own name can say something of. `examples` are the rows passed over because they are marked as such.
    """

    rows: list[Row]
    unknown: list[str]
    missing: list[str]
    repeated: list[str]
    places: dict[str, int] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)

    @property
    def header_faults(self) -> list[Fault]:
        """The faults of row 1; empty means the sheet was read."""
        absent = [Fault(header, HEADER, "缺少必填列，本表未读取") for header in self.missing]
        return absent + [Fault(header, HEADER, "列名重复，本表未读取") for header in self.repeated]


def shown(cell: Cell, *, is_secret: bool = False) -> str:
    """The cell for a message: identity and telephone numbers masked, long text cut, nothing at all of a secret."""
    if is_secret:
        return "***" if cell is not None else ""
    value = scrub(as_text(cell))
    return value if len(value) <= _SHOWN_LENGTH else value[:_SHOWN_LENGTH] + "…"


def parse(form: Form, sheet: Sheet, own: Mapping[str, str] | None = None) -> Parsed:
    """Read `sheet` as `form`; `own` are the sender's own names: squeezed header -> key of the column.

    Columns are found by header, else alias, else own name, in any order; spaces and marks of obligation aside. Where one of the
    former stands, the latter are unknown columns. A row that is blank in all columns of the form is skipped, an example too.
    """
    headers = [squeezed(header) for header in sheet.header]
    usual = _usual(form, headers)
    found, unknown = _found_columns(sheet, headers, _with_own(form, headers, usual, own or {}))
    missing = [column.header for column in form.columns if column.required and column.key not in found]
    repeated = [column.header for column in form.columns if len(found.get(column.key, ())) > 1]
    places = {key: at[0] for key, at in found.items()}
    foreign = [
        header for header in dict.fromkeys(headers) if header and header not in usual and header != REASON_HEADER
    ]
    if missing or repeated:
        return Parsed([], unknown, missing, repeated, places, foreign=foreign)
    by_key = {column.key: column for column in form.columns}
    present = [(by_key[key], place, sheet.header[place], dict[str, object]()) for key, place in places.items()]
    blank = dict.fromkeys(by_key)
    examples = [number for number, cells in sheet.rows if _is_example(cells)]
    passed_over = frozenset(examples)
    rows = [
        _parsed_row(number, cells, present, blank)
        for number, cells in sheet.rows
        if number not in passed_over and any(cells[place] is not None for place in places.values())
    ]
    read_as = [(header, column.header) for column, _, header, _ in present if squeezed(header) != column.header]
    named = [pair for pair in read_as if squeezed(pair[0]) in foreign]
    renamed = [pair for pair in read_as if pair not in named]
    return Parsed(rows, unknown, missing, repeated, places, renamed, named, foreign, examples)


def _usual(form: Form, headers: list[str]) -> dict[str, Column]:
    """Header or alias, squeezed -> its column; an alias only where the header itself does not stand."""
    exact = {squeezed(column.header): column for column in form.columns}
    standing = {exact[header].key for header in headers if header in exact}
    return {alias: column for column in form.columns if column.key not in standing for alias in column.aliases} | exact


def _with_own(form: Form, headers: list[str], usual: dict[str, Column], own: Mapping[str, str]) -> dict[str, Column]:
    """The same with own names of columns that do not stand there under a usual one."""
    standing = {usual[header].key for header in headers if header in usual}
    free = {column.key: column for column in form.columns if column.key not in standing}
    return {header: free[key] for header, key in own.items() if key in free} | usual


def _found_columns(
    sheet: Sheet, headers: list[str], known: dict[str, Column]
) -> tuple[dict[str, list[int]], list[str]]:
    """Where each column stands, by key, and the headers that belong to none."""
    found: dict[str, list[int]] = {}
    unknown: list[str] = []
    for place, header in enumerate(headers):
        if header in known:
            found.setdefault(known[header].key, []).append(place)
        elif sheet.header[place]:
            unknown += [] if header == REASON_HEADER else [sheet.header[place]]
        elif any(cells[place] is not None for _, cells in sheet.rows):
            unknown.append(f"第 {place + 1} 列（没有列名）")
    return found, unknown


def _is_example(cells: list[Cell]) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, str) and first.startswith(EXAMPLE)


def squeezed(header: str) -> str:
    """A header without spaces and marks of obligation, as headers are compared."""
    return _MARKS.sub("", "".join(header.split()))


def _parsed_row(
    number: int, cells: list[Cell], present: list[tuple[Column, int, str, dict[str, object]]], blank: dict[str, object]
) -> Row:
    """The row; `present` says of each column where it stands, what its header is, and what texts of it were parsed already."""
    row = Row(number, blank.copy())
    for column, place, header, parsed in present:
        cell = cells[place]
        if cell is None:
            if column.required:
                row.faults.append(Fault(header, BLANK, "必填项为空"))
            continue
        if type(cell) is str and cell in parsed:
            row.values[column.key] = parsed[cell]
            continue
        try:
            row.values[column.key] = value = column.parse(cell)
            if type(cell) is str and len(parsed) < _REMEMBERED:
                parsed[cell] = value
        except CellFault as fault:
            said = shown(cell, is_secret=column.is_secret)
            row.faults.append(Fault(header, fault.rule, fault.reason, said))
    return row
