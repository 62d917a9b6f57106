"""What an address of the statistics asks for: what is counted, of which unit, on which day, by which grouping; and one figure of a table.

What is said wrongly about the day is told, for a figure of another day would mislead. Must not know: the tree, who reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.desk.statistics.reading import GROUPINGS, Subject
from yumiao.kernel.periods import on_paper
from yumiao.ledger.forms import EARLIEST
from yumiao.ledger.forms import Asked as OfLedger
from yumiao.people.statistics import Grouping
from yumiao.ui.addresses import reverse


@dataclass(frozen=True, slots=True)
class Asked:
    """`day` is None where `fault` says what is wrong with it; `column` and `is_own` name a figure: a column's key, and the unit without
    those below it. `above`, of a balance: only what counts below that unit.
    """

    today: date
    day: date | None
    fault: str = ""
    on: str = ""
    subject: Subject = Subject.MEMBERS
    by: str = ""
    unit: str = ""
    column: str = ""
    is_own: bool = False
    above: str = ""

    @classmethod
    def parsed(cls, said: Mapping[str, str], today: date) -> Self:
        """What the parameters of an address say."""
        dated = OfLedger.parsed(said, today)
        subject = Subject(said["of"]) if said.get("of") in set(Subject) else Subject.MEMBERS
        keys = [grouping.key for grouping in GROUPINGS[subject]]
        by = said.get("by", "")
        return cls(
            today=today,
            day=dated.day,
            fault=_fault(today) if dated.fault else "",
            on=dated.on,
            subject=subject,
            by=by if by in keys else next(iter(keys), ""),
            unit=dated.unit,
            column=said.get("column", ""),
            is_own=said.get("own") == "1",
            above=said.get("above", "") if subject is Subject.BALANCE else "",
        )

    @property
    def grouping(self) -> Grouping:
        """How its table is divided; a balance has none: `StopIteration`."""
        return next(grouping for grouping in GROUPINGS[self.subject] if grouping.key == self.by)

    @property
    def query(self) -> str:
        """The conditions as the part of an address after `?`."""
        is_first = self.by == next((grouping.key for grouping in GROUPINGS[self.subject]), "")
        said = {
            "of": "" if self.subject is Subject.MEMBERS else self.subject.value,
            "by": "" if is_first else self.by,
            "unit": self.unit,
            "on": self.on,
            "column": self.column,
            "own": "1" if self.is_own else "",
            "above": self.above,
        }
        return urlencode({name: value for name, value in said.items() if value})

    def url(self, route: str = "statistics") -> str:
        return f"{reverse(route)}?{self.query}" if self.query else reverse(route)

    def but(self, **changes: Any) -> Asked:
        """The same conditions with `changes`; of another subject the first grouping, or the same where it has it."""
        made = replace(self, **changes)
        keys = [grouping.key for grouping in GROUPINGS[made.subject]]
        return made if made.by in keys else replace(made, by=next(iter(keys), ""))

    @property
    def table(self) -> Asked:
        """The table a figure stands in."""
        return replace(self, column="", is_own=False, above="")

    @property
    def start(self) -> date:
        """The last day of the year before."""
        assert self.day is not None
        return date(self.day.year, 1, 1) - timedelta(days=1)

    @property
    def days(self) -> list[tuple[str, str, bool]]:
        """(words, address, whether it is this one) of the days asked for most: today, and the ends of the last two years."""
        found = [(_("今天"), self.today)]
        found += [
            (_("%(year)s年末") % {"year": year}, date(year, 12, 31))
            for year in (self.today.year - 1, self.today.year - 2)
        ]
        return [
            (word, self.table.but(on="" if day == self.today else day.isoformat()).url(), day == self.day)
            for word, day in found
        ]


def _fault(today: date) -> str:
    words = {"example": today.isoformat(), "first": on_paper(EARLIEST), "today": on_paper(today)}
    return _("统计日期应是%(first)s至今天%(today)s之间的一天，写成 %(example)s 的形式。") % words
