"""A list as it is taken out of its page, opened by LibreOffice: text stays text, and the paper says who took it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.cast import TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member, number
from tests.office.conftest import Office
from yumiao.desk.people.resources import RESOURCE
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.models import Reading
from yumiao.kernel.identity import mask_identity

pytestmark = pytest.mark.db
__all__ = ["cast"]

HEADER = 3  # the row, from 1
PLACES = range(41, 101)
MARK = "导出人：盘云舟（青石镇党委）"


@pytest.fixture
def people(cast: Cast, tmp_path: Path) -> Path:
    """Sixty more members of a village, taken out by the clerk of its township; one has the name and the occupation of a formula."""
    county = County().only("党员")
    county.sheets["党员"] = [member(place, VILLAGE) for place in PLACES]
    county["党员"][0] |= {"姓名": "@韦禾甲", "职业": "=1+1"}
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written
    answer = cast.client(cast.clerk_a).post(f"/exports/people/?unit={VILLAGE}&kind=member", {"usual": "check"})
    target = tmp_path / "people.xlsx"
    target.write_bytes(answer.content)
    return target


def column(sheet: Worksheet, label: str) -> list[object]:
    """What stands below a header, of the rows that have a serial number."""
    place = [cell.value for cell in sheet[HEADER]].index(label)
    return [row[place].value for row in sheet.iter_rows(min_row=HEADER + 1) if isinstance(row[0].value, int)]


def test_a_list_is_opened_as_it_was_written(cast: Cast, office: Office, people: Path) -> None:
    (book,) = office.opened(people)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink] == []
    assert {"@韦禾甲", "=1+1"} <= {cell.value for cell in cells}
    masked = [mask_identity(number(place)) for place in (1, 7, 8, *PLACES)]
    assert sorted(column(sheet, "公民身份号码"), key=str) == sorted(masked)
    assert column(sheet, "组织代码") == [VILLAGE] * len(masked)
    last = get_column_letter(len(RESOURCE.columns()) + 1)
    assert sheet.print_area == f"'党员名册'!$A$1:${last}${sheet.max_row}"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")
    reading = Reading.objects.get(what="list")
    assert MARK in sheet.oddFooter.left.text and f"查阅记录第 {reading.pk} 号" in sheet.oddFooter.left.text
    assert book.properties.creator == "盘云舟（青石镇党委）"


def test_each_page_of_a_list_says_who_took_it_out(cast: Cast, office: Office, people: Path) -> None:
    (reader,) = office.printed(people)
    pages = ["".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) == 2
    assert [page.count("公民身份号码") for page in pages] == [1, 1]
    assert [page.count(MARK) for page in pages] == [1, 2]
    assert "填报人：审核人：单位负责人：（盖章）年月日" in pages[1]
    assert sum(page.count(cast.unit(TOWN).name) for page in pages) >= len(PLACES)
