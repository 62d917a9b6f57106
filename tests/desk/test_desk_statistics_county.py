"""The whole demo county: every table of every unit adds up, and says what plain loops over the workbook's cells say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from yumiao.access.readers import tree_of
from yumiao.desk.demo.county import DEMO_DAY, county
from yumiao.desk.demo.workbook import demo_workbook
from yumiao.desk.statistics.balance import balance
from yumiao.desk.statistics.reading import GROUPINGS, Subject, counts
from yumiao.desk.statistics.tables import Table, table
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import Actor, last

pytestmark = [pytest.mark.db, pytest.mark.slow]

LAST_YEAR = date(2025, 12, 31)
CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
BANDS = (
    (30, "30岁及以下"),
    (35, "31至35岁"),
    (40, "36至40岁"),
    (45, "41至45岁"),
    (50, "46至50岁"),
    (55, "51至55岁"),
    (60, "56至60岁"),
)


def age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def band(age: int) -> str:
    return next((label for end, label in BANDS if age <= end), "61岁及以上")


def era(joined_on: date) -> str:
    if joined_on < date(1978, 12, 18):
        return "新中国成立前" if joined_on < date(1949, 10, 1) else "新中国成立后至党的十一届三中全会前"
    return "党的十一届三中全会后至党的十八大前" if joined_on < date(2012, 11, 8) else "党的十八大以来"


def recounted(members: list[dict[str, Any]], *, year: int | None = None) -> dict[str, Counter[str]]:
    """By grouping and column, by loops over the cells; of a year its admissions, by the age on the day of admission."""
    rows = [row for row in members if year is None or row["入党日期"].year == year]
    ages = [band(age_on(row["出生日期"], DEMO_DAY if year is None else row["入党日期"])) for row in rows]
    found = {
        "sex": Counter(row["性别"] for row in rows),
        "ethnicity": Counter(row["民族"] for row in rows),
        "education": Counter(row["学历"] for row in rows),
        "age": Counter(ages),
    }
    return found if year else found | {"joined": Counter(era(row["入党日期"]) for row in rows)}


def said(made: Table) -> Counter[str]:
    pairs = zip(made.columns, made.total.numbers, strict=True)
    return Counter({column.label: number for column, number in pairs if number and not column.is_sum})


def test_the_county_adds_up_everywhere_and_agrees_with_the_cells() -> None:
    assert import_workbook(demo_workbook(), today=DEMO_DAY, actor=CLERK).written
    header, rows = county()["党员"]
    members = [dict(zip(header, row, strict=True)) for row in rows]
    head = last()
    units = tree_of(DEMO_DAY, head)
    above = [unit for unit in units if units.below(unit)]
    expected = {Subject.MEMBERS: recounted(members), Subject.ADMISSIONS: recounted(members, year=DEMO_DAY.year)}
    faults: list[str] = []
    for subject in GROUPINGS:
        for by in GROUPINGS[subject]:
            found = counts(subject, by, DEMO_DAY, head)
            tables = [table(by.title, subject, unit, DEMO_DAY, units, found, by) for unit in above]
            faults += [fault for one in tables for fault in one.faults]
            if by.key in expected.get(subject, {}):
                whole = next(one for one in tables if one.unit == units.root)
                assert (subject, by.key, said(whole)) == (subject, by.key, expected[subject][by.key])
    balances = [balance(unit, LAST_YEAR, DEMO_DAY, head) for unit in above]
    assert faults + [fault for one in balances for fault in one.faults] == []
    whole = next(one for one in balances if one.unit == units.root)
    before = sum(row["入党日期"] <= LAST_YEAR for row in members)
    assert (whole.total.numbers[0], whole.total.numbers[-1]) == (before, len(members))
