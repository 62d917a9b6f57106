"""The 任职 sheet: what it brings in, what it refuses, and that what was exported imports again without a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.desk.county_cells import FAR_VILLAGE, OTHER_TOWN, TODAY, VILLAGE, County, member, number
from tests.desk.county_facts import CLERK, counts, faults, row_counts, take, taken
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.desk.workbook.importing import import_workbook, preview
from yumiao.journal.acts import last
from yumiao.kernel.scope import Scope
from yumiao.posts.models import Post, Term
from yumiao.posts.queries import every_post, open_terms
from yumiao.posts.rules import How, Title
from yumiao.sheets.reading import read_workbook
from yumiao.units.queries import standing

pytestmark = pytest.mark.db

HEADER = (
    "组织代码", "姓名", "公民身份号码", "职务", "任职方式", "任职日期", "届满日期", "免职日期", "派出单位", "备注",
)  # fmt: skip
SINCE = date(2023, 4, 18)


def post(place: int, title: str = "书记", unit: str = VILLAGE, **more: Any) -> dict[str, Any]:
    row = member(place)
    return {
        "组织代码": unit, "姓名": row["姓名"], "公民身份号码": number(place), "职务": title, "任职日期": SINCE,
    } | more  # fmt: skip


def with_posts(*rows: dict[str, Any]) -> County:
    county = County()
    county.headers["任职"] = HEADER
    county.sheets["任职"] = list(rows)
    return county


FIRST = post(2, "第一书记", 派出单位="县农业农村局", 届满日期=date(2027, 5, 1), 任职日期=date(2025, 5, 1))
HELD = (
    post(1, 届满日期=date(2028, 4, 18), 备注="青组批〔2023〕1号"),
    FIRST,
    post(3, "委员", 免职日期=date(2024, 1, 1), 备注="调离"),
)


def test_posts_come_in_with_the_term_of_the_elected_secretary() -> None:
    result = taken(with_posts(*HELD))
    assert (faults(result.checked), counts(result.checked, "任职")) == ([], (3, 0, 0, 0))
    (term,) = open_terms().values()
    assert (term.since, term.due_on, term.document) == (SINCE, date(2028, 4, 18), "青组批〔2023〕1号")
    assert [(one.title, one.how, one.ended_on, one.ended_why) for one in every_post()] == [
        (Title.SECRETARY, How.ELECTED, None, ""),
        (Title.COMMITTEE, How.ELECTED, date(2024, 1, 1), "调离"),
        (Title.FIRST_SECRETARY, How.SENT, None, ""),
    ]


def test_what_was_exported_imports_again_without_a_change(tmp_path: Any) -> None:
    taken(with_posts(*HELD))
    before = row_counts()
    target = tmp_path / "export.xlsx"
    export_workbook(target, actor=CLERK, purpose="核对")
    result = import_workbook(read_workbook(target), today=TODAY, actor=CLERK)
    assert (faults(result.checked), counts(result.checked, "任职"), result.written) == ([], (0, 0, 3, 0), False)
    assert row_counts() == before | {"Reading": 1}


def test_a_row_that_differs_corrects_what_is_known_and_keeps_the_term() -> None:
    taken(with_posts(*HELD))
    again = with_posts(post(1, 免职日期=date(2026, 3, 1), 备注="换届"), post(4, 任职日期=date(2026, 3, 1)))
    result = import_workbook(again.workbook("again.xlsx"), today=TODAY, actor=CLERK)
    assert (faults(result.checked), counts(result.checked, "任职")) == ([], (1, 1, 0, 0))
    secretaries = [(one.since, one.ended_on) for one in every_post() if one.title is Title.SECRETARY]
    assert secretaries == [(SINCE, date(2026, 3, 1)), (date(2026, 3, 1), None)]
    assert (Term.objects.alive().count(), Post.objects.alive().count()) == (1, 4)


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ((post(1), post(2)), "POS-02"),
        ((post(1), post(1)), "POS-04"),
        ((post(1, 免职日期=SINCE),), "POS-04"),
        ((post(1, 届满日期=SINCE),), "POS-04"),
        ((post(1, 任职日期=date(2027, 1, 1)),), "DEV-21"),
        ((post(1, unit="009"),), "WBK-07"),
        ((post(77),), "WBK-07"),
        ((post(1, 职务="主任"),), "WBK-05"),
        ((post(1, 备注="字" * 61),), "POS-04"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_rule(rows: tuple[dict[str, Any], ...], rule: str) -> None:
    result = take(with_posts(*rows))
    assert [note.rule for note in result.checked.faults] == [rule]
    assert not result.written


def test_history_is_taken_as_it_stands_and_only_warned_of() -> None:
    result = taken(with_posts(post(2, "第一书记"), post(1, 姓名="石未名")))
    warned = {note.rule for note in result.checked.warnings if note.sheet == "任职"}
    assert (faults(result.checked), warned) == ([], {"POS-03", "WBK-10"})


def test_a_township_brings_in_posts_of_its_own_units_and_people_only() -> None:
    taken(County())
    tree = standing()
    within = Scope((tree.by_code[OTHER_TOWN].subtree,), TODAY)
    only = with_posts(post(1), post(1, unit=FAR_VILLAGE), post(5, unit=FAR_VILLAGE))
    seen = preview(only.workbook(), today=TODAY, within=within)
    assert [(note.row, note.rule) for note in seen.faults if note.sheet == "任职"] == [(2, "WBK-17"), (3, "WBK-17")]
    assert last().seq == 1
