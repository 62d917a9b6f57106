"""The 流动党员 sheet: what it brings in, what it refuses, and that what was exported imports again without a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.desk.county_cells import FAR_VILLAGE, OTHER_TOWN, TODAY, VILLAGE, County, applicant, member, number
from tests.desk.county_facts import CLERK, counts, faults, row_counts, take, taken
from yumiao.desk.workbook.changes import Changes
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.desk.workbook.importing import import_workbook, preview
from yumiao.desk.workbook.undoing import undo_import
from yumiao.journal.acts import last
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Stay
from yumiao.people.stay_columns import STAYS
from yumiao.people.stay_services import every_stay
from yumiao.sheets.reading import read_workbook
from yumiao.units.queries import standing

pytestmark = pytest.mark.db

HEADER = tuple(column.header for column in STAYS.columns)
SINCE = date(2025, 3, 1)
TITLE = "流动党员"


def out(place: int, **more: Any) -> dict[str, Any]:
    row = {
        "流向": "流出",
        "姓名": member(place)["姓名"],
        "公民身份号码": number(place),
        "流往何处或原党组织": "外省务工",
    }
    return {**row, "外出日期": SINCE, "联系人公民身份号码": number(2 if place != 2 else 1), **more}


def guest(name: str = "陆远行", unit: str = VILLAGE, **more: Any) -> dict[str, Any]:
    row = {"流向": "流入", "姓名": name, "联系的党支部代码": unit, "流往何处或原党组织": "外县某村党支部"}
    return {**row, "外出日期": SINCE, **more}


def with_stays(*rows: dict[str, Any]) -> County:
    county = County()
    county.headers[TITLE] = HEADER
    county.sheets[TITLE] = list(rows)
    return county


AWAY = (
    out(1, 地点固定="是", 预计返回日期=date(2026, 12, 1)),
    out(3, **{"国（境）外": "是", "返回日期": date(2025, 9, 1)}),
    guest(),
)


def test_stays_come_in_and_nobody_belongs_elsewhere() -> None:
    before = taken(County()) and sorted(Belonging.objects.open().values_list("person", "unit"))
    result = taken(with_stays(*AWAY))
    assert (faults(result.checked), counts(result.checked, TITLE)) == ([], (3, 0, 0, 0))
    found = {(one.kind, one.guest, one.is_fixed, one.is_abroad, one.until) for one in every_stay()}
    assert found == {
        ("out", "", True, False, FOREVER), ("out", "", False, True, date(2025, 9, 1)), ("in", "陆远行", True, False, FOREVER),
    }  # fmt: skip
    assert sorted(Belonging.objects.open().values_list("person", "unit")) == before


def test_what_was_exported_imports_again_without_a_change(tmp_path: Any) -> None:
    taken(with_stays(*AWAY))
    before = row_counts()
    target = tmp_path / "export.xlsx"
    export_workbook(target, actor=CLERK, purpose="核对")
    result = import_workbook(read_workbook(target), today=TODAY, actor=CLERK)
    assert (faults(result.checked), counts(result.checked, TITLE), result.written) == ([], (0, 0, 3, 0), False)
    assert row_counts() == before | {"Reading": 1}


def test_a_row_that_differs_corrects_the_stay_and_an_empty_cell_erases_nothing() -> None:
    taken(with_stays(*AWAY))
    uids = {one.since: one.uid for one in every_stay() if one.kind == "out" and one.until == FOREVER}
    again = with_stays(out(1, 返回日期=date(2026, 2, 1), 联系人公民身份号码=None))
    checked = preview(again.workbook(), today=TODAY)
    (change,) = [one for one in Changes(checked.proposal, checked.known).changed() if TITLE in one.sheets]
    assert change.fields == (("返回日期", "", "2026-02-01"),)
    result = import_workbook(again.workbook(), today=TODAY, actor=CLERK)
    assert counts(result.checked, TITLE) == (0, 1, 0, 0)
    now = next(one for one in every_stay() if one.uid == uids[SINCE])
    assert (now.until, now.is_fixed, now.planned_on) == (date(2026, 2, 1), True, date(2026, 12, 1))
    assert now.contact is not None


def test_an_import_is_taken_back_with_its_stays() -> None:
    taken(County())
    taken(with_stays(*AWAY))
    undo_import(last().seq, actor=CLERK, reason="填错了")
    assert Stay.objects.alive().count() == 0


def test_a_member_and_his_contact_may_come_in_with_the_same_workbook() -> None:
    county = with_stays(out(11, 联系人公民身份号码=number(12)))
    county.add("党员", member(11), member(12))
    assert counts(taken(county).checked, TITLE) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ((out(1, 公民身份号码=None),), "WBK-02"),
        ((guest(联系的党支部代码=None),), "WBK-02"),
        ((guest(unit="009"),), "WBK-07"),
        ((out(77),), "WBK-07"),
        ((out(21, 姓名=applicant(21)["姓名"], 公民身份号码=number(21, date(1995, 2, 3))),), "MEM-12"),
        ((out(1, 返回日期=SINCE),), "MOB-01"),
        ((out(1), out(1)), "MOB-01"),
        ((out(1, 返回日期=date(2026, 1, 1)), out(1, 外出日期=date(2025, 12, 31))), "MOB-01"),
        ((out(1, 外出日期=date(2027, 1, 1)),), "DEV-21"),
        ((out(1, 流向="外出"),), "WBK-05"),
        ((out(1, 地点固定="也许"),), "WBK-05"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_rule(rows: tuple[dict[str, Any], ...], rule: str) -> None:
    result = take(with_stays(*rows))
    assert [note.rule for note in result.checked.faults] == [rule]
    assert not result.written


def test_two_stays_one_after_the_other_are_taken() -> None:
    rows = (out(1, 返回日期=date(2026, 1, 1)), out(1, 外出日期=date(2026, 1, 1)))
    assert counts(taken(with_stays(*rows)).checked, TITLE) == (2, 0, 0, 0)


def test_a_stay_without_a_contact_is_taken_and_warned_of() -> None:
    result = taken(
        with_stays(out(1, 联系人公民身份号码=None), out(3, 联系人公民身份号码=number(3)), out(4, 姓名="石未名"))
    )
    warned = [(note.row, note.rule) for note in result.checked.warnings if note.sheet == TITLE]
    assert warned == [(2, "MOB-01"), (3, "MOB-01"), (4, "WBK-10")]


def test_a_township_brings_in_its_own_members_and_guests_only() -> None:
    taken(County())
    within = Scope((standing().by_code[OTHER_TOWN].subtree,), TODAY)
    only = with_stays(out(1), guest(), guest(unit=FAR_VILLAGE), out(5, 联系人公民身份号码=None))
    seen = preview(only.workbook(), today=TODAY, within=within)
    assert [(note.row, note.rule) for note in seen.faults if note.sheet == TITLE] == [(2, "WBK-17"), (3, "WBK-17")]
    assert last().seq == 1
