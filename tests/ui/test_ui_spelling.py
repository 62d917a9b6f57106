"""Days, moments and shares as they are written on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.kernel.shares import Share
from yumiao.ui import spelling

SPELLINGS = (spelling.day, spelling.short_day, spelling.month, spelling.iso)


def test_a_day_is_written_without_padding_noughts() -> None:
    day = date(2024, 3, 5)
    assert [spell(day) for spell in SPELLINGS] == ["2024年3月5日", "3月5日", "2024年3月", "2024-03-05"]


@pytest.mark.parametrize("spell", SPELLINGS)
@pytest.mark.parametrize("nothing", [None, BEGIN, FOREVER])
def test_no_day_and_an_open_end_are_a_dash(spell: object, nothing: date | None) -> None:
    assert callable(spell) and spell(nothing) == "—"


def test_a_moment_is_told_in_chinas_time() -> None:
    assert spelling.moment(datetime(2024, 3, 4, 16, 7, tzinfo=UTC)) == "2024-03-05 00:07"
    assert spelling.moment(None) == "—"


def test_the_day_of_a_moment_is_the_day_in_china() -> None:
    late = datetime(2024, 3, 4, 16, 7, tzinfo=UTC)
    assert (spelling.day(late), spelling.iso(late)) == ("2024年3月5日", "2024-03-05")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        spelling.moment(datetime(2024, 3, 5))  # noqa: DTZ001 that is the point


def test_a_share_has_one_place_and_none_is_a_dash() -> None:
    assert [spelling.share(value) for value in (Share(3, 4), Share(1, 3), Share(0, 5), Share(0, 0), None)] == [
        "75.0%",
        "33.3%",
        "0.0%",
        "—",
        "—",
    ]
