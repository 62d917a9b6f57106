"""Writing: the blank template, the export that can be imported again, and the workbook that goes back to its sender.

Must not know any resource of the domain; all it knows of columns stands in their forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from yumiao.sheets.columns import EXAMPLE, REASON_HEADER, Column, Form
from yumiao.sheets.marks import Mark
from yumiao.sheets.reading import Sheet, Workbook
from yumiao.sheets.saving import new_book, put

GUIDE_TITLE = "填表说明"
CHOICES_TITLE = "可选内容"
LOOKUP_TITLE = "代码对照表"
OWN_TITLES = frozenset({GUIDE_TITLE, CHOICES_TITLE, LOOKUP_TITLE})
"""Sheets of a template that hold no rows; an importer passes them over in silence."""

_LAST_CHOICE_ROW = 20_000
_INLINE_CHOICES_LENGTH = 255
_REASON_WIDTH = 50
_A4 = 9
_GUIDE_WIDTHS = (22, 8, 50, 24, 60)
_LOOKUP_WIDTH = 26
_GUIDE = (
    "每张表第 1 行是列名，请勿改动；列的先后次序可以调整。带★的红色列名为必填。",
    f"第 2 行是示例，以“{EXAMPLE}”开头，导入时自动跳过，可以保留，也可以删去。从第 3 行起填写，空行不读取。",
    "号码和代码按文本填写，不用科学记数法；日期写作 2024-03-05。有下拉箭头的单元格请从中选取。",
    "空白的单元格不会抹掉系统中已有的内容。",
)
_GUIDE_HEADERS = ("列名", "必填", "说明", "示例", "可填内容")


@dataclass(frozen=True, slots=True)
class _Styles:
    header: Format
    required: Format
    text: Format
    day: Format
    plain: Format
    reason: Format
    heading: Format
    wrapped: Format
    example: Format

    @classmethod
    def of(cls, book: Book) -> "_Styles":
        header = {"bold": True, "border": 1, "bg_color": "#F2F2F2", "align": "center", "valign": "vcenter"}
        return cls(
            header=book.add_format(header),
            required=book.add_format({**header, "font_color": "#C00000"}),
            text=book.add_format({"num_format": "@"}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
            plain=book.add_format(),
            reason=book.add_format({"num_format": "@", "font_color": "#C00000", "text_wrap": True}),
            heading=book.add_format({"bold": True, "font_size": 14}),
            wrapped=book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            example=book.add_format(
                {"num_format": "@", "italic": True, "font_color": "#7F7F7F", "bg_color": "#F7F7F7"}
            ),
        )

    def below(self, column: Column) -> Format:
        if column.is_day:
            return self.day
        return self.text if column.is_text else self.plain


@dataclass(frozen=True, slots=True)
class Lookup:
    """A sheet on which the codes that a template offers can be looked up."""

    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is prepared with: rows by title of the form, further choices by column key, where to look these up."""

    rows: Mapping[str, Iterable[Mapping[str, object]]] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lookup: Lookup | None = None


def write_template(
    target: Path,
    forms: Sequence[Form],
    *,
    version: str,
    created_on: date | None = None,
    filling: Filling | None = None,
) -> None:
    """A workbook to fill in: explanations first, with `version`; then a sheet a form with notes, drop-downs and one example row.

    An untouched blank template imports as empty, one filled with what is known as unchanged.
    """
    filled = filling or Filling()
    with new_book(target, created_on=created_on) as book:
        styles = _Styles.of(book)
        guide = _add_guide(book, forms, f"模板版本：{version}" + (f"（{created_on}）" if created_on else ""), styles)
        _set_footer(guide, version)
        sheets = [(form, _sheet_with_header(book, form, styles, mark="★")) for form in forms]
        for form, sheet in sheets:
            _add_example(sheet, form, styles)
            _put_rows(sheet, form, filled.rows.get(form.title, ()), styles, start=2)
            sheet.ignore_errors({"number_stored_as_text": f"A2:{xl_col_to_name(len(form.columns))}{_LAST_CHOICE_ROW}"})
            _set_footer(sheet, version)
        _add_choices(book, sheets, filled.choices)
        if filled.lookup is not None:
            _add_lookup(book, filled.lookup, styles)


def write_rows(
    target: Path,
    sheets: Iterable[tuple[Form, Iterable[Mapping[str, object]]]],
    *,
    created_on: date | None = None,
    mark: Mark | None = None,
) -> None:
    """Values by column key, one sheet a form, as cells that import again unchanged; a missing key leaves a blank.

    `mark` stands in the properties of the document only.
    """
    with new_book(target, created_on=created_on) as book:
        if mark is not None:
            mark.put_into(book)
        styles = _Styles.of(book)
        for form, rows in sheets:
            _put_rows(_sheet_with_header(book, form, styles), form, rows, styles, start=1)


def write_faulty(
    target: Path,
    workbook: Workbook,
    faults: Mapping[str, Mapping[int, str]],
    *,
    created_on: date | None = None,
) -> None:
    """The faulty rows alone, in the sender's own layout, with the reasons in a last column.

    `faults` gives, by the title of the sheet, the row as Excel counts and its reasons as one text. Reasons for row 1
    concern the header: then no other row of that sheet is given back.
    """
    with new_book(target, created_on=created_on) as book:
        styles = _Styles.of(book)
        for title, reasons in faults.items():
            if reasons:
                _add_returned(book, workbook.sheets[title], reasons, styles)


