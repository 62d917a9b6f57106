"""Faults and warnings of an import: which sheet, row and column, by which rule, why. No number in clear stands in any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Severity
from yumiao.people.rules import Found
from yumiao.sheets.columns import EXAMPLE, Cell, Form
from yumiao.sheets.parsing import Parsed, Row, shown
from yumiao.sheets.reading import Sheet


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One fault or warning; sorts by sheet in the order of the forms, row, column in the order of the form."""

    place: tuple[int, int, int]
    sheet: str
    row: int
    column: str
    rule: str
    reason: str

    def as_json(self) -> dict[str, object]:
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "rule": self.rule, "reason": self.reason}


@dataclass(slots=True)
class SheetNotes:
    """Collects what is said of one sheet and counts its rows by outcome."""

    index: int
    form: Form
    sheet: Sheet
    parsed: Parsed
    faults: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("new", "changed", "unchanged", "refused"), 0))
    _headers: dict[str, tuple[int, str, int | None]] = field(default_factory=dict)
    _cells: dict[int, list[Cell]] | None = None

    def __post_init__(self) -> None:
        for order, column in enumerate(self.form.columns):
            place = self.parsed.places.get(column.key)
            header = self.sheet.header[place] if place is not None else column.header
            self._headers[column.key] = (order, header, place)
        orders = {column.header: order for order, column in enumerate(self.form.columns)}
        for fault in self.parsed.header_faults:
            at = (self.index, 1, orders[fault.column])
            self.faults.append(Note(at, self.form.title, 1, fault.column, fault.rule, fault.reason))
        for header in self.parsed.unknown:
            self._note_header(header, len(self._headers), f"不认识的列“{scrub(header)}”，已忽略")
        for header, read_as in self.parsed.renamed:
            self._note_header(header, orders[read_as], f"“{scrub(header)}”按“{read_as}”读取")
        for header, read_as in self.parsed.named:
            self._note_header(header, orders[read_as], f"本单位列名“{scrub(header)}”按“{read_as}”读取")
        if examples := self.parsed.examples:
            said = f"以“{EXAMPLE}”开头的 {len(examples)} 行是示例，已跳过"
            at = (self.index, examples[0], 0)
            self.warnings.append(Note(at, self.form.title, examples[0], "", "WBK-11", said))

    def _note_header(self, header: str, order: int, said: str) -> None:
        self.warnings.append(Note((self.index, 1, order), self.form.title, 1, scrub(header), "WBK-11", said))

    @property
    def rows(self) -> list[Row]:
        return self.parsed.rows

    def take(self, row: Row, found: Iterable[Found], *, severity: Severity | None = None) -> bool:
        """Note the row's own faults and what the rules found. Returns whether the row may be taken."""
        refused = False
        for fault in row.faults:
            refused = True
            order = next((o for o, header, _ in self._headers.values() if header == fault.column), 0)
            reason = f"{fault.reason}（填写为“{fault.value}”）" if fault.value else fault.reason
            self.faults.append(
                Note((self.index, row.number, order), self.form.title, row.number, fault.column, fault.rule, reason)
            )
        for key, objection in found:
            refused |= self.add(row, key, objection)
        if refused:
            self.counts["refused"] += 1
        return not refused

    def add(self, row: Row, key: str, objection: Objection) -> bool:
        """Note one objection at the column with that key. Returns whether it refuses the row."""
        order, header, _ = self._headers[key]
        blocks = objection.severity is Severity.BLOCK
        reason = scrub(objection.text)
        if blocks and (value := shown(self._cell(row.number, key))):
            reason = f"{reason}（填写为“{value}”）"
        note = Note((self.index, row.number, order), self.form.title, row.number, header, objection.rule, reason)
        (self.faults if blocks else self.warnings).append(note)
        return blocks

    def _cell(self, row: int, key: str) -> Cell:
        place = self._headers[key][2]
        if place is None:
            return None
        if self._cells is None:
            self._cells = dict(self.sheet.rows)
        return self._cells[row][place]
