"""Working days by the State Council's yearly table, with a local overlay (CAL-01, CAL-02, CAL-06).

Must not know: where the tables come from, and what is being waited for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class MissingYear(Exception):
    """No holiday table for `year`: such a day is never guessed to be a plain weekday (CAL-01)."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"缺少{year}年的节假日安排，无法计算工作日。请先录入国务院办公厅公布的{year}年节假日安排，再重新办理。"
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days_off` are holidays, `workdays` make-up working weekends; both are meant for `years` only."""

    years: frozenset[int]
    days_off: frozenset[date]
    workdays: frozenset[date]

    def __post_init__(self) -> None:
        if both := self.days_off & self.workdays:
            raise ValueError(f"both a day off and a working day: {min(both).isoformat()}")

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; raises `MissingYear` when its year has no table."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.days_off)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is itself not counted; n is 0 or more.

        Raises `MissingYear` when the count runs into a year without a table.
        """
        if n < 0:
            raise ValueError("working days are counted forwards")
        while n:
            day += _ONE_DAY
            n -= self.is_working(day)
        return day

    def overlaid(self, off: Iterable[date], working: Iterable[date], years: Iterable[int] = ()) -> "Calendar":
        """This calendar under a local table: a local holiday beats a national make-up day (CAL-06), and vice versa.

        `years` are those for which the local table is complete by itself; other years stay as known as they were.
        """
        local_off, local_working = frozenset(off), frozenset(working)
        return Calendar(
            years=self.years | frozenset(years),
            days_off=self.days_off - local_working | local_off,
            workdays=self.workdays - local_off | local_working,
        )

    def publicity_ends(self, posted_on: date, days: int) -> date:
        """The last of `days` working days of publicity, over at its midnight; the posting day is not counted."""
        return self.add_working_days(posted_on, days)

    def earliest_after(self, posted_on: date, days: int) -> date:
        """The first day, working or not, on which what had to wait for the publicity may be held."""
        return self.publicity_ends(posted_on, days) + _ONE_DAY
