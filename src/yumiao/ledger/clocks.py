"""The two clocks of the bottom line side by side: two closed calendar years, and 24 rolling months (WRN-01, WRN-09).

The setting says which one counts; the other is shown beside it. Must not know: pages, the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.bylaws.keys import BottomWindow
from yumiao.bylaws.queries import value_in_words
from yumiao.kernel.periods import on_screen
from yumiao.ledger import rules, states
from yumiao.ledger.behind import Someone
from yumiao.ledger.figures import Village
from yumiao.ledger.lines import CutOffs


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock for one village: admissions from `first` to `last`, both counted, what they come to, whether the setting says this one."""

    window: BottomWindow
    first: date
    last: date
    count: int
    bottom: rules.Bottom
    is_chosen: bool
    counted: tuple[Someone, ...] = ()

    @property
    def label(self) -> str:
        """The window as the setting names it."""
        return value_in_words("bottom.window", self.window)

    @property
    def state(self) -> states.State:
        return states.of_bottom(self.bottom)

    @property
    def period(self) -> str:
        return f"{on_screen(self.first)} 至 {on_screen(self.last)}"

    @property
    def sentence(self) -> str:
        """The whole clock in one line, for a terminal or a sheet of paper."""
        chosen = "（现行口径）" if self.is_chosen else ""
        return f"{self.label}{chosen}：{self.period}，计入 {self.count} 名，{self.bottom.label}"

    def as_json(self) -> dict[str, Any]:
        return {
            "window": self.window.value,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "count": self.count,
            "bottom_line": self.bottom.value,
            "is_chosen": self.is_chosen,
        }


def clocks(village: Village) -> tuple[Clock, Clock]:
    """Calendar years first. Integers of the ledger; who they are is added by whoever names people."""
    cuts, counts, chosen = CutOffs(village.day), village.counts, village.settings.bottom_window
    calendar, rolling = BottomWindow.TWO_CALENDAR_YEARS, BottomWindow.ROLLING_24_MONTHS
    return (
        Clock(
            calendar,
            cuts.year_before,
            date(village.day.year - 1, 12, 31),
            counts.year_before + counts.last_year,
            bottom_by(village, calendar),
            chosen is calendar,
        ),
        Clock(rolling, cuts.window, village.day, counts.in_window, bottom_by(village, rolling), chosen is rolling),
    )


def bottom_by(village: Village, window: BottomWindow) -> rules.Bottom:
    """What the bottom line would say of the village under `window`."""
    counts = village.counts
    return rules.bottom_line(
        last_year=counts.last_year,
        this_year=counts.this_year,
        year_before=counts.year_before,
        in_window=counts.in_window,
        window=window,
        is_new=village.is_new_for_bottom,
    )


def clocks_differ(village: Village) -> bool:
    """Whether one clock finds a breach and the other none."""
    calendar, rolling = clocks(village)
    return (calendar.bottom is rules.Bottom.BREACH) != (rolling.bottom is rules.Bottom.BREACH)
