from __future__ import annotations

import json
from datetime import date

import pytest

from yumiao.bylaws.models import CalendarYear, DayOff
from yumiao.bylaws.queries import calendar
from yumiao.bylaws.services import record_days_off
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused
from yumiao.kernel.workdays import MissingYear

pytestmark = pytest.mark.db

TORCH = date(2026, 8, 6)  # a Thursday: the 24th of the sixth lunar month
MAKE_UP = date(2026, 10, 10)  # a Saturday the State Council makes a working day
NEW_YEAR = date(2027, 1, 1)  # a Friday


def test_without_rows_the_national_table_rules():
    assert [calendar().is_working(day) for day in (date(2026, 10, 1), MAKE_UP, TORCH)] == [False, True, True]
    assert calendar().publicity_ends(date(2026, 9, 28), 5) == date(2026, 10, 10)


def test_the_national_table_reaches_from_2004_to_2026():
    assert (min(calendar().years), max(calendar().years)) == (2004, 2026)


def test_a_day_of_a_year_without_a_table_is_an_error():
    with pytest.raises(MissingYear, match="缺少2027年的节假日安排"):
        calendar().is_working(date(2027, 3, 1))


def test_a_local_holiday_beats_the_national_table_on_that_day_only(clerk):
    record_days_off(
        days=[(TORCH, False, "火把节"), (MAKE_UP, False, "彝族年")], source="州自治条例第七十八条", actor=clerk
    )
    days = (date(2026, 8, 5), TORCH, date(2026, 8, 7), MAKE_UP)
    assert [calendar().is_working(day) for day in days] == [True, False, True, False]


def test_a_local_working_day_beats_a_national_holiday(clerk):
    record_days_off(days=[(date(2026, 10, 7), True, "调休上班")], source="县政府办公室通知", actor=clerk)
    assert calendar().is_working(date(2026, 10, 7)) is True


def test_a_local_day_does_not_make_its_year_known(clerk):
    record_days_off(days=[(NEW_YEAR, False, "元旦")], source="县政府办公室通知", actor=clerk)
    with pytest.raises(MissingYear):
        calendar().is_working(NEW_YEAR)


def test_a_whole_year_entered_by_hand_can_be_counted_with(clerk):
    days = [(NEW_YEAR, False, "元旦"), (date(2027, 1, 9), True, "元旦调休")]
    record_days_off(days=days, source="国务院办公厅通知", whole_year=2027, actor=clerk)
    checked = (NEW_YEAR, date(2027, 1, 4), date(2027, 1, 9), date(2027, 1, 10))
    assert [calendar().is_working(day) for day in checked] == [False, True, True, False]
    with pytest.raises(MissingYear):
        calendar().is_working(date(2028, 1, 4))


def test_a_day_recorded_again_is_corrected_and_others_stay(clerk):
    record_days_off(days=[(TORCH, False, "火把节"), (date(2026, 8, 7), False, "火把节")], source="通知", actor=clerk)
    record_days_off(days=[(TORCH, True, "火把节顺延")], source="更正通知", actor=clerk)
    assert [calendar().is_working(day) for day in (TORCH, date(2026, 8, 7))] == [True, False]
    assert (DayOff.objects.count(), DayOff.objects.alive().count()) == (3, 2)


def test_a_whole_year_recorded_again_is_corrected(clerk):
    for source in ("国务院办公厅通知", "国务院办公厅更正"):
        record_days_off(days=[(NEW_YEAR, False, "元旦")], source=source, whole_year=2027, actor=clerk)
    assert list(CalendarYear.objects.alive().values_list("year", "source")) == [(2027, "国务院办公厅更正")]


def test_days_off_are_one_entry_with_days_and_source(clerk):
    record_days_off(days=[(NEW_YEAR, False, "元旦")], source="国务院办公厅通知", whole_year=2027, actor=clerk)
    [entry] = Entry.objects.all()
    said = json.loads(entry.data)
    assert entry.verb == "days_off_recorded"
    assert (said["days"], said["whole_year"], said["source"]) == (
        [["2027-01-01", False, "元旦"]],
        2027,
        "国务院办公厅通知",
    )


def test_a_refused_list_writes_nothing(clerk):
    with pytest.raises(Refused) as refused:
        record_days_off(days=[(TORCH, False, "火把节"), (TORCH, False, "")], source="", actor=clerk)
    assert [objection.rule for objection in refused.value.objections] == ["CAL-07"] * 3
    assert (Entry.objects.count(), DayOff.objects.count()) == (0, 0)
