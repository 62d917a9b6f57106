"""Writing: the blank template, the export that can be imported again, and the workbook that goes back to its sender.

Must not know any resource of the domain; all it knows of columns stands in their forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from yumiao.sheets.columns import REASON_HEADER, Column, Form
from yumiao.sheets.reading import Sheet, Workbook
from yumiao.sheets.saving import new_book, put

GUIDE_TITLE = "填表说明"
CHOICES_TITLE = "可选内容"
OWN_TITLES = frozenset({GUIDE_TITLE, CHOICES_TITLE})
"""Sheets of a template that hold no rows; an importer passes them over in silence."""

_LAST_CHOICE_ROW = 20_000
_INLINE_CHOICES_LENGTH = 255
_REASON_WIDTH = 50
_GUIDE_WIDTHS = (22, 8, 50, 24, 60)
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
        )

    def below(self, column: Column) -> Format:
        if column.is_day:
            return self.day
        return self.text if column.is_text else self.plain


def write_template(target: Path, forms: Sequence[Form], *, version: str, created_on: date | None = None) -> None:
    """A blank workbook to fill in, with drop-downs, notes, and a sheet of explanations that names `version`.

    Examples stand in the explanations only: an untouched template imports as empty.
    """
    with new_book(target, created_on=created_on) as book:
        styles = _Styles.of(book)
        sheets = [(form, _sheet_with_header(book, form, styles)) for form in forms]
        for form, sheet in sheets:
            for place, column in enumerate(form.columns):
                sheet.write_comment(0, place, _header_note(column), {"x_scale": 1.5})
        _add_choices(book, sheets)
        _add_guide(book, forms, version, styles)


def write_rows(
    target: Path,
    sheets: Iterable[tuple[Form, Iterable[Mapping[str, object]]]],
    *,
    created_on: date | None = None,
) -> None:
    """Values by column key, one sheet a form, as cells that import again unchanged; a missing key leaves a blank."""
    with new_book(target, created_on=created_on) as book:
        styles = _Styles.of(book)
        for form, rows in sheets:
            sheet = _sheet_with_header(book, form, styles)
            columns = [(place, column, styles.below(column)) for place, column in enumerate(form.columns)]
            for number, values in enumerate(rows, start=1):
                for place, column, style in columns:
                    if (value := values.get(column.key)) is not None and (cell := column.show(value)) is not None:
                        put(sheet, number, place, cell, style, styles.day)


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


def _sheet_with_header(book: Book, form: Form, styles: _Styles) -> Worksheet:
    sheet = book.add_worksheet(form.title)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width, styles.below(column))
        sheet.write_string(0, place, column.header, styles.required if column.required else styles.header)
    sheet.freeze_panes(1, 0)
    return sheet


def _header_note(column: Column) -> str:
    lines = ["★ 必填" if column.required else "选填", column.note, f"示例：{column.example}" if column.example else ""]
    return "\n".join(line for line in lines if line)


def _add_choices(book: Book, sheets: Sequence[tuple[Form, Worksheet]]) -> None:
    """Drop-downs; a list too long for a rule of its own moves to a hidden sheet. They advise, the parser decides."""
    hidden: Worksheet | None = None
    used = 0
    for form, sheet in sheets:
        for place, column in enumerate(form.columns):
            if not column.choices:
                continue
            source: str | list[str] = list(column.choices)
            if len(",".join(column.choices)) > _INLINE_CHOICES_LENGTH:
                hidden = hidden or book.add_worksheet(CHOICES_TITLE)
                hidden.hide()
                for number, choice in enumerate(column.choices):
                    hidden.write_string(number, used, choice)
                letters = xl_col_to_name(used, True)
                source = f"='{CHOICES_TITLE}'!{letters}$1:{letters}${len(column.choices)}"
                used += 1
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, _LAST_CHOICE_ROW, place, rule)


def _add_guide(book: Book, forms: Sequence[Form], version: str, styles: _Styles) -> None:
    sheet = book.add_worksheet(GUIDE_TITLE)
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, GUIDE_TITLE, styles.heading)
    sheet.write_string(0, len(_GUIDE_WIDTHS) - 1, f"模板版本：{version}", styles.text)
    sheet.write_string(1, 0, "每张表第 1 行是列名，请勿改动；列的先后次序可以调整。红色列名为必填。", styles.text)
    top = 3
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
