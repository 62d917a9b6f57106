"""Both clocks of the bottom line side by side, and the villages where they disagree."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.explained_county import DAY, explained_county
from yumiao.journal.acts import Actor
from yumiao.ledger.clocks import Clock, clocks_differ
from yumiao.ledger.explanation import explain
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db

CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
DAYS = (date(2024, 12, 31), date(2026, 1, 1), DAY, date(2027, 3, 1), date(2028, 2, 29), date(2028, 3, 1))


@pytest.fixture(autouse=True)
def _county() -> None:
    explained_county().write(CLERK)


def both(code: str, day: date) -> tuple[Clock, ...]:
    return next(line for line in explain(code, day).lines if line.clocks).clocks


def test_each_clock_says_its_days_its_people_and_its_verdict() -> None:
    calendar, rolling = both("001.001.001", DAY)
    assert calendar.sentence == "前两个自然年（现行口径）：2024-01-01 至 2025-12-31，计入 2 名，达标"
    assert [one.person.name for one in calendar.counted] == ["癸前年", "辛已走"]
    assert rolling.sentence == "最近 24 个月：2024-10-31 至 2026-10-31，计入 4 名，达标"
    assert [one.person.name for one in rolling.counted] == ["辛已走", "甲在内", "乙二支", "丙不明"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_clock_names_as_many_people_as_it_counts(day: date) -> None:
    for village in ledger(day).villages:
        for clock in both(village.unit.code, day):
            assert len(clock.counted) == clock.count


def test_an_admission_of_this_year_breaks_no_calendar_years_and_stops_the_rolling_clock() -> None:
    """One admission on 20 November 2026: the closed years stay empty, the last 24 months do not."""

    def differing(day: date) -> list[str]:
        return [village.unit.name for village in ledger(day).villages if clocks_differ(village)]

    assert "石桥村党支部" not in differing(date(2026, 11, 19))
    assert "石桥村党支部" in differing(date(2026, 11, 20))
    assert "石桥村党支部" not in differing(date(2027, 1, 1))


def test_the_rolling_clock_still_counts_on_the_corresponding_day() -> None:
    assert both("001.001.002", date(2028, 11, 20))[1].count == 1
    assert both("001.001.002", date(2028, 11, 21))[1].count == 0
