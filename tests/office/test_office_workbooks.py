"""What the product writes is opened by LibreOffice and looked at there: cells as they were meant, pages as they are to be printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from tests.desk.county_cells import TODAY, County, fifteen, member, number
from tests.desk.county_facts import CLERK, taken
from tests.office.conftest import Office
from yumiao.admission.columns import BRIEF, CASES
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.ledger.official import write_ledger_xlsx
from yumiao.ledger.queries import ledger
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.sheets.writing import write_template
from yumiao.ui.spelling import CHINA
from yumiao.vault.keys import make_first_key

pytestmark = pytest.mark.db

A3, A4 = {1191, 842}, {842, 595}
NAMES = [
    "=1+1",
    "+8613800",
    "-3",
    "@SUM(A1)",
    '=HYPERLINK("http://x.test")',
    "'=1",
    "\t=2",
    "1e5",
    "001.010",
    "阿侯·𬭎",
    "㐆山",
]
MARK = Mark("赵某", datetime(2026, 11, 20, 9, 5, tzinfo=CHINA), 7)
REMARK_LINES = 5  # in a column of fourteen figures' width
REMARK = "年龄老化、文化程度偏低、无35岁以下党员、较长时间未发展党员"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> list[Path]:
    """The ledger, the county, the blank template, and a table of what text may look like."""
    folder = tmp_path_factory.mktemp("written")
    made = [folder / f"{name}.xlsx" for name in ("ledger", "county", "template", "odd")]
    make_first_key(Path(settings.KEYS_FOLDER))
    with django_db_blocker.unblock(), transaction.atomic():
        county = County()
        county.add(
            "党员",
            member(11, 性别="女", 与证件不一致说明="以档案为准", 原身份证号码=fifteen(number(11)), 姓名="阿侯·𬭎"),
        )
        taken(county)
        write_ledger_xlsx(made[0], ledger(TODAY))
        export_workbook(made[1], actor=CLERK, purpose="核对")
        transaction.set_rollback(True)
    write_template(made[2], FORMS, version="1.0")
    write_ledger(made[3], [odd()], mark=MARK)
    return made


def odd() -> OfficialTable:
    columns = (
        OfficialColumn("姓名", width=14),
        OfficialColumn("号码", width=20),
        OfficialColumn("日期"),
        OfficialColumn("备注", width=14),
    )
    rows: list[list[Any]] = [[name, number(place), date(2024, 2, 29), REMARK] for place, name in enumerate(NAMES * 12)]
    return OfficialTable("名册", "党员名册", "青岚县委", TODAY, columns, rows, code="全程纪实 AAAA-BBBB-CCCC")


@pytest.fixture(scope="module")
def opened(office: Office, files: list[Path]) -> list[Workbook]:
    return office.opened(*files)


@pytest.fixture(scope="module")
def printed(office: Office, files: list[Path]) -> list[PdfReader]:
    return office.printed(*files)


def column(sheet: Worksheet, header: str, row: int = 1) -> list[Any]:
    """The cells below a header that stands in `row`."""
    place = next(cell.column for cell in sheet[row] if str(cell.value).lstrip("★") == header)
    return [cell.value for (cell,) in sheet.iter_rows(min_row=row + 1, min_col=place, max_col=place)]


def odd_column(book: Workbook, header: str) -> list[Any]:
    """What stands in a column of that table, without the place for signatures and the mark below it."""
    return column(book.worksheets[0], header, 3)[: len(NAMES) * 12]


def texts(reader: PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader.pages]


def test_no_cell_is_a_formula_or_a_link(opened: list[Workbook]) -> None:
    cells = [cell for book in opened for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 500
    assert [cell.coordinate for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink] == []


def test_what_looks_like_a_formula_or_a_figure_is_the_text_that_was_written(opened: list[Workbook]) -> None:
    assert odd_column(opened[3], "姓名") == NAMES * 12


def test_long_numbers_are_whole_and_text(opened: list[Workbook]) -> None:
    members = opened[1]["党员"]
    numbers, phones, former = (column(members, header) for header in ("公民身份号码", "手机号码", "原身份证号码"))
    assert {type(one) for one in (*numbers, *phones)} == {str}
    assert ({len(one) for one in numbers}, {len(one) for one in phones}) == ({18}, {11})
    assert number(11) in numbers and fifteen(number(11)) in former
    assert odd_column(opened[3], "号码") == [number(place) for place in range(len(NAMES) * 12)]


def test_dates_are_days_and_names_with_rare_characters_are_whole(opened: list[Workbook]) -> None:
    members = opened[1]["党员"]
    given = dict(zip(column(members, "公民身份号码"), column(members, "入党日期"), strict=True))
    assert given[number(11)].isoformat() == "2015-07-01T00:00:00"
    assert "阿侯·𬭎" in column(members, "姓名")
    assert {day.date() for day in odd_column(opened[3], "日期")} == {date(2024, 2, 29)}


def test_print_areas_and_repeated_headers_are_known(opened: list[Workbook]) -> None:
    for sheet in opened[0]:
        assert sheet.print_area.endswith(f"$A$1:${get_column_letter(sheet.max_column)}${sheet.max_row}")
    assert [sheet.print_title_rows for sheet in opened[0]] == ["$3:$4", "$3:$4", "$3:$3"]
    forms = {form.title for form in FORMS}
    assert {sheet.print_title_rows for book in opened[1:3] for sheet in book if sheet.title in forms} == {"$1:$1"}
    assert {sheet.page_setup.orientation for book in opened for sheet in book if sheet.title in forms} == {"landscape"}


def test_the_ledger_comes_out_as_a_page_for_each_sheet(printed: list[PdfReader]) -> None:
    sizes = [{round(float(page.mediabox.width)), round(float(page.mediabox.height))} for page in printed[0].pages]
    assert sizes == [A3, A4, A4]
    for place, page in enumerate(texts(printed[0]), start=1):
        assert "填报单位：青岚县委" in page and "日期：2026年11月20日" in page
        assert f"第{place}页，共3页" in page and "全程纪实" in page
        assert "填报人：审核人：单位负责人：（盖章）年月日" in page


def test_the_county_and_the_template_come_out_with_all_columns_on_one_page(printed: list[PdfReader]) -> None:
    county, template = texts(printed[1]), texts(printed[2])
    assert len(county) == len(FORMS)
    written = [BRIEF if form is CASES else form for form in FORMS]  # nobody's case has more than its first days
    assert [form.title for form, page in zip(written, county, strict=True) if not _has_headers(page, form)] == []
    assert [form.title for form in FORMS if not any(_has_headers(page, form) for page in template)] == []


def _has_headers(page: str, form: Any) -> bool:
    return all(one.header in page for one in (form.columns[0], form.columns[-1]))


def test_a_long_table_repeats_its_header_and_loses_no_row(printed: list[PdfReader]) -> None:
    found = texts(printed[3])
    assert len(found) > 3
    assert [page.count("备注") for page in found] == [1] * len(found)
    assert sum(page.count("㐆山") for page in found) == 12
    assert [page.count("查阅记录第7号") for page in found] == [1] * (len(found) - 1) + [2]


def test_a_row_is_as_high_as_its_wrapped_text(opened: list[Workbook]) -> None:
    sheet = opened[3].worksheets[0]
    assert REMARK_LINES * 15 - 1 <= sheet.row_dimensions[4].height <= REMARK_LINES * 15 + 1