def _sheet_with_header(book: Book, form: Form, styles: _Styles, *, mark: str = "") -> Worksheet:
    """A sheet with the headers of its form; `mark` stands before those of required columns."""
    sheet = book.add_worksheet(form.title)
    for place, column in enumerate(form.columns):
        header, style = (mark + column.header, styles.required) if column.required else (column.header, styles.header)
        sheet.set_column(place, place, column.width + 2 * len(mark), styles.below(column))
        sheet.write_string(0, place, header, style)
    sheet.freeze_panes(1, 0)
    _print_across(sheet)
    return sheet


def _print_across(sheet: Worksheet) -> None:
    """All columns on the width of one page, the headers on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _put_rows(
    sheet: Worksheet, form: Form, rows: Iterable[Mapping[str, object]], styles: _Styles, *, start: int
) -> None:
    columns = [(place, column, styles.below(column)) for place, column in enumerate(form.columns)]
    for number, values in enumerate(rows, start=start):
        for place, column, style in columns:
            if (value := values.get(column.key)) is not None and (cell := column.show(value)) is not None:
                put(sheet, number, place, cell, style, styles.day)


def _add_example(sheet: Worksheet, form: Form, styles: _Styles) -> None:
    """The notes on the headers, and the row that shows how it is meant."""
    for place, column in enumerate(form.columns):
        sheet.write_comment(0, place, _header_note(column), {"x_scale": 1.5})
        sheet.write_string(1, place, column.example if place else EXAMPLE + column.example, styles.example)


def _header_note(column: Column) -> str:
    lines = ["★ 必填" if column.required else "选填", column.note, f"示例：{column.example}" if column.example else ""]
    return "\n".join(line for line in lines if line)


def _add_choices(book: Book, sheets: Sequence[tuple[Form, Worksheet]], further: Mapping[str, tuple[str, ...]]) -> None:
    """Drop-downs; lists too long for a rule of their own stand in a hidden sheet, each once. They advise, the parser decides."""
    listed: dict[tuple[str, ...], str] = {}
    hidden = None
    for form, sheet in sheets:
        for place, column in enumerate(form.columns):
            choices = column.choices or further.get(column.key, ())
            if not choices:
                continue
            source: list[str] | str = list(choices)
            if len(",".join(choices)) > _INLINE_CHOICES_LENGTH:
                if choices not in listed:
                    hidden = hidden or _hidden_sheet(book)
                    hidden.write_column(0, len(listed), choices)
                    letters = xl_col_to_name(len(listed), col_abs=True)
                    listed[choices] = f"='{CHOICES_TITLE}'!{letters}$1:{letters}${len(choices)}"
                source = listed[choices]
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, _LAST_CHOICE_ROW, place, rule)


def _hidden_sheet(book: Book) -> Worksheet:
    sheet = book.add_worksheet(CHOICES_TITLE)
    sheet.hide()
    return sheet


def _add_lookup(book: Book, lookup: Lookup, styles: _Styles) -> None:
    sheet = book.add_worksheet(LOOKUP_TITLE)
    sheet.set_column(0, len(lookup.headers) - 1, _LOOKUP_WIDTH, styles.text)
    for number, row in enumerate((lookup.headers, *lookup.rows)):
        for place, words in enumerate(row):
            sheet.write_string(number, place, words, styles.text if number else styles.header)
    sheet.freeze_panes(1, 0)


def _set_footer(sheet: Worksheet, version: str) -> None:
    sheet.set_footer(f"&L模板版本：{version}&R第 &P 页，共 &N 页")


def _add_guide(book: Book, forms: Sequence[Form], version: str, styles: _Styles) -> Worksheet:
    sheet = book.add_worksheet(GUIDE_TITLE)
    _print_across(sheet)
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, GUIDE_TITLE, styles.heading)
    sheet.write_string(0, len(_GUIDE_WIDTHS) - 1, version, styles.text)
    for row, line in enumerate(_GUIDE, start=1):
        sheet.write_string(row, 0, line, styles.text)
    top = len(_GUIDE) + 2
    for form in forms:
        sheet.write_string(top, 0, form.title, styles.heading)
        sheet.write_string(top, 2, form.note, styles.wrapped)
        for place, header in enumerate(_GUIDE_HEADERS):
            sheet.write_string(top + 1, place, header, styles.header)
        for row, column in enumerate(form.columns, start=top + 2):
            star, choices = "★" if column.required else "", "、".join(column.choices)
            for place, words in enumerate((column.header, star, column.note, column.example, choices)):
                sheet.write_string(row, place, words, styles.wrapped)
        top += len(form.columns) + 3
    return sheet


def _add_returned(book: Book, given: Sheet, reasons: Mapping[int, str], styles: _Styles) -> None:
    """One sheet of a returned workbook; the reasons of an earlier return are left out."""
    kept = [place for place, header in enumerate(given.header) if header != REASON_HEADER]
    sheet = book.add_worksheet(given.title)
    for place, origin in enumerate(kept):
        sheet.set_column(place, place, 16)
        sheet.write_string(0, place, given.header[origin], styles.header)
    sheet.set_column(len(kept), len(kept), _REASON_WIDTH)
    sheet.write_string(0, len(kept), REASON_HEADER, styles.required)
    sheet.freeze_panes(1, 0)
    if 1 in reasons:
        sheet.write_string(1, len(kept), reasons[1], styles.reason)
        return
    returned = ((cells, reasons[number]) for number, cells in given.rows if number in reasons)
    for row, (cells, reason) in enumerate(returned, start=1):
        for place, origin in enumerate(kept):
            if (cell := cells[origin]) is not None:
                put(sheet, row, place, cell, styles.text if isinstance(cell, str) else styles.plain, styles.day)
        sheet.write_string(row, len(kept), reason, styles.reason)
