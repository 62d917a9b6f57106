"""The ledger and the two lists on paper: what stands where, and the sums below."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.ledger.explained_county import DAY, explained_county
from yumiao.journal.acts import Actor, last
from yumiao.journal.chain import short_code
from yumiao.ledger.official import write_ledger_xlsx
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def _county() -> None:
    explained_county().write(Actor(uid=None, label="青岚县委组织部 韦小禾"))


def written(target: Path, code: str = "001") -> openpyxl.Workbook:
    write_ledger_xlsx(target, ledger(DAY, within=tree(DAY).by_code[code].subtree))
    return openpyxl.load_workbook(target)


def rows(sheet: Worksheet, first: int) -> list[tuple[object, ...]]:
    """From `first` to the last before the place for signatures."""
    found = [tuple(row) for row in sheet.iter_rows(min_row=first, values_only=True)]
    return found[: next(place for place, row in enumerate(found) if str(row[0]).startswith("填报人："))]


def test_each_township_opens_to_its_villages_with_totals_below(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx")["落实台账"]
    assert sheet["A1"].value == "农村发展党员指导性计划落实台账"
    assert sheet["A2"].value == "填报单位：青岚县委"
    said = [row[:12] for row in rows(sheet, 5)]
    assert said == [
        (1, "青石镇党委", "小计（3 个）", 2, 1, None, None, 2, 1, 3, 1, 0),
        (2, None, "云岭村党总支", None, None, None, None, 2, 1, 3, 1, None),
        (3, None, "石桥村党支部", None, None, None, None, 0, 0, 0, 0, None),
        (4, None, "松坪社区党支部", None, None, None, None, 0, 0, 0, 0, None),
        (5, "白水镇党委", "小计（1 个）", "未下达", None, None, None, 0, 0, 1, 0, None),
        (6, None, "柳湾村党支部", None, None, None, None, 0, 0, 1, 0, None),
        ("合计", "2 个乡镇", "4 个村（社区）", 2, 1, None, None, 2, 1, 4, 1, 0),
    ]


def test_the_lines_and_the_grade_stand_beside_each_village(tmp_path: Path) -> None:
    said = {row[2]: row[12:] for row in rows(written(tmp_path / "l.xlsx")["落实台账"], 5)}
    assert said["云岭村党总支"][:3] == ("未预警", "达标", "无")
    assert said["石桥村党支部"] == ("预警", "突破底线", "严重", "无女党员、无 35 岁以下党员、较长时间未发展党员")
    assert said["小计（3 个）"] == (None, None, "严重", "未达指导线；储备缺 4 名")


def test_the_list_of_warned_villages_shows_three_years(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx")["未发展党员村"]
    assert sheet["A1"].value == "上年度未发展党员村清单"
    assert rows(sheet, 5) == [
        (1, "青石镇党委", "石桥村党支部", "001.001.002", 0, 0, 0, 0, "预警", "严重", None),
        (2, "青石镇党委", "松坪社区党支部", "001.001.003", 0, 0, 0, 0, "预警", "严重", None),
    ]


def test_a_village_without_members_stands_apart_in_the_list_of_low_shares(tmp_path: Path) -> None:
    sheet = written(tmp_path / "l.xlsx")["年轻党员偏低村"]
    assert rows(sheet, 4) == [
        (1, "青石镇党委", "石桥村党支部", "001.001.002", 11, 0, "0.0%", 0, 0, None),
        (2, "青石镇党委", "松坪社区党支部", "001.001.003", 0, 0, "–", 0, 0, "没有党员，不评"),
    ]


def test_every_sheet_carries_the_day_on_paper_form_and_the_short_code_of_the_journal(tmp_path: Path) -> None:
    for sheet in written(tmp_path / "l.xlsx"):
        assert "日期：2026年10月31日" in [cell.value for cell in sheet[2]]
        assert short_code(last().hash) in sheet.oddFooter.left.text


def test_a_township_reports_itself_alone(tmp_path: Path) -> None:
    book = written(tmp_path / "l.xlsx", "001.002")
    assert book["落实台账"]["A2"].value == "填报单位：白水镇党委"
    assert [row[:3] for row in rows(book["落实台账"], 5)] == [
        (1, "白水镇党委", "小计（1 个）"),
        (2, None, "柳湾村党支部"),
        ("合计", "1 个乡镇", "1 个村（社区）"),
    ]


def test_a_village_reports_itself_under_the_name_of_no_township(tmp_path: Path) -> None:
    assert [row[:3] for row in rows(written(tmp_path / "l.xlsx", "001.002.001")["落实台账"], 5)] == [
        (1, None, "柳湾村党支部"),
        ("合计", "0 个乡镇", "1 个村（社区）"),
    ]
