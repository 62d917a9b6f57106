"""Tables and documents on paper: read back from the PDF as a clerk would read them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.press.documents import Section, print_document
from yumiao.press.glyphs import Unprintable
from yumiao.press.tables import print_tables

pytestmark = pytest.mark.db  # not for the database: Django's settings say where an office's own fonts lie

A3, A4 = {1191, 842}, {842, 595}


def table(*names: str, columns: int = 3, heading: str = "党员名册") -> OfficialTable:
    more = tuple(OfficialColumn(f"列{place}") for place in range(columns - 3))
    head = (OfficialColumn("姓名"), OfficialColumn("男", "人数", 6), OfficialColumn("女", "人数", 6), *more)
    rows = [[name, 1, 0, *[None] * (columns - 3)] for name in names]
    return OfficialTable("名册", heading, "青岚县委", date(2026, 10, 31), head, rows, code="全程纪实 AAAA-BBBB-CCCC")


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_a_table_says_who_reports_what_and_on_which_day() -> None:
    (page,) = pages(print_tables([table("张三")]))
    assert page.startswith("党员名册填报单位：青岚县委日期：2026年10月31日")
    assert "1张三10" in page
    assert page.endswith("填报人：审核人：单位负责人：（盖章）年月日全程纪实AAAA-BBBB-CCCC第1页，共1页")


def test_its_head_stands_on_every_page_and_no_row_is_lost() -> None:
    found = pages(print_tables([table(*(f"村民{number}" for number in range(1, 101)))]))
    assert len(found) > 2
    assert [page.count("姓名") for page in found] == [1] * len(found)
    assert [page.count(f"第{number}页，共{len(found)}页") for number, page in enumerate(found, 1)] == [1] * len(found)
    assert re.findall(r"村民(\d+)1", "".join(found))[-1] == "100"
    assert sum(page.count("村民") for page in found) == 100


@pytest.mark.parametrize(("columns", "size"), [(13, A4), (14, A3)])
def test_what_is_wider_than_fourteen_columns_with_its_serial_number_is_on_a3(columns: int, size: set[int]) -> None:
    page = PdfReader(BytesIO(print_tables([table("张三", columns=columns)]))).pages[0]
    assert {round(float(page.mediabox.width)), round(float(page.mediabox.height))} == size
    assert page.mediabox.width > page.mediabox.height


def test_each_table_begins_a_page_and_an_empty_one_says_so() -> None:
    first, second = pages(print_tables([table("张三"), table(heading="空名册")]))
    assert ("张三" in first, second.startswith("空名册"), "（无）" in second) == (True, True, True)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert print_tables([table("张三")]) == print_tables([table("张三")])


@pytest.mark.parametrize("name", ["阿侯·尔古", "㐂喜", "㐆山", "䶮山", "𬭸儿", "𬭎才"])
def test_names_with_a_dot_and_rare_characters_are_printed(name: str) -> None:
    assert name in pages(print_tables([table(name)]))[0]


def test_a_character_no_font_has_is_named_and_nothing_is_printed() -> None:
    with pytest.raises(Unprintable, match=r"“\ue5e5”（U\+E5E5）.*YUMIAO_FONTS") as refused:
        print_tables([table("张三"), table("王\ue5e5")])
    assert refused.value.characters == ("\ue5e5",)


def test_nothing_in_a_name_is_read_as_markup() -> None:
    hostile = '#panic("x") *粗* $x$ <a> @b `c`'
    assert "".join(hostile.split()) in pages(print_tables([table(hostile)]))[0]


def test_a_document_shows_its_sections_in_order() -> None:
    sections = [
        Section("结论", pairs=[("等级", "严重")]),
        Section("人员", head=("姓名", "日期"), rows=[("张三", "2026-03-05")], widths=(1, 1), notes=("注：一人",)),
    ]
    (page,) = pages(print_document("依据", sections, unit="甲村", on=date(2026, 3, 5), code="短码", note="说明"))
    assert page == "依据甲村2026年3月5日说明结论等级严重人员姓名日期张三2026-03-05注：一人短码第1页，共1页"
